"""What changed between two vintages, and errata. All of it is immutable, as releases are."""

from __future__ import annotations

from django.conf import settings as project
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from cases.statistics.models import LONGEST_NOTES, Release, said

ARRAYS = ("before", "after", "change")


class Changed(models.Model):
    """What changed in one table since another vintage, cell by cell: `codes[i]` as in the tables of releases.

    `before[i]` and `after[i]`: what each vintage shows, null where it is hidden. `change[i]`: null where it is hidden. Of a public
    release a cell that is not listed did not change; of an authority's it is hidden.
    """

    pk = models.CompositePrimaryKey("release_id", "dataset", "axes")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, db_index=False)
    since = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+", db_index=False)
    dataset = models.CharField(max_length=16)
    axes = models.CharField(max_length=200)
    codes = ArrayField(models.TextField())
    before = ArrayField(models.IntegerField(null=True))
    after = ArrayField(models.IntegerField(null=True))
    change = ArrayField(models.IntegerField(null=True))

    class Meta:
        abstract = True
        constraints = [
            *(
                models.CheckConstraint(condition=Q(codes__len=F(f"{name}__len")), name=f"%(class)s_{name}_of_codes")
                for name in ARRAYS
            ),
            models.CheckConstraint(condition=~Q(since=F("release")), name="%(class)s_since_another"),
        ]

    def __str__(self) -> str:
        return f"{self.release_id} since {self.since_id} {self.dataset} {self.axes}"


class DraftChange(Changed):
    """Of a draft, in the schema `build`."""


class PublishedChange(Changed):
    """Of a published release: the draft's, copied by the database when it was published."""


class Erratum(models.Model):
    """What has to be known of a published release that is wrong or may mislead; its figures stay as they are."""

    id = models.BigAutoField(primary_key=True)
    release = models.ForeignKey(Release, on_delete=models.PROTECT)
    text_da = models.CharField(max_length=LONGEST_NOTES)
    text_en = models.CharField(max_length=LONGEST_NOTES)
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    published_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("published_at", "id")
        constraints = [
            models.CheckConstraint(condition=said("text_da") & said("text_en"), name="erratum_said"),
        ]

    def __str__(self) -> str:
        return f"{self.release_id}"
