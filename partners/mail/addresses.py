"""Addresses of people: giving one, confirming it by a code that is mailed to it, choosing, and forgetting it.

An audit row says what was done, and never an address.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import timedelta

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from partners import audit, jobs
from partners.audit import COMMAND, Actor
from partners.credentials import digest
from partners.mail.kinds import CONFIRM, KINDS
from partners.mail.models import AddressCode, Mailbox, Mailing
from partners.people.rights import may, membership_of

PREFIX = "hv_mail_"
LIFETIME = timedelta(days=7)
# Links that one person may have sent within a day, to whichever addresses: nobody is to send strangers mail through us.
MOST_CODES, WITHIN = 5, timedelta(days=1)


class TooManyCodes(Exception):
    """The person has had as many links sent as a day allows."""


def kinds_for(user: User) -> list[str]:
    """The kinds of mail that a person may get and stop, in the order of the table."""
    member = membership_of(user)
    return [
        name
        for name, kind in KINDS.items()
        if kind.is_optional
        and kind.for_staff in {None, user.is_staff}
        and (user.is_staff or kind.right is None or may(member, kind.right))
    ]


def save(*, user: User, address: str, language: str, kinds: Collection[str]) -> bool:
    """Keep what a person wants. Returns whether the address is new, and a link is on its way to it. Raises `TooManyCodes`."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        row = Mailbox.objects.filter(user=user).first() or Mailbox(user=user, language=language)
        is_new = address != row.address
        row.address, row.language = address, language
        choices = kinds_for(user)
        row.opt_outs = [e for e in row.opt_outs if e not in choices] + [e for e in choices if e not in kinds]
        write(row)
        if is_new:
            audit.record(by=Actor.of(user), action=f"mail.{'give' if address else 'forget'}", subject=str(user.pk))
        if is_new and address:
            send_code(user)
    return bool(is_new and address)


def write(row: Mailbox) -> None:
    """Store a mailbox. Of one that is there, the columns that a person chooses: the web server's role may change no others."""
    if row._state.adding:
        row.save(force_insert=True)
    else:
        row.save(update_fields=["address", "language", "opt_outs"])


def send_code(user: User) -> None:
    """Have a link sent to the person's address. Raises `TooManyCodes`."""
    recent = Mailing.objects.filter(user=user, kind=CONFIRM, asked_at__gt=timezone.now() - WITHIN).count()
    if recent >= MOST_CODES:
        raise TooManyCodes
    row = Mailbox.objects.get(user=user)
    Mailing.objects.create(user=user, kind=CONFIRM, key=secrets.token_hex(8), language=row.language)
    jobs.defer("mail.send")


def make_code(user_id: int) -> str:
    """A new code for the address that the person has now. The worker mails it; what is kept is its digest."""
    token = PREFIX + secrets.token_hex(32)
    row = Mailbox.objects.get(user_id=user_id)
    AddressCode.objects.create(
        digest=digest(token), user_id=user_id, about=row.changed_at, expires_at=timezone.now() + LIFETIME
    )
    return token


def confirm(*, user: User, token: str) -> bool:
    """Confirm the person's address by the code that was mailed to it. Returns whether it fitted."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT henvis_confirm_address(%s, %s)", [user.pk, digest(token)])
        ((fits,),) = cursor.fetchall()
        if fits:
            audit.record(by=Actor.of(user), action="mail.confirm", subject=str(user.pk))
    return bool(fits)


def forget_old() -> None:
    """As the owner: delete the addresses of accounts that were switched off, and codes that nobody used in time."""
    AddressCode.objects.filter(expires_at__lt=timezone.now()).delete()
    for row in Mailbox.objects.exclude(address="").filter(user__is_active=False):
        with transaction.atomic():
            row.address = ""
            row.save(update_fields=["address"])
            audit.record(by=COMMAND, action="mail.forget", subject=str(row.user_id))
