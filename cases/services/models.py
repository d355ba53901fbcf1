"""The append-only versions of count reports: what a partner has said in a form of a period."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from cases.models import VersionQuerySet
from cases.services.content import Content
from cases.services.forms import FORMS
from cases.services.periods import CountPeriod
from cases.services.shapes import CountForm
from partners.models import Client, Partner

LONGEST_ID = 32


class CountReport(models.Model):
    """One version of one partner's report. `period`: the first day of what it reports on. `content`: see `cases.services.content`.

    A form needs no column of its own, so that a new one needs no migration: whoever writes holds the content to its form.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, db_index=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_index=False)
    form = models.CharField(max_length=LONGEST_ID)
    form_version = models.CharField(max_length=8)
    period = models.DateField()
    version = models.PositiveIntegerField()
    content: models.JSONField[Content, Content] = models.JSONField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("partner", "form", "period", "version"), name="countreport_version"),
            models.UniqueConstraint(
                fields=("partner", "form", "period"), condition=Q(superseded_at=None), name="countreport_current"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="countreport_version_from_1"),
            models.CheckConstraint(
                condition=Q(superseded_at__gte=F("recorded_at")), name="countreport_superseded_later"
            ),
        ]
        # A year of a form is read over all partners.
        indexes = [models.Index("form", "period", condition=Q(superseded_at=None), name="countreport_period")]

    def __str__(self) -> str:
        return f"{self.form}, {self.of_period.id}, version {self.version}"

    @property
    def of_form(self) -> CountForm:
        """Its form."""
        return FORMS[self.form]

    @property
    def of_period(self) -> CountPeriod:
        """Its period."""
        return CountPeriod(self.period, self.of_form.period)
