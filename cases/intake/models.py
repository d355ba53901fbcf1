"""Deliveries: a file or a body of many referrals, what waits of it, and what became of each row.

A batch stays for good and holds nothing of a person. What was staged waits a day at most, and results stay 30 days.
"""

from __future__ import annotations

from enum import StrEnum
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from cases.fields import WIDTH
from cases.models import ReferralContent
from core.text import say
from partners.models import Client, Partner


class BatchState(StrEnum):
    """Where a batch is. In `needs_review` its rows wait for the sender."""

    QUEUED = "queued"
    RUNNING = "running"
    NEEDS_REVIEW = "needs_review"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class BatchStage(StrEnum):
    """What is done with a batch that is running, in this order."""

    GUARDING = "guarding"
    CHECKING = "checking"
    COMPARING = "comparing"
    STORING = "storing"
    REPORTING = "reporting"


class Handling(StrEnum):
    """All rows or none, or every row that can be stored (`Prefer: handling`)."""

    STRICT = "strict"
    LENIENT = "lenient"


class Outcome(StrEnum):
    """What became of a row, or would become of it."""

    CREATED = "created"
    CORRECTED = "corrected"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"
    HELD = "held"


class Batch(models.Model):
    """One delivery. `done` of `total` rows are checked, and of the checked ones those before `applied` are stored.

    `user`: the person who sent it; none where a machine did. `committed_by`: the person by whose word its rows are stored; none
    where a machine gave it. `confirmed_by`: who has confirmed what it asks and stored nothing; none once it is committed.

    `key_digest`: an HMAC of the Idempotency-Key; none where the file was refused, so that the key is free again. `fingerprint`: an
    HMAC of the file and of what was asked for. `content_digest`: an HMAC of the partner and the file alone; empty for one of before
    0.11. `problem`: the code of the problem for which all of it was refused. `findings` and
    `questions`: of the whole file. `columns`: the column of each member of a row, from 0; JSON has none. `waits`: its rows are
    staged and can be committed. `problem`, findings, questions and columns name rules, members, columns and rows, and no value.
    `mapping`: how its columns and words are read, with the orders that its dates prove, the same at every step once it was guarded;
    empty once it has ended.
    `began_at`: when its stage began.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, db_index=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, db_index=False)
    committed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    key_digest = models.CharField(max_length=64, null=True)  # noqa: DJ001 (several may have none)
    fingerprint = models.CharField(max_length=64)
    content_digest = models.CharField(max_length=64, default="")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    began_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=16, default=str(BatchState.QUEUED))
    stage = models.CharField(max_length=16, default=str(BatchStage.GUARDING))
    dry_run = models.BooleanField()
    handling = models.CharField(max_length=8)
    prefer_latest = models.BooleanField(default=False)
    format = models.CharField(max_length=8, default="")
    language = models.CharField(max_length=2, default="en")
    sheet = models.CharField(max_length=32, default="")
    total = models.PositiveIntegerField(null=True)
    done = models.PositiveIntegerField(default=0)
    applied = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    corrected = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    stored = models.BooleanField(default=False)
    waits = models.BooleanField(default=False)
    problem = models.CharField(max_length=32, default="")
    mapping = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    questions = models.JSONField(default=list)
    columns = models.JSONField(default=dict)

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = [
            models.UniqueConstraint(fields=("partner", "key_digest"), name="batch_key"),
            models.CheckConstraint(condition=Q(state__in=[str(each) for each in BatchState]), name="batch_state_code"),
            models.CheckConstraint(condition=Q(stage__in=[str(each) for each in BatchStage]), name="batch_stage_code"),
            models.CheckConstraint(
                condition=Q(handling__in=[str(each) for each in Handling]), name="batch_handling_code"
            ),
        ]
        indexes = [models.Index("partner", "created_at", "id", name="batch_pages")]

    def __str__(self) -> str:
        return f"{self.state}, {self.done} rows"

    @property
    def is_to_be_stored(self) -> bool:
        """Whether its rows are stored once they are compared, where nothing is asked: it is no dry run, nor confirmed alone."""
        return not self.dry_run and self.confirmed_by_id is None


class StagedRow(ReferralContent):
    """A row that keeps all rules and waits to be stored. The table is UNLOGGED: neither the log of PostgreSQL nor a backup has it.

    `expected`: the version that it says to correct. `seen`: the stored version without which it would break a rule. `token`: the
    case token that was sent; `new_token` and `case_id` are of the case that is opened where none was. `checks`: its findings that
    are no errors. `holds`: one of them waits for a confirmation. `repeats`: an earlier row of the batch has the same content;
    `contradicts`: another row of the batch has the same reference and other content.
    """

    pk = models.CompositePrimaryKey("batch_id", "index")
    batch_id = models.UUIDField()
    index = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    reference = models.UUIDField()
    digest = models.CharField(max_length=64)
    content = models.CharField(max_length=64, db_default="")
    expected = models.PositiveIntegerField(null=True)
    seen = models.PositiveIntegerField(null=True)
    token = models.CharField(max_length=11, null=True)  # noqa: DJ001 (a row without one opens a case)
    new_token = models.CharField(max_length=11)
    case_id = models.UUIDField(db_default=RandomUUID())
    checks = models.JSONField(null=True)
    holds = models.BooleanField()
    repeats = models.BooleanField(db_default=False)
    contradicts = models.BooleanField(db_default=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"row {self.index}"


class RowResult(models.Model):
    """What became of a row, or would become of it. Its case token is that of the version that it led to."""

    pk = models.CompositePrimaryKey("batch_id", "index")
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    index = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    reference = models.UUIDField(null=True)
    outcome = models.CharField(max_length=16)
    version = models.PositiveIntegerField(null=True)
    findings = models.JSONField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"row {self.index}: {self.outcome}"


class ErrorFile(models.Model):
    """A file that says what is wrong with rows, for the sender: rows of the sender's table, and nothing else of it."""

    pk = models.CompositePrimaryKey("batch_id", "format")
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, db_index=False)
    format = models.CharField(max_length=8)
    content = models.BinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.format)


class ColumnMapping(models.Model):
    """How a partner's own columns and words are read: what it has told us once, and can change.

    `used_at`: when a delivery last used it, to the day, or somebody changed it.
    """

    partner = models.OneToOneField(Partner, on_delete=models.PROTECT, primary_key=True, related_name="+")
    content = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    used_at = models.DateTimeField(db_default=Now())

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"version {self.version}"


class Confirmation(models.Model):
    """That a partner has confirmed what a check asked about, of this content. Append-only.

    `digest`: an HMAC of the row's reference and content, or of a delivery check and the rows that it is about.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, db_index=False)
    rule = models.CharField(max_length=48)
    digest = models.CharField(max_length=64)
    reason_code = models.CharField(max_length=WIDTH)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, null=True, db_index=False)
    confirmed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=("partner", "digest", "rule"), name="confirmation_once")]

    def __str__(self) -> str:
        return str(self.rule)


class RevalidationReport(models.Model):
    """What stored referrals would meet if they were sent today: how many of each partner and year, by rule. Append-only.

    `partner`: the one that was looked at; None for all. `refused`: they break a rule. `held`: a check asks what nobody has
    confirmed. `counts`: a number for each rule, partner and year. `user`: who ran it; None for a command on the server.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, db_index=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, db_index=False)
    referrals = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
    held = models.PositiveIntegerField()
    counts = models.JSONField(default=list)
    schema_version = models.CharField(max_length=8)

    class Meta:
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return str(say(f"{self.referrals} henvisninger", f"{self.referrals} referrals"))
