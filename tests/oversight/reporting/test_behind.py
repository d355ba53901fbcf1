"""How many reports were expected and came: who has closed or reports no more since is not left out."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from cases.months import later, month_id, this_month
from oversight.reporting.coverage import coverage
from oversight.reporting.notes import reports_of_months
from partners.kinds import Reporting
from partners.models import Partner
from tests.callers import Browser, Caller, make_caller
from tests.people.visitors import signed_in, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None) -> list[Caller]:
    """Eight partners that report each month since the last one, and five of them have."""
    callers = [make_caller("NGO") for _ in range(8)]
    pks = [each.partner.pk for each in callers]
    Partner.objects.filter(pk__in=pks).update(reporting=Reporting.MONTHLY, reporting_since=last_month())
    for each in callers[:5]:
        each.put(f"/api/v1/reports/{month_id(last_month())}", {"referrals": 0})
    return callers


def last_month() -> date:
    """The month that is over."""
    return later(this_month(), -1)


def boss() -> Browser:
    """The browser of a superuser."""
    return signed_in(staff("boss", is_superuser=True))


def change(desk: Browser, partner: Partner, **fields: str) -> None:
    """Send the form of a partner, as staff do."""
    form = {"name": partner.name, "active": "on", "reporting": "MONTHLY", "report_due_days": "14"}
    since = {"reporting_since": last_month().isoformat()}
    sent = {name: text for name, text in {**form, **since, **fields}.items() if text}
    desk.sure(f"/admin/partners/partner/{partner.pk}/change/", sent)


@pytest.mark.parametrize(("field", "off"), [("active", ""), ("reporting", "NONE")])
def test_who_is_switched_off_since_was_expected_to_report(town: list[Caller], field: str, off: str) -> None:
    desk, first = boss(), last_month()
    for each in town[5:]:
        change(desk, each.partner)
    then = timezone.now()
    for each in town[5:]:
        change(desk, each.partner, **{field: off})
        each.partner.refresh_from_db()
    assert not any(each.partner.active and each.partner.reporting != Reporting.NONE for each in town[5:])
    for at in (then, timezone.now()):
        found = reports_of_months(first, first, at)
        assert (found.expected, found.came) == (8, 5)
        assert coverage(first, first, at).partners == 8
    # The present month had not ended when they were switched off: until then it was expected, and now it is not.
    assert [reports_of_months(this_month(), this_month(), at).expected for at in (then, timezone.now())] == [8, 5]


def test_a_partner_that_never_had_a_calendar_is_not_expected(town: list[Caller]) -> None:
    make_caller("POLICE")
    change(boss(), make_caller("TAX").partner, reporting="NONE", reporting_since="")
    assert reports_of_months(last_month(), last_month(), timezone.now()).expected == 8
