"""A person is shown by the name that she gave, wherever others read of her; and no list asks the database more often for it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.access.requests import ask_invitation
from partners.audit import COMMAND, Actor
from partners.models import Partner
from partners.people.invitations import invite, revoke
from partners.people.models import Invitation, Membership
from partners.roles import MemberRole
from tests.callers import Caller
from tests.mail.boxes import ended
from tests.people.visitors import member, signed_in, staff, words

pytestmark = pytest.mark.django_db
LISTS = [
    f"/admin/{each}/" for each in ("people/membership", "people/invitation", "mail/mailing", "partners/auditevent")
]


def named(partner: Partner, name: str) -> Membership:
    """A person of a partner who gave a name, was not sent a mail, and ended the invitation that would bring her back."""
    row = member(partner, MemberRole.READER, name)
    User.objects.filter(pk=row.user_id).update(first_name=f"{name.title()} Holm")
    row.user.refresh_from_db()
    invite(by=COMMAND, role="READER", partner=partner, user=row.user)
    revoke(by=Actor.of(row.user), invitation=Invitation.objects.get(user=row.user))
    ended(row.user, "FAILED")
    return row


def test_a_list_shows_names_and_takes_as_many_statements_for_many_as_for_one(ngo: Caller) -> None:
    boss = signed_in(staff("boss", is_superuser=True))

    def statements() -> list[int]:
        numbers = []
        for path in LISTS:
            with CaptureQueriesContext(connection) as asked:
                page = words(boss.get(path))
            numbers.append(len(asked))
            for name in names:
                assert f"{name.title()} Holm ({name})" in page, path
        return numbers

    names = ["mette"]
    named(ngo.partner, "mette")
    # What the first page of a browser asks beside is asked by no later one.
    boss.get("/admin/")
    before = statements()
    names += ["ida", "karen", "sofie"]
    for name in names[1:]:
        named(ngo.partner, name)
    assert statements() == before


def test_who_decides_on_a_request_reads_for_whom_it_is_and_who_is_there_already(ngo: Caller) -> None:
    person = named(ngo.partner, "mette")
    asker = staff("asker", "partner_manager", first_name="Asta Lund")
    by = Actor.of(asker)
    own, _ = ask_invitation(by=by, role="READER", partner=ngo.partner, user=person.user)
    ask_invitation(by=by, role="READER", partner=ngo.partner, recipient="A new colleague")
    office = signed_in(staff("office", "partner_manager"))
    first = words(office.get("/admin/"))
    assert "Reader (Mette Holm (mette))" in first and "Reader (A new colleague)" in first
    assert "requested by Asta Lund (asker)" in first
    page = words(office.get(f"/admin/partners/accessrequest/{own.pk}/decide/"))
    assert page.count("Mette Holm (mette)") == 2 and "Asta Lund (asker)" in page


@pytest.mark.parametrize("act", ["off", "back"])
def test_a_manager_is_asked_about_a_colleague_by_the_name(ngo: Caller, act: str) -> None:
    person = named(ngo.partner, "mette")
    manager = signed_in(member(ngo.partner, MemberRole.MANAGER, "maja").user)
    page = words(manager.post(f"/account/people/{act}/", {"row": person.pk}))
    assert "Mette Holm (mette)" in page
