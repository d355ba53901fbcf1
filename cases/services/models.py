"""What a partner has said in a form of a period, version by version, and what staff have said of who reports a form."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from cases.models import VersionQuerySet
from cases.services import choices
from cases.services.content import Content, in_present_version
from cases.services.forms import FORMS
from cases.services.periods import CountPeriod
from cases.services.shapes import CountForm
from partners.choices import CodeField
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
        default_permissions = ()
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
        return FORMS[self.form]

    @property
    def of_period(self) -> CountPeriod:
        return CountPeriod(self.period, self.of_form.period)

    @property
    def present_content(self) -> Content:
        """What it says, in the present version of its form."""
        return in_present_version(self.of_form, self.content)


class CountAssignment(models.Model):
    """Staff's word that a partner reports a form, or does not, in the periods that begin on a day or later.

    Of the words that hold for a period, the one said last holds. Where there is none, the form says it by the partner's kind.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT)
    form = CodeField(max_length=LONGEST_ID, choices=choices.FORM_CODES)
    since = models.DateField()
    reports = models.BooleanField(choices=choices.answers)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, db_index=False)
    assigned_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("-assigned_at", "-id")

    def __str__(self) -> str:
        return f"{FORMS[self.form].label}, {self.partner}"

    @property
    def subject(self) -> str:
        """The row as an audit event names it."""
        return str(self.pk)
