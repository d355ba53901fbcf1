"""What waits of drafts that an approver refused, and that no order asked for: who had them built by the command is told why."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef

from core.text import Text
from partners.staff import waiting
from partners.staff.naming import moment_of
from partners.staff.waiting import WaitingEntry, WaitingRows
from stats.models import BuildOrder, Release
from stats.staff.releases import readable
from stats.staff.words import name_of


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
