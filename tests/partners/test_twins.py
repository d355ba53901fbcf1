"""Test first: every new live partner has a test client beside the live one, and it opens nothing live."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from psycopg.errors import CheckViolation

from partners.access.requests import AccessRefused, ask_client
from partners.audit import COMMAND, Actor
from partners.credentials import CredentialError, add_partner, issue_secret, manages, register
from partners.kinds import SCOPES_OF_KIND, STATISTICS_SCOPES, Kind, Mode, Scope
from partners.models import AuditEvent, Client, Partner, Secret
from partners.organisations.names import add_twin
from partners.people.partner_clients import unseen_clients
from partners.roles import MemberRole
from tests.api.asserts import body, problem
from tests.callers import Browser, as_web_server, make_caller, referral
from tests.people.visitors import member, signed_in, staff
from tests.sql.calls import refusal, violation

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(db: None) -> Browser:
    """A partner manager's browser."""
    return signed_in(staff("keeper", "partner_manager"))


def add_in_admin(browser: Browser, name: str = "Havnehuset", mode: str = "LIVE", kind: str = "NGO") -> None:
    """Add a partner on its screen."""
    sent = {"name": name, "kind": kind, "mode": mode, "active": "on"}
    assert browser.post("/admin/partners/partner/add/", sent).status_code == 302


def twin_of(partner: Partner) -> Partner:
    """The row in test mode."""
    return Partner.objects.get(twin_of=partner)


def test_a_live_partner_of_one_member_of_staff_has_a_test_client_and_no_live_one(keeper: Browser) -> None:
    add_in_admin(keeper)
    live = Partner.objects.get(name="Havnehuset", mode=Mode.LIVE)
    test = twin_of(live)
    assert (test.name, test.kind, test.mode) == ("Havnehuset", "NGO", "TEST")
    assert list(Client.objects.values_list("partner__mode", "scopes")) == [
        ("TEST", ["referrals:write", "referrals:read"])
    ]
    assert not Secret.objects.exists()
    added = AuditEvent.objects.filter(action="partner.add").values_list("subject", "user__username")
    assert set(added) == {(str(live.pk), "keeper"), (str(test.pk), "keeper")}


def test_a_partner_in_test_mode_has_none_and_no_twin_is_doubled(keeper: Browser) -> None:
    add_in_admin(keeper, mode="TEST")
    add_in_admin(keeper)
    live = Partner.objects.get(mode=Mode.LIVE)
    assert add_twin(by=COMMAND, partner=live) is None
    assert Partner.objects.filter(mode=Mode.TEST).count() == 1
    assert not Client.objects.exists()


@pytest.mark.parametrize("kind", list(Kind))
def test_a_test_client_writes_and_reads_no_figure(kind: Kind) -> None:
    live = add_partner(by=COMMAND, name="Havnehuset", kind=kind)
    client = add_twin(by=COMMAND, partner=live)
    assert client is not None
    assert set(client.scopes) == set(SCOPES_OF_KIND[kind]) - set(STATISTICS_SCOPES)
    assert add_twin(by=COMMAND, partner=live) is None


def test_its_scopes_are_those_of_the_live_client() -> None:
    live = add_partner(by=COMMAND, name="Police", kind=Kind.POLICE)
    assert add_twin(by=COMMAND, partner=live, scopes=[Scope.STATISTICS_AUTHORITY]) is None
    client = add_twin(by=COMMAND, partner=live, scopes=[Scope.REFERRALS_READ, Scope.STATISTICS_AUTHORITY])
    assert client is not None
    assert client.scopes == ["referrals:read"]


def test_the_live_partners_manager_makes_its_secret_at_once_and_nobody_else(keeper: Browser) -> None:
    add_in_admin(keeper)
    live = Partner.objects.get(mode=Mode.LIVE)
    client = Client.objects.get(partner=twin_of(live))
    boss, worker = member(live), member(live, MemberRole.CASEWORKER)
    assert list(unseen_clients(live)) == [client]
    for user in (worker.user, User.objects.get(username="keeper"), member(make_caller("NGO").partner).user):
        assert not manages(Actor.of(user), client.partner)
        with pytest.raises(CredentialError):
            issue_secret(by=Actor.of(user), client=client)
    browser = signed_in(boss.user)
    page = browser.get("/account/secrets/").content.decode()
    assert client.client_id in page
    shown = browser.post("/account/secrets/rotate/", {"client": client.client_id}).content.decode()
    assert "hv_test_" in shown
    assert "hv_live_" not in shown


def test_the_twins_manager_makes_no_live_secret() -> None:
    caller = make_caller("NGO")
    twin = add_partner(by=COMMAND, name=caller.partner.name, kind=Kind.NGO, mode=Mode.TEST, twin_of=caller.partner)
    tester = member(twin)
    assert not manages(Actor.of(tester.user), caller.partner)
    row = {"client": caller.client, "digest": "0" * 64, "hint": "0000", "expires_at": "2999-01-01T00:00Z"}
    with as_web_server(), refusal("SECRET_WITHOUT_MANAGER"):
        Secret.objects.create(made_by=tester.user, **row)
    assert caller.client.client_id not in signed_in(tester.user).get("/account/secrets/").content.decode()


@pytest.mark.parametrize(
    ("mode", "linked", "scopes"),
    [
        (Mode.LIVE, False, ["referrals:read"]),
        (Mode.TEST, False, ["referrals:read"]),
        (Mode.TEST, True, ["statistics:exact"]),
        (Mode.TEST, True, ["referrals:read", "statistics:authority"]),
    ],
)
def test_the_database_lets_no_other_client_in_unasked(mode: Mode, linked: bool, scopes: list[str]) -> None:
    live = add_partner(by=COMMAND, name="One", kind=Kind.CENTRE)
    partner = add_partner(by=COMMAND, name="Two", kind=Kind.CENTRE, mode=mode, twin_of=live if linked else None)
    with as_web_server(), refusal("CLIENT_NOT_APPROVED"):
        register(by=COMMAND, partner=partner, scopes=scopes)


def test_a_live_partner_is_nobodys_twin() -> None:
    live = add_partner(by=COMMAND, name="One", kind=Kind.NGO)
    with violation(CheckViolation), transaction.atomic():
        add_partner(by=COMMAND, name="Two", kind=Kind.NGO, twin_of=live)
    with as_web_server(), pytest.raises(Exception, match="permission denied"), transaction.atomic():
        Partner.objects.filter(pk=live.pk).update(twin_of=live)


def test_what_a_test_client_can_reach(keeper: Browser) -> None:
    """Play the colleague: everything that one person of the centre and a test client come to."""
    authority, live = make_caller("IMMIGRATION"), make_caller("NGO")
    path, record = live.referral()
    tester = make_caller("NGO", mode=Mode.TEST, name=live.partner.name)
    assert tester.get(path).status_code == 404
    assert body(tester.get("/api/v1/referrals"))["items"] == []
    # The token of a live case opens a test case of its own, and nothing of it is told to either side.
    sent = body(tester.put(path, referral(case_token=record["case_token"])), 201)
    assert sent["version"] == 1
    assert body(live.get(path))["version"] == 1
    assert authority.get(f"/api/v1/cases/{record['case_token']}/assessment").status_code == 404
    for address in ("/api/v1/statistics/exact", "/api/v1/releases?audience=authority"):
        assert tester.get(address).status_code in {400, 403, 404}
    problem(tester.put(f"/api/v1/cases/{record['case_token']}/assessment", {}), "insufficient_scope")
    with pytest.raises(AccessRefused):
        ask_client(by=Actor(client_id=tester.client.pk), partner=live.partner)
