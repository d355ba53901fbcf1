"""Of whom which form is expected, and how each period stands: against a plain model, and through the staff's screen and the API."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from cases.months import later, midnight, month_id, this_month, today
from cases.services.expectations import CountCoverage, coverage, is_expected, of_partner
from cases.services.forms import OUTREACH
from cases.services.models import CountAssignment
from cases.services.periods import CountPeriod, CountPeriodState
from cases.services.shapes import CountForm, CountPeriodKind
from partners.kinds import Mode, Reporting
from partners.models import AuditEvent, Partner
from tests.api.asserts import body
from tests.callers import Caller, make_caller
from tests.cases.services.world import assign
from tests.partners.organisations.world import succeed
from tests.people.visitors import signed_in, staff

MONTHS = [later(this_month(), -number) for number in range(4)]
DAYS = st.dates(date(2025, 1, 1), date(2025, 12, 31))


def states(caller: Caller, form: CountForm) -> dict[str, CountPeriodState]:
    """How the periods of a form stand, the latest first."""
    caller.partner.refresh_from_db()
    found = of_partner(caller.partner, timezone.now())
    return {each.period.id: each.state for each in found if each.form == form}


def report(caller: Caller, month: date) -> None:
    """Report that there was nothing."""
    assert caller.put(f"/api/v1/counts/OUTREACH/{month_id(month)}", {"contacts": [], "visits": []}).status_code == 201


def calendar(caller: Caller, *, since: date, days: int = 0) -> None:
    """Give a partner a calendar."""
    Partner.objects.filter(pk=caller.partner.pk).update(
        reporting=Reporting.MONTHLY, report_due_days=days, reporting_since=since
    )


@given(st.lists(st.tuples(DAYS, st.booleans())), st.none() | DAYS, DAYS)
def test_the_word_said_last_of_those_that_hold_decides(
    words: list[tuple[date, bool]], default: date | None, day: date
) -> None:
    """In the plain model each word paints the days from its own on, one after the other."""
    paint = {0: default is not None and default <= day}
    for since, reports in words:
        if since <= day:
            paint[0] = reports
    said_last_first = [CountAssignment(since=since, reports=reports) for since, reports in reversed(words)]
    assert is_expected(CountPeriod(day, CountPeriodKind.MONTH), said_last_first, default) == paint[0]


@pytest.mark.parametrize(
    ("kind", "day", "last", "ids"),
    [
        (CountPeriodKind.WEEK, date(2020, 12, 22), date(2021, 1, 4), ["2020-W53", "2021-W01"]),
        (CountPeriodKind.WEEK, date(2020, 12, 21), date(2020, 12, 27), ["2020-W52"]),
        (CountPeriodKind.MONTH, date(2024, 12, 1), date(2025, 1, 31), ["2024-12", "2025-01"]),
        (CountPeriodKind.MONTH, date(2024, 12, 2), date(2024, 12, 31), []),
        (CountPeriodKind.YEAR, date(2024, 1, 1), date(2025, 1, 1), ["2024", "2025"]),
    ],
)
def test_periods_are_those_that_begin_on_the_days(kind: CountPeriodKind, day: date, last: date, ids: list[str]) -> None:
    assert [each.id for each in CountPeriod.since(kind, day, last)] == ids


@pytest.mark.django_db
def test_periods_are_received_late_missing_or_not_due(ngo: Caller) -> None:
    calendar(ngo, since=MONTHS[0], days=0)
    assign(ngo.partner, OUTREACH, MONTHS[2])
    report(ngo, MONTHS[2])
    assert states(ngo, OUTREACH) == dict(
        zip(
            map(month_id, MONTHS),
            (CountPeriodState.NOT_DUE, CountPeriodState.MISSING, CountPeriodState.LATE),
            strict=False,
        )
    )
    report(ngo, MONTHS[0])
    assert states(ngo, OUTREACH)[month_id(MONTHS[0])] == CountPeriodState.RECEIVED


@pytest.mark.django_db
def test_a_correction_makes_nobody_late(ngo: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    assign(ngo.partner, OUTREACH, MONTHS[0])
    report(ngo, MONTHS[0])
    path = f"/api/v1/counts/OUTREACH/{month_id(MONTHS[0])}"
    ngo.put(path, {"visits": []}, If_Match='"1"')
    after = midnight(later(MONTHS[0], 3))
    [expectation] = [each for each in of_partner(ngo.partner, after) if each.period.first == MONTHS[0]]
    assert expectation.state == CountPeriodState.RECEIVED


@pytest.mark.django_db
def test_a_form_is_expected_of_its_kinds_once_both_have_begun(ngo: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    calendar(ngo, since=date(2024, 1, 1))
    ngo.partner.refresh_from_db()
    moment = midnight(date(2027, 3, 5))
    found = [(each.form.id, each.period.id) for each in of_partner(ngo.partner, moment)]
    assert found == [("OUTREACH", "2027-03"), ("OUTREACH", "2027-02"), ("OUTREACH", "2027-01")]
    assign(ngo.partner, OUTREACH, date(2027, 2, 1), reports=False, said_at=moment)
    assert [each.period.id for each in of_partner(ngo.partner, moment)] == ["2027-01"]


@pytest.mark.django_db
def test_nothing_is_expected_of_other_kinds_without_a_calendar_or_outside_a_crisis(ngo: Caller) -> None:
    moment = midnight(date(2027, 6, 5))
    assert of_partner(ngo.partner, moment) == []  # it has no calendar
    calendar(ngo, since=date(2024, 1, 1))
    ngo.partner.refresh_from_db()
    assert {each.form.id for each in of_partner(ngo.partner, moment)} == {OUTREACH.id}


@pytest.mark.django_db
def test_in_test_mode_nothing_is_expected_and_everything_can_be_sent() -> None:
    tester = make_caller("NGO", mode=Mode.TEST)
    calendar(tester, since=date(2024, 1, 1))
    tester.partner.refresh_from_db()
    assert of_partner(tester.partner, midnight(date(2027, 6, 5))) == []
    report(tester, MONTHS[0])


@pytest.mark.django_db
def test_coverage_says_how_many_partners_were_expected_and_how_they_stood(ngo: Caller, other_ngo: Caller) -> None:
    centre, closed = make_caller("CENTRE"), make_caller("NGO")
    for each in (ngo, other_ngo, closed):
        calendar(each, since=MONTHS[0])
        assign(each.partner, OUTREACH, MONTHS[1])
    Partner.objects.filter(pk=closed.partner.pk).update(active=False)
    before = timezone.now()
    for each in (ngo, centre):
        report(each, MONTHS[1])
    report(ngo, MONTHS[0])
    numbers = coverage(OUTREACH, MONTHS[1], today(), timezone.now())
    assert [*numbers.values()] == [CountCoverage(2, 1, 1, 1, 1), CountCoverage(2, 1, 0, 0, 0)]
    assert [*coverage(OUTREACH, MONTHS[1], today(), before).values()] == [CountCoverage(2, 0, 0, 2), CountCoverage(2)]


@pytest.mark.django_db
def test_a_closed_partner_is_expected_to_report_up_to_the_day_on_which_it_closed(
    ngo: Caller, other_ngo: Caller
) -> None:
    for each in (ngo, other_ngo):
        calendar(each, since=MONTHS[1])
        assign(each.partner, OUTREACH, MONTHS[1])
    before, browser = timezone.now(), signed_in(staff("closer", "partner_manager"))
    succeed(other_ngo.partner, make_caller("NGO").partner)
    answer = browser.sure(
        f"/admin/partners/partner/{ngo.partner.pk}/change/",
        {"reporting": "MONTHLY", "report_due_days": "0", "reporting_since": str(MONTHS[1]), "umbrella": ""},
    )
    assert answer.status_code == 302 and not Partner.objects.filter(
        name__in=[each.partner.name for each in (ngo, other_ngo)], active=True
    )
    assert [*coverage(OUTREACH, MONTHS[1], today(), before).values()] == [CountCoverage(2, 0, 0, 2), CountCoverage(2)]
    now = [*coverage(OUTREACH, MONTHS[1], today(), timezone.now()).values()]
    assert now == [CountCoverage(2, 0, 0, 2), CountCoverage()]


@pytest.mark.django_db
def test_a_partner_reads_what_is_expected_of_it(ngo: Caller, other_ngo: Caller) -> None:
    calendar(ngo, since=MONTHS[0], days=3)
    assign(ngo.partner, OUTREACH, MONTHS[0])
    [item] = body(ngo.get("/api/v1/counts"))["items"]
    due_at = midnight(later(MONTHS[0], 1) + timedelta(days=3)).isoformat()
    assert item == {
        "form": "OUTREACH",
        "period": month_id(MONTHS[0]),
        "due_at": due_at,
        "state": "NOT_DUE",
        "first_at": None,
    }
    assert body(other_ngo.get("/api/v1/counts")) == {"items": []}


@pytest.mark.django_db
def test_staff_set_who_reports_and_see_it_on_the_partner_s_page(ngo: Caller) -> None:
    browser = signed_in(staff("keeper", "partner_manager"))
    add = "/admin/services/countassignment/add/"
    sent = {"partner": str(ngo.partner.pk), "form": "OUTREACH", "since": str(MONTHS[2]), "reports": "True"}
    make_caller("NGO", mode=Mode.TEST, name="Only a rehearsal")
    assert "Only a rehearsal" not in browser.get(add).content.decode()
    page = browser.get(f"/admin/partners/partner/{ngo.partner.pk}/change/").content.decode()
    assert "No forms are expected" in page
    assert f"{add}?partner={ngo.partner.pk}" in page
    asked = browser.post(add, sent).content.decode()
    with override("en"):
        assert date_format(MONTHS[2], "DATE_FORMAT") in asked
    assert not CountAssignment.objects.exists()  # a page asks first
    browser.sure(add, sent)
    assert AuditEvent.objects.get(action="countassignment.add").subject == str(CountAssignment.objects.get().pk)
    page = browser.get(f"/admin/partners/partner/{ngo.partner.pk}/change/").content.decode()
    assert "Outreach: missing" in page
