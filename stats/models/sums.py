"""Sums of counts in releases: what a draft shows and what it counted, in the schema `build`; and what is published of it.

A dataset is one of `sums.datasets`, `outreach.contacts`. A table is of one measure. `axes` are its dimensions, joined by commas and
empty of the total; `codes[i]` has a code of each, joined by ``|``.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from partners.models import Partner
from stats.models.releases import Release

LONGEST_NAME = 64


class SumArrays(models.Model):
    """One measure by one table of a dataset: cell `codes[i]` is shown as `counts[i]`, and `hidden` are those that are not shown.

    A cell of a public release in neither is a published zero. In a release for authorities `hidden` is empty, and every cell that
    is not shown is hidden. Where the total is hidden, nothing of the measure is shown.
    """

    pk = models.CompositePrimaryKey("release_id", "dataset", "measure", "axes")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, db_index=False)
    dataset = models.CharField(max_length=LONGEST_NAME)
    measure = models.CharField(max_length=LONGEST_NAME)
    axes = models.CharField(max_length=200)
    codes = ArrayField(models.TextField())
    counts = ArrayField(models.BigIntegerField())
    hidden = ArrayField(models.TextField(), default=list)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(codes__len=F("counts__len")), name="%(class)s_counts_of_codes"),
            models.CheckConstraint(condition=~Q(codes__overlap=F("hidden")), name="%(class)s_shown_or_hidden"),
        ]

    def __str__(self) -> str:
        return f"{self.release_id} {self.dataset} {self.measure} {self.axes}"


class DraftSumTable(SumArrays):
    """A table of sums of a draft, in the schema `build`."""


class PublishedSumTable(SumArrays):
    """A table of sums of a published release: the draft's, copied by the database when it was published."""


class SumToldArrays(models.Model):
    """What everybody is told of the hidden sums of one table of the release `of`, once `release` is published.

    Cell `codes[i]` is at least `least[i]` and at most `most[i]`; null is no bound. Of those that are published the last holds.
    """

    pk = models.CompositePrimaryKey("release_id", "of_id", "dataset", "measure", "axes")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, db_index=False)
    of = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    dataset = models.CharField(max_length=LONGEST_NAME)
    measure = models.CharField(max_length=LONGEST_NAME)
    axes = models.CharField(max_length=200)
    codes = ArrayField(models.TextField())
    least = ArrayField(models.BigIntegerField())
    most = ArrayField(models.BigIntegerField(null=True))

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(codes__len=F("least__len")), name="%(class)s_least_of_codes"),
            models.CheckConstraint(condition=Q(codes__len=F("most__len")), name="%(class)s_most_of_codes"),
        ]

    def __str__(self) -> str:
        return f"{self.of_id} since {self.release_id} {self.dataset} {self.measure} {self.axes}"


class DraftSumTold(SumToldArrays):
    """What a draft tells of hidden sums once it is published, in the schema `build`."""


class PublishedSumTold(SumToldArrays):
    """What everybody is told of hidden sums: the draft's, copied by the database when it was published."""


class SumCoverageNumbers(models.Model):
    """What is behind the sums of a dataset, told of the whole of it and never by name.

    Of `due` reports `came` have come, and `beside` them others that nobody had asked for. `knowing`: by measure how many of all
    these know it in each of their lines. Where `came` is below `due`, or a number of `knowing` below `came` and `beside` together,
    each figure is "at least".
    """

    pk = models.CompositePrimaryKey("release_id", "dataset")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, db_index=False)
    dataset = models.CharField(max_length=LONGEST_NAME)
    due = models.PositiveIntegerField()
    came = models.PositiveIntegerField()
    beside = models.PositiveIntegerField()
    knowing = models.JSONField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.release_id} {self.dataset}"


class DraftSumCoverage(SumCoverageNumbers):
    """What is behind the sums of a draft, in the schema `build`."""


class PublishedSumCoverage(SumCoverageNumbers):
    """What is behind the sums of a published release: the draft's, copied by the database when it was published."""


class SumLeaf(models.Model):
    """So many contributions (`value`) in a line of a report that a release counted, which all bear the same marks.

    A later vintage has to know what this one counted. `sender`: the partner whose client sent the report. `period`: its first day.
    `month`: the first day of the month in which it counts. `marks`: the measures that count these contributions, joined by ``+``.
    `codes`: those of the line, joined by ``|``. In the schema `build`.
    """

    pk = models.CompositePrimaryKey("release_id", "dataset", "partner_id", "period", "marks", "codes")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, db_index=False)
    dataset = models.CharField(max_length=LONGEST_NAME)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+", db_index=False)
    sender = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+", db_index=False)
    period = models.DateField()
    month = models.DateField()
    marks = models.TextField()
    codes = models.TextField()
    value = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(value__gt=0), name="sumleaf_value_above_zero")]

    def __str__(self) -> str:
        return f"{self.release_id} {self.dataset}"
