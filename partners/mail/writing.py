"""The text of a mail: plain, without a picture or anything that tells who opened it."""

from __future__ import annotations

import email.policy
import hmac
from email.message import EmailMessage as MessageOfLibrary
from email.utils import parseaddr
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import override

from core.text import Text
from partners.mail import stopping
from partners.mail.addresses import make_code
from partners.mail.kinds import CONFIRM, KINDS, PREFERENCES, day_of
from partners.mail.models import Mailing
from partners.mail.words import FOOTER, FOOTER_CHOOSE, FOOTER_STOP
from partners.staff import naming


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
        lines["List-Unsubscribe"] = f"<{stopping.address(mailing.user_id, mailing.kind)}>"
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
        lines.append(f"{FOOTER_STOP}: {stopping.address(mailing.user_id, mailing.kind)}")
    return "\n".join(lines)


def fill(text: Text, key: str) -> str:
    """A text in the language of the mail with the day that it is about."""
    day = day_of(key)
    return str(text).format(day=naming.day_of(day))
