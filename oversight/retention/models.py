"""Holds: the records of a year are kept for longer than the rule says. What is added stays: a change is a further row."""

from __future__ import annotations

from django.conf import settings as project
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from cases.choices import codes_of
from cases.codelists.staff import HOLD_REASON
from cases.fields import WIDTH
from cases.windows.models import FIRST_YEAR, LAST_YEAR
from core.text import say
from partners.choices import CodeField

HOLD_REASONS = codes_of(HOLD_REASON)


class RetentionHold(models.Model):
    """That nobody with a record of a year is erased by the rule until a day has passed. `year`: none, for every year.

    The last row on a year holds. Who has set it ends it no earlier; somebody else may.
    """

    id = models.BigAutoField(primary_key=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    until_on = models.DateField()
    reason_code = CodeField(max_length=WIDTH, choices=HOLD_REASONS)
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, db_index=False)
    set_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("-id",)
        default_permissions = ("add", "view")
        constraints = [
            models.CheckConstraint(condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)), name="retentionhold_year_range"),
            models.CheckConstraint(condition=Q(reason_code__in=HOLD_REASON.names), name="retentionhold_reason_code"),
        ]

    def __str__(self) -> str:
        return str(self.year) if self.year else say("alle år", "every year")

    @property
    def subject(self) -> str:
        """The row as an audit event names it."""
        return str(self.pk)
