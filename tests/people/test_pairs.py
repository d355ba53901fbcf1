"""Pairs of roles, in one person and in two, do all that gives access: nobody reaches records beyond the tables of roles.

Each pair tries invitations, clients, successions, mandates, switching people on, and looks. Then somebody looks at what is open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import combinations, product
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, User
from django.db import DatabaseError, transaction

from cases.models import Referral
from cases.months import today
from cases.windows.models import YearReceipt
from oversight.reporting.receipts import signing
from partners.access import requests
from partners.access.requests import AccessRefused
from partners.audit import COMMAND, Actor
from partners.models import Client, Partner
from partners.organisations import mandates, successions
from partners.organisations.mandates import MandateRefused
from partners.organisations.models import Mandate
from partners.organisations.names import add_twin
from partners.organisations.successions import SuccessionRefused
from partners.people import members
from partners.people.invitations import InvitationRefused
from partners.people.members import MemberRefused
from partners.people.models import Invitation, Membership
from partners.roles import PARTNER_ROLES, STAFF_ROLES, MemberRole, Right, covers
from tests.callers import Browser, Caller, as_web_server, referral
from tests.cases.windows.world import LAST_YEAR, month
from tests.oversight.returns.world import send_back
from tests.partners.organisations.world import put_for
from tests.people.visitors import member, signed_in, staff

pytestmark = pytest.mark.django_db
STAFF = list(STAFF_ROLES)
# What the database or the program answers to who may not.
REFUSALS = (AccessRefused, InvitationRefused, SuccessionRefused, MandateRefused, MemberRefused, DatabaseError)
ASKS = {"client": "partners.add_client", "invitation": "people.invite_people"}
ASKS["succession"] = "organisations.add_successionrequest"
# Pages of staff with records or exact counts of them, by the permissions that each asks for.
RECORDS: dict[str, tuple[str, ...]] = {
    "/admin/returns/return/": ("returns.ask_return",),
    "/admin/returns/return/find/": ("returns.ask_return",),
    "/admin/cases/case/find/": ("linking.view_conflicts",),
    "/admin/erased/tombstone/person/": ("erased.produce_case",),
    "/admin/quality/ruletally/waits/": ("quality.view_shares",),
    "/admin/quality/ruletally/at/{partner}/feedback/": ("quality.look_at_desk", "quality.view_shares"),
    "/admin/quality/ruletally/at/{partner}/year/": ("quality.look_at_desk", "quality.view_shares"),
    "/admin/quality/ruletally/at/{partner}/calendar/": ("quality.look_at_desk", "quality.view_quality"),
}
DESK = ("", "records/", "returned/", "year/", "figures/", "feedback/", "deliveries/", "one/", "file/", "looks/")


def colleague(*names: str) -> User:
    """A member of staff with roles."""
    user = staff(f"staff-{uuid4().hex[:8]}")
    user.groups.set(Group.objects.filter(name__in=names))
    return user


def has(names: tuple[str, ...], permission: str) -> bool:
    """Whether the table gives one of the roles a permission."""
    return any(covers(STAFF_ROLES[name].permissions, permission) for name in names)


def done(act: Callable[[], Any]) -> bool:
    """Whether an act is let through, with the web server's role. What it did stays."""
    try:
        with transaction.atomic(), as_web_server():
            act()
    except REFUSALS:
        return False
    return True


def acts(asker: User, approver: User, old: Partner, new: Partner) -> dict[str, bool]:
    """What one asks for and the other approves of: whether each came about."""
    ask, approve = Actor.of(asker), Actor.of(approver)

    def client() -> None:
        requests.approve_client(by=approve, access_request=requests.ask_client(by=ask, partner=new))

    def invitation() -> None:
        asked, _ = requests.ask_invitation(by=ask, role="READER", partner=new)
        requests.approve_invitation(by=approve, access_request=asked)

    def succession() -> None:
        asked = successions.ask(by=ask, old=old, new=new, since=today())
        successions.decide(by=approve, request=asked, approve=True)

    return {each.__name__: done(each) for each in (client, invitation, succession)}


@pytest.fixture
def former(ngo: Caller) -> Membership:
    """Somebody whom a manager of the partner has switched off."""
    person, boss = member(ngo.partner, MemberRole.CASEWORKER), member(ngo.partner)
    members.switch(by=Actor.of(boss.user), user=person.user, active=False)
    return person


def shown(browser: Browser, partner: Partner) -> set[str]:
    """The pages with records that a member of staff gets, or the question that comes before one."""
    return {page for page in RECORDS if browser.get(page.format(partner=partner.pk)).status_code == 200}


@pytest.mark.parametrize("pair", [(name,) for name in STAFF] + list(combinations(STAFF, 2)), ids="+".join)
def test_one_person_with_two_roles_opens_nothing_alone(
    ngo: Caller, other_ngo: Caller, former: Membership, pair: tuple[str, ...]
) -> None:
    ngo.referral()
    who, clients = colleague(*pair), Client.objects.count()
    assert not any(acts(who, who, ngo.partner, other_ngo.partner).values())
    assert not done(lambda: members.switch(by=Actor.of(who), user=former.user, active=True))
    assert not done(lambda: mandates.give(by=Actor.of(who), **between(ngo, other_ngo)))
    assert not Mandate.objects.exists()
    assert not Invitation.objects.exists()
    assert Client.objects.count() == clients
    browser = signed_in(who)
    assert shown(browser, ngo.partner) == {page for page, asks in RECORDS.items() if all(has(pair, e) for e in asks)}
    for page in DESK:
        assert browser.get(f"/send/{page}").status_code == 403, page


@pytest.mark.parametrize("pair", list(product(STAFF, STAFF)), ids="+".join)
def test_two_of_staff_open_what_both_may_ask_for(ngo: Caller, other_ngo: Caller, pair: tuple[str, str]) -> None:
    two = [colleague(each) for each in pair]
    came_about = acts(two[0], two[1], ngo.partner, other_ngo.partner)
    assert came_about == {name: all(has((each,), asked) for each in pair) for name, asked in ASKS.items()}
    # Whatever they did, neither of the two is at a desk now.
    for who in two:
        assert not Membership.objects.filter(user=who).exists()
        assert signed_in(who).get("/send/records/").status_code == 403


def between(giver: Caller, taker: Caller) -> dict[str, Any]:
    """A mandate of today."""
    return {"giver": giver.partner, "taker": taker.partner, "since": today(), "until": today() + timedelta(days=9)}


@pytest.mark.parametrize("pair", list(product(MemberRole, MemberRole)), ids="+".join)
def test_two_people_of_partners_make_a_mandate_where_both_are_managers_and_it_opens_no_page(
    ngo: Caller, other_ngo: Caller, pair: tuple[MemberRole, MemberRole]
) -> None:
    giver, taker = member(ngo.partner, pair[0]), member(other_ngo.partner, pair[1])
    made: list[Mandate] = []
    done(lambda: made.append(mandates.give(by=Actor.of(giver.user), **between(ngo, other_ngo))))
    accepted = bool(made) and done(lambda: mandates.accept(by=Actor.of(taker.user), mandate=made[0]))
    assert bool(made) == (pair[0] == MemberRole.MANAGER)
    assert accepted == (set(pair) == {MemberRole.MANAGER})
    path, _ = ngo.referral()
    assert put_for(other_ngo, ngo.partner).status_code == (201 if accepted else 403)
    behalf = {"Henvis_On_Behalf_Of": str(ngo.partner.pk)}
    assert other_ngo.get(path, **behalf).status_code == 403
    assert nothing_of(ngo, signed_in(taker.user))
    # Neither does the giver see the taker's own.
    own, _ = other_ngo.referral()
    assert nothing_of(other_ngo, signed_in(giver.user), own)


def nothing_of(caller: Caller, browser: Browser, *paths: str) -> bool:
    """Whether a browser finds no referral of a partner: neither by its reference nor by its token."""
    keys = [key for row in Referral.objects.of(caller.partner.pk) for key in (str(row.reference), row.case.token)]
    answers = [browser.post("/send/records/find/", {"key": key}) for key in keys]
    assert keys
    return all(each.status_code == 200 for each in answers)


def addresses(ngo: Caller, browser: Browser, mode: str = "/send/") -> Iterator[str]:
    """Every page of the desk about one thing of the partner: a referral, a delivery, a return, a receipt."""
    for number in (1, 2):
        path, _ = ngo.referral(referred_in=month(number))
        found = str(browser.post("/send/records/find/", {"key": path.rpartition("/")[2]})["Location"])
        yield from (
            f"{mode}{found.removeprefix('/send/')}{page}" for page in ("", "receipt/", "card/", "correct/", "withdraw/")
        )
    yield f"{mode}returned/{send_back(path).pk}/"
    signing.sign(Membership.objects.filter(partner=ngo.partner, role="MANAGER")[0], LAST_YEAR)
    assert YearReceipt.objects.count() == 1
    yield f"{mode}year/{LAST_YEAR}/receipt-1.json"


@pytest.mark.parametrize("mode", ["/send/", "/send/test/"])
def test_an_address_of_a_partner_s_desk_leads_nobody_else_anywhere(ngo: Caller, other_ngo: Caller, mode: str) -> None:
    """Not another partner, not a colleague in another session, and not the same person in the other mode."""
    own = signed_in(member(ngo.partner).user)
    for caller in (ngo, other_ngo):
        add_twin(by=COMMAND, partner=caller.partner)
    pages = list(addresses(ngo, own, mode))
    strangers = [signed_in(member(other_ngo.partner, role).user) for role in MemberRole]
    strangers += [own] if mode == "/send/test/" else []
    count = Referral.objects.count()
    for browser, page in product(strangers, pages):
        assert browser.get(page).status_code in {403, 404}, page
        assert browser.sure(page, {"reason_code": "DUPLICATE", "version": "1"}).status_code in {403, 404, 405}, page
    for page in pages:
        if "/record/" in page:
            assert signed_in(member(ngo.partner).user).get(page).status_code == 404
    assert Referral.objects.count() == count


@pytest.mark.parametrize("role", list(MemberRole))
def test_a_session_ends_what_it_may_with_the_person_the_role_and_the_partner(ngo: Caller, role: MemberRole) -> None:
    person = member(ngo.partner, role)
    browser, path = signed_in(person.user), ngo.referral()[0]
    found = str(browser.post("/send/records/find/", {"key": path.rpartition("/")[2]})["Location"])
    assert browser.get(found).status_code == 200
    change = {"reason_code": "DUPLICATE", "version": "1"}
    may_submit = Right.SUBMIT in PARTNER_ROLES[role]
    assert (browser.get(f"{found}withdraw/").status_code == 200) == may_submit
    Membership.objects.filter(pk=person.pk).update(role=MemberRole.READER)
    assert browser.sure(f"{found}withdraw/", change).status_code == 403
    Partner.objects.filter(pk=ngo.partner.pk).update(active=False)
    assert browser.get(found).status_code == 403
    Partner.objects.filter(pk=ngo.partner.pk).update(active=True)
    User.objects.filter(pk=person.user_id).update(is_active=False)
    assert browser.get(found).status_code == 302
    assert Referral.objects.count() == 1


def test_a_successor_reaches_the_records_by_its_machines_alone_and_who_left_reaches_nothing(
    ngo: Caller, other_ngo: Caller
) -> None:
    left, path = member(ngo.partner), ngo.referral()[0]
    two = [colleague("partner_manager") for _ in range(2)]
    assert acts(two[0], two[1], ngo.partner, other_ngo.partner)["succession"]
    behalf = {"Henvis_On_Behalf_Of": str(ngo.partner.pk)}
    assert other_ngo.get(path, **behalf).status_code == 200
    assert other_ngo.put(f"/api/v1/referrals/{uuid4()}", referral(), **behalf).status_code == 403
    assert ngo.get(path).status_code == 401
    assert nothing_of(ngo, signed_in(member(other_ngo.partner).user))
    # One member of staff may switch the account on again: it has no desk any more.
    members.switch(by=Actor.of(two[0]), user=left.user, active=True)
    assert signed_in(left.user).get("/send/records/").status_code == 403
