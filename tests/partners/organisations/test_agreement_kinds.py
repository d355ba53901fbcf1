"""Which agreement a partner confirms: what the texts of each kind have to say, and who chooses."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, transaction
from django.utils.html import escape

from config import env
from oversight.processing.record import FIELDS
from oversight.retention.rules import RULES
from partners.credentials import authenticate
from partners.kinds import AgreementKind
from partners.models import AuditEvent, Partner
from partners.organisations import agreements
from partners.organisations.agreements import (
    AgreementState,
    latest_by_partner,
    state_in_list,
    with_agreement,
    without_agreement,
)
from partners.organisations.mandates import on_behalf
from partners.people.partner_clients import agreement_of
from tests.callers import Browser, Caller, agree, as_web_server, make_caller
from tests.partners.organisations.test_agreement import put, refused, stranger
from tests.partners.organisations.world import mandate
from tests.people.visitors import member, signed_in, staff
from tests.stats import records

__all__ = ["stranger"]
pytestmark = pytest.mark.django_db


def test_a_processor_s_agreement_has_each_item_of_article_28_3() -> None:
    (version,) = agreements.VERSIONS[AgreementKind.PROCESSOR]
    for language, item in (("da", "litra {}"), ("en", "({})")):
        of = {
            letter: s for letter in "abcdefgh" for s in version.sections if item.format(letter) in s.heading(language)
        }
        assert [letter for letter in "abcdefgh" if letter not in of] == []
        # By the words of the regulation: what each item is about.
        about = {
            "da": "instruks tavshedspligt artikel underdatabehandler kapitel 32-36 kopier revision",
            "en": "instructions secrecy article sub-processor chapter 36 copies audits",
        }[language].split()
        for letter, word in zip("abcdefgh", about, strict=True):
            assert word in " ".join(each(language) for each in of[letter].paragraphs).lower(), (letter, word)


@pytest.mark.parametrize("kind", [AgreementKind.CONTROLLERS, AgreementKind.JOINT])
def test_controllers_are_not_called_processors_and_section_10_is_named(kind: AgreementKind) -> None:
    (version,) = agreements.VERSIONS[kind]
    for language, processor, section in (("da", "databehandler", "§ 10"), ("en", "processor", "section 10")):
        text = " ".join(each(language) for one in version.sections for each in one.paragraphs)
        assert processor not in text and section in text


def test_staff_choose_the_kind_and_the_other_one_must_then_be_confirmed(stranger: Caller) -> None:
    agree(stranger.partner)
    assert put(stranger).status_code == 201
    office = signed_in(staff("office", "partner_manager"))
    path = f"/admin/partners/partner/{stranger.partner.pk}/change/"
    answer = office.post(path, {"active": "on", "agreement_kind": "PROCESSOR"}, follow=True)
    assert "Data-processing agreement: awaited" in answer.content.decode()
    assert refused(put(stranger))
    told = json.loads(stranger.get("/api/v1/me").content)["agreement"]
    assert (told["kind"], told["state"], told["confirmed"]) == ("PROCESSOR", "AWAITED", None)
    browser = signed_in(member(stranger.partner).user)
    assert "Data-processing agreement</h1>" in browser.get("/account/agreement/").content.decode()
    old = browser.post("/account/agreement/confirm/", {"version": "controllers-1", "read": "yes"})
    assert old.status_code == 409
    browser.post("/account/agreement/confirm/", {"version": "processor-1", "read": "yes"})
    assert put(stranger).status_code == 201
    # What was confirmed before can be read still, and holds once staff choose it again.
    page = browser.get("/account/agreement/").content.decode()
    assert "?version=controllers-1" in page and "?version=processor-1" in page
    office.post(path, {"active": "on", "agreement_kind": "CONTROLLERS"})
    assert put(stranger).status_code == 201


def test_the_database_asks_for_the_kind_that_was_chosen(stranger: Caller) -> None:
    agree(stranger.partner)
    Partner.objects.filter(pk=stranger.partner.pk).update(agreement_kind="JOINT")
    case = records.case(stranger.partner)
    with pytest.raises(DatabaseError, match="AGREEMENT_MISSING"), transaction.atomic(), as_web_server():
        records.referral(case, stranger.partner)


def test_annexes_name_each_field_and_each_period(stranger: Caller) -> None:
    page = signed_in(member(stranger.partner).user).get("/account/agreement/").content.decode()
    for line in (*(each.label("en") for each in FIELDS), *(rule.words("en") for rule in RULES)):
        assert escape(line) in page
    assert "draft" in page


@pytest.mark.parametrize(("choice", "kind"), [("", "CONTROLLERS"), ("joint", "JOINT")])
def test_the_operator_chooses_for_new_partners(
    choice: str, kind: str, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setenv("HENVIS_AGREEMENT", choice)
    settings.HENVIS_AGREEMENT = env.choice("HENVIS_AGREEMENT", "CONTROLLERS", "JOINT")
    assert make_caller("NGO", agreed=False).partner.agreement_kind == kind


def test_an_operator_does_not_make_every_partner_a_processor_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HENVIS_AGREEMENT", "PROCESSOR")
    with pytest.raises(ImproperlyConfigured, match="CONTROLLERS, JOINT"):
        env.choice("HENVIS_AGREEMENT", "CONTROLLERS", "JOINT")


def test_every_reader_of_confirmations_asks_for_the_kind(stranger: Caller, other_ngo: Caller) -> None:
    """By an access token, for another organisation, for the desk, in the staff's list and in what waits."""
    partner = stranger.partner
    agree(partner)
    sender = member(partner).user
    assert latest_by_partner([partner]) == {partner.pk: 1}
    Partner.objects.filter(pk=partner.pk).update(agreement_kind="JOINT")
    partner.refresh_from_db()
    mandate(partner, other_ngo.partner)
    principal = authenticate(stranger.token)
    assert principal is not None and (principal.agreement_kind, principal.agreement) == ("JOINT", None)
    other = authenticate(other_ngo.token)
    assert other is not None and other.agreement == 1
    behalf = on_behalf(other, partner.pk)
    assert behalf is not None and (behalf.agreement_kind, behalf.agreement) == ("JOINT", None)
    assert agreement_of(partner.pk) is None and latest_by_partner([partner]) == {}
    rows = with_agreement(Partner.objects.filter(pk=partner.pk))
    assert without_agreement(rows).exists() and state_in_list(rows.get()) == AgreementState.AWAITED
    assert "Before the first real referral" in signed_in(sender).get("/account/").content.decode()


def test_a_change_of_kind_has_the_one_before_in_the_audit_and_an_empty_choice_changes_none(stranger: Caller) -> None:
    office = signed_in(staff("office", "partner_manager"))
    path = f"/admin/partners/partner/{stranger.partner.pk}/change/"
    for choice, before in (("PROCESSOR", "CONTROLLERS"), ("", None)):
        assert office.post(path, {"active": "on", "agreement_kind": choice}).status_code == 302
        detail = AuditEvent.objects.filter(action="partner.change").latest("at").detail
        assert (detail["agreement"], detail.get("agreement_before")) == ("PROCESSOR", before)


def test_privacy_tells_the_essence_of_what_joint_controllers_agree() -> None:
    for address, words in (("/da/privatliv/", "fælles dataansvarlige"), ("/en/privacy/", "joint controllers")):
        assert words in Browser().get(address).content.decode()
