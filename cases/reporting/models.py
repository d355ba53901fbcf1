"""The nil report: a partner says that it made no referrals in a month. Append-only; nothing here says of a person anything."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q

from partners.models import Client, Partner


class NilReport(models.Model):
    """One partner's answer for one month. A referral of the month that comes later goes before it, without a trace here."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, db_index=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_index=False)
    month = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("partner", "month"), name="nilreport_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="nilreport_month_first_day"),
        ]

    def __str__(self) -> str:
        return f"nil {self.month:%Y-%m}"
