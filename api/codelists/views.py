"""Code lists for everybody: labels in both languages, validity, roll-ups, names in other standards, and what becomes of codes."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from functools import cache, lru_cache
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.http import parameters
from api.http.conditions import unchanged
from api.http.renderers import rendered
from cases.codelists import CODELISTS
from cases.codelists.changes import changes
from cases.codelists.types import Code, CodeList
from cases.errors import NotFound
from partners.text import Text

PUBLIC = {"Cache-Control": "public, max-age=3600"}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
DATE_EXPECTED = Text("En dato som ÅÅÅÅ-MM-DD.", "A date as YYYY-MM-DD.")


def code_body(code: Code, replaces: tuple[str, ...] = ()) -> dict[str, Any]:
    """One code."""
    return {
        "code": code.code,
        "label": code.label._asdict(),
        "parent": code.parent,
        "valid_from": code.valid_from.isoformat() if code.valid_from else None,
        "valid_to": code.valid_to.isoformat() if code.valid_to else None,
        "replaces": list(replaces),
        "replaced_by": list(code.replaced_by),
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
def body_of(list_id: str) -> dict[str, Any]:
    """A code list with its codes and levels."""
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
    codes = [code_body(code, codelist.replaced(code.code)) for code in codelist.codes]
    return {**summary(codelist), "codes": codes, "levels": levels}


@lru_cache(maxsize=64)
def body_on(list_id: str, day: date | None) -> dict[str, Any]:
    """The same with the codes that are in force on a day (without one, all of them)."""
    body = body_of(list_id)
    if day is not None:
        in_force = frozenset(CODELISTS[list_id].in_force(day))
        codes = [code for code in body["codes"] if code["code"] in in_force]
        body = {**body, "codes": codes}
    return body


def tag_of(body: Any) -> str:
    """The entity tag of a content."""
    return f'"{hashlib.sha256(rendered(body)).hexdigest()[:32]}"'


def day_of(name: str, asked: dict[str, str]) -> date | None:
    """The date in a parameter, if it is there. Raises `ProblemError` 400."""
    if name not in asked:
        return None
    try:
        if DAY.fullmatch(asked[name]):
            return date.fromisoformat(asked[name])
    except ValueError:
        pass
    raise parameters.wrong(name, detail=DATE_EXPECTED, code="date_expected")


def tagged(request: Request, body: Any) -> Response:
    """A public answer with its tag, or 304."""
    tag = tag_of(body)
    headers = {"ETag": tag, **PUBLIC}
    return Response(None, 304, headers=headers) if unchanged(request, tag) else Response(body, headers=headers)


class CodelistList(APIView):
    """Every code list."""

    authentication_classes = ()
    permission_classes = ()

    def get(self, request: Request) -> Response:
        """The lists, without their codes."""
        parameters.read(request, ())
        return tagged(request, {"items": [summary(codelist) for codelist in CODELISTS.values()]})


class CodelistDetail(APIView):
    """One code list."""

    authentication_classes = ()
    permission_classes = ()

    def get(self, request: Request, list_id: str) -> Response:
        """Codes and levels."""
        asked = parameters.read(request, ("on",))
        if list_id not in CODELISTS:
            raise NotFound
        return tagged(request, body_on(list_id, day_of("on", asked)))


class CodelistChanges(APIView):
    """What becomes of codes."""

    authentication_classes = ()
    permission_classes = ()

    def get(self, request: Request) -> Response:
        """Added, retired, split and reworded codes, the first announced in front."""
        asked = parameters.read(request, ("since",))
        found = changes(CODELISTS.values(), day_of("since", asked))
        return tagged(request, {"items": [change.as_json() for change in found]})
