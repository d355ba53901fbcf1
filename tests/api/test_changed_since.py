"""Catching up: what was recorded at a moment or later, and that no moment ever passes over a version."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from api.http import parameters
from cases.intake import submit
from cases.models import Referral
from partners import locks
from tests.api.asserts import LIST, body, findings, new_path
from tests.api.calendars import shaped
from tests.callers import Caller, referral
from tests.threads import Background, at_once, wait_until_blocked


def seen(answer: Any) -> list[tuple[str, int, str]]:
    """Reference, version and status of every item."""
    return [(row["reference"], row["version"], row["status"]) for row in body(answer)["items"]]


def name(path: str) -> str:
    """The reference in a path."""
    return path.rsplit("/")[-1]


def test_first_everything_then_what_changed_withdrawals_too(ngo: Caller) -> None:
    paths = [ngo.referral()[0] for _ in range(4)]
    first = body(ngo.get(LIST))
    moment = first["changed_since"]
    assert ngo.get(LIST).headers["Henvis-Changed-Since"] == moment
    assert moment.endswith("Z")
    ngo.put(paths[1], referral(gender="M"), If_Match='"1"')
    ngo.post(f"{paths[0]}/withdrawal", {"reason_code": "DUPLICATE"})
    again = ngo.get(f"{LIST}?changed_since={moment}")
    expected = [(name(paths[3]), 1, "reported"), (name(paths[1]), 2, "corrected"), (name(paths[0]), 2, "withdrawn")]
    assert seen(again) == expected
    last = body(again)["changed_since"]
    assert seen(ngo.get(f"{LIST}?changed_since={last}")) == expected[2:]
    assert body(ngo.get(f"{LIST}?changed_since={last}"))["changed_since"] == last


def test_the_moment_is_that_of_the_latest_version_to_the_microsecond(ngo: Caller) -> None:
    stored = [ngo.referral()[1] for _ in range(3)]
    at = datetime.fromisoformat(stored[1]["recorded_at"])
    for moment, count in ((at, 2), (at + timedelta(microseconds=1), 1), (at - timedelta(microseconds=1), 2)):
        assert len(seen(ngo.get(f"{LIST}?changed_since={parameters.moment_text(moment)}"))) == count
    local = at.astimezone().isoformat()
    assert len(seen(ngo.get(f"{LIST}?changed_since={quote(local)}"))) == 2


def test_pages_and_filters_keep_the_moment(ngo: Caller, other_ngo: Caller) -> None:
    ngo.referral()
    moment = parameters.moment_text(timezone.now())
    women = [ngo.referral(gender=gender)[1]["reference"] for gender in ("F", "M", "F", "M", "F")][::2]
    other_ngo.referral(gender="F")
    address, found, last = f"{LIST}?changed_since={moment}&gender=F&limit=2", [], None
    while address:
        page = body(ngo.get(address.removeprefix("http://testserver")))
        found += [row["reference"] for row in page["items"]]
        address, last = page["next"], page["changed_since"]
    assert found == women
    assert last == parameters.moment_text(Referral.objects.get(reference=women[-1]).recorded_at)


def test_a_file_catches_up_like_a_page(ngo: Caller) -> None:
    ngo.referral()
    moment = parameters.moment_text(timezone.now())
    reference = ngo.referral()[1]["reference"]
    answer: Any = ngo.get(f"{LIST}?format=ndjson&changed_since={moment}")
    row, end = [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]
    assert row["reference"] == reference
    assert end["end"] == {
        "rows": 1,
        "changed_since": parameters.moment_text(datetime.fromisoformat(row["recorded_at"])),
    }
    nothing = ngo.get(f"{LIST}?format=csv&gender=X&changed_since={moment}")
    assert (nothing.headers["Henvis-Rows"], nothing.headers["Henvis-Changed-Since"]) == ("0", moment)


@pytest.mark.parametrize(
    "value",
    [
        "MARKER", "", "2025-01-31", "2025-01", "2025-02-30T00:00:00Z", "2025-01-01T00:00:00", "2025-01-01T24:00:00Z",
        "2025-01-01 00:00:00Z", "2025-01-01T00:00:00+01:00", "2025-01-01T00:00:60Z", "2025-01-01T00:00:00.1234567Z",
        "1999-12-31T23:59:59Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00", "2025-01-01T00:00:00Z%0A",
        "%D9%A2%D9%A0%D9%A2%D9%A5-01-01T00:00:00Z", "1735689600", "2025-W01-1T00:00:00Z", "2025-01-01t00:00:00z",
    ],
)  # fmt: skip
def test_what_is_no_moment_is_400(ngo: Caller, value: str) -> None:
    """A plus that is not encoded is a blank, and is refused rather than guessed."""
    answer = ngo.get(f"{LIST}?changed_since={value}")
    assert findings(answer, "invalid_parameter") == [("changed_since", "moment_expected")]
    assert b"MARKER" not in answer.content


def test_a_moment_in_the_future_would_pass_over_what_comes_before_it(ngo: Caller) -> None:
    ahead = parameters.moment_text(timezone.now() + timedelta(minutes=2))
    assert findings(ngo.get(f"{LIST}?changed_since={ahead}"), "invalid_parameter") == [
        ("changed_since", "moment_in_future")
    ]
    assert seen(ngo.get(f"{LIST}?changed_since={parameters.moment_text(timezone.now())}")) == []
    assert findings(ngo.get(f"{LIST}?changed_since=2999-12-31T23:59:59Z"), "invalid_parameter")


def test_what_is_said_can_be_sent_back() -> None:
    for moment in (datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, 1, 2, 3, 4, tzinfo=UTC)):
        assert parameters.parse_moment(parameters.moment_text(moment)) == moment


@pytest.mark.django_db(transaction=True)
def test_who_waited_is_recorded_later_than_whom_it_waited_for(ngo: Caller) -> None:
    """A moment that a reader has seen passes over nothing that commits afterwards.

    The second writer asks first and waits; the first one records and commits; a reader takes its moment. Had the second writer read
    the clock before the lock was its own, its version would lie before that moment, and never be told.
    """
    who, path = ngo.principal, new_path()
    with Background() as threads:
        with transaction.atomic():
            locks.serialise(who.partner_id)
            waiting = threads.start(lambda: ngo.put(path, referral()))
            wait_until_blocked()
            first = submit.put(by=who, reference=uuid4(), values=shaped()).referral
        late = body(waiting.result(timeout=30), 201)
    assert datetime.fromisoformat(late["recorded_at"]) > first.recorded_at
    told = seen(ngo.get(f"{LIST}?changed_since={parameters.moment_text(first.recorded_at)}"))
    assert {reference for reference, _, _ in told} == {str(first.reference), late["reference"]}


@pytest.mark.django_db(transaction=True)
def test_a_version_that_is_not_committed_yet_is_told_next_time(ngo: Caller) -> None:
    ngo.referral()
    written, seen_by_reader, who = Event(), Event(), ngo.principal

    def slow() -> UUID:
        with transaction.atomic():
            stored = submit.put(by=who, reference=uuid4(), values=shaped()).referral
            written.set()
            assert seen_by_reader.wait(30)
        return stored.reference

    with Background() as threads:
        running = threads.start(slow)
        assert written.wait(30)
        page = body(ngo.get(LIST))
        assert len(page["items"]) == 1
        seen_by_reader.set()
        reference = running.result(timeout=30)
    told = seen(ngo.get(f"{LIST}?changed_since={page['changed_since']}"))
    assert str(reference) in {each for each, _, _ in told}


@pytest.mark.django_db(transaction=True)
def test_a_copy_that_catches_up_while_two_write_is_whole(ngo: Caller) -> None:
    """Two writers and a reader at once: in the end the reader's copy is what is stored."""
    copy: dict[str, int] = {}
    paths = [ngo.referral()[0] for _ in range(4)]

    def write(those: list[str]) -> str | None:
        for _ in range(6):
            for path in those:
                version = body(ngo.get(path))["version"]
                ngo.put(path, referral(gender="FM"[version % 2]), If_Match=f'"{version}"')
            ngo.referral()
        return None

    def read() -> str | None:
        moment = catch_up(ngo, copy, None)
        for _ in range(25):
            moment = catch_up(ngo, copy, moment)
        return moment

    *_, moment = at_once([lambda: write(paths[:2]), lambda: write(paths[2:]), read])
    catch_up(ngo, copy, moment)
    stored = Referral.objects.of(ngo.partner.pk).current()
    assert copy == {str(row.reference): row.version for row in stored}


def catch_up(caller: Caller, copy: dict[str, int], moment: str | None) -> str | None:
    """One round of a client that keeps a copy; the moment for the next one."""
    address: str | None = f"{LIST}?limit=3" + (f"&changed_since={moment}" if moment else "")
    while address:
        page = body(caller.get(address.removeprefix("http://testserver")))
        copy |= {row["reference"]: row["version"] for row in page["items"]}
        address, moment = page["next"], page["changed_since"] or moment
    return moment
