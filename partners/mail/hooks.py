"""The check of the settings of mail, and the task that sends."""

from __future__ import annotations

from django.core.checks import Tags, register

from partners import jobs
from partners.mail.checks import mail_can_be_sent
from partners.mail.words import SEND

register(mail_can_be_sent, Tags.security, deploy=True)
jobs.task("mail.send", queue=jobs.UPKEEP, words=SEND, priority=1)("partners.mail.sending.deliver")
