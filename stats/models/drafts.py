"""The tables of the schema `build`: exact tables, drafts with their proofs, and what is kept of erased persons."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from partners.models import Partner
from stats.models.releases import Release

ARRAYS = ("before", "after", "change")


class ReleaseTable(models.Model):
    """One table of an exact release: `axes` names it, `counts[i]` is the number of records with the codes `codes[i]`.

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
            models.CheckConstraint(condition=Q(codes__len=F("counts__len")), name="releasetable_counts_of_codes"),
        ]

    def __str__(self) -> str:
        return f"{self.release_id} {self.dataset} {self.axes}"


class ProtectedCells(models.Model):
    """One table of a protected release: `codes` and `counts` are the cells that are shown, `hidden` those that are not.

    A cell of a public release in neither is a published zero. In a release for authorities `hidden` is empty, and every cell
    that is not shown is hidden. `within` are the hidden cells of which everybody is told that they have 0 to `symbol` persons;
    every other hidden cell has more. Without a symbol there are none. `offered`: enough of the table is told to be worth reading.
    """

    pk = models.CompositePrimaryKey("release_id", "dataset", "axes")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, db_index=False)
    dataset = models.CharField(max_length=16)
    axes = models.CharField(max_length=200)
    codes = ArrayField(models.TextField())
    counts = ArrayField(models.IntegerField())
    hidden = ArrayField(models.TextField(), default=list)
    symbol = models.PositiveSmallIntegerField(null=True)
    within = ArrayField(models.TextField(), default=list)
    offered = models.BooleanField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(codes__len=F("counts__len")), name="%(class)s_counts_of_codes"),
            models.CheckConstraint(condition=~Q(codes__overlap=F("hidden")), name="%(class)s_shown_or_hidden"),
            models.CheckConstraint(condition=Q(hidden__contains=F("within")), name="%(class)s_within_hidden"),
            models.CheckConstraint(condition=Q(symbol__isnull=False) | Q(within=[]), name="%(class)s_within_symbol"),
        ]

    def __str__(self) -> str:
        return f"{self.release_id} {self.dataset} {self.axes}"


class ProtectedTable(ProtectedCells):
    """A table of a draft, in the schema `build`."""


class SnapshotRecord(models.Model):
    """One record that a protected release counted: its month, and a submitted code for each dimension of the dataset, in order."""

    pk = models.CompositePrimaryKey("release_id", "dataset", "record")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, db_index=False)
    dataset = models.CharField(max_length=16)
    record = models.UUIDField()
    month = models.DateField()
    codes = ArrayField(models.TextField())

    def __str__(self) -> str:
        return f"{self.release_id} {self.dataset}"


class Proof(models.Model):
    """The audit of a draft: whether it passed, and `against` which published releases (by id), all that there were.

    `report`: for staff on the server, since it tells of true counts. `certificate`: the public one. `margins`: the room to
    spare, for the person who approves; it has no counts. `behind`: of persons and of each dataset of sums how many reports were
    expected and came. `few_reports`: of one of them it was a smaller share than `HENVIS_LEAST_REPORTS`.
    """

    release = models.OneToOneField(Release, on_delete=models.PROTECT, primary_key=True)
    passed = models.BooleanField()
    report = models.JSONField()
    certificate = models.JSONField()
    against = models.JSONField(default=list)
    margins = models.JSONField(default=dict)
    behind = models.JSONField(default=dict)
    few_reports = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.pk)


class CountedFact(models.Model):
    """How many persons a refused build counted of a figure that its records contradict, for who decides on it.

    In the schema `build`: it is an exact figure.
    """

    id = models.BigAutoField(primary_key=True)
    fact = models.CharField(max_length=200)
    persons = models.PositiveIntegerField()
    counted_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.fact


class ChangeArrays(models.Model):
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


class DraftChange(ChangeArrays):
    """The changes of a draft, in the schema `build`."""


class ToldArrays(models.Model):
    """What everybody is told of the hidden cells of one table of the release `of`, once `release` is published.

    Cell `codes[i]` has at least `least[i]` persons and at most `most[i]`; null is no bound. Without a row the last before holds.
    """

    pk = models.CompositePrimaryKey("release_id", "of_id", "dataset", "axes")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, db_index=False)
    of = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    dataset = models.CharField(max_length=16)
    axes = models.CharField(max_length=200)
    codes = ArrayField(models.TextField())
    least = ArrayField(models.IntegerField())
    most = ArrayField(models.IntegerField(null=True))

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(codes__len=F("least__len")), name="%(class)s_least_of_codes"),
            models.CheckConstraint(condition=Q(codes__len=F("most__len")), name="%(class)s_most_of_codes"),
        ]

    def __str__(self) -> str:
        return f"{self.of_id} since {self.release_id} {self.dataset} {self.axes}"


class DraftTold(ToldArrays):
    """What a draft tells once it is published, in the schema `build`."""


class ErasedKnowledge(models.Model):
    """That a partner is an insider of an erased person whom protected releases counted. `record`: the random id that hers now has.

    The partner still knows her. Later audits must reckon with it, or they would protect the others in her cells too weakly.
    `decided`: the partner assessed her; otherwise it referred her. In the schema `build`.
    """

    pk = models.CompositePrimaryKey("record", "partner_id", "decided")
    record = models.UUIDField()
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, db_index=False)
    decided = models.BooleanField()

    def __str__(self) -> str:
        return str(self.record)


class ErasedCount(models.Model):
    """A record that a release counted of somebody who was erased: its hash, and the places of its codes among the counted ones.

    `month`: of protected releases, which keep it of every record. Without `leaves`: a record that the release did not count and
    that is there by an erasure alone, because her cases were tied to another person's. In the schema `build`.
    `id`: at random, since a number would say which rows are of one erasure, and of which one.
    """

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    release = models.ForeignKey("statistics.Release", on_delete=models.PROTECT, related_name="+")
    dataset = models.CharField(max_length=16)
    hash = models.BinaryField(max_length=32)
    month = models.DateField(null=True)
    leaves = ArrayField(models.SmallIntegerField(), null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.release_id} {self.dataset}"
