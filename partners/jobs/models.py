"""Jobs, as the library's table has them. Rows are added by `defer`, and changed by workers and functions of the database alone.

The states of a job, as the library writes them.
"""

from __future__ import annotations

from django.db import models

from core.text import short
from partners.jobs.registry import words_of


class Job(models.Model):
    """A job. `args`: the ids of what it is about. `attempts`: how often it was begun and came to no good end.

    `error`, `where`: the class and the line of code of the latest error; empty where there was none. Never its message.
    """

    id = models.BigAutoField(primary_key=True)
    queue_name = models.CharField(max_length=128)
    task_name = models.CharField(max_length=128)
    priority = models.IntegerField()
    lock = models.TextField(null=True)  # noqa: DJ001 (the library's)
    queueing_lock = models.TextField(null=True)  # noqa: DJ001
    args = models.JSONField()
    status = models.CharField(max_length=32)
    scheduled_at = models.DateTimeField(null=True)
    attempts = models.IntegerField()
    abort_requested = models.BooleanField()
    worker_id = models.BigIntegerField(null=True)
    error = models.CharField(max_length=200, db_column="henvis_error")
    where = models.CharField(max_length=200, db_column="henvis_where")

    class Meta:
        managed = False
        db_table = "procrastinate_jobs"
        ordering = ("-id",)
        default_permissions = ("view",)
        permissions = [("manage_intake", "Manage jobs of intake"), ("manage_upkeep", "Manage jobs of upkeep")]

    def __str__(self) -> str:
        return " ".join(filter(None, (f"{self.pk}:", str(words_of(self.task_name)), self.about)))

    @property
    def about(self) -> str:
        """The short ids of what it is about."""
        return ", ".join(short(value) for name, value in self.args.items() if name != "timestamp")

    @property
    def subject(self) -> str:
        """What the audit calls it, in no language."""
        return f"{self.task_name} {self.pk}"


TODO, DOING, SUCCEEDED = "todo", "doing", "succeeded"
FAILED, CANCELLED, ABORTED = "failed", "cancelled", "aborted"
