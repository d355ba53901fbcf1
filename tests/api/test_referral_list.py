"""A partner's own list: a filter for every coded field, and pages that stay whole while rows come in."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit
from uuid import UUID

import pytest
from django.core import signing

from api.http import parameters
from cases import dictionary as d
from cases.codelists.types import NOT_ASKED
from cases.fields import CodedField, CodeSetField
from cases.models import Referral
from tests.api.asserts import LIST, body, findings
from tests.callers import Caller, referral

CODED = [field for field in d.REFERRAL if isinstance(field, CodedField | CodeSetField)]


def references(response: Any) -> list[str]:
    return [row["reference"] for row in body(response)["items"]]


def test_there_is_a_filter_for_every_coded_field_and_none_for_the_token(ngo: Caller) -> None:
    [row] = body(ngo.get(f"{LIST}?nonsense=1"), 400)["errors"]
    more = {"status", "referred_from", "referred_to", "limit", "cursor", "changed_since", "format"}
    assert set(row["allowed"]) == {field.name for field in CODED} | more


@pytest.mark.parametrize("field", CODED, ids=lambda field: field.name)
def test_a_filter_finds_the_rows_with_the_code_and_no_others(ngo: Caller, field: CodedField | CodeSetField) -> None:
    path, stored = ngo.referral()
    code = stored[field.name][0] if isinstance(field, CodeSetField) else stored[field.name]
    other = next(code_ for code_ in field.allowed if code_ not in stored[field.name])
    assert references(ngo.get(f"{LIST}?{field.name}={code}")) == [path.rsplit("/")[-1]]
    assert references(ngo.get(f"{LIST}?{field.name}={other}")) == []


@pytest.mark.parametrize("field", CODED, ids=lambda field: field.name)
def test_a_code_that_is_not_of_the_list_is_400_with_the_allowed_ones(
    ngo: Caller, field: CodedField | CodeSetField
) -> None:
    for value in ("MARKER", "", "%00", "f", "%F0%9F%98%80"):
        response = ngo.get(f"{LIST}?{field.name}={value}")
        assert findings(response, "invalid_parameter") == [(field.name, "value_not_allowed")]
        assert b"MARKER" not in response.content
    [row] = body(ngo.get(f"{LIST}?{field.name}=MARKER"), 400)["errors"]
    assert row["allowed"] == list(field.allowed)


def test_not_asked_can_be_asked_for(ngo: Caller) -> None:
    ngo.referral()
    path, _ = ngo.referral(duration=..., means_of_control=...)
    for name in ("duration", "means_of_control"):
        assert references(ngo.get(f"{LIST}?{name}={NOT_ASKED}")) == [path.rsplit("/")[-1]]


def test_filters_narrow_together_and_by_status_and_months(ngo: Caller) -> None:
    paths = [
        ngo.referral(referred_in=month, gender=gender)[0]
        for month, gender in (("2024-12", "F"), ("2025-01", "F"), ("2025-02", "M"))
    ]
    ids = [path.rsplit("/")[-1] for path in paths]
    assert references(ngo.get(f"{LIST}?referred_from=2025-01")) == ids[1:]
    assert references(ngo.get(f"{LIST}?referred_to=2025-01")) == ids[:2]
    assert references(ngo.get(f"{LIST}?referred_from=2025-01&referred_to=2025-01")) == ids[1:2]
    assert references(ngo.get(f"{LIST}?gender=F&referred_from=2025-01")) == ids[1:2]
    ngo.post(f"{paths[0]}/withdrawal", {"reason_code": "DUPLICATE"})
    assert references(ngo.get(f"{LIST}?status=withdrawn")) == ids[:1]
    assert references(ngo.get(f"{LIST}?status=reported")) == ids[1:]
    assert len(references(ngo.get(LIST))) == 3


@pytest.mark.parametrize("name", ["referred_from", "referred_to"])
@pytest.mark.parametrize(
    "value", ["2025", "2025-13", "2025-01-01", "", "2025-01%0A", "0000-01", "%D9%A2%D9%A0%D9%A2%D9%A5-01"]
)
def test_a_bound_is_a_month(ngo: Caller, name: str, value: str) -> None:
    assert findings(ngo.get(f"{LIST}?{name}={value}"), "invalid_parameter") == [(name, "value_not_allowed")]


@pytest.mark.parametrize("limit", ["0", "-1", "501", "1.0", "abc", "", "01x", "99999", "%D9%A3", "+5", "%205", "1%0A"])
def test_a_bad_limit_is_400(ngo: Caller, limit: str) -> None:
    assert findings(ngo.get(f"{LIST}?limit={limit}"), "invalid_parameter") == [("limit", "value_not_allowed")]


def test_a_repeated_parameter_is_400(ngo: Caller) -> None:
    response = ngo.get(f"{LIST}?gender=F&gender=F&limit=1&limit=2&x=1&y=2")
    assert sorted(findings(response, "invalid_parameter")) == [
        ("?", "unknown_parameter"),
        ("gender", "repeated_parameter"),
        ("limit", "repeated_parameter"),
    ]


def follow(ngo: Caller, address: str | None) -> list[list[str]]:
    """The references of every page."""
    found = []
    while address:
        response = ngo.get(address.removeprefix("http://testserver"))
        found.append(references(response))
        address = body(response)["next"]
        link = response.headers.get("Link")
        assert link == (f'<{address}>; rel="next"' if address else None)
    return found


def test_pages_hold_every_row_once_in_the_order_of_recording(ngo: Caller, other_ngo: Caller) -> None:
    stored = [ngo.referral()[1]["reference"] for _ in range(5)]
    other_ngo.referral()
    walked = follow(ngo, f"{LIST}?limit=2")
    assert walked == [stored[:2], stored[2:4], stored[4:]]
    assert follow(ngo, f"{LIST}?limit=5") == [stored]
    assert follow(ngo, f"{LIST}?limit=2&gender=M") == [[]]


def test_the_next_page_keeps_the_filters(ngo: Caller) -> None:
    women = [ngo.referral(gender=gender)[1]["reference"] for gender in ("F", "M", "F", "M", "F")][::2]
    assert follow(ngo, f"{LIST}?limit=1&gender=F") == [[reference] for reference in women]


def test_rows_that_come_or_change_while_paging_are_neither_lost_nor_doubled_among_the_rest(ngo: Caller) -> None:
    paths = [ngo.referral()[0] for _ in range(4)]
    stored = [path.rsplit("/")[-1] for path in paths]
    first = body(ngo.get(f"{LIST}?limit=2"))
    assert [row["reference"] for row in first["items"]] == stored[:2]
    late = ngo.referral()[1]["reference"]
    ngo.put(paths[0], referral(gender="M"), If_Match='"1"')  # seen already: it comes again, as the change that it is
    ngo.put(paths[2], referral(gender="M"), If_Match='"1"')  # not seen yet: it comes once, changed
    rest = [reference for page in follow(ngo, first["next"]) for reference in page]
    assert rest == [stored[3], late, stored[0], stored[2]]


def test_rows_of_one_moment_are_paged_by_their_id(ngo: Caller) -> None:
    stored = [ngo.referral()[1]["reference"] for _ in range(5)]
    rows = list(Referral.objects.all())
    moment = rows[0].recorded_at
    copies = []
    for row in rows:
        row.pk, row.reference, row.recorded_at = UUID(int=row.pk.int ^ 1), UUID(int=row.reference.int ^ 1), moment
        copies.append(row)
    Referral.objects.bulk_create(copies)
    walked = [reference for page in follow(ngo, f"{LIST}?limit=2") for reference in page]
    assert len(walked) == len(set(walked)) == 2 * len(stored)


def cursor_of(ngo: Caller) -> str:
    for _ in range(2):
        ngo.referral()
    address: str = body(ngo.get(f"{LIST}?limit=1"))["next"]
    return parse_qs(urlsplit(address).query)["cursor"][0]


def test_a_cursor_works_only_with_its_signature(ngo: Caller) -> None:
    cursor = cursor_of(ngo)
    position, signature = cursor.rsplit(":", 1)
    value = signing.loads(cursor, salt=parameters.SALT)
    forged = (
        position,
        f"{position}:",
        f"{position}:{signature[:-1]}",
        f"{position[1:]}:{signature}",
        signing.dumps(value, salt="another"),
        signing.dumps(value, salt=parameters.SALT, key="another"),
        "",
        "1",
        "a:b:c",
        "%00",
        "😀",
        cursor + "\n",
    )
    for wrong in forged:
        response = ngo.get(f"{LIST}?cursor={quote(wrong, safe=':%')}")
        assert findings(response, "invalid_parameter") == [("cursor", "invalid_cursor")], wrong
    assert len(references(ngo.get(f"{LIST}?cursor={cursor}"))) == 1


def test_a_cursor_reveals_no_reference_token_or_partner(ngo: Caller) -> None:
    cursor = cursor_of(ngo)
    opened = str(signing.loads(cursor, salt=parameters.SALT)) + cursor
    squeezed = re.sub(r"[^0-9A-Za-z]", "", opened)
    for row in Referral.objects.select_related("case"):
        for hidden in (row.reference.hex, row.case.token, row.partner_id.hex, row.case_id.hex):
            assert hidden not in squeezed


def test_a_cursor_of_another_partner_shows_own_rows_only(ngo: Caller, other_ngo: Caller) -> None:
    cursor = cursor_of(ngo)
    own = other_ngo.referral()[1]["reference"]
    assert references(other_ngo.get(f"{LIST}?cursor={cursor}")) == [own]
