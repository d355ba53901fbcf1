"""What partners said of a month: that there was nothing, and when they spoke first, where the records that tell it may be gone.

Nothing here says of a person anything.
"""

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
        return f"{self.month:%Y-%m}"


class FirstWord(models.Model):
    """When a partner first spoke of a month, and whether a referral of it stood, when last a record of that partner's went.

    Kept of every month that the partner ever spoke of, before an erasure or a purge deletes rows, so that nobody becomes late or
    missing by it (docs/decisions/0020). Written by the function `henvis_keep_words` alone; later ones keep the least moment.
    """

    pk = models.CompositePrimaryKey("partner_id", "month")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, db_index=False)
    month = models.DateField()
    first_at = models.DateTimeField()
    stood = models.BooleanField()

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(month__day=1), name="firstword_month_first_day")]

    def __str__(self) -> str:
        return f"first word {self.month:%Y-%m}"
