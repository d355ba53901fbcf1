"""Holds, by which records of a year are kept for longer than the rule says, and what the National Archives have of each year."""

from __future__ import annotations

from django.conf import settings as project
from django.db import models
from django.db.models import F, Q
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


class ArchiveTransfer(models.Model):
    """What the National Archives take of some years: a package, once they have received it, or nothing, where they want none.

    `taken_at`: the moment that the package shows; none where nothing is wanted. `digest`: the SHA-256 of its index of files.
    `received_at`: when the archive's letter was entered; until then nobody of the years is erased.
    """

    id = models.BigAutoField(primary_key=True)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    package = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    taken_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(first_year__gte=FIRST_YEAR, first_year__lte=F("last_year"), last_year__lte=LAST_YEAR),
                name="archivetransfer_years",
            ),
            models.CheckConstraint(
                condition=Q(taken_at=None, package="") | Q(taken_at__isnull=False) & ~Q(package=""),
                name="archivetransfer_package",
            ),
        ]

    def __str__(self) -> str:
        return self.package or self.years

    @property
    def years(self) -> str:
        """Its years in one word."""
        return f"{self.first_year}" + (f"–{self.last_year}" if self.last_year > self.first_year else "")
