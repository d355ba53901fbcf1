"""Releases and their tables. Both are immutable: database triggers refuse every change, and the release row seals its tables.

A table's cells are two parallel arrays in one row: the cells that are not zero, by their codes. A row per cell took ten times the
space (see docs/decisions) and gained nothing: a reader always wants a whole table, and finds it by the primary key.
"""

from __future__ import annotations

from django.conf import settings as project
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from partners.models import Client

EXACT = "exact"


class Release(models.Model):
    """One period, counted as of one moment. `id` is the period and the vintage: `2023.v1`.

    `settings`: depth, and the dimensions of each dataset. `codelists`: the version of each code list that the tables use.
    `records`, `cells`: of each dataset; figures. `snapshots`: a digest of each dataset's records. `digest`: of every cell.
    """

    id = models.CharField(max_length=32, primary_key=True)
    period = models.CharField(max_length=16)
    first_month = models.DateField()
    last_month = models.DateField()
    vintage = models.PositiveIntegerField()
    audience = models.CharField(max_length=16, default=EXACT)
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
    notes = models.JSONField(default=list)
    software = models.CharField(max_length=32)

    class Meta:
        ordering = ("first_month", "last_month", "vintage")
        constraints = [
            models.UniqueConstraint(fields=("audience", "period", "vintage"), name="release_vintage"),
            models.CheckConstraint(condition=models.Q(audience__in=[EXACT]), name="release_audience_code"),
            models.CheckConstraint(condition=models.Q(last_month__gte=models.F("first_month")), name="release_months"),
        ]

    def __str__(self) -> str:
        return self.pk


class ReleaseTable(models.Model):
    """One table of a release: `axes` names it, `counts[i]` is the number of records with the codes `codes[i]`.

    `codes[i]` holds a code for each axis, joined by ``|``; it is the empty text in the total. Zeros are not stored.
    """

    pk = models.CompositePrimaryKey("release_id", "dataset", "axes")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, db_index=False)
    dataset = models.CharField(max_length=16)
    axes = models.CharField(max_length=200)
    codes = ArrayField(models.TextField())
    counts = ArrayField(models.IntegerField())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(codes__len=models.F("counts__len")), name="releasetable_counts_of_codes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.release_id} {self.dataset} {self.axes}"
