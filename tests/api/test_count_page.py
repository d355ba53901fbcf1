"""The examples of docs/services.md: what is sent there is answered as it stands there."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.conf import settings

from tests.api.asserts import body
from tests.callers import Caller

pytestmark = pytest.mark.django_db
PAGE = (settings.BASE_DIR / "docs/services.md").read_text()
SENT = re.compile(r"-X PUT https://henvis\.example(\S+) .*?-d '(\{.*?\})'\n```", re.DOTALL)
ANSWERED = re.compile(r"```json\n(.*?)```", re.DOTALL)
VISIT = {"region": "DK01", "setting": "STREET", "activity": "VISIT"}


def said(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer without what time and languages change."""
    return {name: value for name, value in answer.items() if name != "recorded_at"}


def test_the_page_answers_as_the_service_does(ngo: Caller) -> None:
    for month, visits in enumerate((30, 120, 130), 1):
        ngo.put(f"/api/v1/counts/OUTREACH/2025-{month:02d}", {"visits": [{**VISIT, "visits": visits}]})
    (usual, sent), (unusual, wrong) = SENT.findall(PAGE)
    first, second = map(json.loads, ANSWERED.findall(PAGE))
    assert said(body(ngo.put(unusual, json.loads(wrong), Prefer="return=minimal"), 201)) == said(second)
    again = body(ngo.put(usual, json.loads(sent), If_Match='"1"'))
    assert said(again) == said({**first, "version": 2})
