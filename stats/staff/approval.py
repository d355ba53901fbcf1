"""Publishing and withdrawing a release, now or at a set time: acts of staff that functions of the database decide and log.

The web server may not write what is published, nor read the proof of a draft. It asks the database.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from cases.months import COPENHAGEN
from core.refusals import raised_as
from core.text import NO_TEXT, Text, both, in_one, say
from partners import jobs
from partners.audit import Actor
from partners.staff.naming import moment_of
from stats.counting.notes import is_reason
from stats.errors import ReleaseRefused
from stats.models import FAILURE, PUBLIC, Release, ScheduledPublication
from stats.reading import dates
from stats.reading.dates import CalendarEntry, exact_time
from stats.refusals import REFUSALS
from stats.staff.releases import FIGURES, of_some_months
from stats.staff.words import sentence_about

DRAW = "charts.paint"
PUBLISH = "SELECT henvis_publish(%s, %s, %s, %s)"
REFUSE = "SELECT henvis_refuse_draft(%s, %s, %s)"
GROUNDS = "SELECT henvis_grounds(%s, %s)"
WITHDRAW = "SELECT henvis_withdraw(%s, %s, %s, %s)"
ASK_WITHDRAWAL = "SELECT henvis_ask_withdrawal(%s, %s, %s)"
DECIDE_WITHDRAWAL = "SELECT henvis_decide_withdrawal(%s, %s, %s)"
PROOF = "SELECT passed, stale, margins, behind FROM henvis_proof(%s)"


@dataclass(frozen=True, slots=True)
class DraftProof:
    """What staff may know of a draft's proof. `stale`: it does not reckon with something that was published or decided since.

    `behind`: of persons and of each dataset of sums how many reports were expected and came.
    """

    passed: bool
    stale: bool
    margins: dict[str, Any]
    behind: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PublishingObstacle:
    """Why the database would refuse to publish a draft, in words with `{subject}`.

    `needs_order`: another build removes the obstacle. `needs_choice`: of other tables, since the same ones would fail again.
    """

    words: Text
    needs_order: bool
    needs_choice: bool


def obstacle_of(release: Release, by: Actor) -> PublishingObstacle | None:
    """What keeps somebody from publishing a draft, as far as can be said before. The database decides."""
    proof = proof_of(release.pk)
    if proof is None or not proof.passed:
        code = "PROOF_NOT_PASSED"
    elif hasattr(release, "refusal"):
        code = "DRAFT_REFUSED"
    elif proof.stale:
        code = "PROOF_STALE"
    elif release.user_id in {None, by.user_id}:
        code = "APPROVED_BY_BUILDER"
    else:
        return None
    return PublishingObstacle(
        REFUSALS[code], needs_order=code != "APPROVED_BY_BUILDER", needs_choice=code == "PROOF_NOT_PASSED"
    )


def publish(*, by: Actor, release_id: str, reason: Text = NO_TEXT) -> None:
    """Publish a draft, for ever. Raises `ReleaseRefused` with the reason.

    The proof of the draft must have passed, and reckon with every release that is published now. The approver must be active staff
    with the right, and another person than the one who had it built. `reason`: of what speaks against it (`grounds_of`), why it is
    right all the same; the order says so too, and everybody reads both.
    """
    call_database(PUBLISH, release_id, by.user_id, *reason, defer=DRAW)


def refuse(*, by: Actor, release_id: str, reason: str) -> None:
    """Say no to a draft, for good. Raises `ReleaseRefused`."""
    call_database(REFUSE, release_id, reason, by.user_id)


def grounds_of(release_id: str, at: datetime) -> list[str]:
    """What would speak against publishing a release at a moment, as codes."""
    with connection.cursor() as cursor:
        cursor.execute(GROUNDS, [release_id, at])
        (grounds,) = cursor.fetchone() or ([],)
    return list(grounds)


def withdraw(*, by: Actor, release_id: str, replacement: str, reason: Text) -> None:
    """Withdraw a published release in favour of another. Raises `ReleaseRefused` with the reason.

    The replacement must be published, of the same period and audience, and not withdrawn itself. The withdrawn release stays
    readable, since what was read cannot be taken back.
    """
    call_database(WITHDRAW, release_id, replacement, both(reason), by.user_id, defer=DRAW)


def ask_withdrawal(*, by: Actor, release_id: str, reason: Text) -> None:
    """Ask a second approver to withdraw a release that nothing replaces. Raises `ReleaseRefused` with the reason."""
    call_database(ASK_WITHDRAWAL, release_id, both(reason), by.user_id)


def decide_withdrawal(*, by: Actor, request_id: int, agreed: bool) -> None:
    """Agree to a withdrawal as the second approver, or say no. Raises `ReleaseRefused` with the reason.

    Once it is withdrawn its tables are no longer answered. Audits still reckon with its figures: they were read.
    """
    call_database(DECIDE_WITHDRAWAL, request_id, agreed, by.user_id, defer=DRAW)


def proof_of(release_id: str) -> DraftProof | None:
    """The outcome of the audit of a release. None: it has no proof."""
    with connection.cursor() as cursor:
        cursor.execute(PROOF, [release_id])
        row = cursor.fetchone()
    return DraftProof(row[0], row[1], json.loads(row[2]), json.loads(row[3])) if row else None


def call_database(statement: str, *parameters: str | int | datetime | None, defer: str | None = None) -> None:
    """Run one of the database's functions in a transaction of its own, and add a job of the task `defer`, if one is named.

    Raises `ReleaseRefused` where the database refuses.
    """
    with raised_as(ReleaseRefused), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        if defer:
            jobs.defer(defer)


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
    call_database(SCHEDULE, release_id, due_at, by.user_id, *reason)


def take_back(*, by: Actor, schedule_id: int) -> None:
    """Take a scheduled publication back; every approver may, and whoever ordered it. Raises `ReleaseRefused` with the reason."""
    call_database(TAKE_BACK, schedule_id, by.user_id)


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
    proof = proof_of(plan.release_id)
    if proof is not None and proof.stale:
        sentences.append(sentence_about(plan.release, REFUSALS["PROOF_STALE"]))
    if missing := reason_missing(plan):
        sentences.append(sentence_about(plan.release, REFUSALS[missing]))
    return sentences


def reason_missing(plan: ScheduledPublication) -> str | None:
    """The refusal of a plan against whose moment something speaks, without a reason of its order or its approver. None: none."""
    if not grounds_of(plan.release_id, plan.due_at):
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
