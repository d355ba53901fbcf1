"""What waits on the first page of the staff: announced dates, drafts and plans to approve, failed plans, the user's own orders."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from core.text import Text
from partners.jobs.signs import publisher_is_silent
from partners.staff import waiting
from partners.staff.naming import day_of, moment_of
from partners.staff.waiting import WaitingEntry, WaitingRows, Way, WayGroup
from stats.models import (
    DONE,
    EXACT,
    FAILED,
    AnnouncedDate,
    BuildOrder,
    Erratum,
    Publication,
    Release,
    ScheduledPublication,
    WithdrawalRequest,
)
from stats.reading.dates import end_of, title_of, words_of
from stats.staff import announced_dates, approval, fact_decisions, releases
from stats.staff.order_base import order_in_words
from stats.staff.releases import readable, with_refusals
from stats.staff.words import name_of, refusal_of, release_in_words, state_of_order

MAY_APPROVE, MAY_ORDER = "statistics.approve_release", "statistics.add_buildorder"
MAY_OPERATE = "jobs.manage_upkeep"
# For so long the first page tells of orders that are finished; the list has all of them.
TOLD_FOR = timedelta(days=7)
# The publisher looks each minute.
PATIENCE = timedelta(minutes=2)


def release_entry(release: Release) -> WaitingEntry:
    """A release by its name, with who had it built and when."""
    at = moment_of(release.built_at)
    return WaitingEntry(
        release_in_words(release), Text(f"dannet {at} af {release.user}", f"built {at} by {release.user}")
    )


def drafts_for(user: User) -> QuerySet[Release]:
    """The newest draft of each period and audience that somebody else had built since anything was published.

    An older one no longer reckons with what is published, and the database would refuse it.
    """
    drafts = Release.objects.exclude(audience=EXACT).filter(publication=None)
    same = drafts.filter(period=OuterRef("period"), audience=OuterRef("audience"), built_at__gt=OuterRef("built_at"))
    since = Publication.objects.filter(published_at__gt=OuterRef("built_at"))
    rows = readable().filter(publication=None, refusal=None).exclude(user=None).exclude(user=user)
    return rows.exclude(Exists(same)).exclude(Exists(since)).exclude(Exists(plans_of_release()))


def plans_of_release() -> QuerySet[ScheduledPublication]:
    """The open schedules of the release that is asked about: its plan waits, and not the draft."""
    return ScheduledPublication.objects.filter(release=OuterRef("pk"), end=None)


def plan_entry(plan: ScheduledPublication) -> WaitingEntry:
    at = moment_of(plan.due_at)
    return WaitingEntry(
        name_of(plan.release),
        Text(f"planlagt til {at}", f"scheduled for {at}"),
        reverse("admin:statistics_release_change", args=[plan.release_id]),
        plan.due_at < timezone.now() + timedelta(days=1),
    )


def withdrawals_for(user: User) -> WaitingRows:
    """The withdrawals that need a second approver, who this user may be."""
    rows = WithdrawalRequest.objects.filter(decision=None).exclude(user=user).select_related("user")
    return waiting.newest(approval.with_release(rows.order_by("asked_at")), withdrawal_entry)


def withdrawal_entry(withdrawal: WithdrawalRequest) -> WaitingEntry:
    """A withdrawal that was asked for, by its release, with who asked and when."""
    at, who = moment_of(withdrawal.asked_at), withdrawal.user
    return WaitingEntry(
        name_of(withdrawal.release),
        Text(f"foreslået {at} af {who}", f"asked for {at} by {who}"),
        reverse("admin:statistics_release_change", args=[withdrawal.release_id]),
        is_late=True,
    )


def failure_entry(plan: ScheduledPublication) -> WaitingEntry:
    """A publication that failed, with the moment for which it was planned."""
    return plan_entry(plan)._replace(is_late=True)


def overdue_plans(user: User) -> WaitingRows:
    """What is scheduled, and whose moment has passed without anything happening: nobody publishes."""
    due = ScheduledPublication.objects.filter(end=None, due_at__lt=timezone.now() - PATIENCE)
    return waiting.newest(approval.with_release(due.order_by("due_at")), failure_entry)


def plans_without_publisher(user: User) -> WaitingRows:
    """The scheduled publications, where the service that publishes them is silent."""
    rows = ScheduledPublication.objects.filter(publisher_is_silent(), end=None).order_by("due_at")
    return waiting.newest(approval.with_release(rows), partial(plan_entry_for, user=user))


def plan_entry_for(plan: ScheduledPublication, user: User) -> WaitingEntry:
    """A scheduled publication that nobody will publish, with the way to its release where the user may see that."""
    entry = failure_entry(plan)
    return entry if user.has_perm("statistics.view_release") else entry._replace(address="")


def erratum_entry(erratum: Erratum) -> WaitingEntry:
    """An erratum by its release, with who added it and when."""
    at, who = moment_of(erratum.written_at), erratum.user
    return WaitingEntry(name_of(erratum.release), Text(f"skrevet {at} af {who}", f"written {at} by {who}"))


def errata_for(user: User) -> WaitingRows:
    """The errata that others wrote, and that wait for a colleague who writes errata too, or approves."""
    if not (user.has_perm("statistics.add_erratum") or user.has_perm(MAY_APPROVE)):
        return waiting.NOTHING
    rows = Erratum.objects.filter(decision=None).exclude(user=user).select_related("user")
    return waiting.newest(approval.with_release(rows.order_by("written_at")), erratum_entry)


def order_entry(order: BuildOrder) -> WaitingEntry:
    """An order by what was ordered, its period and its audience, with its state, and with why an approver refused its draft.

    What came to nothing is to be ordered anew.
    """
    state, day, refusal = state_of_order(order), day_of(order.ordered_at), refusal_of(order)
    why = f": {refusal.reason}" if refusal else ""
    return WaitingEntry(
        order_in_words(order),
        Text(f"bestilt {day}; {state.da}{why}", f"ordered {day}; {state.en}{why}"),
        is_late=order.state == FAILED or order.audit_failed or refusal is not None,
    )


def finished_orders(user: User) -> WaitingRows:
    """The user's own orders that are carried out or refused, the latest first: those of the last seven days, and those whose draft
    an approver refused, until they are put away.

    Nothing is left to do about one of whose period and audience a release was published since.
    """
    recent = Q(ordered_at__gt=timezone.now() - TOLD_FOR) | Q(release__refusal__isnull=False)
    rows = BuildOrder.objects.filter(recent, user=user, state__in=(DONE, FAILED), filing=None)
    of_same = Q(release__period=OuterRef("period"), release__audience=OuterRef("audience"))
    since = Publication.objects.filter(of_same, published_at__gt=OuterRef("ordered_at"))
    return waiting.newest(with_refusals(rows.exclude(Exists(since)).order_by("-ordered_at")), order_entry)


def date_entry(notice: AnnouncedDate) -> WaitingEntry:
    """An announced date: what is announced, for when, and whether that has passed."""
    day = words_of(notice.month, notice.moment)
    is_late = end_of(notice.month, notice.moment) <= timezone.now()
    state = Text("er passeret", "has passed") if is_late else Text("intet er planlagt", "nothing is scheduled")
    return WaitingEntry(
        title_of(notice.period, Text(notice.title_da, notice.title_en)),
        Text(f"{day.da}: {state.da}", f"{day.en}: {state.en}"),
        is_late=is_late,
    )


def dates_due(user: User) -> WaitingRows:
    """The announced dates about which somebody should do something, for who may order or approve."""
    if not (user.has_perm(MAY_ORDER) or user.has_perm(MAY_APPROVE)):
        return waiting.NOTHING
    return waiting.newest(announced_dates.due(timezone.now()), date_entry)


waiting.add(
    "dates",
    Text(
        "En udmeldt dato nærmer sig eller er passeret, og intet er udgivet",
        "An announced date is near or has passed, and nothing is published",
    ),
    Text(
        "{number} udmeldte datoer nærmer sig eller er passeret, og intet er udgivet",
        "{number} announced dates are near or have passed, and nothing is published",
    ),
    rights=["statistics.view_announceddate"],
    find=dates_due,
    address="statistics_announceddate_changelist",
)
waiting.add(
    "plans_overdue",
    Text(
        "En planlagt udgivelse er ikke sket til tiden. Kontakt driften.",
        "A scheduled publication did not happen on time. Contact operations.",
    ),
    Text(
        "{number} planlagte udgivelser er ikke sket til tiden. Kontakt driften.",
        "{number} scheduled publications did not happen on time. Contact operations.",
    ),
    rights=[MAY_APPROVE],
    find=overdue_plans,
    address="statistics_release_changelist?state=draft",
)
waiting.add(
    "silent_publisher",
    Text(
        "Tjenesten, der udgiver til tiden (henvis-publisher), giver ikke livstegn, og en udgivelse er planlagt",
        "The service that publishes on time (henvis-publisher) gives no sign of life, and a release is scheduled",
    ),
    Text(
        "Tjenesten, der udgiver til tiden (henvis-publisher), giver ikke livstegn, og {number} udgivelser er planlagt",
        "The service that publishes on time (henvis-publisher) gives no sign of life, and {number} releases are scheduled",
    ),
    rights=["jobs.view_job", MAY_OPERATE],
    find=plans_without_publisher,
    address="jobs_job_changelist",
)
waiting.add(
    "plans_failed",
    Text("En planlagt udgivelse mislykkedes", "A scheduled publication failed"),
    Text("{number} planlagte udgivelser mislykkedes", "{number} scheduled publications failed"),
    rights=[MAY_APPROVE],
    find=lambda _: waiting.newest(approval.with_release(approval.recent_failures()), failure_entry),
    address="statistics_release_changelist",
)
waiting.add(
    "withdrawals",
    Text("En tilbagetrækning venter på en anden godkender", "A withdrawal waits for a second approver"),
    Text("{number} tilbagetrækninger venter på en anden godkender", "{number} withdrawals wait for a second approver"),
    rights=[MAY_APPROVE],
    find=withdrawals_for,
    address="statistics_release_changelist?state=published",
)
waiting.add(
    "drafts",
    Text("Et udkast til udgivelse venter på godkendelse", "A draft release waits for approval"),
    Text("{number} udkast til udgivelser venter på godkendelse", "{number} draft releases wait for approval"),
    rights=[MAY_APPROVE],
    find=lambda user: waiting.newest(drafts_for(user), release_entry),
    address="statistics_release_changelist?state=draft",
)
fact_decisions.add_items()
releases.add_item()
waiting.add(
    "errata",
    Text("En rettelse venter på, at en kollega læser den", "An erratum waits for a colleague to read it"),
    Text("{number} rettelser venter på, at en kollega læser dem", "{number} errata wait for a colleague to read them"),
    rights=["statistics.view_erratum"],
    find=errata_for,
    address="statistics_erratum_changelist?state=waiting",
)
waiting.add(
    "orders",
    Text("En af dine bestillinger er færdig", "One of your orders is finished"),
    Text("{number} af dine bestillinger er færdige", "{number} of your orders are finished"),
    rights=[MAY_ORDER],
    find=finished_orders,
    address="statistics_buildorder_changelist",
)
waiting.lead(
    WayGroup.STATISTICS,
    Way(
        Text("Bestil en udgivelse: begynd med forslag", "Order a release: begin with proposals"),
        MAY_ORDER,
        "statistics_buildorder_propose",
    ),
    Way(
        Text("Udgivelser", "Releases"),
        ("statistics.add_buildorder", "statistics.approve_release"),
        "statistics_release_changelist",
    ),
    Way(
        Text("Udgivelseskalender: datoer, der er meldt ud", "Release calendar: dates that were announced"),
        ("statistics.add_announceddate", "statistics.approve_release"),
        "statistics_announceddate_changelist",
        note=lambda: announced_dates.describe_next(timezone.now()),
    ),
)
