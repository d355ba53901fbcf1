"""A release, and the constants of releases."""

from __future__ import annotations

from django.conf import settings as project
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from core.rows import StoredRow
from partners.choices import CodeField
from partners.models import Client
from stats import choices

EXACT, PUBLIC, AUTHORITY = "exact", "public", "authority"
AUDIENCES = (EXACT, PUBLIC, AUTHORITY)
LONGEST_REASON, LONGEST_NOTES = 500, 2000


def has_words(name: str) -> Q:
    """A condition on a column: its text is not blank."""
    return Q((f"{name}__regex", r"\S"))


class Release(StoredRow):
    """One period, counted as of one moment for one audience. `id`: period, audience, vintage (`2023.v1`, `2023.p1`, `2023-Q4.a1`).

    `settings`: depth and dimensions of exact tables, or the tables and parameters of protected ones. `codelists`: the version of
    each code list that the tables use. `records`, `cells`: of each dataset; figures. `snapshots`: a digest of each dataset's
    records. `digest`: of every cell. `commitment`: the SHA-256 of a protected release's key, in hexadecimal; empty for exact ones.
    `change_notes_…`: what changed since the vintage before, in words; every later vintage has them. `rule`: a digest of the rule by
    which an exact release was counted; empty of protected ones, and of those of before it was kept.
    `reason_…`: why it was ordered although something speaks against publishing it (`henvis_grounds`).
    """

    id = models.CharField(max_length=32, primary_key=True)
    period = models.CharField(max_length=16)
    first_month = models.DateField()
    last_month = models.DateField()
    vintage = models.PositiveIntegerField()
    audience = CodeField(max_length=16, choices=choices.AUDIENCES, default=EXACT)
    as_of = models.DateTimeField()
    built_at = models.DateTimeField(db_default=Now(), editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, null=True, db_index=False)
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, db_index=False)
    settings = models.JSONField()
    codelists = models.JSONField()
    records = models.JSONField()
    cells = models.JSONField()
    snapshots = models.JSONField()
    digest = models.CharField(max_length=64)
    commitment = models.CharField(max_length=64, default="")
    notes = models.JSONField(default=list)
    change_notes_da = models.CharField(max_length=LONGEST_NOTES, default="")
    change_notes_en = models.CharField(max_length=LONGEST_NOTES, default="")
    reason_da = models.CharField(max_length=LONGEST_REASON, default="")
    reason_en = models.CharField(max_length=LONGEST_REASON, default="")
    software = models.CharField(max_length=32)
    rule = models.CharField(max_length=64, default="")

    class Meta:
        ordering = ("first_month", "last_month", "vintage")
        # To build is one person's act and to publish another's.
        permissions = [("approve_release", "Can publish and withdraw releases that others built")]
        constraints = [
            models.UniqueConstraint(fields=("audience", "period", "vintage"), name="release_vintage"),
            models.CheckConstraint(condition=Q(audience__in=AUDIENCES), name="release_audience_code"),
            models.CheckConstraint(condition=Q(last_month__gte=F("first_month")), name="release_months"),
            models.CheckConstraint(
                condition=Q(audience=EXACT, commitment="")
                | (~Q(audience=EXACT) & Q(commitment__regex=r"^[0-9a-f]{64}$")),
                name="release_commitment_of_protected",
            ),
            models.CheckConstraint(
                condition=Q(vintage=1) | (has_words("change_notes_da") & has_words("change_notes_en")),
                name="release_change_notes_of_vintages",
            ),
        ]
