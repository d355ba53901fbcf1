"""A mail: its text, plain, without a picture or anything that tells who opened it, and the link in it that stops its kind.

The link stops a kind of mail with one click (RFC 8058), by whoever has the mail and without signing in. It is a signature over a
person and a kind, and names neither: who sees one learns nothing, and can do nothing but stop it. It does not expire, because
a mail is found years later too.
"""

from __future__ import annotations

import base64
import email.policy
import hmac
from email.message import EmailMessage as MessageOfLibrary
from email.utils import parseaddr
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Func, Value
from django.urls import reverse
from django.utils.translation import override

from core.text import Text
from partners import audit
from partners.audit import Actor
from partners.mail.addresses import make_code
from partners.mail.kinds import CONFIRM, KINDS, PREFERENCES, day_of
from partners.mail.models import Mailbox, Mailing
from partners.mail.words import FOOTER, FOOTER_CHOOSE, FOOTER_STOP
from partners.staff import naming


def signature(user_id: int, kind: str) -> str:
    """The signature of a person and a kind, as it stands in an address: 22 characters."""
    key, text = settings.HENVIS_PEPPER.encode(), f"stop mail|{user_id}|{kind}".encode()
    return base64.urlsafe_b64encode(hmac.digest(key, text, "sha256")[:16]).decode().rstrip("=")


def address(user_id: int, kind: str) -> str:
    """The address that stops a kind of mail for a person."""
    return settings.HENVIS_ADDRESS + reverse("mail_stop", args=[signature(user_id, kind)])


def find(token: str) -> tuple[int, str] | None:
    """The person and the kind of a signature, or None. People are few: a thousand take 15 ms."""
    kinds = [name for name, kind in KINDS.items() if kind.is_optional]
    people = Mailbox.objects.order_by("pk").values_list("user_id", flat=True)
    fitting = None
    for user_id in people:
        for kind in kinds:
            if hmac.compare_digest(signature(user_id, kind).encode(), token.encode()):
                fitting = user_id, kind
    return fitting


def stop(*, user_id: int, kind: str) -> None:
    """Stop a kind of mail for a person. Doing it again changes nothing."""
    boxes = Mailbox.objects.filter(user_id=user_id).exclude(opt_outs__contains=[kind])
    with transaction.atomic():
        if not boxes.update(opt_outs=Func(F("opt_outs"), Value(kind), function="array_append")):
            return
        audit.record(by=Actor(user_id=user_id), action="mail.stop", subject=str(user_id), kind=kind, by_link=True)


class PlainMail(EmailMessage):
    """A mail whose headers are never taken apart.

    The library writes the address of a long host as encoded words where the line is too long for it, and then no mail program
    offers to stop the mail. RFC 5322 allows 998 characters.
    """

    def message(self, *, policy: Any = email.policy.SMTP) -> MessageOfLibrary:
        """The mail as it is sent: long headers, and a body of seven bits."""
        message: MessageOfLibrary = super().message(policy=policy.clone(max_line_length=998, cte_type="7bit"))
        return message


def write(mailing: Mailing, to: str) -> EmailMessage:
    """The mail. One that confirms an address makes its code, which is stored as a digest and stands nowhere else."""
    kind = KINDS[mailing.kind]
    with override(mailing.language):
        lines = [fill(kind.body, mailing.key), link(mailing), "-- ", footer(mailing)]
        subject = fill(kind.subject, mailing.key)
    return PlainMail(
        subject=subject,
        body="\n\n".join(lines) + "\n",
        from_email=parseaddr(settings.HENVIS_MAIL_BOUNCES)[1],
        to=[to],
        reply_to=[settings.HENVIS_MAIL_REPLY_TO] if settings.HENVIS_MAIL_REPLY_TO else None,
        headers=headers(mailing),
    )


def headers(mailing: Mailing) -> dict[str, str]:
    """What mail programs and servers are told: whom it is from, that no person wrote it, and how it is stopped."""
    lines = {
        "From": settings.HENVIS_MAIL_FROM,
        "Message-ID": message_id(mailing.pk),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": mailing.language,
    }
    if KINDS[mailing.kind].is_optional:
        lines["List-Unsubscribe"] = f"<{address(mailing.user_id, mailing.kind)}>"
        lines["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return lines


def message_id(mailing: UUID) -> str:
    """The id of a mail: a signature over its row, so that a report of its return is known to be of a mail of ours."""
    key = settings.HENVIS_PEPPER.encode()
    domain = parseaddr(settings.HENVIS_MAIL_FROM)[1].rpartition("@")[2]
    return f"<{hmac.digest(key, b'mail|' + mailing.bytes, 'sha256').hex()[:32]}@{domain}>"


def link(mailing: Mailing) -> str:
    """Where the mail leads: a fixed page; of one that confirms an address with a code, which browsers send to no server."""
    address = settings.HENVIS_ADDRESS + KINDS[mailing.kind].path
    return f"{address}#{make_code(mailing.user_id)}" if mailing.kind == CONFIRM else address


def footer(mailing: Mailing) -> str:
    """Why somebody gets the mail, and how to get others or none."""
    lines = [str(FOOTER), f"{FOOTER_CHOOSE}: {settings.HENVIS_ADDRESS}{PREFERENCES}"]
    if KINDS[mailing.kind].is_optional:
        lines.append(f"{FOOTER_STOP}: {address(mailing.user_id, mailing.kind)}")
    return "\n".join(lines)


def fill(text: Text, key: str) -> str:
    """A text in the language of the mail with the day that it is about."""
    day = day_of(key)
    return str(text).format(day=naming.day_of(day))
