"""Linkage codes, undecided pairs, and decisions on pairs."""

from __future__ import annotations

from enum import StrEnum
from uuid import uuid4

from django.conf import settings as project
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from cases.choices import codes_of
from cases.codelists.staff import DIFFERENT_REASON, LINK_REASON
from cases.duplicates.evidence import Reason
from cases.fields import WIDTH
from cases.linking.models import LinkDecision
from cases.models import Case
from core.text import Text
from partners.choices import CodeField
from partners.models import Partner

PAIRS = {"SAME": Text("Én person", "One person"), "DIFFERENT": Text("To personer", "Two persons")}
# Why two persons are candidates.
EVIDENCE = {
    "linkage_code": Text("samme koblingskode", "the same linkage code"),
    "pattern": Text("sjældent mønster i oplysningerne", "a rare pattern of values"),
}
PAIR_REASONS = codes_of(LINK_REASON, DIFFERENT_REASON)


TWO_CASES = Text("to sager", "two cases")


class Decision(StrEnum):
    """A decision on a pair: one person, or two."""

    SAME = "SAME"
    DIFFERENT = "DIFFERENT"


def of_reasons(name: str) -> models.CheckConstraint:
    """A constraint: at least one reason, and known reasons alone."""
    codes = Q(reasons__contained_by=[str(reason) for reason in Reason])
    return models.CheckConstraint(condition=codes & Q(reasons__len__gte=1), name=name)


class LinkageCode(models.Model):
    """The linkage code of one referral, as an HMAC under our pepper (64 hexadecimal digits). The code itself is not stored.

    It has no versions: its partner may replace and delete it.
    """

    pk = models.CompositePrimaryKey("partner_id", "reference")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, db_index=False)
    reference = models.UUIDField()
    digest = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="linkagecode_digest"),
        ]

    def __str__(self) -> str:
        return "linkage code"


# The columns that name the cases of a pair.
PAIR = ("case_a", "case_b")


class Duplicate(models.Model):
    """A candidate: two persons, each named by a case, who may be one. A search replaces the undecided pairs of an earlier search.

    `score`: bits of evidence beyond an even chance; 3 is 8 to 1. `found_at`: when the pair was first found. `case_a` has the
    smaller id, so that each pair is stored once.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case_a = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    case_b = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    reasons = ArrayField(models.CharField(max_length=WIDTH))
    score = models.FloatField()
    found_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("-score", "id")
        permissions = [("decide_duplicates", "Can decide whether two cases are one person")]
        constraints = [
            models.UniqueConstraint(fields=("case_a", "case_b"), name="duplicate_pair"),
            models.CheckConstraint(condition=Q(case_a__lt=F("case_b")), name="duplicate_in_order"),
            of_reasons("duplicate_reasons"),
        ]

    def __str__(self) -> str:
        return str(TWO_CASES)


class DuplicateDecision(models.Model):
    """A decision on a pair, with its reason and the evidence of that time. `merge` is the link decision that followed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case_a = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    case_b = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    decision = CodeField(max_length=16, choices=PAIRS)
    reasons = ArrayField(models.CharField(max_length=WIDTH))
    score = models.FloatField()
    reason_code = CodeField(max_length=WIDTH, choices=PAIR_REASONS)
    merge = models.ForeignKey(LinkDecision, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    decided_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("decided_at", "id")
        constraints = [
            models.CheckConstraint(condition=Q(case_a__lt=F("case_b")), name="duplicatedecision_in_order"),
            of_reasons("duplicatedecision_reasons"),
            models.CheckConstraint(
                condition=Q(decision=str(Decision.SAME), merge__isnull=False, reason_code__in=LINK_REASON.names)
                | Q(decision=str(Decision.DIFFERENT), merge__isnull=True, reason_code__in=DIFFERENT_REASON.names),
                name="duplicatedecision_code",
            ),
        ]

    def __str__(self) -> str:
        return str(PAIRS[self.decision])
