"""The demo says who reported which form in the years of the sandbox, so that what did not come is seen; and asks again from now."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from cases.services.expectations import CountCoverage, coverage, of_partner
from cases.services.forms import HOTLINE, JUSTICE, OUTREACH
from cases.services.models import CountAssignment
from cases.services.periods import CountPeriodState
from deploy.demo.data import assign_forms
from partners.models import Partner
from sandbox.load import load
from tests.people.visitors import staff

pytestmark = pytest.mark.django_db


def test_the_years_of_the_sandbox_are_expected_and_so_is_what_begins_now() -> None:
    load(years=(2021, 2022))
    manager = staff("keeper", "partner_manager")
    for _ in range(2):
        assign_forms(manager)
    now = timezone.now()
    assert CountAssignment.objects.count() == 3 * 17
    outreach, hotline, justice = (
        {period.id: found for period, found in coverage(form, date(2021, 1, 1), date(2022, 12, 31), now).items()}
        for form in (OUTREACH, HOTLINE, JUSTICE)
    )
    assert outreach["2022-06"] == CountCoverage(partners=4, reports=4)
    assert outreach["2022-07"] == CountCoverage(partners=4, reports=3, missing=1)
    assert hotline["2022-12"] == CountCoverage(partners=1, reports=1)
    assert justice == {"2021": CountCoverage(1, 1, late=1), "2022": CountCoverage(1, 1)}
    later = [each for who in Partner.objects.all() for each in of_partner(who, now) if each.period.first.year > 2023]
    assert later
    assert {each.state for each in later} == {CountPeriodState.NOT_DUE}
