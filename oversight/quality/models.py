"""Counts of refused rows by rule, who read which feedback, what staff saw of a partner's desk, and the comparison of a year.

Nothing here is of a person whom a referral is about. All of it is append-only.
"""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from cases.intake.models import Batch
from cases.intake.rulebook import RULES
from core.text import Text
from oversight.quality.words import LOOK_PAGES, LOOK_REASONS
from partners.choices import CodeField
from partners.models import Partner

# The narrowest band of shares that is shown of all partners, in percent.
BAND = 5


def title_of(rule: str) -> Text:
    """A rule in words; its name where the rulebook has it no longer."""
    return RULES[rule].title if rule in RULES else Text(rule, rule)


class RuleTally(models.Model):
    """How many rows of a delivery met a rule in a field when the delivery ended: rejected, or held by a check.

    `month`: when the delivery arrived. `tried`: it only asked and stored nothing. `field`: empty where the rule is about the whole
    row. The trigger `tally_rules` writes it with the end of the delivery.
    """

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+", db_index=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+", db_index=False)
    month = models.DateField()
    tried = models.BooleanField()
    rule = models.CharField(max_length=64)
    field = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        permissions = [
            ("view_quality", "Can see what partners have reported and which rules their rows broke"),
            ("view_shares", "Can see exact counts about a partner's records: not known, and months to the decision"),
            ("look_at_desk", "Can see a partner's desk as the partner does"),
        ]
        constraints = [
            models.UniqueConstraint(fields=("batch", "tried", "rule", "field"), name="ruletally_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="ruletally_month_first_day"),
            models.CheckConstraint(condition=Q(rows__gte=1), name="ruletally_rows_positive"),
        ]
        indexes = [models.Index("month", "partner", name="ruletally_months")]

    def __str__(self) -> str:
        # Without the number: this is the title of pages that are read without the right to see exact counts.
        return str(title_of(self.rule))


class FeedbackRead(models.Model):
    """That a person of a partner has opened the feedback of a year, and when for the first time."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    read_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("-read_at", "id")
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=("partner", "year", "user"), name="feedbackread_once")]

    def __str__(self) -> str:
        return f"{self.partner}, {self.year}"


class DeskLook(models.Model):
    """One page of a partner's desk that a member of staff has seen, and why."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    page = CodeField(max_length=16, choices=LOOK_PAGES)
    reason_code = CodeField(max_length=32, choices=LOOK_REASONS)
    looked_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("-looked_at", "id")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(condition=Q(page__in=list(LOOK_PAGES)), name="desklook_page_code"),
            models.CheckConstraint(condition=Q(reason_code__in=list(LOOK_REASONS)), name="desklook_reason_code_code"),
        ]

    def __str__(self) -> str:
        return f"{self.partner}, {LOOK_PAGES[self.page]}"


class FieldComparison(models.Model):
    """The share not known of a field among all partners in a year, as a band in percent. Decided once, and the same for everybody.

    `low`, `high`: None where the rule (`oversight.quality.comparison`) lets no band be shown.
    """

    pk = models.CompositePrimaryKey("year", "field")
    year = models.PositiveSmallIntegerField()
    field = models.CharField(max_length=64)
    low = models.PositiveSmallIntegerField(null=True)
    high = models.PositiveSmallIntegerField(null=True)
    decided_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(low=None, high=None) | Q(low__isnull=False, high=F("low") + BAND, high__lte=100),
                name="fieldcomparison_band",
            )
        ]

    def __str__(self) -> str:
        return f"{self.field} {self.year}"
