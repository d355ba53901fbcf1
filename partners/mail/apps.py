"""Django's registration of the app."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from core.constraint_words import set_messages
from core.text import lazily, name
from partners import jobs
from partners.mail.checks import mail_can_be_sent
from partners.mail.words import CONSTRAINTS, FIELDS, MAIL, MODELS, SEND


class MailConfig(AppConfig):
    """Mail to people."""

    name = "partners.mail"
    verbose_name = lazily(MAIL)

    def ready(self) -> None:
        """Name things in the reader's language, and the task."""
        name(self.label, MODELS, FIELDS)
        set_messages(self.label, CONSTRAINTS)
        register(mail_can_be_sent, Tags.security, deploy=True)
        jobs.task("mail.send", queue=jobs.UPKEEP, words=SEND, priority=1)("partners.mail.sending.deliver")
