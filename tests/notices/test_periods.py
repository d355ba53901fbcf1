"""What a crisis changes of reporting: the weeks that it has, from whom its forms are expected, and who is missing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from msgspec import to_builtins

from api.counts.examples import content
from cases.months import midnight, today
from cases.services.expectations import expectations_of
from cases.services.forms import FORMS
from core.rows import ask
from notices import crises, texts
from notices.errors import NoticeRefused
from notices.models import Crisis
from notices.words import REFUSALS
from oversight.quality.counts import forms_of_year
from partners import audit
from partners.audit import COMMAND
from partners.kinds import Mode
from partners.models import Partner
from stats.periods import Period
from stats.sums.datasets import SUM_DATASETS
from stats.sums.leaves import read_coverage, read_snapshot
from tests.callers import Caller, as_web_server, make_caller
from tests.cases.services.world import assign
from tests.notices import world

pytestmark = pytest.mark.django_db
# A Wednesday, and the Sunday of its week.
BEGAN, SUNDAY = date(2026, 3, 11), date(2026, 3, 15)
WEEK, WEEKS = timedelta(days=7), ["2026-W11", "2026-W12"]
# The first day on which the week is missing: it is due three days after its end.
MISSED = date(2026, 3, 19)


@pytest.fixture
def crisis() -> Crisis:
    """A crisis that began on a Wednesday."""
    return world.declare(started_on=BEGAN)


def weeks(crisis: Crisis, day: date) -> list[str]:
    """The weeks that have begun by a day."""
    return [each.id for each in crises.weeks_of(crisis, day)]


def end(crisis: Crisis, day: date) -> None:
    """End a crisis."""
    with as_web_server():
        texts.end_crisis(by=world.writer(), crisis=crisis, ended_on=day)


def test_each_week_that_has_a_day_of_the_crisis_is_one_of_it(crisis: Crisis) -> None:
    assert weeks(crisis, BEGAN - timedelta(days=1)) == []
    assert weeks(crisis, BEGAN) == weeks(crisis, SUNDAY) == ["2026-W11"]
    assert weeks(crisis, SUNDAY + timedelta(days=1)) == ["2026-W11", "2026-W12"]
    end(crisis, SUNDAY + WEEK)
    assert weeks(Crisis.objects.get(), date(2026, 12, 31)) == ["2026-W11", "2026-W12"]


def test_no_week_is_asked_for_that_was_due_before_the_crisis_was_declared() -> None:
    """The week that ended on the Sunday was due by the end of the Wednesday after it."""
    for days, asked in ((3, ["2026-W11", "2026-W12"]), (4, ["2026-W12"]), (11, [])):
        declared_at = midnight(SUNDAY + timedelta(days=days)) + timedelta(hours=23)
        declared = world.declare(code=f"after-{days}", started_on=BEGAN - WEEK, declared_at=declared_at)
        assert weeks(declared, SUNDAY + WEEK) == asked


def test_a_crisis_lasts_from_its_first_to_its_last_day(crisis: Crisis) -> None:
    world.make_public(world.create(crisis))
    days = [BEGAN - timedelta(days=1), BEGAN, SUNDAY, SUNDAY + timedelta(days=1)]
    assert [len(ask(crises.lasting_crises(day))) for day in days] == [0, 1, 1, 1]
    end(crisis, SUNDAY)
    assert [len(ask(crises.lasting_crises(day))) for day in days] == [0, 1, 1, 0]


def test_a_week_is_missing_once_its_deadline_has_passed(ngo: Caller, crisis: Crisis) -> None:
    long_ago(ngo)
    assert crises.missing_of(Partner.objects.get(pk=ngo.partner.pk), MISSED - timedelta(days=1)) == []
    [missing] = crises.missing_of(Partner.objects.get(pk=ngo.partner.pk), MISSED)
    assert (missing.form.id, missing.period.id, missing.crisis) == ("SITUATION", "2026-W11", crisis)


def test_of_a_closed_partner_only_a_week_is_missing_that_had_ended_when_it_closed(ngo: Caller, crisis: Crisis) -> None:
    long_ago(ngo)
    Partner.objects.filter(pk=ngo.partner.pk).update(active=False)
    audit.record(by=COMMAND, action="partner.change", subject=str(ngo.partner.pk), active=False)
    closed, ended = Partner.objects.get(pk=ngo.partner.pk), today() - timedelta(days=today().weekday())
    missing = [each.period for each in crises.missing_of(closed, today() + 4 * WEEK)]
    assert missing == [each for each in crises.weeks_of(crisis, today()) if each.first < ended]
    # The page of the year says the same.
    found = [each.period for each in expectations_of([closed], timezone.now())[closed.pk]]
    assert found == missing[::-1]


def test_what_staff_have_said_of_a_partner_holds_in_a_crisis_too(
    ngo: Caller, other_ngo: Caller, crisis: Crisis
) -> None:
    police = make_caller("POLICE")
    for caller in (ngo, other_ngo, police):
        long_ago(caller)
    assert crises.weeks_reported(crisis, SUNDAY)[0][3] == 2
    assign(ngo.partner, FORMS["SITUATION"], BEGAN - WEEK, reports=False)
    assert crises.weeks_reported(crisis, SUNDAY)[0][3] == 1
    assign(police.partner, FORMS["SITUATION"], BEGAN - WEEK)
    assert crises.weeks_reported(crisis, SUNDAY)[0][3] == 2
    # The pages of counts tell what is missing of those.
    for caller in (ngo, police):
        assert crises.missing_of(Partner.objects.get(pk=caller.partner.pk), MISSED) == []


def long_ago(caller: Caller) -> None:
    """Let a partner be older than the crisis."""
    Partner.objects.filter(pk=caller.partner.pk).update(created_at=f"{BEGAN - WEEK}T00:00:00Z")


def test_who_has_reported_is_counted_among_those_of_whom_it_is_expected(ngo: Caller, other_ngo: Caller) -> None:
    crisis = world.declare(started_on=BEGAN)
    make_caller("POLICE")
    for caller in (ngo, other_ngo):
        long_ago(caller)
    ngo.put("/api/v1/counts/SITUATION/2026-W11", to_builtins(content(FORMS["SITUATION"])))
    [(form, week, number, expected)] = crises.weeks_reported(crisis, SUNDAY)
    assert (form.id, week.id, number, expected) == ("SITUATION", "2026-W11", 1, 2)
    assert crises.missing_of(Partner.objects.get(pk=ngo.partner.pk), MISSED) == []


def test_beside_the_sums_of_a_crisis_stands_what_every_page_expects(ngo: Caller, other_ngo: Caller) -> None:
    crisis = world.declare(started_on=BEGAN)
    before = Crisis.objects.get().declared_at - timedelta(seconds=1)
    end(crisis, SUNDAY + WEEK)
    for caller in (ngo, other_ngo):
        long_ago(caller)
    for caller, week in ((ngo, 11), (ngo, 12), (other_ngo, 12)):
        caller.put(f"/api/v1/counts/SITUATION/2026-W{week}", to_builtins(content(FORMS["SITUATION"])))
    of, year, now = SUM_DATASETS["situation.situation"], Period.parse("2026"), timezone.now()
    assert year is not None
    found = read_coverage(of, year, now, read_snapshot(of, year, now))
    expected = expectations_of([*Partner.objects.all()], now)
    listed = [row for form in forms_of_year(2026, now) for row in form.rows]
    assert (found.due, found.came, found.beside) == (4, 3, 0)
    assert sum(map(len, expected.values())) == sum(len(cells) for _, cells in listed) == found.due
    assert [each[2:] for each in crises.weeks_reported(crisis)] == [(2, 2), (1, 2)]
    # Nobody had said then that there was a crisis.
    assert read_coverage(of, year, before, read_snapshot(of, year, before)).due == 0


def test_nothing_is_expected_of_a_new_partner_of_another_kind_or_in_test_mode(crisis: Crisis, ngo: Caller) -> None:
    day = MISSED
    assert crises.missing_of(ngo.partner, day) == []
    police, test = make_caller("POLICE"), make_caller("NGO", mode=Mode.TEST)
    for caller in (police, test):
        long_ago(caller)
        assert crises.missing_of(Partner.objects.get(pk=caller.partner.pk), day) == []


def test_a_partner_is_asked_for_no_week_that_had_ended_before_it_was_there(ngo: Caller, other_ngo: Caller) -> None:
    """It was created two days after the Sunday, and the week is due on the Wednesday. Every page says the same."""
    crisis = world.declare(started_on=BEGAN)
    end(crisis, SUNDAY + WEEK)
    long_ago(other_ngo)
    monday = midnight(SUNDAY + timedelta(days=1))
    for created_at, asked in ((monday + timedelta(days=1), ["2026-W12"]), (monday - timedelta(seconds=1), WEEKS)):
        Partner.objects.filter(pk=ngo.partner.pk).update(created_at=created_at)
        newcomer = Partner.objects.get(pk=ngo.partner.pk)
        expected = expectations_of([newcomer], timezone.now())[newcomer.pk]
        assert [each.period.id for each in reversed(expected)] == asked
        assert [each.period.id for each in crises.missing_of(newcomer, MISSED + WEEK)] == asked
        by_week = {week.id: of for _, week, _, of in crises.weeks_reported(crisis)}
        assert by_week == {each: 1 + (each in asked) for each in WEEKS}


def test_two_crises_ask_for_a_form_of_a_week_once(crisis: Crisis) -> None:
    world.declare(code="second", started_on=BEGAN)
    assert [each.period.id for each in crises.expected_reports(SUNDAY)] == ["2026-W11"]


def test_a_crisis_ends_no_earlier_than_it_began_and_once(crisis: Crisis) -> None:
    with pytest.raises(NoticeRefused) as refusal, transaction.atomic():
        end(crisis, BEGAN - timedelta(days=1))
    assert str(refusal.value) in REFUSALS["CRISIS_ENDS_BEFORE"]
    end(crisis, BEGAN)
    with pytest.raises(DatabaseError), transaction.atomic():
        end(crisis, BEGAN)
    with pytest.raises(DatabaseError), transaction.atomic():
        world.create(crisis)


def test_a_crisis_asks_for_forms_of_crises_alone_and_is_declared_by_who_may() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        world.declare(forms=["OUTREACH"])
    for wrong in ({"started_on": date(1, 1, 1)}, {"user": world.user("other", "case_manager")}):
        with pytest.raises(DatabaseError), transaction.atomic():
            world.declare(**wrong)
