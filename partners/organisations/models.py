"""Confirmations of the agreement, names by date, mandates, and successions. All of them are history: append-only."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from core.rows import StoredRow
from partners.choices import AGREEMENTS, CodeField
from partners.models import Partner


class AgreementConfirmation(models.Model):
    """That a manager of a live partner has confirmed a version of an agreement. `digest`: the SHA-256 of its text."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = CodeField(max_length=16, choices=AGREEMENTS)
    version = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        default_permissions = ("view",)
        ordering = ("-confirmed_at",)
        constraints = [
            models.UniqueConstraint(fields=("partner", "kind", "version"), name="agreement_version"),
            models.CheckConstraint(condition=Q(version__gte=1), name="agreement_version_number"),
            models.CheckConstraint(
                condition=Q(kind__in=[code for code, _ in AGREEMENTS]), name="agreement_version_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner} {self.version}"


class PartnerName(models.Model):
    """A name that a live partner has from a day on. Of two for the same day the later one counts."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    since = models.DateField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        default_permissions = ("view", "add")
        ordering = ("partner", "-since", "-recorded_at")
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="partner_name_given")]

    def __str__(self) -> str:
        return self.name


class Mandate(models.Model):
    """That a manager of `giver` lets `taker` submit for it from a day on, and until one where `until` says so (that day included).

    It opens nothing before a manager of the taker has accepted it, and nothing once a manager of either has ended it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    giver = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    taker = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        default_permissions = ("view",)
        ordering = ("-given_at",)
        constraints = [
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="mandate_of_another"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="mandate_period"),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker}"


class MandateAcceptance(StoredRow):
    """That a manager of the taker has accepted a mandate."""

    mandate = models.OneToOneField(Mandate, on_delete=models.PROTECT, primary_key=True, related_name="acceptance")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(db_default=Now(), editable=False)


class MandateEnd(StoredRow):
    """That a manager of the giver or of the taker has ended a mandate."""

    mandate = models.OneToOneField(Mandate, on_delete=models.PROTECT, primary_key=True, related_name="end")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(db_default=Now(), editable=False)


class SuccessionRequest(models.Model):
    """That a member of staff asks for one live partner (`new`) to take over the records of another (`old`), as of a day."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    old = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    new = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        default_permissions = ("view", "add")
        ordering = ("-asked_at",)
        constraints = [models.CheckConstraint(condition=~Q(old=F("new")), name="succession_of_another")]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class SuccessionDecision(StoredRow):
    """What a second member of staff decided. Append-only, and written by a function of the database alone."""

    request = models.OneToOneField(
        SuccessionRequest, on_delete=models.PROTECT, primary_key=True, related_name="decision"
    )
    approved = models.BooleanField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(db_default=Now(), editable=False)
