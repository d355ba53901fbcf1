"""The protected releases that staff pages show, who has looked at their drafts, and the refused drafts that wait for their builder.

Of a refused draft that no order asked for, who had it built by the command is told why.
"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import Http404

from core.text import Text
from partners.audit import Actor
from partners.models import AuditEvent
from partners.staff import waiting
from partners.staff.naming import moment_of
from partners.staff.waiting import WaitingEntry, WaitingRows
from stats.models import DONE, EXACT, BuildOrder, Release
from stats.periods import Period
from stats.staff.words import name_of

# Columns that the web server's role may not read.
FIGURES = ("records", "cells", "snapshots", "digest", "rule")


def readable() -> QuerySet[Release]:
    """Protected releases, without the columns that the web server's role may not read."""
    rows = Release.objects.exclude(audience=EXACT).select_related(
        "user", "publication__user", "withdrawal__user", "refusal__user"
    )
    return rows.defer(*FIGURES).order_by("-built_at")


def with_outcome(rows: QuerySet[Release]) -> QuerySet[Release]:
    """Releases, each with `audit_failed`: the server said of its order that the audit found faults."""
    orders = BuildOrder.objects.filter(release=OuterRef("pk"), state=DONE).exclude(message="")
    return rows.annotate(audit_failed=Exists(orders))


def with_refusals(rows: QuerySet[BuildOrder]) -> QuerySet[BuildOrder]:
    """Orders with their releases and whoever refused these. No row asks for its own."""
    return rows.select_related("user", "release__refusal__user").defer(*(f"release__{name}" for name in FIGURES))


def existing(release_id: str) -> Release:
    """The protected release. Raises `Http404`."""
    release = readable().filter(pk=release_id).first()
    if release is None:
        raise Http404
    return release


def of_same_period(release: Release) -> QuerySet[Release]:
    """The releases of the same period and audience, this one among them."""
    return readable().filter(audience=release.audience, period=release.period)


def of_some_months(release: Release) -> QuerySet[Release]:
    """The releases of some of the same months, for whomever, this one among them."""
    return readable().filter(first_month__lte=release.last_month, last_month__gte=release.first_month)


def releases_of_longer_periods(release: Release) -> QuerySet[Release]:
    """The published releases for the same audience of longer periods with all its months, but for withdrawn ones."""
    longer = readable().filter(audience=release.audience, first_month__lte=release.first_month)
    longer = longer.filter(last_month__gte=release.last_month).exclude(period=release.period)
    return longer.filter(publication__isnull=False, withdrawal=None).order_by("first_month", "last_month", "vintage")


def replacements(release: Release) -> QuerySet[Release]:
    """The releases that may replace a published one: later vintages of the same that are published and not withdrawn.

    To fall back to an earlier one is to withdraw without a replacement.
    """
    return of_same_period(release).filter(vintage__gt=release.vintage, publication__isnull=False, withdrawal=None)


def compared_with(release: Release) -> Release | None:
    """What a draft is read beside: the last published vintage of its period, or else that of a year earlier, for the same audience.

    What stands there is published and not withdrawn, so it tells those who see the draft nothing that they may not read.
    """
    period = Period.parse(release.period)
    before = period.year_before if period else None
    return last_published(release.audience, release.period) or (
        last_published(release.audience, before) if before else None
    )


def last_published(audience: str, period: str) -> Release | None:
    """The last vintage of a period for an audience that is published and not withdrawn."""
    rows = readable().filter(audience=audience, period=period, publication__isnull=False, withdrawal=None)
    return rows.order_by("-vintage").first()


def has_looked(by: Actor, release: Release) -> bool:
    """Whether somebody has looked at the tables of this very draft."""
    events = AuditEvent.objects.filter(action="release.preview", subject=release.pk)
    return by.user_id in events.values_list("user_id", flat=True)


def looks(release: Release) -> str:
    """Who has looked at drafts of some of the same months, for whomever, each with how many: two tell more than one by itself."""
    events = AuditEvent.objects.filter(action="release.preview", subject__in=of_some_months(release).values("pk"))
    numbers = dict(events.values_list("user").annotate(Count("subject", distinct=True)))
    people = User.objects.filter(pk__in=numbers).order_by("username")
    return ", ".join(f"{each} ({numbers[each.pk]})" for each in people)


def entry_of(release: Release) -> WaitingEntry:
    """A draft with when it was refused, and why."""
    at, reason = moment_of(release.refusal.refused_at), release.refusal.reason
    return WaitingEntry(name_of(release), Text(f"afvist {at}: {reason}", f"refused {at}: {reason}"), is_late=True)


def refused_drafts(user: User) -> WaitingRows:
    """The user's drafts that were refused and that no order is of, until another of the same period and audience is built.

    Of an order the item of finished orders tells.
    """
    later = Release.objects.filter(
        period=OuterRef("period"), audience=OuterRef("audience"), vintage__gt=OuterRef("vintage")
    )
    rows = readable().filter(user=user, refusal__isnull=False)
    rows = rows.exclude(Exists(BuildOrder.objects.filter(release=OuterRef("pk")))).exclude(Exists(later))
    return waiting.newest(rows.order_by("-refusal__refused_at"), entry_of)


def add_item() -> None:
    """Put them on the first page."""
    waiting.add(
        "drafts_refused",
        Text("Et udkast, du har dannet, er afvist", "A draft that you had built is refused"),
        Text("{number} udkast, du har dannet, er afvist", "{number} drafts that you had built are refused"),
        rights=["statistics.add_buildorder"],
        find=refused_drafts,
        address="statistics_release_changelist?state=draft",
    )
