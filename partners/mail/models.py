"""Addresses of people with what they want, codes that confirm an address, what was decided to be sent, and what became of it."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from core.text import Text
from partners.choices import CodeField
from partners.mail.kinds import KINDS, RESULTS, MailResult, day_of
from partners.staff import naming

LANGUAGES = Text._fields
ADDRESS_OF = Text("mailadresse for {}", "mail address of {}")


class Mailbox(models.Model):
    """Where a person gets mail, in which language, and which kinds not. Before an address is confirmed, it gets a code alone.

    `changed_at`: since when it is this address. `bounced_at`: when a mail came back; then nothing more is sent until the person has
    confirmed the address again. A trigger takes both moments back where the address changes.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, primary_key=True, editable=False, related_name="mailbox"
    )
    address = models.EmailField(max_length=254, blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    opt_outs = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    changed_at = models.DateTimeField(db_default=Now(), editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    bounced_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("-bounced_at", "user__username")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(condition=Q(language__in=LANGUAGES), name="mailbox_language_code"),
            models.CheckConstraint(
                condition=~Q(address="") | Q(confirmed_at=None, bounced_at=None), name="mailbox_of_an_address"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(bounced_at=None), name="mailbox_confirmed_or_bounced"
            ),
        ]

    def __str__(self) -> str:
        return str(ADDRESS_OF).format(self.user)


class AddressCode(models.Model):
    """A code that was mailed to an address, as an HMAC. It confirms the address that the person had at `about`, once."""

    digest = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    about = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return "a code"


class Mailing(models.Model):
    """One mail to one person. A person never gets two of one kind and key: `key` is what the mail is about, such as a deadline.

    Append-only. `begun_at` is set once, before anything is sent; so a mail whose worker died is never sent twice. `asked_by`: the
    member of staff whose click it is. No text is stored: kind, key and language say all that was in it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = CodeField(max_length=16, choices={name: kind.title for name, kind in KINDS.items()})
    key = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(db_default=Now(), editable=False)
    begun_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("-asked_at", "-id")
        default_permissions = ("view",)
        permissions = [("remind_partners", "Can send partners a reminder of a report")]
        constraints = [
            models.UniqueConstraint(fields=("user", "kind", "key"), name="mailing_once"),
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="mailing_kind_code"),
            models.CheckConstraint(condition=Q(language__in=LANGUAGES), name="mailing_language_code"),
        ]
        indexes = [models.Index(fields=("asked_at",), condition=Q(begun_at=None), name="mailing_waiting")]

    def __str__(self) -> str:
        return f"{KINDS[self.kind].title} ({self.about})" if self.kind in KINDS else self.kind

    @property
    def about(self) -> str:
        """What it is about: a day (of a week, its Monday), or a delivery. Other keys only tell one occasion from the next."""
        day = day_of(self.key)
        return naming.short_name(self.key) if self.kind == "delivery" else naming.day_of(day)


class MailOutcome(models.Model):
    """What became of a mail that was begun. Append-only. Where there is none, the worker died meanwhile."""

    mailing = models.OneToOneField(Mailing, on_delete=models.PROTECT, primary_key=True, related_name="outcome")
    code = CodeField(max_length=16, choices=RESULTS)
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(code__in=[str(each) for each in MailResult]), name="mailoutcome_code")
        ]

    def __str__(self) -> str:
        return self.code
