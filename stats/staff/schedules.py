"""Publications at a set time, as staff plan and approve them. Functions of the database decide, log, and publish."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Model, QuerySet
from django.utils import timezone

from cases.months import COPENHAGEN
from core.text import NO_TEXT, Text, in_one, say
from partners.audit import Actor
from partners.staff.naming import moment_of
from stats.models import FAILURE, PUBLIC, Release, ScheduledPublication
from stats.notes import is_reason
from stats.reading import dates
from stats.reading.dates import CalendarEntry, exact_time
from stats.refusals import REFUSALS
from stats.staff import approval
from stats.staff.releases import FIGURES, of_some_months
from stats.staff.words import sentence_about

SCHEDULE = "SELECT henvis_schedule(%s, %s, %s, %s, %s)"
TAKE_BACK = "SELECT henvis_take_back(%s, %s)"
# For so long the list of releases says what could not be published.
TOLD_FOR = timedelta(days=30)
OVERDUE = Text(
    "Tidspunktet er passeret, og der er intet udgivet: kører programmet, der udgiver?",
    "The time has passed, and nothing is published: does the program run that publishes?",
)


def schedule(*, by: Actor, release_id: str, due_at: datetime, reason: Text = NO_TEXT) -> None:
    """Plan to publish a draft at a moment, as its approver. Raises `ReleaseRefused` with the reason.

    Of these there can be one at a time. Two persons are needed, as for publishing now: who had the draft built does not approve it.
    `reason`: of what will speak against it at its moment.
    """
    approval.call_database(SCHEDULE, release_id, due_at, by.user_id, *reason)


def take_back(*, by: Actor, schedule_id: int) -> None:
    """Take a scheduled publication back; every approver may, and whoever ordered it. Raises `ReleaseRefused` with the reason."""
    approval.call_database(TAKE_BACK, schedule_id, by.user_id)


def with_release[Row: Model](rows: QuerySet[Row]) -> QuerySet[Row]:
    """Rows of releases with these, but for the columns that nobody may read."""
    return rows.select_related("release").defer(*(f"release__{name}" for name in FIGURES))


def of_database() -> QuerySet[ScheduledPublication]:
    """Every schedule with its end, its approver and its release, the newest first."""
    rows = with_release(ScheduledPublication.objects.select_related("end", "user"))
    return rows.order_by("-scheduled_at", "-pk")


def open_schedule() -> ScheduledPublication | None:
    """The schedule that waits, if there is one."""
    return of_database().filter(end=None).first()


def holds_back(plan: ScheduledPublication, release: Release) -> bool:
    """Whether a draft cannot be published before a schedule: it is the one that waits, or tells of some of the same months."""
    return of_some_months(release).filter(pk=plan.release_id).exists()


def last_failure(release: Release) -> ScheduledPublication | None:
    """The last schedule of a draft, where it failed."""
    last = of_database().filter(release_id=release.pk).first()
    return last if last and hasattr(last, "end") and last.end.outcome == FAILURE else None


def recent_failures() -> QuerySet[ScheduledPublication]:
    """What could not be published at its moment lately, and is not published since."""
    since = timezone.now() - TOLD_FOR
    return of_database().filter(end__outcome=FAILURE, end__ended_at__gte=since, release__publication=None)


def describe_plan(plan: ScheduledPublication) -> Text:
    """When a release is published, and who approved it."""
    at = exact_time(plan.due_at)
    sentence = Text(
        f"{{subject}} er planlagt til udgivelse den {at.da}.", f"{{subject}} is scheduled to be published on {at.en}."
    )
    approver = Text(f"Godkendt af {plan.user}.", f"Approved by {plan.user}.")
    return in_one(sentence_about(plan.release, sentence), approver)


def facts_for_orders() -> list[tuple[str, str]]:
    """What who orders a draft should know of the release that is scheduled, if there is one."""
    plan = open_schedule()
    if plan is None:
        return []
    at = moment_of(plan.due_at)
    sentence = Text(
        f"{{subject}} er planlagt til udgivelse {at}. Et udkast, der dannes før, bliver forældet, når den udgives, "
        "og skal bestilles igen. Bestil intet i den sidste time før.",
        f"{{subject}} is scheduled for {at}. A draft that is built before becomes stale when that release is published, "
        "and must be ordered again. Order nothing in the last hour before.",
    )
    return [(say("Planlagt udgivelse", "Scheduled release"), str(sentence_about(plan.release, sentence)))]


def doubts(plan: ScheduledPublication) -> list[Text]:
    """What staff should know before it is too late: the moment has passed, or the database would refuse as things stand."""
    sentences = []
    if plan.due_at <= timezone.now():
        sentences.append(OVERDUE)
    proof = approval.proof_of(plan.release_id)
    if proof is not None and proof.stale:
        sentences.append(sentence_about(plan.release, REFUSALS["PROOF_STALE"]))
    if missing := reason_missing(plan):
        sentences.append(sentence_about(plan.release, REFUSALS[missing]))
    return sentences


def reason_missing(plan: ScheduledPublication) -> str | None:
    """The refusal of a plan against whose moment something speaks, without a reason of its order or its approver. None: none."""
    if not approval.grounds_of(plan.release_id, plan.due_at):
        return None
    for code, row in (("ORDER_REASON_MISSING", plan.release), ("APPROVAL_REASON_MISSING", plan)):
        if not all(is_reason(each) for each in (row.reason_da, row.reason_en)):
            return code
    return None


def describe_failure(plan: ScheduledPublication) -> Text:
    """Why a release was not published at its moment."""
    at = exact_time(plan.due_at)
    what = Text(f"{{subject}} blev ikke udgivet den {at.da}.", f"{{subject}} was not published on {at.en}.")
    return in_one(*(sentence_about(plan.release, each) for each in (what, REFUSALS[plan.end.code])))


def announced_entry(release: Release) -> CalendarEntry | None:
    """What the calendar announces of the period of a release for everybody, and is still to come."""
    if release.audience != PUBLIC:
        return None
    return next((each for each in dates.read().entries if each.is_open and each.period == release.period), None)


def difference_from_calendar(release: Release, due_at: datetime) -> Text | None:
    """What approvers should know: the moment is not what everybody was told. None: it is, or the release is not for everybody."""
    if release.audience != PUBLIC:
        return None
    entry = announced_entry(release)
    if entry is None:
        return Text("Kalenderen oplyser intet om udgivelsen.", "The calendar says nothing of the release.")
    latest = entry.latest
    if latest.moment == due_at or (
        latest.moment is None and latest.month == due_at.astimezone(COPENHAGEN).date().replace(day=1)
    ):
        return None
    return Text(
        f"I kalenderen står {latest.words.da}: meld først den nye dato ud.",
        f"The calendar has {latest.words.en}: announce the new date first.",
    )
