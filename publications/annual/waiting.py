"""What waits on the first page of the staff: annual reports to write and to publish, and the user's own orders of drafts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import BooleanField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.utils import timezone

from core.text import Text
from partners.staff import waiting
from partners.staff.naming import day_of
from partners.staff.waiting import WaitingEntry, WaitingRows, Way, WayGroup
from publications.annual.models import DONE, FAILED, ReportDraft, ReportOrder, ReportPublication, ReportText
from publications.annual.places import COMMENT
from publications.annual.words import ORDER_STATES

SHOWN_FOR = timedelta(days=7)
# How many texts of a draft somebody must finish: all but comments, which may stay empty.
TO_FINISH = RawSQL(
    "(SELECT count(*) FROM unnest(annual_reportdraft.places) AS p (place) WHERE place NOT LIKE %s)", [f"%:{COMMENT}"]
)

IS_STALE = RawSQL(
    "annual_reportdraft.basis IS DISTINCT FROM henvis_report_basis(annual_reportdraft.year)",
    [],
    output_field=BooleanField(),
)


def draft_entry(draft: ReportDraft) -> WaitingEntry:
    """A draft by its year, with who ordered it and when it was made."""
    day = day_of(draft.drafted_at)
    return WaitingEntry(
        draft.year, Text(f"udkast af {day}, bestilt af {draft.user}", f"draft of {day}, ordered by {draft.user}")
    )


def open_drafts(*, stale: bool = False) -> QuerySet[Any]:
    """The newest draft of each year that is not published, with `to_finish` and `finished`: how many of its texts are.

    `stale`: those drawn from what is another now. Nothing can be done about one but to order it again.
    """
    later = ReportDraft.objects.filter(year=OuterRef("year"), pk__gt=OuterRef("pk"))
    texts = ReportText.objects.filter(draft=OuterRef("pk")).exclude(place__endswith=f":{COMMENT}").order_by()
    numbers = texts.values("draft").annotate(number=Count("place", distinct=True)).values("number")
    rows = ReportDraft.objects.filter(reportpublication=None).exclude(Exists(later)).select_related("user")
    drafts: QuerySet[Any] = rows.annotate(
        to_finish=TO_FINISH, finished=Coalesce(Subquery(numbers), 0), is_stale=IS_STALE
    ).filter(is_stale=stale)
    return drafts.defer("documents", "numbers", "places", "basis")


def drafts_for(user: User) -> WaitingRows:
    """The drafts in which all is finished, and of which the user has ordered and written nothing."""
    texts = ReportText.objects.filter(draft=OuterRef("pk"), user=user)
    rows = open_drafts().filter(finished__gte=F("to_finish")).exclude(user=user).exclude(Exists(texts))
    return waiting.newest(rows, draft_entry)


def section_entry(draft: Any) -> WaitingEntry:
    """A draft by its year, with how many of its texts are finished."""
    return WaitingEntry(
        draft.year,
        Text(
            f"{draft.finished} af {draft.to_finish} overskrifter og alternative tekster er færdige",
            f"{draft.finished} of {draft.to_finish} headings and alternative texts are finished",
        ),
    )


def stale_drafts(user: User) -> WaitingRows:
    """The stale drafts that the user ordered or wrote in, the newest first."""
    texts = ReportText.objects.filter(draft=OuterRef("pk"), user=user)
    return waiting.newest(open_drafts(stale=True).filter(Q(user=user) | Exists(texts)), stale_entry)


def stale_entry(draft: ReportDraft) -> WaitingEntry:
    """A stale draft, which should be ordered again."""
    return draft_entry(draft)._replace(is_late=True)


def order_entry(order: ReportOrder) -> WaitingEntry:
    """An order by its year, with its state."""
    state, day = ORDER_STATES[order.state], day_of(order.ordered_at)
    return WaitingEntry(
        order.year, Text(f"{state.da}, bestilt {day}", f"{state.en}, ordered {day}"), is_late=order.state == FAILED
    )


def finished_orders(user: User) -> WaitingRows:
    """The user's own orders of the last seven days that are carried out or refused, and whose year has no report published since.

    The latest come first.
    """
    rows = ReportOrder.objects.filter(user=user, state__in=(DONE, FAILED), ordered_at__gt=timezone.now() - SHOWN_FOR)
    since = ReportPublication.objects.filter(year=OuterRef("year"), published_at__gt=OuterRef("ordered_at"))
    return waiting.newest(rows.exclude(Exists(since)).order_by("-ordered_at"), order_entry)


waiting.add(
    "reports",
    Text("En årsrapport venter på udgivelse", "An annual report waits to be published"),
    Text("{number} årsrapporter venter på udgivelse", "{number} annual reports wait to be published"),
    rights=["annual.publish_report"],
    find=drafts_for,
    address="annual_reportdraft_changelist?state=draft",
)
waiting.add(
    "reports_stale",
    Text(
        "Tallene bag dit udkast til en årsrapport er blevet andre: bestil det igen",
        "What your draft of an annual report was drawn from has changed: order it again",
    ),
    Text(
        "Tallene bag {number} af dine udkast til årsrapporter er blevet andre: bestil dem igen",
        "What {number} of your drafts of annual reports were drawn from has changed: order them again",
    ),
    rights=["annual.write_report"],
    find=stale_drafts,
    address="annual_reportdraft_changelist?state=draft",
)
waiting.add(
    "report_sections",
    Text("En årsrapport har afsnit, der ikke er færdige", "An annual report has sections that are not finished"),
    Text(
        "{number} årsrapporter har afsnit, der ikke er færdige",
        "{number} annual reports have sections that are not finished",
    ),
    rights=["annual.write_report"],
    find=lambda _: waiting.newest(open_drafts().filter(finished__lt=F("to_finish")), section_entry),
    address="annual_reportdraft_changelist?state=draft",
)
waiting.add(
    "report_orders",
    Text("En af dine bestillinger af årsrapporten er færdig", "One of your orders of the annual report is finished"),
    Text(
        "{number} af dine bestillinger af årsrapporten er færdige",
        "{number} of your orders of the annual report are finished",
    ),
    rights=["annual.add_reportorder"],
    find=finished_orders,
    address="annual_reportorder_changelist",
)
waiting.lead(
    WayGroup.STATISTICS,
    Way(
        Text("Årsrapporter", "Annual reports"),
        ("annual.write_report", "annual.publish_report"),
        "annual_reportdraft_changelist",
    ),
)
