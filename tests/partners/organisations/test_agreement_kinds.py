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
from partners.kinds import AgreementKind
from partners.models import Partner
from partners.organisations import agreements
from tests.callers import Caller, agree, as_web_server, make_caller
from tests.partners.organisations.test_agreement import put, refused, stranger
from tests.people.visitors import member, signed_in, staff
from tests.stats import records

__all__ = ["stranger"]
pytestmark = pytest.mark.django_db


def test_a_processor_s_agreement_has_each_item_of_article_28_3() -> None:
    (version,) = agreements.VERSIONS[AgreementKind.PROCESSOR]
    for language, item in (("da", "litra {}"), ("en", "({})")):
        headings = " ".join(section.heading(language) for section in version.sections)
        assert [letter for letter in "abcdefgh" if item.format(letter) not in headings] == []


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


def test_the_database_asks_for_the_kind_that_was_chosen(stranger: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
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
