"""Deciding that somebody gets a mail, sending it, and what comes back. The worker of upkeep sends; no web process does.

A mail is sent once or never. Its row is taken in hand, for good, before the first word goes to the server, and what became of it
is written afterwards. A worker that dies in between leaves a row without an outcome, and the mail is not sent again: that it may
have gone out already weighs more. Where the server cannot be reached nothing is taken in hand, and the job is done again.

What a mail server reports (RFC 3464) says what is wrong with an address. Anybody can write to the address for returns. So a report
counts only where it quotes the id of a mail that we sent to its person, which nobody else can know or make (`message_id`).
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import timedelta
from email.message import Message
from email.policy import compat32
from hmac import compare_digest
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.core.mail import mailers
from django.db import connection, transaction
from django.db.models.functions import Lower
from django.utils import timezone

from core.failures import where_it_broke
from partners import audit, jobs
from partners.audit import COMMAND
from partners.mail import plain_mail
from partners.mail.kinds import MailResult
from partners.mail.models import Mailbox, Mailing, MailOutcome

# Larger reports are none: the longest that servers write are a mail with its own quoted.
LARGEST = 1024 * 1024
# A mail that comes back after more than this was not turned away by its address.
LATEST = timedelta(days=30)
ID = re.compile(r"^\s*message-id:\s*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)


def mark(user_id: int) -> bool:
    """Mark a person's address as one whose mail comes back. Returns whether it was not before."""
    boxes = Mailbox.objects.exclude(address="").filter(user_id=user_id, bounced_at=None)
    with transaction.atomic():
        if not boxes.update(bounced_at=timezone.now(), confirmed_at=None):
            return False
        audit.record(by=COMMAND, action="mail.bounce", subject=str(user_id))
    return True


def read(content: bytes) -> int:
    """Read one report, and mark the addresses that it says are of no use. Returns how many that were: none for anything else."""
    report = email.message_from_bytes(content[:LARGEST], policy=compat32)
    addresses = {address.lower() for address in failures(report)}
    quotes = set(ID.findall(content[:LARGEST].decode("utf-8", "replace")))
    boxes = Mailbox.objects.annotate(lower=Lower("address")).filter(lower__in=addresses) if addresses else ()
    return sum(mark(box.user_id) for box in boxes if was_sent(box.user_id, quotes))


def failures(report: Message) -> Iterator[str]:
    """The addresses that a report says a mail could not be delivered to, for good. A delay is none."""
    for part in report.walk():
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            for fields in part.get_payload():
                if isinstance(fields, Message) and str(fields.get("Action", "")).strip().lower() == "failed":
                    for name in ("Final-Recipient", "Original-Recipient"):
                        yield str(fields.get(name, "")).rpartition(";")[2].strip().strip("<>")


def was_sent(user_id: int, quotes: set[str]) -> bool:
    """Whether one of these ids is that of a mail that was sent to a person of late."""
    recent = Mailing.objects.filter(user_id=user_id, begun_at__gt=timezone.now() - LATEST)
    ids = [plain_mail.message_id(key) for key in recent.order_by("-begun_at").values_list("pk", flat=True)]
    return any(compare_digest(each.encode(), quote.encode()) for each in ids for quote in quotes)


log = structlog.get_logger("henvis.mail")
NOT_SENT, WAITS = "mail not sent", "mail waits: HENVIS_MAIL is not set"
BEGIN = "SELECT henvis_begin_mail(%s)"
# An answer of a server from here on is for good: there is no such address.
FOR_GOOD = 500


@dataclass(frozen=True, slots=True)
class Occasion:
    """One occasion to tell one person something: at most one mail for each person, kind and key."""

    user_id: int
    kind: str
    key: str


def is_on() -> bool:
    """Whether this installation sends mail."""
    return bool(settings.HENVIS_MAIL_FROM)


def ask(occasions: Iterable[Occasion], *, asked_by: int | None = None) -> list[Mailing]:
    """Decide that these people get these mails, and have them sent. Returns the new ones: nobody gets one twice.

    Whoever has no confirmed address, or has stopped a kind, is passed over, and nothing is written.
    """
    due = list(dict.fromkeys(occasions)) if is_on() else []
    if not due:
        return []
    addresses = Mailbox.objects.filter(user_id__in={each.user_id for each in due}, confirmed_at__isnull=False)
    boxes = {box.user_id: box for box in addresses.order_by("pk")}
    rows = [
        Mailing(user_id=e.user_id, kind=e.kind, key=e.key, language=boxes[e.user_id].language, asked_by_id=asked_by)
        for e in due
        if e.user_id in boxes and e.kind not in boxes[e.user_id].opt_outs
    ]
    Mailing.objects.bulk_create(rows, ignore_conflicts=True)
    mailings = list(Mailing.objects.filter(pk__in=[row.pk for row in rows]).select_related("user").order_by("user_id"))
    if mailings:
        jobs.defer("mail.send")
    return mailings


def deliver() -> int:
    """Send what waits; return how many were sent. Raises `OSError` or `SMTPException` where the server cannot be reached."""
    waiting = list(Mailing.objects.filter(begun_at=None).order_by("asked_at", "pk").values_list("pk", flat=True))
    if not waiting or not is_on():
        return 0
    if not settings.HENVIS_MAIL_SERVER:
        log.error(WAITS)
        return 0
    with closing(mailers.default) as server:
        return sum(send(server, each) == MailResult.SENT for each in waiting)


def send(server: Any, key: UUID) -> MailResult | None:
    """Send one mail, unless somebody else has begun it (None). Returns what became of it, which is stored.

    Raises `OSError` or `SMTPException` before the mail is taken in hand, where the server cannot be reached.
    """
    server.open()
    address = begin(key)
    if address is None:
        return None
    mailing = Mailing.objects.get(pk=key)
    outcome = hand_over(server, mailing, address) if address else MailResult.SKIPPED
    MailOutcome.objects.create(mailing=mailing, code=outcome)
    return outcome


def begin(key: UUID) -> str | None:
    """Take a mail in hand; return the address, an empty one where the person gets it no more, or None where another has begun."""
    with connection.cursor() as cursor:
        cursor.execute(BEGIN, [key])
        ((address,),) = cursor.fetchall()
    return None if address is None else str(address)


def hand_over(server: Any, mailing: Mailing, address: str) -> MailResult:
    """Give a mail to the server. An address that the server refuses for good gets no more mail."""
    try:
        server.send_messages([plain_mail.write(mailing, address)])
    except SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        if min(codes, default=0) >= FOR_GOOD:
            mark(mailing.user_id)
            return MailResult.REFUSED
        log.error(NOT_SENT, **where_it_broke(error))
        return MailResult.FAILED
    except (SMTPException, OSError, ValueError) as error:
        log.error(NOT_SENT, **where_it_broke(error))
        begin_anew(server)
        return MailResult.FAILED
    return MailResult.SENT


def begin_anew(server: Any) -> None:
    """Leave a connection that may be broken: the next mail opens one before it is taken in hand."""
    with suppress(SMTPException, OSError):
        server.close()
