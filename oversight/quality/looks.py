"""Looks of staff at a partner's desk: read-only, each with a reason and an audit row, and seen by the partner's people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.db.models import Count, Max
from django.db.models.functions import TruncDate

from core.text import Text
from oversight.quality.choices import CALENDAR, FEEDBACK, LOOK_PAGES, LOOK_REASONS, YEAR
from oversight.quality.models import DeskLook
from partners import audit
from partners.audit import Actor
from partners.models import Partner

MAY_LOOK = "quality.look_at_desk"
# What a page of the desk tells, as a right that the role must have anyway: nobody sees by looking what no page of staff shows.
NEEDS: dict[str, str] = {
    CALENDAR: "quality.view_quality",
    FEEDBACK: "quality.view_shares",
    YEAR: "quality.view_shares",
}


def may_look(user: User | AnonymousUser, page: str) -> bool:
    """Whether a member of staff may see a page of partners' desks."""
    return bool(user.has_perm(MAY_LOOK) and user.has_perm(NEEDS[page]))


def pages_for(user: User | AnonymousUser) -> list[str]:
    """The pages that a member of staff may see."""
    return [page for page in LOOK_PAGES if may_look(user, page)]


def note_look(*, user: User, partner: Partner, page: str, reason_code: str) -> None:
    """Note that a page was seen, in the table that the partner is shown and in the audit."""
    with transaction.atomic():
        DeskLook.objects.create(user=user, partner=partner, page=page, reason_code=reason_code)
        audit.record(by=Actor.of(user), action="desk.look", subject=str(partner.pk), page=page, reason=reason_code)


@dataclass(frozen=True, slots=True)
class LookDay:
    """The looks at one page for one reason on one day, as the partner is told of them: it is not told who."""

    page: Text
    reason: Text
    times: int
    last_at: datetime


def looks_at(partner: Partner) -> list[LookDay]:
    """The looks at a partner's desk by day, the latest first."""
    days = DeskLook.objects.filter(partner=partner).order_by().annotate(day=TruncDate("looked_at"))
    counts = days.values("day", "page", "reason_code").annotate(times=Count("pk"), last_at=Max("looked_at"))
    return [
        LookDay(LOOK_PAGES[each["page"]], LOOK_REASONS[each["reason_code"]], each["times"], each["last_at"])
        for each in counts.order_by("-last_at")
    ]
