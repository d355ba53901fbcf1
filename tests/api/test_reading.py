"""A body is read at once where it is right and member by member where it is not: both give the same values."""

from __future__ import annotations

import json
from typing import Any

import pytest

from api.http.problems import ProblemError
from api.http.reading import Reader
from api.records.assessments import ASSESSMENT
from api.records.examples import LINKAGE_CODE as CODE
from api.records.examples import required_only
from api.records.referral_parts import LINKAGE_CODE
from api.records.referrals import REFERRAL, WITHDRAWAL
from cases import dictionary as d
from cases.intake import rules

WHOLE = rules.example(d.REFERRAL)
BODIES: dict[str, tuple[Reader, dict[str, Any]]] = {
    "a referral": (REFERRAL, WHOLE),
    "its required fields": (REFERRAL, required_only(d.REFERRAL)),
    "empty sets": (REFERRAL, {**WHOLE, "means_of_control": [], "services_given": ["_N"]}),
    "a token as people write it": (REFERRAL, {**WHOLE, "case_token": "7kq2m-8xw4a-4"}),
    "an assessment": (ASSESSMENT, rules.example(d.ASSESSMENT)),
    "a withdrawal": (WITHDRAWAL, rules.example(d.WITHDRAWAL)),
    "a linkage code": (LINKAGE_CODE, {"linkage_code": CODE}),
}
WRONG: tuple[Any, ...] = (
    None,
    1,
    True,
    1.5,
    "",
    "no such code",
    ["no such code"],
    {},
    [1],
    "2025-13",
    "0000-01",
    ["_N", "_U"],
)
each_body = pytest.mark.parametrize(("reader", "body"), BODIES.values(), ids=BODIES)


@each_body
def test_what_is_right_is_read_at_once_and_as_it_is_read_closely(reader: Reader, body: dict[str, Any]) -> None:
    for raw in (json.dumps(body), json.dumps(body, indent=3), json.dumps(body).replace("_", "\\u005f")):
        assert reader.at_once(raw.encode()) == reader.read(raw.encode()) == reader.parse(body)


@each_body
def test_whatever_is_wrong_with_a_member_is_not_taken_at_once(reader: Reader, body: dict[str, Any]) -> None:
    for name in body:
        for wrong in WRONG:
            if wrong is None and not reader.inputs[name].required:
                continue  # it is left out
            changed = {**body, name: wrong}
            assert reader.at_once(json.dumps(changed).encode()) is None, (name, wrong)
            with pytest.raises(ProblemError):
                reader.parse(changed)
        twice = f'{json.dumps(body)[:-1]}, "{name}": {json.dumps(body[name])}}}'
        assert reader.at_once(twice.encode()) is None


@pytest.mark.parametrize("raw", [b"", b"[]", b"null", b"{", b"{}{}", b"\xff", b'{"\xff": 1}', b'{"gender": "\\ud800"}'])
def test_what_is_no_such_object_is_not_taken_at_once(raw: bytes) -> None:
    assert REFERRAL.at_once(raw) is None
    with pytest.raises(ProblemError):
        REFERRAL.read(raw)
