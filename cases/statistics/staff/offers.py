"""What the page of a release offers its reader: publishing, withdrawing, or what is in the way and who removes it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from cases.statistics.models import Release
from cases.statistics.staff import approval
from cases.statistics.staff.words import DRAFT, PUBLISHED, audit_outcome, state_of
from partners.staff.screens import actor
from partners.text import Text

MAY_APPROVE, MAY_ORDER = "statistics.approve_release", "statistics.add_buildorder"
ACTS = {"publish": Text("Udgiv", "Publish"), "withdraw": Text("Træk tilbage", "Withdraw")}
ORDER_AGAIN = Text("Bestil igen", "Order again")
ASK_STATISTICIAN = Text("Bed en statistiker om at bestille den igen.", "Ask a statistician to order it again.")


def offer_for(request: HttpRequest, release: Release) -> dict[str, Any]:
    """What the page offers the user, by the names of its template."""
    state, approves = state_of(release), request.user.has_perm(MAY_APPROVE)
    if state == DRAFT and (approves or request.user.has_perm(MAY_ORDER)):
        obstacle = approval.obstacle_of(release, actor(request))
        if obstacle is not None:
            return way_out(request, release, obstacle)
    act = {DRAFT: "publish", PUBLISHED: "withdraw"}.get(state)
    return {"acts": [(ACTS[act], address(act, release.pk))] if act and approves else []}


def way_out(request: HttpRequest, release: Release, obstacle: approval.PublishingObstacle) -> dict[str, Any]:
    """Why a draft cannot be published, with its audit; and the order that builds it anew, or whom to ask for one."""
    orders = obstacle.needs_order and request.user.has_perm(MAY_ORDER)
    fields = urlencode({"period": release.period, "audience": release.audience})
    return {
        "acts": [(ORDER_AGAIN, f"{reverse('admin:statistics_buildorder_add')}?{fields}")] if orders else [],
        "obstacle": obstacle.words,
        "remedy": ASK_STATISTICIAN if obstacle.needs_order and not orders else None,
        "audit": audit_outcome(release),
    }


def address(act: str, release_id: str) -> str:
    """The address of an act on a release."""
    return reverse(f"admin:statistics_release_{act}", args=[release_id])
