"""Releases: their exact tables, the drafts of protected ones, and what is published. All are immutable but for two tables of work.

What would undo a protection lies in the schema `build`, which the role of the web server cannot enter: exact tables, drafts, the
records that were counted, proofs. `cases.classification` says which. The rest is in `public`.

A table's cells are two parallel arrays in one row: the cells that are not zero, by their codes. A row per cell took ten times the
space (see docs/decisions) and gained nothing: a reader always wants a whole table, and finds it by the primary key.
"""

from __future__ import annotations

from django.conf import settings as project
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from cases import choices
from partners.models import Client
from partners.text import now

EXACT, PUBLIC, AUTHORITY = "exact", "public", "authority"
AUDIENCES = (EXACT, PUBLIC, AUTHORITY)
SUPERSEDED, OTHER_DEFINITION, INTERVAL = "superseded", "different_definition", "interval"
DECISIONS = (SUPERSEDED, OTHER_DEFINITION, INTERVAL)
OPEN, RUNNING, DONE, FAILED = "OPEN", "RUNNING", "DONE", "FAILED"
STATES = (OPEN, RUNNING, DONE, FAILED)
LONGEST_REASON, LONGEST_NOTES = 500, 2000


def said(name: str) -> Q:
    """A text that says something."""
    return Q((f"{name}__regex", r"\S"))


class Release(models.Model):
    """One period, counted as of one moment for one audience. `id`: period, audience, vintage (`2023.v1`, `2023.p1`, `2023-Q4.a1`).

    `settings`: depth and dimensions of exact tables, or the tables and parameters of protected ones. `codelists`: the version of
    each code list that the tables use. `records`, `cells`: of each dataset; figures. `snapshots`: a digest of each dataset's
    records. `digest`: of every cell. `commitment`: the SHA-256 of a protected release's key, in hexadecimal; empty for exact ones.
    `change_notes_…`: what changed since the vintage before, in words; every later vintage has them. `rule`: a digest of the rule by
    which an exact release was counted; empty of protected ones, and of those of before it was kept.
    """

    id = models.CharField(max_length=32, primary_key=True)
    period = models.CharField(max_length=16)
    first_month = models.DateField()
    last_month = models.DateField()
    vintage = models.PositiveIntegerField()
    audience = models.CharField(max_length=16, choices=choices.audiences, default=EXACT)
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
                condition=Q(vintage=1) | (said("change_notes_da") & said("change_notes_en")),
                name="release_change_notes_of_vintages",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


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


class Protected(models.Model):
    """One table of a protected release: `codes` and `counts` are the cells that are shown, `hidden` those that are not.

    Of a public release a cell in neither is a published zero. Of an authority's release `hidden` is empty, and every cell that
    is not shown is hidden. `offered`: whether enough of the table is shown to be worth reading.
    """

    pk = models.CompositePrimaryKey("release_id", "dataset", "axes")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, db_index=False)
    dataset = models.CharField(max_length=16)
    axes = models.CharField(max_length=200)
    codes = ArrayField(models.TextField())
    counts = ArrayField(models.IntegerField())
    hidden = ArrayField(models.TextField(), default=list)
    offered = models.BooleanField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(codes__len=F("counts__len")), name="%(class)s_counts_of_codes"),
            models.CheckConstraint(condition=~Q(codes__overlap=F("hidden")), name="%(class)s_shown_or_hidden"),
        ]

    def __str__(self) -> str:
        return f"{self.release_id} {self.dataset} {self.axes}"


class ProtectedTable(Protected):
    """A table of a draft, in the schema `build`."""


class PublishedTable(Protected):
    """A table of a published release: the draft's, copied by the database when it was published."""


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
    """The audit of a draft: whether it passed, and against which published releases (ids), all that were there.

    `report`: for staff on the server; it tells of true counts. `certificate`: the public one. `margins`: how much room the audit
    found, for the person who approves; no figures.
    """

    release = models.OneToOneField(Release, on_delete=models.PROTECT, primary_key=True)
    passed = models.BooleanField()
    report = models.JSONField()
    certificate = models.JSONField()
    against = models.JSONField(default=list)
    margins = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.pk)


class Work(models.Model):
    """What a build that was interrupted had found, by a hash of what it was asked; deleted when it is done."""

    key = models.CharField(max_length=64, primary_key=True)
    state = models.JSONField()
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.key


class Certificate(models.Model):
    """The public certificate of a published release."""

    release = models.OneToOneField(Release, on_delete=models.PROTECT, primary_key=True)
    body = models.JSONField()

    def __str__(self) -> str:
        return str(self.pk)


class Publication(models.Model):
    """That a release is published, and who approved it. Written by the database's function alone; final."""

    release = models.OneToOneField(Release, on_delete=models.PROTECT, primary_key=True)
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    published_at = models.DateTimeField(db_default=Now(), editable=False)

    def __str__(self) -> str:
        return str(self.pk)


class Withdrawal(models.Model):
    """That a published release should be used no more, why, and which one replaces it. It was read, so it stays knowledge."""

    release = models.OneToOneField(Release, on_delete=models.PROTECT, primary_key=True)
    replacement = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(max_length=LONGEST_REASON)
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    withdrawn_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=said("reason"), name="withdrawal_reason_said"),
            models.CheckConstraint(condition=~Q(replacement=F("release")), name="withdrawal_by_another"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class FactDecision(models.Model):
    """What staff decided of a figure that others have published and the records contradict. The latest of a fact holds."""

    id = models.BigAutoField(primary_key=True)
    fact = models.CharField(max_length=200)
    decision = models.CharField(max_length=32, choices=choices.fact_decisions)
    low = models.PositiveIntegerField(null=True, blank=True)
    high = models.PositiveIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=LONGEST_REASON)
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    decided_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("decided_at", "id")
        constraints = [
            models.CheckConstraint(condition=Q(decision__in=DECISIONS), name="factdecision_code"),
            models.CheckConstraint(
                condition=Q(decision=INTERVAL, low__isnull=False)
                | (~Q(decision=INTERVAL) & Q(low__isnull=True, high__isnull=True)),
                name="factdecision_bounds_of_intervals",
            ),
            models.CheckConstraint(condition=Q(high__gte=F("low")), name="factdecision_low_below_high"),
            models.CheckConstraint(condition=said("reason"), name="factdecision_reason_said"),
        ]

    def __str__(self) -> str:
        return f"{self.fact}: {now(choices.FACT_DECISIONS[self.decision])}"

    @property
    def subject(self) -> str:
        """What the audit calls it, in no language."""
        return f"{self.fact}: {self.decision}"


class BuildOrder(models.Model):
    """A protected release that staff want built; a command on the server builds it. `message`: what came of it, without figures."""

    id = models.BigAutoField(primary_key=True)
    period = models.CharField(max_length=16)
    audience = models.CharField(max_length=16, choices=choices.protected_audiences)
    choice = models.JSONField(null=True, blank=True)
    change_notes_da = models.CharField(max_length=LONGEST_NOTES, blank=True, default="")
    change_notes_en = models.CharField(max_length=LONGEST_NOTES, blank=True, default="")
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    ordered_at = models.DateTimeField(db_default=Now(), editable=False)
    state = models.CharField(max_length=16, choices=choices.order_states, default=OPEN, editable=False)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, null=True, editable=False, db_index=False)
    message = models.TextField(default="", editable=False)

    class Meta:
        ordering = ("ordered_at", "id")
        constraints = [
            models.CheckConstraint(condition=Q(audience__in=(PUBLIC, AUTHORITY)), name="buildorder_audience_code"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="buildorder_state_code"),
        ]

    def __str__(self) -> str:
        return f"{self.period}, {now(choices.AUDIENCES[self.audience])}"

    @property
    def subject(self) -> str:
        """What the audit calls it, in no language."""
        return f"{self.period} {self.audience} {self.state}"
