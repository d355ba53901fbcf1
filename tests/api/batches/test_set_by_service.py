"""What looks like a member, a line or an end that the service sets, and is none, never passes as one."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from api.batches.uploads import XLSX
from cases.models import Referral
from tests.api.asserts import new_path
from tests.api.batches.sending import BATCHES, JSON, NDJSON, as_json, as_xlsx, post, row, rules, whole
from tests.callers import Caller, referral

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    """The spool of a test."""
    settings.HENVIS_SPOOL = tmp_path / "spool"


# A day alone, a CPR number behind a second or as a fraction with an offset, other scripts' digits, more behind the end.
NO_MOMENTS = [
    "2012-03-04",
    "2012-03-04T01:01:01.010190-1234",
    "2012-03-04T01:01:90.0101901234Z",
    "2025-04-03T09:14:27.0101901234Z",
    "2085-04-03T09:14:27Z",
    "20٢5-04-03T09:14:27Z",
    "2025-04-03T09:14:27Z\n",
]
NO_VERSIONS = ["14.03.85", "1.2.85", "0101901234", "1.0\n"]
# The answer's own moments: their fractions of a second may read like any version.
MOMENT = re.compile(r"\d\d:\d\d:\d\d\.\d+")
BEHIND = [("recorded_at", each) for each in NO_MOMENTS] + [("schema_version", each) for each in NO_VERSIONS]


@pytest.mark.parametrize(("name", "text"), BEHIND)
def test_nothing_else_passes_where_the_service_says_something(ngo: Caller, name: str, text: str) -> None:
    sent = row(**{name: text})
    forms = [(JSON, as_json([sent])), (NDJSON, json.dumps(sent).encode())]
    if text == text.strip():  # blanks around a cell are none
        forms.append((XLSX, as_xlsx([sent])))
    for media_type, content in forms:
        answer = post(ngo, content, media_type, f"{BATCHES}?dry_run=true")
        assert answer.status_code == 422 or rules(whole(answer)) == [["read_only"]], media_type
        assert text.strip() not in MOMENT.sub("", answer.content.decode())
    assert ngo.put(new_path(), referral(**{name: text})).status_code in {400, 422}
    assert not Referral.objects.exists()


@pytest.mark.parametrize(
    "end", ['{"end": {"rows": 1, "changed_since": "SMUGGLE"}}', '{"end": {"rows": "SMUGGLE"}}', '{"end": {"rows": 1}}']
)
def test_an_end_is_none_with_more_in_it_or_amid_the_lines(ngo: Caller, end: str) -> None:
    amid = "\n".join([end, json.dumps(row())]).encode()
    assert whole(post(ngo, amid, NDJSON, f"{BATCHES}?dry_run=true"))["counts"]["rejected"] == 1
    page = b'{"items": [' + json.dumps(row()).encode() + b'], "next": "SMUGGLE"}'
    assert post(ngo, page, JSON, f"{BATCHES}?dry_run=true").status_code == 400
