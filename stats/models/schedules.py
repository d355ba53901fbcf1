"""What will be published when: the calendar for everybody, publications at a set time, and who could see a release before."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings as project
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from partners.choices import CodeField
from stats import choices
from stats.models.releases import LONGEST_REASON, Release, has_words

ANNOUNCED, CONFIRMED, POSTPONED, CANCELLED, DONE_DATE = "ANNOUNCED", "CONFIRMED", "POSTPONED", "CANCELLED", "PUBLISHED"
DATE_STATUSES = (ANNOUNCED, CONFIRMED, POSTPONED, CANCELLED, DONE_DATE)
SUCCESS, TAKEN_BACK, FAILURE = "PUBLISHED", "TAKEN_BACK", "FAILED"
OUTCOMES = (SUCCESS, TAKEN_BACK, FAILURE)
LONGEST_TITLE = 120
# What staff write of a date, for everybody.
TEXTS = ("title_da", "title_en", "reason_da", "reason_en")
# One person writes it and nobody approves it, so it tells no figure: digits are of years, periods and dates alone. Both are regular
# expressions of the database, which asks them of every row.
YEAR, DAY = "20[0-9][0-9]", "(?:[1-9]|[12][0-9]|3[01])"
MONTHS = (
    "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|"
    "January|February|March|April|May|June|July|August|September|October|November|December"
)
DATES = (
    rf"{YEAR}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?",
    rf"[1-4]\. kvartal {YEAR}",
    "(?:(?<=Q)|(?<=quarter ))[1-4]",
    rf"{DAY}\.? (?:{MONTHS})",
)
WITHOUT_FIGURES = rf"^(?:[^0-9]|(?:{'|'.join(DATES)})(?![0-9]))*$"
# Letters of Latin alphabets and their signs: none is invisible, turns the direction of writing, or is a digit of another kind.
PLAIN = (
    "^[ -~\u00a1-\u00ac\u00ae-\u00b1\u00b4-\u00b8\u00ba\u00bb\u00bf-\u017f"
    "\u2013\u2014\u2018-\u201a\u201c-\u201e\u2026\u20ac]*$"
)


class AnnouncedDate(models.Model):
    """What was announced of an entry of the calendar at one moment. The last row of an entry holds (`sequence`).

    `period`: of the figures that are announced; then the release for everybody fulfils the entry, and the title follows from it.
    What is no release, such as a report, has a title instead. `moment`: to the minute, in the month; null while only the month is
    known.
    """

    id = models.BigAutoField(primary_key=True)
    entry = models.UUIDField(default=uuid4)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    period = models.CharField(max_length=16, blank=True, default="")
    title_da = models.CharField(max_length=LONGEST_TITLE, blank=True, default="")
    title_en = models.CharField(max_length=LONGEST_TITLE, blank=True, default="")
    month = models.DateField()
    moment = models.DateTimeField(null=True, blank=True)
    status = CodeField(max_length=16, choices=choices.DATE_STATUSES, default=ANNOUNCED)
    reason_da = models.CharField(max_length=LONGEST_REASON, blank=True, default="")
    reason_en = models.CharField(max_length=LONGEST_REASON, blank=True, default="")
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False, editable=False)
    announced_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("-announced_at", "-id")
        default_permissions = ("add", "view")
        constraints = [
            models.UniqueConstraint(fields=("entry", "sequence"), name="announceddate_sequence"),
            models.CheckConstraint(condition=Q(status__in=DATE_STATUSES), name="announceddate_status_code"),
            models.CheckConstraint(condition=Q(month__day=1), name="announceddate_first_day"),
            models.CheckConstraint(
                condition=Q(period="") & has_words("title_da") & has_words("title_en")
                | ~Q(period="") & Q(title_da="", title_en=""),
                name="announceddate_period_or_title",
            ),
            models.CheckConstraint(
                condition=~Q(status=CONFIRMED) | Q(moment__isnull=False), name="announceddate_confirmed_exactly"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=(POSTPONED, CANCELLED)) | has_words("reason_da") & has_words("reason_en"),
                name="announceddate_reasons",
            ),
            models.CheckConstraint(
                condition=Q(*((f"{name}__regex", PLAIN) for name in TEXTS)), name="announceddate_one_line"
            ),
            models.CheckConstraint(
                condition=Q(*((f"{name}__regex", WITHOUT_FIGURES) for name in TEXTS)),
                name="announceddate_without_figures",
            ),
        ]

    def __str__(self) -> str:
        return self.period or self.title_da

    @property
    def subject(self) -> str:
        """What the audit calls it, in no language."""
        return f"{self.entry} {self.status}"


class ScheduledPublication(models.Model):
    """That a draft is published at a moment. It is open until it has an end. Written by the database's functions alone.

    `user`: who approves it. `reason_…`: of the approver, where something will speak against it at its moment.
    """

    id = models.BigAutoField(primary_key=True)
    release = models.ForeignKey(Release, on_delete=models.PROTECT)
    due_at = models.DateTimeField()
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    scheduled_at = models.DateTimeField(db_default=Now(), editable=False)
    reason_da = models.CharField(max_length=LONGEST_REASON, default="")
    reason_en = models.CharField(max_length=LONGEST_REASON, default="")

    class Meta:
        ordering = ("scheduled_at", "id")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.release_id}"


class ScheduleEnd(models.Model):
    """How a scheduled publication ended. `code`: of the refusal, where it failed. `user`: who took it back."""

    schedule = models.OneToOneField(
        ScheduledPublication, on_delete=models.PROTECT, primary_key=True, related_name="end"
    )
    outcome = CodeField(max_length=16, choices=choices.SCHEDULE_OUTCOMES)
    code = models.CharField(max_length=64, default="")
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, db_index=False)
    ended_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=OUTCOMES), name="scheduleend_outcome_code"),
            models.CheckConstraint(
                condition=Q(outcome=FAILURE) & ~Q(code="") | ~Q(outcome=FAILURE) & Q(code=""),
                name="scheduleend_code_of_failure",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.schedule_id} {self.outcome}"


class PreReleaseAccess(models.Model):
    """Who could see a release before it was published, kept by the database when it was.

    `roles`: the names of the roles that give the right, separated by commas; empty where the right was the person's own, or is
    gone. `may_see`: the right was there at the publication. `looks`: how often the person looked at a draft of its months.
    """

    id = models.BigAutoField(primary_key=True)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, db_index=False)
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    roles = models.TextField()
    may_see = models.BooleanField()
    looks = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=("release", "user"), name="prereleaseaccess_once")]

    def __str__(self) -> str:
        return f"{self.release_id} {self.user_id}"
