"""What waits on the first page of the staff: stored referrals that today's rules would refuse or hold, by the latest run."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone

from cases.intake.models import RevalidationReport
from core.text import Text
from partners.staff import waiting
from partners.staff.naming import day_of
from partners.staff.waiting import WaitingEntry, WaitingRows

SHOWN_FOR = timedelta(days=14)


def entry_of(report: RevalidationReport) -> WaitingEntry:
    """A run by its day and partner, with what it found."""
    day, refusals, holds = day_of(report.created_at), report.refused, report.held
    partner = Text(*((str(report.partner),) * 2)) if report.partner else Text("alle partnere", "all partners")
    return WaitingEntry(
        Text(f"{day}, {partner.da}", f"{day}, {partner.en}"),
        Text(
            f"{refusals} ville blive afvist, {holds} holdt tilbage",
            f"{refusals} would be refused, {holds} held",
        ),
    )


def find(user: User) -> WaitingRows:
    """The runs of the last fourteen days that found something."""
    lately = RevalidationReport.objects.filter(created_at__gt=timezone.now() - SHOWN_FOR)
    rows = lately.filter(Q(refused__gt=0) | Q(held__gt=0)).select_related("partner")
    return waiting.newest(rows.order_by("-created_at"), entry_of)


waiting.add(
    "revalidations",
    Text("En kontrol af gemte henvisninger fandt noget", "A check of stored referrals found something"),
    Text(
        "{number} kontroller af gemte henvisninger fandt noget", "{number} checks of stored referrals found something"
    ),
    rights=["intake.view_revalidationreport"],
    find=find,
    address="intake_revalidationreport_changelist",
)
