"""What remains after an erasure: a tombstone, and digests by which erased tokens and references are recognised.

Digests are HMACs under the pepper (`cases.erased.digests`). References have no link to tombstones, so that nothing here says which
partners' records were of one person. All tables are append-only; only the guarded function `henvis_erase` writes them.
"""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings as project
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from cases.choices import codes_of
from cases.codelists.staff import ERASURE_REASON
from cases.fields import WIDTH
from core.text import short
from partners.choices import CodeField
from partners.models import Partner

# Why a rule erases; no member of staff does.
EXPIRED = "EXPIRED"
ERASURE_REASONS = codes_of(ERASURE_REASON)
REASONS_OF_STAFF = [(code, label) for code, label in ERASURE_REASONS if code != EXPIRED]

DIGEST = r"^[0-9a-f]{64}$"


class Tombstone(models.Model):
    """The erasure of a person: when, by whom, why, and how many rows of each kind. `test`: a person of test cases.

    `user`: none where the time was over for which she is kept. `kept`: the counts in releases were kept (`ErasedCount`); false
    for erasures made before counts were kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    test = models.BooleanField()
    erased_at = models.DateTimeField(db_default=Now(), editable=False)
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, db_index=False)
    reason_code = CodeField(max_length=WIDTH, choices=ERASURE_REASONS)
    counts = models.JSONField()
    kept = models.BooleanField(db_default=True, editable=False)

    class Meta:
        ordering = ("-erased_at", "id")
        permissions = [
            ("produce_case", "Can produce everything that is held about the person of a case"),
            ("erase_case", "Can erase the person of a case for good"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(reason_code__in=ERASURE_REASON.names), name="tombstone_reason_code"),
            models.CheckConstraint(
                condition=Q(reason_code=EXPIRED, user=None) | ~Q(reason_code=EXPIRED) & Q(user__isnull=False),
                name="tombstone_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return short(self.pk)


class ErasedToken(models.Model):
    """The digest of an erased case's token. Quoting the token opens a new case, and staff see that the token was erased."""

    digest = models.CharField(max_length=64, primary_key=True)
    tombstone = models.ForeignKey(Tombstone, on_delete=models.PROTECT, related_name="tokens", db_index=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(digest__regex=DIGEST), name="erasedtoken_digest")]

    def __str__(self) -> str:
        return "erased token"


class ErasedReference(models.Model):
    """The digest of a name under which a partner may send an erased referral again: its reference, or its Idempotency-Key."""

    pk = models.CompositePrimaryKey("partner_id", "digest")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, db_index=False)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(digest__regex=DIGEST), name="erasedreference_digest")]

    def __str__(self) -> str:
        return "erased reference"


class ExpiredYear(models.Model):
    """That persons of a year were erased because their time was over. `identified`: persons who had been identified as victims.

    What is left of the year is not all of it: no release of it is built any more.
    """

    pk = models.CompositePrimaryKey("year", "identified")
    year = models.PositiveSmallIntegerField()
    identified = models.BooleanField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.year)
