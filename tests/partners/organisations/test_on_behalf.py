"""A mandate: the taker's clients send for the giver, and see and correct only what they sent themselves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from api import urls
from cases.models import Referral
from partners.audit import COMMAND, Actor
from partners.credentials import add_client
from partners.kinds import Mode
from partners.models import AuditEvent, Partner
from partners.organisations import mandates
from partners.organisations.models import Mandate, MandateAcceptance, MandateEnd
from partners.organisations.names import add_twin
from partners.roles import MemberRole
from tests.callers import Caller, agree, issue_token, make_caller, referral
from tests.partners.organisations.world import code, days, mandate, put_for, today
from tests.people.visitors import member, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub() -> Caller:
    """An organisation that sends for others."""
    return make_caller("NGO", name="Hub")


def test_a_client_sends_for_the_giver_under_the_giver_s_name(ngo: Caller, hub: Caller) -> None:
    mandate(ngo.partner, hub.partner)
    assert put_for(hub, ngo.partner).status_code == 201
    stored = Referral.objects.get()
    assert (stored.partner_id, stored.client_id) == (ngo.partner.pk, hub.client.pk)
    assert json.loads(ngo.get("/api/v1/referrals").content)["items"][0]["reference"] == str(stored.reference)
    assert json.loads(hub.get("/api/v1/referrals").content)["items"] == []
    made = hub.post(
        "/api/v1/referrals", referral(), Idempotency_Key=str(uuid4()), Henvis_On_Behalf_Of=str(ngo.partner.pk)
    )
    assert made.status_code == 201


def test_the_taker_corrects_and_withdraws_only_what_it_sent_itself(ngo: Caller, hub: Caller) -> None:
    mandate(ngo.partner, hub.partner)
    own, _ = ngo.referral()
    assert (put_for(hub, ngo.partner, own, If_Match='"1"').status_code, Referral.objects.count()) == (404, 1)
    behalf = {"Henvis_On_Behalf_Of": str(ngo.partner.pk)}
    assert hub.post(f"{own}/withdrawal", {"reason_code": "DUPLICATE"}, **behalf).status_code == 404
    sent = f"/api/v1/referrals/{uuid4()}"
    assert hub.put(sent, referral(), **behalf).status_code == 201
    assert put_for(hub, ngo.partner, sent, If_Match='"1"').status_code == 200
    # Once the giver has corrected it, it is the giver's.
    assert ngo.put(sent, referral(), If_Match='"2"').status_code == 200
    assert put_for(hub, ngo.partner, sent, If_Match='"3"').status_code == 404


def test_a_mandate_opens_no_reading_and_nothing_but_referrals(ngo: Caller, hub: Caller) -> None:
    mandate(ngo.partner, hub.partner)
    path, _ = ngo.referral()
    behalf = {"Henvis_On_Behalf_Of": str(ngo.partner.pk)}
    for place in ("/api/v1/referrals", path):
        assert code(hub.get(place, **behalf)) == "insufficient_scope"
    for place in ("/api/v1/me", "/api/v1/batches", f"{path}/versions", f"{path}/outcome", "/api/v1/releases"):
        answer = hub.get(place, **behalf)
        assert (answer.status_code, code(answer)) == (400, "invalid_header"), place


@pytest.mark.parametrize("whom", ["stranger", "nobody", "itself", "test"])
def test_without_a_mandate_nobody_learns_whether_there_is_such_a_partner(ngo: Caller, hub: Caller, whom: str) -> None:
    test = make_caller("NGO", mode=Mode.TEST).partner.pk
    ids = {"stranger": ngo.partner.pk, "nobody": uuid4(), "itself": hub.partner.pk, "test": test}
    answer = hub.put(f"/api/v1/referrals/{uuid4()}", referral(), Henvis_On_Behalf_Of=str(ids[whom]))
    told = json.loads(answer.content)
    assert (answer.status_code, told.pop("code")) == (403, "on_behalf_refused")
    del told["instance"]
    other = hub.put(f"/api/v1/referrals/{uuid4()}", referral(), Henvis_On_Behalf_Of=str(uuid4()))
    same = json.loads(other.content)
    assert told == {name: value for name, value in same.items() if name not in {"code", "instance"}}
    wrong = hub.put(f"/api/v1/referrals/{uuid4()}", referral(), Henvis_On_Behalf_Of="Havnen")
    assert (code(wrong), b"Havnen" in wrong.content) == ("invalid_header", False)


def test_it_holds_from_its_first_day_to_its_last_once_accepted_and_until_it_is_ended(ngo: Caller, hub: Caller) -> None:
    giver, taker = member(ngo.partner), member(hub.partner)
    given = mandates.give(by=Actor.of(giver.user), giver=ngo.partner, taker=hub.partner, since=today())
    assert put_for(hub, ngo.partner).status_code == 403
    mandates.accept(by=Actor.of(taker.user), mandate=given)
    assert put_for(hub, ngo.partner).status_code == 201
    mandates.end(by=Actor.of(taker.user), mandate=given)
    mandates.end(by=Actor.of(giver.user), mandate=given)
    assert put_for(hub, ngo.partner).status_code == 403
    mandate(ngo.partner, hub.partner, since=days(1))
    assert put_for(hub, ngo.partner).status_code == 403
    mandate(ngo.partner, hub.partner, since=days(-9), until=days(0))
    assert put_for(hub, ngo.partner).status_code == 201
    actions = AuditEvent.objects.filter(action__startswith="mandate.").values_list("action", flat=True)
    assert sorted(set(actions)) == ["mandate.accept", "mandate.end", "mandate.give"]
    assert MandateEnd.objects.count() == 1


def test_a_mandate_that_has_passed_opens_nothing(ngo: Caller, hub: Caller) -> None:
    row = Mandate.objects.create(
        giver=ngo.partner, taker=hub.partner, since=days(-9), until=days(-1), user=member(ngo.partner).user
    )
    MandateAcceptance.objects.create(mandate=row, user=member(hub.partner).user)
    assert put_for(hub, ngo.partner).status_code == 403


def test_it_is_the_giver_s_agreement_that_counts_and_a_closed_giver_opens_nothing(hub: Caller) -> None:
    giver = make_caller("NGO", agreed=False)
    mandate(giver.partner, hub.partner)
    assert code(put_for(hub, giver.partner)) == "agreement_missing"
    agree(giver.partner)
    assert put_for(hub, giver.partner).status_code == 201
    Partner.objects.filter(pk=giver.partner.pk).update(active=False)
    assert code(put_for(hub, giver.partner)) == "on_behalf_refused"


def test_test_mode_follows_the_live_mandate(ngo: Caller, hub: Caller) -> None:
    mandate(ngo.partner, hub.partner)
    for live in (ngo, hub):
        add_twin(by=COMMAND, partner=live.partner)
    giver, taker = (Partner.objects.get(twin_of=live.partner) for live in (ngo, hub))
    client, secret = add_client(by=COMMAND, partner=taker)
    tester = Caller(taker, client, secret, issue_token(client))
    assert put_for(tester, giver).status_code == 201
    assert put_for(tester, ngo.partner).status_code == 403
    assert put_for(hub, giver).status_code == 403
    assert Referral.objects.get().partner.mode == Mode.TEST


def test_managers_give_accept_and_end_on_their_pages(ngo: Caller, hub: Caller, police: Caller) -> None:
    giver, taker, third = (signed_in(member(each.partner).user) for each in (ngo, hub, police))
    form = {"taker": str(hub.partner.pk), "since": today().isoformat()}
    assert "Hub" in giver.post("/account/mandates/give/", form).content.decode()
    assert not Mandate.objects.exists()
    assert "The mandate is given" in giver.sure("/account/mandates/give/", form, follow=True).content.decode()
    row = {"row": str(Mandate.objects.get().pk)}
    assert "Accept" in taker.get("/account/mandates/").content.decode()
    assert third.sure("/account/mandates/accept/", row).status_code == 404
    assert giver.sure("/account/mandates/accept/", row).status_code == 404
    assert taker.post("/account/mandates/accept/", row).status_code == 200
    assert put_for(hub, ngo.partner).status_code == 403
    taker.sure("/account/mandates/accept/", row)
    assert put_for(hub, ngo.partner).status_code == 201
    assert third.sure("/account/mandates/end/", row).status_code == 404
    assert "in force" in giver.get("/account/mandates/").content.decode()
    taker.sure("/account/mandates/end/", row)
    assert put_for(hub, ngo.partner).status_code == 403
    for wrong in (uuid4(), ngo.partner.pk, "x"):
        answer = giver.sure("/account/mandates/give/", {**form, "taker": str(wrong)})
        assert answer.status_code in {400, 409}
    assert Mandate.objects.count() == 1


@pytest.mark.parametrize("role", [MemberRole.CASEWORKER, MemberRole.READER])
def test_others_than_managers_have_no_page_of_mandates(ngo: Caller, role: MemberRole) -> None:
    browser = signed_in(member(ngo.partner, role).user)
    assert browser.get("/account/mandates/").status_code == 403
    assert browser.sure("/account/mandates/give/", {}).status_code == 403


def test_no_other_address_of_the_api_is_asked_on_behalf_of_others(ngo: Caller, hub: Caller) -> None:
    """Whoever has a mandate, and a successor, gets nowhere by the header but to referrals."""
    mandate(ngo.partner, hub.partner)
    views = {text: view for text, view in api_routes() if hasattr(view, "cls") and view.cls.authentication_classes}
    assert len(views) > 20
    allowed = {text for text, view in views.items() if getattr(view.cls, "on_behalf", False)}
    assert {re.sub(r"<[^>]+>", "*", text) for text in allowed} == {
        "api/v1/referrals",
        "api/v1/referrals/*",
        "api/v1/referrals/*/withdrawal",
    }
    for text in views.keys() - allowed:
        place = re.sub(r"<[^>]+>", str(uuid4()), f"/{text}")
        for method in ("GET", "PUT", "POST", "DELETE", "PATCH"):
            answer = hub.call(method, place, {}, Henvis_On_Behalf_Of=str(ngo.partner.pk))
            assert answer.status_code in {400, 401, 404, 405}, (method, place, answer.status_code)
            assert answer.status_code != 400 or code(answer) == "invalid_header", (method, place)


def api_routes() -> Iterator[tuple[str, Any]]:
    """Every address of the API with its view."""
    yield from walk_api(urls.urlpatterns, "")


def walk_api(patterns: Any, above: str) -> Iterator[tuple[str, Any]]:
    """The addresses of patterns."""
    for each in patterns:
        text = above + str(each.pattern)
        if hasattr(each, "url_patterns"):
            yield from walk_api(each.url_patterns, text)
        else:
            yield text, each.callback
