"""Reporting status survives deletion: no erasure and no purge makes a partner late or missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from cases.intake import submit
from cases.models import Case, Referral
from cases.months import COPENHAGEN
from oversight.reporting import completion, states
from oversight.reporting.models import FirstReport
from oversight.rights.erasure import purge
from partners.audit import COMMAND
from partners.kinds import Mode, Reporting
from partners.models import Partner
from tests.api.asserts import body
from tests.api.calendars import REPORTS, expect, shaped, stopped
from tests.callers import Caller, make_caller
from tests.cases.windows.world import set_window
from tests.oversight.rights.world import Person, erase_person

pytestmark = pytest.mark.django_db
Say = Callable[..., UUID]
LATER = "2025-09-01T12:00"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Set the clock of the program and that of the records."""
    return stopped(monkeypatch)


@pytest.fixture
def say(clock: Any) -> Say:
    """A referral of a month, said at a moment. Returns its reference."""

    def said(caller: Caller, month: str, at: str, token: str | None = None) -> UUID:
        clock(at)
        reference = uuid4()
        told = shaped(referred_in=month, **({"case_token": token} if token else {}))
        submit.put(by=caller.principal, reference=reference, values=told)
        return reference

    return said


def calendar(caller: Caller) -> list[Any]:
    """What the partner and the staff are told of its reports, but how many referrals stand."""
    told = [body(caller.get("/api/v1/me"))["reporting"], body(caller.get(REPORTS))]
    for period in (*told[0]["periods"], *told[1]["items"]):
        del period["referrals"]
    partner = Partner.objects.get(pk=caller.partner.pk)
    return [*told, states.missing_periods({partner.pk: partner.calendar}, timezone.now())]


def stands(caller: Caller) -> list[tuple[str, bool]]:
    """State and lateness of each of the partner's periods."""
    return [(each["state"], each["late"]) for each in body(caller.get(REPORTS))["items"]]


def somebody(ngo: Caller, say: Say, clock: Any) -> Person:
    """A person whom the NGO referred in five months: alone there, late, withdrawn, beside another, and after a nil report."""
    expect(ngo, since=date(2025, 1, 1))
    first = say(ngo, "2025-01", "2025-01-10T12:00")
    token = Case.objects.get().token
    late = say(ngo, "2025-02", "2025-04-01T12:00", token)
    withdrawn = say(ngo, "2025-03", "2025-04-02T12:00", token)
    submit.withdraw(by=ngo.principal, reference=withdrawn, reason_code="DUPLICATE")
    beside = say(ngo, "2025-05", "2025-05-03T12:00", token)
    say(ngo, "2025-05", "2025-05-04T12:00")
    clock("2025-06-30T12:00")
    completion.declare(by=ngo.principal, month=date(2025, 6, 1))
    after = say(ngo, "2025-06", "2025-08-01T12:00", token)
    clock(LATER)
    return Person(token, references=[str(each) for each in (first, late, withdrawn, beside, after)])


EXPECTED = [
    ("REPORTED", False),
    ("REPORTED", True),
    ("MISSING", True),
    ("MISSING", True),
    ("REPORTED", False),
    ("REPORTED", False),
    ("MISSING", True),
    ("DUE", False),
    ("EXPECTED", False),
]


def goes(how: str, person: Person, caller: Caller) -> None:
    """Her records go."""
    if how == "erased":
        erase_person(person)
        return
    for reference in person.references:
        purge(by=COMMAND, partner=caller.partner, reference=UUID(reference), reason_code="ENTERED_IN_ERROR")


@pytest.mark.parametrize("how", ["erased", "purged"])
def test_the_calendar_is_the_same_before_and_after(ngo: Caller, say: Say, clock: Any, how: str) -> None:
    person = somebody(ngo, say, clock)
    before = calendar(ngo)
    assert stands(ngo) == EXPECTED
    goes(how, person, ngo)
    assert Referral.objects.count() == 1
    assert calendar(ngo) == before
    # What was in time when it was withdrawn is in time when it is reported empty, as ever.
    completion.declare(by=ngo.principal, month=date(2025, 3, 1))
    assert stands(ngo)[2] == ("NIL", False)


@pytest.mark.parametrize("how", ["erased", "purged"])
def test_a_quarter_is_the_same_before_and_after(ngo: Caller, say: Say, clock: Any, how: str) -> None:
    """In time by the middle month alone; late by its last; and in time by nil reports, before a referral came."""
    expect(ngo, Reporting.QUARTERLY, since=date(2024, 4, 1))
    set_window(ngo.partner, 2024, new_until=date(2025, 12, 31), corrections_until=date(2025, 12, 31))
    references = [say(ngo, "2024-05", "2024-06-10T12:00")]
    token = Case.objects.get().token
    references.append(say(ngo, "2024-09", "2024-12-01T12:00", token))
    clock("2025-01-05T12:00")
    for month in (10, 11, 12):
        completion.declare(by=ngo.principal, month=date(2024, month, 1))
    references.append(say(ngo, "2024-11", "2025-03-01T12:00", token))
    clock("2025-03-20T12:00")
    before = calendar(ngo)
    assert stands(ngo) == [("REPORTED", False), ("REPORTED", True), ("REPORTED", False), ("EXPECTED", False)]
    goes(how, Person(token, references=[str(each) for each in references]), ngo)
    assert not Referral.objects.exists()
    assert calendar(ngo) == before


def test_the_first_report_of_every_month_is_kept_of_the_partners_concerned_alone(
    ngo: Caller, other_ngo: Caller, police: Caller, say: Say, clock: Any
) -> None:
    person = somebody(ngo, say, clock)
    say(other_ngo, "2025-01", "2025-01-20T12:00")
    say(police, "2025-01", "2025-01-20T12:00")
    say(police, "2025-07", "2025-07-20T12:00", person.token)
    clock(LATER)
    erase_person(person)
    kept = {
        (row.partner_id, row.month.month, f"{row.first_at.astimezone(COPENHAGEN):%m-%d}", row.stood)
        for row in FirstReport.objects.all()
    }
    ours = [(1, "01-10", True), (2, "04-01", True), (3, "04-02", False), (5, "05-03", True), (6, "08-01", True)]
    theirs = [(1, "01-20", True), (7, "07-20", True)]
    assert kept == {*((ngo.partner.pk, *row) for row in ours), *((police.partner.pk, *row) for row in theirs)}


def test_a_later_erasure_keeps_the_earlier_word(ngo: Caller, say: Say, clock: Any) -> None:
    person = somebody(ngo, say, clock)
    erase_person(person)
    before = stands(ngo)
    say(ngo, "2025-01", "2025-08-20T12:00", person.token)
    say(ngo, "2025-03", "2025-08-20T12:00", person.token)
    clock(LATER)
    erase_person(person)
    assert stands(ngo) == [*before[:2], ("REPORTED", False), *before[3:]]
    assert FirstReport.objects.filter(stood=False).count() == 0


def test_an_earlier_word_takes_the_place_of_a_later_one(ngo: Caller, say: Say, clock: Any) -> None:
    """Clocks of one partner's versions rise, so this cannot come about; the function does not rest on that."""
    FirstReport.objects.create(partner=ngo.partner, month=date(2025, 1, 1), first_at=clock(LATER), stood=True)
    goes("purged", somebody(ngo, say, clock), ngo)
    row = FirstReport.objects.get(month=date(2025, 1, 1))
    assert f"{row.first_at.astimezone(COPENHAGEN):%Y-%m-%d}" == "2025-01-10"


def test_of_the_test_world_nothing_is_kept_in_the_live_one(ngo: Caller, say: Say, clock: Any) -> None:
    tester = make_caller("NGO", mode=Mode.TEST)
    say(ngo, "2025-01", "2025-01-10T12:00")
    token = Case.objects.get().token
    say(tester, "2025-01", "2025-01-11T12:00", token)
    clock(LATER)
    erase_person(Person(token), test=True)
    assert FirstReport.objects.get().partner_id == tester.partner.pk
