"""An organisation is renamed from a day on; its present name is the one in force."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
import structlog
from django.db import DatabaseError, transaction
from django.utils import timezone

from partners.audit import COMMAND
from partners.credentials import add_partner
from partners.kinds import Kind, Mode
from partners.models import AuditEvent, Partner
from partners.organisations import names
from partners.organisations.models import PartnerName
from partners.organisations.names import RenamingRefused, add_twin, rename, take_force
from tests.callers import Caller, as_web_server
from tests.people.visitors import signed_in, staff, text

pytestmark = pytest.mark.django_db
TOMORROW = timedelta(days=1)


def today() -> date:
    """Today in Copenhagen."""
    return timezone.localdate()


def test_a_name_from_today_is_in_force_at_once_also_in_test_mode(ngo: Caller) -> None:
    add_twin(by=COMMAND, partner=ngo.partner)
    before = ngo.partner.name
    rename(by=COMMAND, partner=ngo.partner, name="  Nye   Havn ", since=today())
    assert set(Partner.objects.filter(name="Nye Havn").values_list("mode", flat=True)) == {"LIVE", "TEST"}
    assert json.loads(ngo.get("/api/v1/me").content)["partner"]["name"] == "Nye Havn"
    assert [each.name for each in names.names_of(ngo.partner)] == ["Nye Havn", before]
    event = AuditEvent.objects.get(action="partner.rename")
    assert (event.subject, "Havn" in json.dumps(event.detail)) == (str(ngo.partner.pk), False)


def test_a_planned_name_takes_force_on_its_day(ngo: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    before, day = ngo.partner.name, today() + TOMORROW
    rename(by=COMMAND, partner=ngo.partner, name="Nye Havn", since=day)
    assert take_force() == 0
    assert Partner.objects.get(pk=ngo.partner.pk).name == before
    monkeypatch.setattr(timezone, "localdate", lambda *_: day)
    assert take_force() == 1
    assert take_force() == 0
    assert Partner.objects.get(pk=ngo.partner.pk).name == "Nye Havn"


def test_a_name_that_is_taken_by_its_day_stops_no_other(
    ngo: Caller, police: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = today() + TOMORROW
    rename(by=COMMAND, partner=ngo.partner, name="Taken", since=day)
    rename(by=COMMAND, partner=police.partner, name="Free", since=day)
    # From the midnight of its day until it is in force, a planned name is nobody's.
    monkeypatch.setattr(names, "is_outage", lambda error: False)
    monkeypatch.setattr(names, "in_force", lambda each: {ngo.partner.pk: police.partner.name}.get(each.pk, "Free"))
    with structlog.testing.capture_logs() as logs:
        assert take_force() == 1
    assert Partner.objects.get(pk=police.partner.pk).name == "Free"
    assert [each["event"] for each in logs] == [names.NOT_RENAMED]


def test_a_later_plan_for_the_same_day_counts_and_an_earlier_day_does_not_undo_it(ngo: Caller) -> None:
    rename(by=COMMAND, partner=ngo.partner, name="One", since=today())
    rename(by=COMMAND, partner=ngo.partner, name="Two", since=today())
    rename(by=COMMAND, partner=ngo.partner, name="Older", since=today() - TOMORROW)
    assert Partner.objects.get(pk=ngo.partner.pk).name == "Two"


def test_a_name_that_another_has_or_is_to_have_is_refused(ngo: Caller, police: Caller) -> None:
    rename(by=COMMAND, partner=ngo.partner, name="Planned", since=today() + TOMORROW)
    for taken in ("Planned", ngo.partner.name):
        with pytest.raises(RenamingRefused):
            rename(by=COMMAND, partner=police.partner, name=taken, since=today())
    with pytest.raises(DatabaseError, match="NAME_TAKEN"), transaction.atomic():
        add_partner(by=COMMAND, name="Planned", kind=Kind.NGO)
    with pytest.raises(RenamingRefused):
        rename(by=COMMAND, partner=ngo.partner, name="  ", since=today())
    test = add_partner(by=COMMAND, name="Only test", kind=Kind.NGO, mode=Mode.TEST)
    with pytest.raises(RenamingRefused):
        rename(by=COMMAND, partner=test, name="Other", since=today())


def test_names_are_history(ngo: Caller) -> None:
    rename(by=COMMAND, partner=ngo.partner, name="One", since=today())
    for act in (PartnerName.objects.all().delete, lambda: PartnerName.objects.update(name="Two")):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_staff_rename_on_a_page_that_asks_first(ngo: Caller) -> None:
    browser = signed_in(staff("keeper", "partner_manager"))
    page, form = "/admin/organisations/partnername/add/", {"partner": str(ngo.partner.pk), "name": "Nye Havn"}
    form["since"] = today().isoformat()
    asked = browser.post(page, form)
    assert "has the new name from that date" in asked.content.decode()
    assert not PartnerName.objects.exists()
    assert "The partner has the name from" in text(browser.sure(page, form, follow=True))
    assert Partner.objects.get(pk=ngo.partner.pk).name == "Nye Havn"
    assert "Nye Havn" in browser.get(f"/admin/partners/partner/{ngo.partner.pk}/change/").content.decode()
    # The form of the partner itself renames nobody.
    browser.post(f"/admin/partners/partner/{ngo.partner.pk}/change/", {"name": "Else", "active": "on"})
    assert Partner.objects.get(pk=ngo.partner.pk).name == "Nye Havn"


def test_staff_add_no_partner_under_a_planned_name(ngo: Caller) -> None:
    rename(by=COMMAND, partner=ngo.partner, name="Planned", since=today() + TOMORROW)
    browser = signed_in(staff("keeper", "partner_manager"))
    answer = browser.post("/admin/partners/partner/add/", {"name": "Planned", "kind": "NGO", "mode": "LIVE"})
    assert "is to have it" in answer.content.decode()
    with pytest.raises(DatabaseError), transaction.atomic(), as_web_server():
        Partner.objects.create(name="Planned", kind="NGO")
