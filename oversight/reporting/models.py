"""Completions of months, and the times of first reports whose records may have been deleted.

Nothing here says anything of a person.
"""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q

from cases.months import month_shown
from partners.models import Client, Partner


class MonthCompletion(models.Model):
    """One partner's word that all its referrals of a month are sent; of none it is a nil report (docs/cases.md).

    Whatever comes or goes later leaves it unchanged.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, db_index=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_index=False)
    month = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("partner", "month"), name="monthcompletion_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="monthcompletion_month_first_day"),
        ]

    def __str__(self) -> str:
        return month_shown(self.month)


class FirstReport(models.Model):
    """When a partner first reported on a month. `stood`: the month had a current referral when rows were last deleted.

    Reporting status must survive deletion (docs/cases.md). Before an erasure or a purge deletes rows, the function
    `henvis_keep_first_reports` stores the first report of every month of that partner. A later call keeps the earlier moment.
    """

    pk = models.CompositePrimaryKey("partner_id", "month")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, db_index=False)
    month = models.DateField()
    first_at = models.DateTimeField()
    stood = models.BooleanField()

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(month__day=1), name="firstreport_month_first_day")]

    def __str__(self) -> str:
        return f"first report {self.month:%Y-%m}"


class CoverageNote(models.Model):
    """How many of the expected partners a release counts on, as it was built: never by name, and by kind only where many are.

    `content`: what `oversight.reporting.coverage` made of the calendars at the release's moment.
    """

    release = models.OneToOneField("statistics.Release", on_delete=models.PROTECT, primary_key=True, related_name="+")
    content = models.JSONField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.release_id)
