"""People with addresses."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.utils import timezone

from partners.mail.models import Mailbox, Mailing, MailOutcome


def give_address(user: User, language: str = "en", opt_outs: tuple[str, ...] = ()) -> Mailbox:
    """A confirmed address of a person."""
    row = Mailbox.objects.create(
        user=user, address=f"{user.username}@partner.example", language=language, opt_outs=list(opt_outs)
    )
    Mailbox.objects.filter(pk=row.pk).update(confirmed_at=timezone.now())
    row.refresh_from_db()
    return row


def ended(user: User, code: str, key: str = "2026-12-14") -> Mailing:
    """A mail to a person of which that became."""
    row = Mailing.objects.create(user=user, kind="due_soon", key=key, language="da")
    Mailing.objects.filter(pk=row.pk).update(begun_at=timezone.now())
    MailOutcome.objects.create(mailing=row, code=code)
    return row


def outcomes() -> list[str]:
    """What became of all mails."""
    return list(MailOutcome.objects.order_by("at").values_list("code", flat=True))
