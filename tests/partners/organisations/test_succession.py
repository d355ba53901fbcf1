"""A successor reads and corrects what the organisation before it reported; two members of staff are needed for that."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, transaction

from cases.models import Referral
from partners.audit import COMMAND, Actor
from partners.credentials import live_secrets
from partners.models import Partner
from partners.organisations import successions
from partners.organisations.models import SuccessionRequest
from partners.organisations.names import add_twin
from partners.organisations.successions import SuccessionRefused
from partners.people.invitations import invite, open_invitations
from tests.callers import Caller, as_web_server, make_caller, referral
from tests.partners.organisations.world import code, days, put_for, succeed, today
from tests.people.visitors import member, signed_in, staff, text

pytestmark = pytest.mark.django_db
ADMIN = "/admin/organisations/successionrequest"


@pytest.fixture
def heir() -> Caller:
    """An organisation of the same kind."""
    return make_caller("NGO", name="Heir")


def behalf(old: Caller) -> dict[str, str]:
    """The header that names the organisation before."""
    return {"Henvis_On_Behalf_Of": str(old.partner.pk)}


def test_the_successor_reads_and_corrects_and_sends_nothing_new(ngo: Caller, heir: Caller) -> None:
    path, _ = ngo.referral()
    assert heir.get(path, **behalf(ngo)).status_code == 403
    succeed(ngo.partner, heir.partner)
    assert heir.get(path, **behalf(ngo)).status_code == 200
    assert len(json.loads(heir.get("/api/v1/referrals", **behalf(ngo)).content)["items"]) == 1
    assert put_for(heir, ngo.partner, path, If_Match='"1"').status_code == 200
    assert Referral.objects.get(version=2).client_id == heir.client.pk
    assert code(put_for(heir, ngo.partner)) == "on_behalf_refused"
    gone = heir.post(f"{path}/withdrawal", {"reason_code": "DUPLICATE"}, If_Match='"2"', **behalf(ngo))
    assert gone.status_code == 200
    # And not the other way, nor without the header.
    assert heir.get(path).status_code == 404
    assert ngo.get(path).status_code == 401


def test_the_organisation_before_closes_for_good(ngo: Caller, heir: Caller) -> None:
    add_twin(by=COMMAND, partner=ngo.partner)
    person = member(ngo.partner)
    browser = signed_in(person.user)
    invite(by=Actor.of(person.user), role="READER", partner=ngo.partner)
    succeed(ngo.partner, heir.partner)
    assert set(Partner.objects.filter(name=ngo.partner.name).values_list("active", flat=True)) == {False}
    assert not live_secrets(ngo.client).exists()
    assert not open_invitations().exists()
    assert not User.objects.get(pk=person.user.pk).is_active
    assert browser.get("/account/").status_code == 302
    with pytest.raises(DatabaseError, match="PARTNER_SUCCEEDED"), transaction.atomic(), as_web_server():
        Partner.objects.filter(pk=ngo.partner.pk).update(active=True)
    with pytest.raises(DatabaseError, match="PARTNER_SUCCEEDED"), transaction.atomic(), as_web_server():
        insert(ngo)


def insert(caller: Caller) -> None:
    """A first version of a referral, past the program."""
    from tests.stats import records

    records.referral(records.case(caller.partner), caller.partner)


def test_one_member_of_staff_is_not_enough(ngo: Caller, heir: Caller) -> None:
    keeper, colleague = staff("keeper", "partner_manager"), staff("colleague", "partner_manager")
    browser, form = signed_in(keeper), {"old": str(ngo.partner.pk), "new": str(heir.partner.pk)}
    form["since"] = today().isoformat()
    assert "can read and correct" in browser.post(f"{ADMIN}/add/", form).content.decode()
    before = text(browser.get(f"{ADMIN}/add/"))
    assert "approves it within seven days. Then the one organisation closes for good. It can" in before
    said = text(browser.sure(f"{ADMIN}/add/", form, follow=True))
    assert "It can be approved by colleague." in said  # and not by who asked
    assert "You can withdraw the request here.</a>" in said
    asked = SuccessionRequest.objects.get()
    page = browser.post(f"{ADMIN}/{asked.pk}/decide/", {"approve": "1"}, follow=True).content.decode()
    assert "one who asks, and another who approves" in page
    assert Partner.objects.get(pk=ngo.partner.pk).active
    done = signed_in(colleague).post(f"{ADMIN}/{asked.pk}/decide/", {"approve": "1"}, follow=True)
    assert "closed and succeeded" in done.content.decode()
    assert not Partner.objects.get(pk=ngo.partner.pk).active
    assert signed_in(colleague).get(f"{ADMIN}/{asked.pk}/decide/").status_code == 404


def test_a_request_that_is_refused_at_last_says_why(ngo: Caller, heir: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the form has checked may be no longer so a moment later."""
    browser = signed_in(staff("keeper", "partner_manager"))
    form = {"old": str(ngo.partner.pk), "new": str(heir.partner.pk), "since": today().isoformat()}
    checks = iter([None, SuccessionRefused("Not possible any more")])

    def check(*_: Any) -> None:
        if refusal := next(checks):
            raise refusal

    monkeypatch.setattr(successions, "check", check)
    page = text(browser.sure(f"{ADMIN}/add/", form, follow=True))
    assert "Not possible any more" in page and "must approve it" not in page
    assert not SuccessionRequest.objects.exists()


@pytest.mark.parametrize("role", ["auditor", "case_manager", "statistician", None])
def test_other_staff_neither_ask_nor_decide(ngo: Caller, heir: Caller, role: str | None) -> None:
    other = staff("other", role)
    with pytest.raises(SuccessionRefused):
        successions.ask(by=Actor.of(other), old=ngo.partner, new=heir.partner, since=today())
    asked = successions.ask(
        by=Actor.of(staff("keeper", "partner_manager")), old=ngo.partner, new=heir.partner, since=today()
    )
    with pytest.raises(SuccessionRefused):
        successions.decide(by=Actor.of(other), request=asked, approve=True)
    with pytest.raises(SuccessionRefused):  # nor the manager of the heir
        successions.decide(by=Actor.of(member(heir.partner).user), request=asked, approve=True)


def test_no_chain_no_cycle_no_other_kind_no_day_to_come(ngo: Caller, heir: Caller, police: Caller) -> None:
    by = Actor.of(staff("keeper", "partner_manager"))

    def refused(old: Caller, new: Caller, **changes: Any) -> None:
        with pytest.raises(SuccessionRefused):
            successions.ask(by=by, old=old.partner, new=new.partner, **{"since": today(), **changes})

    refused(ngo, police)
    refused(ngo, ngo)
    refused(ngo, heir, since=days(1))
    refused(make_caller("CENTRE"), make_caller("CENTRE"))
    third = make_caller("NGO")
    waits = successions.ask(by=by, old=heir.partner, new=third.partner, since=today())
    succeed(ngo.partner, heir.partner)
    refused(heir, ngo)
    refused(heir, third)
    refused(third, ngo)
    with pytest.raises(SuccessionRefused):  # asked for before, and a chain since
        successions.decide(by=Actor.of(staff("colleague", "partner_manager")), request=waits, approve=True)
    succeed(third.partner, heir.partner)


def test_a_request_is_decided_once_and_within_seven_days(ngo: Caller, heir: Caller) -> None:
    by = Actor.of(staff("keeper", "partner_manager"))
    asked = successions.ask(by=by, old=ngo.partner, new=heir.partner, since=today())
    successions.decide(by=by, request=asked, approve=False)
    with pytest.raises(SuccessionRefused):
        successions.decide(by=Actor.of(staff("colleague", "partner_manager")), request=asked, approve=True)
    assert timedelta(days=7) == successions.WAITS
    assert not successions.waiting().exists()


def test_the_successor_s_agreement_counts(ngo: Caller) -> None:
    path, _ = ngo.referral()
    heir = make_caller("NGO", agreed=False)
    succeed(ngo.partner, heir.partner)
    assert heir.get(path, **behalf(ngo)).status_code == 200
    assert code(heir.put(path, referral(gender="M"), If_Match='"1"', **behalf(ngo))) == "agreement_missing"


def test_nobody_else_gains_by_it(ngo: Caller, heir: Caller, police: Caller) -> None:
    path, _ = ngo.referral()
    succeed(ngo.partner, heir.partner)
    assert code(police.get(path, **behalf(ngo))) == "on_behalf_refused"
    assert code(police.put(f"/api/v1/referrals/{uuid4()}", referral(), **behalf(ngo))) == "on_behalf_refused"
