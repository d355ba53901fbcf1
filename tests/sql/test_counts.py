"""Count reports and who is expected to send them. Of `henvis_check_count_succession` and `henvis_check_count_assignment`."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User

from cases.services.forms import OUTREACH
from cases.services.models import CountAssignment, CountReport
from partners.kinds import Mode
from tests.callers import Caller, as_web_server, make_caller
from tests.cases.services.world import assign
from tests.cases.windows.world import keeper
from tests.people.visitors import member, staff
from tests.sql.calls import commit, refusal, rows, undone, violation

pytestmark = pytest.mark.django_db
MONTH = "/api/v1/counts/OUTREACH/2025-03"
SINCE = date(2025, 1, 1)


@pytest.fixture
def ngo(db: None) -> Caller:
    """An NGO that reports."""
    return make_caller("NGO")


@pytest.fixture
def report(ngo: Caller) -> CountReport:
    """The second version of a report."""
    ngo.put(MONTH, {"contacts": []})
    ngo.put(MONTH, {"visits": []}, If_Match='"1"')
    return CountReport.objects.get(version=2)


def test_a_version_ends_only_where_the_next_one_begins(report: CountReport) -> None:
    end = "UPDATE services_countreport SET superseded_at = recorded_at WHERE version = 2"
    with violation():
        rows(end)
        commit()
    with violation(), as_web_server():
        rows(end)
        commit()


def test_a_rehearsal_that_is_emptied_needs_no_next_version(report: CountReport) -> None:
    with undone():
        rows("SET LOCAL henvis.erase = 'on'")
        rows("DELETE FROM services_countreport")
        commit()


def say(ngo: Caller, user: User) -> None:
    """Say that a partner reports, as a role does that passes our program by."""
    CountAssignment.objects.create(partner=ngo.partner, form=OUTREACH.id, since=SINCE, reports=True, user=user)


@pytest.mark.parametrize("role", ["auditor", "statistician", "case_manager", "data_protection"])
def test_who_reports_is_said_by_a_partner_manager_alone(ngo: Caller, role: str) -> None:
    other, mette, manager = staff("other", role), member(ngo.partner).user, keeper()
    for user in (other, mette):
        with refusal("COUNT_ASSIGNMENT_RIGHT_MISSING"):
            say(ngo, user)
    with refusal("COUNT_ASSIGNMENT_RIGHT_MISSING"), as_web_server():
        say(ngo, other)
    with as_web_server():
        say(ngo, manager)
    assert CountAssignment.objects.count() == 1


def test_in_test_mode_nothing_is_expected() -> None:
    with refusal("COUNT_ASSIGNMENT_OF_TEST"):
        assign(make_caller("NGO", mode=Mode.TEST).partner, OUTREACH, SINCE)
