"""The check of the settings of mail, and the task that sends."""

from __future__ import annotations

from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import Tags, register

from partners import jobs
from partners.mail.words import SEND

BAD_SENDER = "HENVIS_MAIL_FROM is no mail address."


def mail_can_be_sent(app_configs: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Mail has a sender, a server, and an address of the service to lead to; or there is none, which is said."""
    if not settings.HENVIS_MAIL_FROM:
        hint = (
            "Nobody is reminded, and no address can be confirmed. Set HENVIS_MAIL_FROM and HENVIS_MAIL (docs/mail.md)."
        )
        return [checks.Info("No mail is sent.", hint=hint, id="henvis.I002")]
    errors = []
    if "@" not in parseaddr(settings.HENVIS_MAIL_FROM)[1]:
        errors.append(checks.Error(BAD_SENDER, id="henvis.E002"))
    if not settings.HENVIS_MAIL_SERVER:
        errors.append(
            checks.Error("HENVIS_MAIL_FROM is set and HENVIS_MAIL is not: mail would wait.", id="henvis.E003")
        )
    if not settings.HENVIS_ADDRESS:
        errors.append(checks.Error("Mail has no address to lead to: set HENVIS_ADDRESS.", id="henvis.E004"))
    return list(errors)


register(mail_can_be_sent, Tags.security, deploy=True)
jobs.task("mail.send", queue=jobs.UPKEEP, words=SEND, priority=1)("partners.mail.sending.deliver")
