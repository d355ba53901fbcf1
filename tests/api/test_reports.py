"""The calendar: what is expected of a partner, what came and when, and who am I."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from api.own.bodies import STATES
from cases.intake import submit
from cases.months import COPENHAGEN, later, month_id, this_month
from oversight.reporting import completion, states
from oversight.reporting.states import State
from partners.kinds import Reporting
from partners.models import Partner
from tests.api.asserts import body
from tests.api.calendars import NOTHING, REPORTS, expect, month_path, shaped, stopped
from tests.callers import Caller
from tests.cases.windows.world import TOMORROW, set_window


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Set the clock of the program and that of the records."""
    return stopped(monkeypatch)


def put_nil(caller: Caller, month: str) -> None:
    """A nil report, as of the clock."""
    completion.declare(by=caller.principal, month=date.fromisoformat(f"{month}-01"))


def reported(caller: Caller, now: datetime) -> list[tuple[str, str, bool]]:
    """Period, state and lateness of all that is expected."""
    partner = Partner.objects.get(pk=caller.partner.pk)
    return [
        (each.period.id, str(each.state), each.late)
        for each in states.reports_of_partner(partner.pk, partner.calendar, now)
    ]


def test_from_expected_to_due_to_missing(ngo: Caller, clock: Any) -> None:
    expect(ngo, since=date(2025, 3, 1))
    for now, expected in (
        ("2025-02-28T12:00", []),
        ("2025-03-31T23:59:59", [("2025-03", "EXPECTED", False)]),
        ("2025-04-01T00:00", [("2025-03", "DUE", False), ("2025-04", "EXPECTED", False)]),
        ("2025-04-14T23:59:59", [("2025-03", "DUE", False), ("2025-04", "EXPECTED", False)]),
        ("2025-04-15T00:00", [("2025-03", "MISSING", True), ("2025-04", "EXPECTED", False)]),
    ):
        assert reported(ngo, clock(now)) == expected, now


@pytest.mark.parametrize(("at", "late"), [("2025-04-14T23:59:59.999999", False), ("2025-04-15T00:00", True)])
@pytest.mark.parametrize("answer", ["referral", "nil"])
def test_an_answer_is_late_from_the_deadline_on_and_stays_late(
    ngo: Caller, clock: Any, at: str, late: bool, answer: str
) -> None:
    expect(ngo, since=date(2025, 3, 1))
    clock("2025-04-10T12:00")
    clock(at)
    token = ngo.principal
    if answer == "nil":
        put_nil(ngo, "2025-03")
    else:
        submit.put(by=token, reference=uuid4(), values=shaped(referred_in="2025-03"))
    state = "NIL" if answer == "nil" else "REPORTED"
    assert reported(ngo, clock(at))[0] == ("2025-03", "BEGUN" if answer == "referral" and not late else state, late)
    assert reported(ngo, clock("2026-01-31T12:00"))[0] == ("2025-03", state, late)


def test_what_was_in_time_stays_in_time_whatever_became_of_it(ngo: Caller, clock: Any) -> None:
    """A correction or a withdrawal after the deadline makes nobody late; but where nothing stands, an answer is missing."""
    expect(ngo, since=date(2025, 3, 1))
    who, key = ngo.principal, uuid4()
    clock("2025-03-20T12:00")
    submit.put(by=who, reference=key, values=shaped(referred_in="2025-03"))
    now = clock("2025-06-01T12:00")
    submit.withdraw(by=who, reference=key, reason_code="DUPLICATE")
    assert reported(ngo, now)[0] == ("2025-03", "MISSING", True)
    put_nil(ngo, "2025-03")
    assert reported(ngo, now)[0] == ("2025-03", "NIL", False)


def test_a_quarter_takes_a_referral_of_any_month_or_a_nil_report_of_each(ngo: Caller, clock: Any) -> None:
    expect(ngo, Reporting.QUARTERLY, since=date(2025, 2, 1))
    clock("2025-03-31T12:00")
    put_nil(ngo, "2025-02")
    assert reported(ngo, clock("2025-04-02T12:00"))[0] == ("2025-Q1", "DUE", False)
    put_nil(ngo, "2025-03")
    assert reported(ngo, clock("2025-04-20T12:00"))[0] == ("2025-Q1", "NIL", False)
    assert reported(ngo, clock("2025-04-30T12:00"))[1] == ("2025-Q2", "EXPECTED", False)
    put_nil(ngo, "2025-04")
    submit.put(by=ngo.principal, reference=uuid4(), values=shaped(referred_in="2025-04"))
    assert reported(ngo, clock("2025-07-13T12:00"))[1] == ("2025-Q2", "BEGUN", False)
    assert reported(ngo, clock("2025-09-01T12:00"))[1:] == [
        ("2025-Q2", "REPORTED", False),
        ("2025-Q3", "EXPECTED", False),
    ]


def test_the_calendar_as_it_is_answered(ngo: Caller) -> None:
    begun = later(this_month(), -2)
    expect(ngo, since=begun, days=0)
    ngo.referral(referred_in=month_id(begun))
    said = body(ngo.get(REPORTS))
    assert (said["frequency"], said["due_days"], said["since"]) == ("MONTHLY", 0, month_id(begun))
    assert [(item["period"], item["state"]) for item in said["items"]] == [
        (month_id(begun), "REPORTED"),
        (month_id(later(begun, 1)), "MISSING"),
        (month_id(this_month()), "EXPECTED"),
    ]
    assert said["missing"] == [month_id(later(begun, 1))]
    assert said["next"]["period"] == month_id(this_month())
    due = datetime.fromisoformat(said["next"]["due_at"])
    assert due.astimezone(COPENHAGEN).date() == later(this_month(), 1)
    assert said["items"][0]["late"] and said["items"][0]["answered_at"]


def test_next_is_the_present_period_until_it_is_complete(ngo: Caller, clock: Any) -> None:
    def following(now: datetime) -> str:
        """The id of the next period."""
        calendar = Partner.objects.get(pk=ngo.partner.pk).calendar
        period = states.next_period(calendar, states.reports_of_partner(ngo.partner.pk, calendar, now), now)
        assert period is not None
        return period.id

    expect(ngo, since=date(2025, 3, 1))
    now = clock("2025-03-31T12:00")
    assert following(now) == "2025-03"
    submit.put(by=ngo.principal, reference=uuid4(), values=shaped(referred_in="2025-03"))
    assert following(now) == "2025-03"
    completion.declare(by=ngo.principal, month=date(2025, 3, 1))
    assert following(now) == "2025-04"


def test_next_is_the_first_period_where_the_calendar_is_to_begin(ngo: Caller) -> None:
    expect(ngo, since=later(this_month(), 5))
    said = body(ngo.get(REPORTS))
    assert (said["items"], said["next"]["period"]) == ([], month_id(later(this_month(), 5)))


def test_of_whom_nothing_is_expected_nothing_is_missing(ngo: Caller) -> None:
    said = body(ngo.get(REPORTS))
    said.pop("years")
    assert said == {
        "frequency": "NONE", "due_days": 14, "since": None, "next": None, "missing": [], "items": [],
    }  # fmt: skip


def test_me_tells_twelve_months_what_is_missing_and_what_is_next(ngo: Caller) -> None:
    begun = later(this_month(), -30)
    expect(ngo, since=begun, days=14)
    year = later(this_month(), -11).year
    set_window(ngo.partner, year, new_until=TOMORROW, corrections_until=TOMORROW)
    ngo.put(month_path(month_id(later(this_month(), -11))), NOTHING)
    said = body(ngo.get("/api/v1/me"))["reporting"]
    assert [each["period"] for each in said["periods"]] == [month_id(later(this_month(), n)) for n in range(-11, 1)]
    assert (said["periods"][0]["state"], said["periods"][0]["late"]) == ("NIL", True)
    assert said["missing"][0] == month_id(later(this_month(), -10))
    assert said["next"]["period"] in {month_id(this_month()), month_id(later(this_month(), -1))}
    assert len(body(ngo.get(REPORTS))["items"]) == 31


def test_me_tells_when_a_secret_was_last_used(ngo: Caller) -> None:
    assert [each["last_used_at"] for each in body(ngo.get("/api/v1/me"))["secrets"]] == [None]
    form = {"grant_type": "client_credentials", "client_id": ngo.client.client_id, "client_secret": ngo.secret}
    assert ngo.browser.post("/oauth/token", form).status_code == 200
    [used] = [each["last_used_at"] for each in body(ngo.get("/api/v1/me"))["secrets"]]
    assert abs(datetime.fromisoformat(used) - timezone.now()) < timedelta(minutes=1)


def test_me_takes_as_many_statements_for_thirty_months_as_for_one(ngo: Caller) -> None:
    counts = []
    for months_ago in (0, 30):
        expect(ngo, since=later(this_month(), -months_ago))
        for n in range(min(months_ago, 6)):
            # In spring the year before is closed.
            ngo.referral(referred_in=month_id(max(later(this_month(), -n), this_month().replace(month=1))))
        with CaptureQueriesContext(connection) as queries:
            body(ngo.get("/api/v1/me"))
        counts.append(len([each for each in queries if each["sql"].lstrip().startswith("SELECT")]))
    assert counts == [4, 4]


def test_all_partners_together_take_one_statement(ngo: Caller, other_ngo: Caller, police: Caller) -> None:
    calendars = {}
    for caller in (ngo, other_ngo, police):
        expect(caller, since=later(this_month(), -3), days=0)
        calendars[caller.partner.pk] = Partner.objects.get(pk=caller.partner.pk).calendar
    ngo.referral(referred_in=month_id(later(this_month(), -2)))
    with CaptureQueriesContext(connection) as queries:
        found = states.missing_periods(calendars, timezone.now())
    assert len(queries) == 1
    assert found[ngo.partner.pk] == [month_id(later(this_month(), -n)) for n in (3, 1)]
    assert found[police.partner.pk] == [month_id(later(this_month(), -n)) for n in (3, 2, 1)]
    assert states.missing_periods({}, timezone.now()) == {}


def test_every_state_is_described() -> None:
    assert set(STATES) == set(State)
