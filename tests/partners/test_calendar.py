"""What is expected of a partner: set by the command and in the admin, each time with its audit row, and kept by the database."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from partners.kinds import NOTHING_EXPECTED, Calendar, Reporting
from partners.models import AuditEvent, Partner
from tests.callers import Browser, Caller

pytestmark = pytest.mark.django_db


def add(*options: str) -> Partner:
    """A partner made by the command."""
    call_command("add_partner", "Havnehuset", "--kind", "NGO", *options, stdout=StringIO())
    return Partner.objects.get(name="Havnehuset", mode="LIVE")


def test_nothing_is_expected_unless_it_is_said() -> None:
    assert add().calendar == NOTHING_EXPECTED


def test_the_command_sets_the_calendar_and_its_audit_row() -> None:
    partner = add("--reporting", "quarterly", "--due-days", "30", "--reporting-since", "2026-04")
    assert partner.calendar == Calendar(Reporting.QUARTERLY, 30, date(2026, 4, 1))
    detail = AuditEvent.objects.get(action="partner.add", subject=str(partner.pk)).detail
    assert detail == {
        "kind": "NGO", "mode": "LIVE", "agreement": "CONTROLLERS", "reporting": "QUARTERLY", "due_days": 30, "since": "2026-04",
    }  # fmt: skip


def test_a_calendar_begins_with_the_present_month_unless_it_is_said() -> None:
    assert add("--reporting", "monthly").calendar == Calendar(
        Reporting.MONTHLY, 14, timezone.localdate().replace(day=1)
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--reporting", "weekly"), "invalid choice"),
        (("--reporting", "monthly", "--due-days", "-1"), "between 0 and 180 days"),
        (("--reporting", "monthly", "--due-days", "181"), "between 0 and 180 days"),
        (("--reporting", "monthly", "--reporting-since", "2026"), "is a month from 2000-01 on"),
        (("--reporting", "monthly", "--reporting-since", "1999-12"), "is a month from 2000-01 on"),
        (("--reporting", "monthly", "--reporting-since", "2026-13"), "is a month from 2000-01 on"),
        (("--reporting-since", "2026-01"), "needs --reporting"),
    ],
)
def test_what_is_refused_leaves_nothing(options: tuple[str, ...], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        add(*options)
    assert not Partner.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"reporting": "WEEKLY"},
        {"reporting": "MONTHLY"},
        {"report_due_days": 181},
        {"reporting_since": date(2026, 4, 2)},
        {"reporting_since": date(1999, 12, 1)},
    ],
)
def test_the_database_keeps_it_too(change: dict[str, object]) -> None:
    partner = add()
    with pytest.raises(IntegrityError, match="partner_report"), transaction.atomic():
        Partner.objects.filter(pk=partner.pk).update(**change)


@pytest.fixture
def staff() -> Browser:
    """A superuser's browser."""
    User.objects.create_superuser("boss", password="a-long-password")
    browser = Browser()
    assert browser.login(username="boss", password="a-long-password")
    return browser


def change(staff: Browser, partner: Partner, **fields: str) -> str:
    """Send the partner's form; the page that follows."""
    form = {"name": partner.name, "active": "on", **fields}
    page = staff.post(f"/admin/partners/partner/{partner.pk}/change/", form, follow=True)
    partner.refresh_from_db()
    return str(page.content.decode())


def test_staff_set_the_calendar_with_its_audit_row(staff: Browser, ngo: Caller) -> None:
    change(staff, ngo.partner, reporting="MONTHLY", report_due_days="10", reporting_since="2026-04-17")
    assert ngo.partner.calendar == Calendar(Reporting.MONTHLY, 10, date(2026, 4, 1))
    detail = AuditEvent.objects.get(action="partner.change").detail
    assert (detail["reporting"], detail["due_days"], detail["since"]) == ("MONTHLY", 10, "2026-04")


def test_a_form_without_the_calendar_leaves_it_as_it_is(staff: Browser, ngo: Caller) -> None:
    change(staff, ngo.partner, reporting="MONTHLY", report_due_days="10", reporting_since="2026-04-01")
    change(staff, ngo.partner, reporting="MONTHLY", reporting_since="2026-04-01")
    assert ngo.partner.calendar == Calendar(Reporting.MONTHLY, 10, date(2026, 4, 1))
    staff.post("/admin/partners/partner/add/", {"name": "New", "kind": "NGO", "mode": "LIVE", "active": "on"})
    assert Partner.objects.get(name="New", mode="LIVE").calendar == NOTHING_EXPECTED


def test_a_calendar_without_a_beginning_is_told_so(staff: Browser, ngo: Caller) -> None:
    page = change(staff, ngo.partner, reporting="MONTHLY", report_due_days="10")
    assert "Regular reporting needs a first month" in page
    assert ngo.partner.calendar == NOTHING_EXPECTED
    form = staff.get(f"/admin/partners/partner/{ngo.partner.pk}/change/").content.decode()
    assert '<option value="">' not in form
    assert '<option value="NONE" selected>' in form
