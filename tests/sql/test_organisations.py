"""The life of organisations in the database, with the web server's rights.

Of `henvis_is_open`, `henvis_successor`, `henvis_has_mandate`, `henvis_check_confirmation`, `henvis_check_mandate`,
`henvis_check_acceptance`, `henvis_check_mandate_end`, `henvis_check_planned_name`, `henvis_check_partner`,
`henvis_decide_succession`, `henvis_check_merger`, `henvis_close_partner` and `henvis_check_agreed`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from partners.audit import Actor
from partners.models import Partner
from partners.organisations import agreements, mandates, successions
from partners.organisations.mandates import MandateRefused
from partners.organisations.models import (
    AgreementConfirmation,
    Mandate,
    MandateAcceptance,
    MandateEnd,
    SuccessionDecision,
    SuccessionRequest,
)
from partners.roles import MemberRole
from tests.callers import Caller, as_web_server, make_caller
from tests.partners.organisations.world import succeed, today
from tests.people.visitors import member, staff
from tests.sql.calls import refusal, rows, web_value
from tests.stats import records

pytestmark = pytest.mark.django_db


@pytest.fixture
def ngo() -> Caller:
    """An organisation that has confirmed the agreement."""
    return make_caller("NGO")


@pytest.fixture
def other_ngo() -> Caller:
    """Another one."""
    return make_caller("NGO")


@pytest.fixture
def centre() -> Caller:
    """The centre."""
    return make_caller("CENTRE")


def test_the_database_takes_a_confirmation_from_a_manager_of_that_partner_alone(ngo: Caller) -> None:
    stranger = make_caller("NGO", agreed=False)
    version = agreements.current_of(stranger.partner)
    own, other, reader = member(stranger.partner), member(ngo.partner), member(stranger.partner, MemberRole.READER)

    def write(user: Any) -> None:
        with transaction.atomic(), as_web_server():
            AgreementConfirmation.objects.create(
                partner=stranger.partner, kind=version.kind, version=version.number, digest=version.digest, user=user
            )

    for wrong in (other.user, reader.user):
        with pytest.raises(DatabaseError, match="AGREEMENT_WITHOUT_MANAGER"):
            write(wrong)
    write(own.user)
    assert AgreementConfirmation.objects.filter(partner=stranger.partner).count() == 1


def test_the_database_lets_nobody_open_another_s_door(ngo: Caller, other_ngo: Caller, centre: Caller) -> None:
    taker = member(other_ngo.partner).user

    def write(user: Any, giver: Partner, of: Partner) -> None:
        with transaction.atomic(), as_web_server():
            Mandate.objects.create(giver=giver, taker=of, since=today(), user=user)

    with pytest.raises(DatabaseError, match="MANDATE_WITHOUT_MANAGER"):
        write(taker, ngo.partner, other_ngo.partner)
    giver = member(ngo.partner).user
    with pytest.raises(DatabaseError, match="MANDATE_NOT_POSSIBLE"):
        write(giver, ngo.partner, centre.partner)
    write(giver, ngo.partner, other_ngo.partner)
    given = Mandate.objects.get()
    for model, match in ((MandateAcceptance, "MANDATE_WITHOUT_MANAGER"), (MandateEnd, "MANDATE_WITHOUT_MANAGER")):
        stranger = giver if model is MandateAcceptance else member(centre.partner).user
        with pytest.raises(DatabaseError, match=match), transaction.atomic(), as_web_server():
            model.objects.create(mandate=given, user=stranger)
    mandates.end(by=Actor.of(giver), mandate=given)
    with pytest.raises(MandateRefused):
        mandates.accept(by=Actor.of(taker), mandate=given)


def test_the_web_server_writes_no_decision_itself(ngo: Caller, other_ngo: Caller) -> None:
    asked = successions.ask(
        by=Actor.of(staff("keeper", "partner_manager")), old=ngo.partner, new=other_ngo.partner, since=today()
    )
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), as_web_server():
        SuccessionDecision.objects.create(request=asked, approved=True, user=staff("colleague", "partner_manager"))
    for call in ("henvis_close_partner(%s, 1)",):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), as_web_server():
            connection.cursor().execute(f"SELECT {call}", [ngo.partner.pk])


def test_a_succession_waits_for_seven_days(ngo: Caller, other_ngo: Caller) -> None:
    keeper, colleague = staff("keeper", "partner_manager"), staff("colleague", "partner_manager")
    asked = {"old": ngo.partner, "new": other_ngo.partner, "since": today(), "asked_by": keeper}
    # The moment is the database's own, and a test does not wait.
    rows("SET CONSTRAINTS ALL IMMEDIATE")
    rows("ALTER TABLE organisations_successionrequest DISABLE TRIGGER set_moment")
    for days, waits in ((8, False), (6, True)):
        request = SuccessionRequest.objects.create(asked_at=timezone.now() - timedelta(days=days), **asked)
        assert successions.waiting().filter(pk=request.pk).exists() is waits
        call = "SELECT henvis_decide_succession(%s, %s, true)"
        if waits:
            web_value(call, request.pk, colleague.pk)
        else:
            with refusal("REQUEST_NOT_WAITING"):
                web_value(call, request.pk, colleague.pk)
    assert not Partner.objects.get(pk=ngo.partner.pk).active


def test_first_versions_of_records_need_a_confirmation_and_no_successor(ngo: Caller, other_ngo: Caller) -> None:
    stranger = make_caller("NGO", agreed=False).partner
    case = records.case(stranger)
    for store in (records.referral, records.assessment):
        with pytest.raises(DatabaseError, match="AGREEMENT_MISSING"), transaction.atomic(), as_web_server():
            store(case, stranger)
    case = records.case(ngo.partner)
    with as_web_server():
        records.referral(case, ngo.partner)
    succeed(ngo.partner, other_ngo.partner)
    with pytest.raises(DatabaseError, match="PARTNER_SUCCEEDED"), transaction.atomic(), as_web_server():
        records.referral(case, ngo.partner)
