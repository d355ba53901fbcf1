"""Code lists for everybody: labels in both languages, validity, roll-ups, and names in other standards."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api import parameters
from api.conditions import unchanged
from cases.codelists import CODELISTS
from cases.codelists.types import Code, CodeList
from cases.errors import NotFound

PUBLIC = {"Cache-Control": "public, max-age=3600"}


def code_body(code: Code) -> dict[str, Any]:
    """One code."""
    return {
        "code": code.code,
        "label": code.label._asdict(),
        "parent": code.parent,
        "valid_from": code.valid_from.isoformat() if code.valid_from else None,
        "valid_to": code.valid_to.isoformat() if code.valid_to else None,
        "maps": dict(code.maps),
    }


def summary(codelist: CodeList) -> dict[str, Any]:
    """A code list without its codes."""
    return {
        "id": codelist.id,
        "label": codelist.label._asdict(),
        "version": codelist.version,
        "codes": len(codelist.codes),
    }


@cache
def body_of(list_id: str) -> tuple[dict[str, Any], str]:
    """A code list with its codes and levels, and its ETag."""
    codelist = CODELISTS[list_id]
    levels = [
        {
            "id": level.id,
            "label": level.label._asdict(),
            "dated": level.dated,
            "codes": [code_body(c) for c in level.codes],
        }
        for level in codelist.levels
    ]
    body = {**summary(codelist), "codes": [code_body(code) for code in codelist.codes], "levels": levels}
    return body, f'"{hashlib.sha256(json.dumps(body).encode()).hexdigest()[:32]}"'


class CodelistList(APIView):
    """Every code list."""

    authentication_classes = ()
    permission_classes = ()

    def get(self, request: Request) -> Response:
        """The lists, without their codes."""
        parameters.read(request, ())
        return Response({"items": [summary(codelist) for codelist in CODELISTS.values()]}, headers=PUBLIC)


class CodelistDetail(APIView):
    """One code list."""

    authentication_classes = ()
    permission_classes = ()

    def get(self, request: Request, list_id: str) -> Response:
        """Codes and levels."""
        parameters.read(request, ())
        if list_id not in CODELISTS:
            raise NotFound
        body, tag = body_of(list_id)
        if unchanged(request, tag):
            return Response(None, 304, headers={"ETag": tag, **PUBLIC})
        return Response(body, headers={"ETag": tag, **PUBLIC})
