"""`henvis_keep_mailbox` and `henvis_confirm_address`: an address is its person's before it gets mail. `henvis_keep_mailing` and
`henvis_begin_mail`: once, and to whoever may still get it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from partners.accounts.idle import NOTICE
from partners.kinds import Mode
from partners.mail.kinds import CONFIRM as CONFIRM_KIND
from partners.mail.kinds import KINDS
from partners.mail.models import AddressCode, Mailbox, Mailing, MailOutcome
from partners.models import Partner
from tests.callers import as_web_server
from tests.mail.boxes import give_address
from tests.people.visitors import member, staff
from tests.sql.calls import commit, rows, value, web_value

pytestmark = pytest.mark.django_db
CONFIRM, BEGIN = "SELECT henvis_confirm_address(%s, %s)", "SELECT henvis_begin_mail(%s)"


@pytest.fixture
def person(ngo: Partner) -> User:
    """A manager of an NGO with a confirmed address."""
    user = member(ngo).user
    give_address(user)
    return user


def code(user: User, digest: str = "a" * 64, days: int = 7) -> str:
    """A code for the address that the person has now."""
    about = Mailbox.objects.get(user=user).changed_at
    AddressCode.objects.create(digest=digest, user=user, about=about, expires_at=timezone.now() + timedelta(days=days))
    return digest


def is_confirmed(user: User) -> bool:
    """Whether the person's address is confirmed."""
    return Mailbox.objects.get(user=user).confirmed_at is not None


def mailing(user: User, kind: str = "digest", key: str = "2026-W48") -> Mailing:
    """A mail that waits."""
    return Mailing.objects.create(user=user, kind=kind, key=key, language="da")


def test_no_address_is_new_and_confirmed() -> None:
    """Not even by the owner's statement."""
    user = staff("somebody")
    Mailbox.objects.create(user=user, address="a@b.example", language="da", confirmed_at=timezone.now())
    assert not is_confirmed(user)


def test_another_address_is_neither_confirmed_nor_bounced(person: User) -> None:
    before = Mailbox.objects.get(user=person)
    Mailbox.objects.filter(user=person).update(language="da")
    assert is_confirmed(person)
    Mailbox.objects.filter(user=person).update(address="new@b.example")
    after = Mailbox.objects.get(user=person)
    assert (after.confirmed_at, after.bounced_at) == (None, None)
    assert after.changed_at > before.changed_at


def test_the_web_server_confirms_nothing_and_reads_no_code(person: User) -> None:
    code(person)
    statements = (
        "UPDATE mail_mailbox SET confirmed_at = now()",
        "UPDATE mail_mailbox SET bounced_at = NULL",
        "UPDATE mail_mailbox SET changed_at = now()",
        "UPDATE mail_mailbox SET user_id = 1",
        "DELETE FROM mail_mailbox",
        "SELECT digest FROM build.mail_addresscode",
        "INSERT INTO build.mail_addresscode VALUES ('b', 1, now(), now())",
        "UPDATE mail_mailing SET begun_at = now()",
        "INSERT INTO mail_mailoutcome (mailing_id, code) SELECT id, 'SENT' FROM mail_mailing",
        "SELECT henvis_begin_mail(gen_random_uuid())",
    )
    for statement in statements:
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), as_web_server():
            rows(statement)


def test_a_code_confirms_the_own_address_as_it_is_now_and_once(person: User) -> None:
    other = staff("other")
    Mailbox.objects.create(user=other, address="o@b.example", language="da")
    Mailbox.objects.filter(user=person).update(address="new@b.example")
    digest = code(person)
    assert web_value(CONFIRM, other.pk, digest) is False
    assert (is_confirmed(person), is_confirmed(other)) == (False, False)
    assert web_value(CONFIRM, person.pk, "b" * 64) is False
    assert web_value(CONFIRM, person.pk, digest) is True
    assert is_confirmed(person)
    assert web_value(CONFIRM, person.pk, digest) is False


def test_a_code_of_a_former_address_or_an_old_one_confirms_nothing(person: User) -> None:
    Mailbox.objects.filter(user=person).update(address="first@b.example")
    former = code(person)
    Mailbox.objects.filter(user=person).update(address="second@b.example")
    assert web_value(CONFIRM, person.pk, former) is False
    assert web_value(CONFIRM, person.pk, code(person, "c" * 64, days=-1)) is False
    assert not is_confirmed(person)


def test_an_address_that_bounced_is_confirmed_anew(person: User) -> None:
    Mailbox.objects.filter(user=person).update(bounced_at=timezone.now(), confirmed_at=None)
    assert web_value(CONFIRM, person.pk, code(person)) is True
    assert Mailbox.objects.get(user=person).bounced_at is None


@pytest.mark.parametrize(
    "changes",
    [
        {"confirmed_at": timezone.now(), "bounced_at": timezone.now()},
        {"language": "de"},
    ],
)
def test_what_cannot_be_true_is_refused(person: User, changes: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Mailbox.objects.filter(user=person).update(**changes)


def test_an_empty_address_is_never_confirmed(person: User) -> None:
    Mailbox.objects.filter(user=person).update(address="")
    with pytest.raises(IntegrityError, match="mailbox_of_an_address"), transaction.atomic():
        Mailbox.objects.filter(user=person).update(confirmed_at=timezone.now())


def test_a_mail_is_begun_once(person: User) -> None:
    row = mailing(person)
    assert value(BEGIN, row.pk) == f"{person.username}@partner.example"
    assert value(BEGIN, row.pk) is None
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Mailing.objects.filter(pk=row.pk).update(begun_at=None)


def test_the_database_says_when_and_a_new_mail_is_in_nobody_s_hand(person: User) -> None:
    """Not even the owner's statement dates one back, or has one be sent already."""
    past = timezone.now() - timedelta(days=400)
    row = Mailing.objects.create(
        user=person, kind="digest", key="2026-W48", language="da", asked_at=past, begun_at=past
    )
    row.refresh_from_db()
    assert row.begun_at is None
    assert row.asked_at > past + timedelta(days=399)
    Mailing.objects.filter(pk=row.pk).update(begun_at=past)
    row.refresh_from_db()
    assert row.begun_at is not None
    assert row.begun_at > past + timedelta(days=399)


def test_one_person_gets_one_of_each_kind_and_key(person: User) -> None:
    mailing(person)
    with pytest.raises(IntegrityError, match="mailing_once"), transaction.atomic():
        mailing(person)
    mailing(person, key="2026-W49")


@pytest.mark.parametrize(
    "change",
    [
        lambda person, partner: User.objects.filter(pk=person.pk).update(is_active=False),
        lambda person, partner: Partner.objects.filter(pk=partner.pk).update(active=False),
        lambda person, partner: Partner.objects.filter(pk=partner.pk).update(mode=Mode.TEST),
        lambda person, partner: Mailbox.objects.update(confirmed_at=None),
        lambda person, partner: Mailbox.objects.update(confirmed_at=None, bounced_at=timezone.now()),
        lambda person, partner: Mailbox.objects.update(opt_outs=["digest"]),
        lambda person, partner: Mailbox.objects.all().delete(),
        lambda person, partner: person.membership.delete(),
    ],
    ids=["switched off", "partner inactive", "test mode", "unconfirmed", "bounced", "opted out", "none", "no member"],
)
def test_who_may_not_get_it_any_more_gets_none(person: User, ngo: Partner, change: Any) -> None:
    row = mailing(person)
    change(person, ngo)
    assert value(BEGIN, row.pk) == ""
    assert value(BEGIN, row.pk) is None


def test_a_code_goes_to_an_address_that_is_not_confirmed_and_to_no_other(person: User) -> None:
    assert value(BEGIN, mailing(person, "confirm", "1").pk) == ""
    Mailbox.objects.update(confirmed_at=None)
    assert value(BEGIN, mailing(person, "confirm", "2").pk) == f"{person.username}@partner.example"


def waited(row: Mailing, hours: int) -> Mailing:
    """A mail that was decided on so long ago."""
    commit()
    rows("ALTER TABLE mail_mailing DISABLE TRIGGER USER")
    Mailing.objects.filter(pk=row.pk).update(asked_at=timezone.now() - timedelta(hours=hours))
    commit()
    rows("ALTER TABLE mail_mailing ENABLE TRIGGER USER")
    return row


def test_a_mail_that_waited_for_a_day_goes_to_nobody_but_a_code(person: User) -> None:
    """A server was away, or none was named: what a reminder says may be true no more."""
    assert value(BEGIN, waited(mailing(person), 23).pk) == f"{person.username}@partner.example"
    late = waited(mailing(person, "due_soon"), 25)
    assert value(BEGIN, late.pk) == ""
    assert value(BEGIN, late.pk) is None
    assert value(BEGIN, waited(mailing(person, "codes"), 100).pk) == f"{person.username}@partner.example"
    Mailbox.objects.update(confirmed_at=None)
    assert value(BEGIN, waited(mailing(person, "confirm", "1"), 100).pk) == f"{person.username}@partner.example"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_of_each_kind_it_is_said_whether_it_ages(person: User, kind: str) -> None:
    """What is told again while it is true is too old after a day. What is told once is not."""
    if kind == CONFIRM_KIND:
        Mailbox.objects.update(confirmed_at=None)
    is_told_once = kind in {CONFIRM_KIND, "codes", "idle", "invitation", "restore", "secret_now", "secret_soon"}
    assert (value(BEGIN, waited(mailing(person, kind, "2099-12-31"), 25).pk) != "") is is_told_once


@pytest.mark.parametrize(("days", "goes"), [(-1, False), (NOTICE.days - 1, False), (NOTICE.days, True), (60, True)])
def test_nobody_is_warned_of_a_day_less_than_two_weeks_ahead(person: User, days: int, goes: bool) -> None:
    key = (timezone.localdate() + timedelta(days=days)).isoformat()
    assert (value(BEGIN, mailing(person, "idle", key).pk) != "") is goes


def test_staff_get_mail_without_a_membership() -> None:
    user = staff("one")
    give_address(user)
    assert value(BEGIN, mailing(user, "staff").pk) == "one@partner.example"


def test_an_outcome_stands(person: User) -> None:
    row = MailOutcome.objects.create(mailing=mailing(person), code="SENT")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        MailOutcome.objects.filter(pk=row.pk).update(code="FAILED")
