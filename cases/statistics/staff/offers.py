"""What the page of a release offers its reader: publishing, withdrawing, or what is in the way and who removes it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from cases.statistics.models import BuildOrder, Release
from cases.statistics.staff import approval
from cases.statistics.staff.words import DRAFT, PUBLISHED, audit_outcome, state_of
from partners.staff.screens import actor
from partners.text import Text

# Who may see the tables of a draft is decided by the database's function, in the same words.
MAY_APPROVE, MAY_ORDER = "statistics.approve_release", "statistics.add_buildorder"
ACTS = {
    "preview": Text("Se tabellerne", "See the tables"),
    "publish": Text("Udgiv", "Publish"),
    "withdraw": Text("Træk tilbage", "Withdraw"),
}
ORDER_AGAIN = Text("Bestil igen", "Order again")
ORDER_OTHER = Text("Bestil med andre tabeller", "Order with other tables")
ASK_STATISTICIAN = Text("Bed en statistiker om at bestille den igen.", "Ask a statistician to order it again.")
ASK_FOR_OTHER = Text("Bed en statistiker om at bestille andre tabeller.", "Ask a statistician to order other tables.")


def offer_for(request: HttpRequest, release: Release) -> dict[str, Any]:
    """What the page offers the user, by the names of its template."""
    state, approves = state_of(release), request.user.has_perm(MAY_APPROVE)
    if state == DRAFT and may_preview(request):
        return offer_for_draft(request, release)
    return acts_on(release, "withdraw") if state == PUBLISHED and approves else acts_on(release)


def may_preview(request: HttpRequest) -> bool:
    """Whether the user may see the tables of drafts."""
    return request.user.has_perm(MAY_APPROVE) or request.user.has_perm(MAY_ORDER)


def offer_for_draft(request: HttpRequest, release: Release) -> dict[str, Any]:
    """What the page of a draft offers to those who order or approve: its tables, publishing, or what is in the way."""
    obstacle, approves = approval.obstacle_of(release, actor(request)), request.user.has_perm(MAY_APPROVE)
    if obstacle is None:
        return acts_on(release, "preview", *(["publish"] if approves else []))
    if obstacle.needs_order:
        return way_out(request, release, obstacle)
    return {**(way_out(request, release, obstacle) if approves else {}), **acts_on(release, "preview")}


def acts_on(release: Release, *acts: str) -> dict[str, Any]:
    """These acts on a release, by the name of the template."""
    return {"acts": [(ACTS[act], address(act, release.pk)) for act in acts]}


def way_out(request: HttpRequest, release: Release, obstacle: approval.PublishingObstacle) -> dict[str, Any]:
    """Why a draft cannot be published, with its audit; and the order that builds it anew, or whom to ask for one."""
    orders = obstacle.needs_order and request.user.has_perm(MAY_ORDER)
    label, question = (ORDER_OTHER, ASK_FOR_OTHER) if obstacle.needs_choice else (ORDER_AGAIN, ASK_STATISTICIAN)
    return {
        "acts": [(label, order_form(release))] if orders else [],
        "obstacle": obstacle.words,
        "remedy": question if obstacle.needs_order and not orders else None,
        "audit": audit_outcome(release),
    }


def order_form(of: Release | BuildOrder) -> str:
    """The address of the form of an order, for the period and audience of a release or of another order."""
    fields = urlencode({"period": of.period, "audience": of.audience})
    return f"{reverse('admin:statistics_buildorder_add')}?{fields}"


def address(act: str, release_id: str) -> str:
    """The address of an act on a release."""
    return reverse(f"admin:statistics_release_{act}", args=[release_id])
