"""Mail that comes back: what a mail server reports (RFC 3464), and what that means for the address.

Anybody can write to the address for returns. So a report counts only where it quotes the id of a mail that we sent to its person,
which nobody else can know or make (`writing.message_id`).
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from datetime import timedelta
from email.message import Message
from email.policy import compat32
from hmac import compare_digest

from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone

from partners import audit
from partners.audit import COMMAND
from partners.mail import writing
from partners.mail.models import Mailbox, Mailing

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
    ids = [writing.message_id(key) for key in recent.order_by("-begun_at").values_list("pk", flat=True)]
    return any(compare_digest(each.encode(), quote.encode()) for each in ids for quote in quotes)
