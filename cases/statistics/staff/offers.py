"""What the page of a release offers its reader: publishing, withdrawing, or what is in the way and who removes it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from cases.statistics import beside
from cases.statistics.models import BuildOrder, Release, ScheduledPublication
from cases.statistics.staff import approval, schedules
from cases.statistics.staff.fact_decisions import decisions_in_force
from cases.statistics.staff.releases import existing, has_looked, looks, replacements
from cases.statistics.staff.words import (
    DRAFT,
    PUBLISHED,
    audit_outcome,
    change_notes_of,
    margins,
    sentence_about,
    state_of,
    verdict,
)
from partners.staff.screens import actor
from partners.text import Text, say

# Who may see the tables of a draft is decided by the database's function, in the same words.
MAY_APPROVE, MAY_ORDER = "statistics.approve_release", "statistics.add_buildorder"
ACTS = {
    "preview": Text("Se tabellerne", "See the tables"),
    "publish": Text("Udgiv", "Publish"),
    "withdraw": Text("Træk tilbage", "Withdraw"),
    "schedule": Text("Planlæg udgivelsen", "Schedule the release"),
    "approve": Text("Godkend planen", "Approve the plan"),
    "take_back": Text("Annullér planen", "Cancel the plan"),
}
A_COMMAND = Text("en kommando", "a command")
NOBODY = Text("ingen", "nobody")
ORDER_AGAIN = Text("Bestil igen", "Order again")
ORDER_OTHER = Text("Bestil med andre tabeller", "Order with other tables")
ORDER_NEXT = Text("Bestil en ny udgave", "Order the next vintage")
WAITS_FOR_APPROVER = Text(
    "Udkastet er klar. Se tabellerne igennem; derefter udgiver eller planlægger en godkender det.",
    "The draft is ready. Look through its tables; then an approver publishes or schedules it.",
)
LOOK_FIRST = Text(
    "Se tabellerne først: du har ikke set dette udkast.", "See the tables first: you have not looked at this draft."
)
WRITE_ERRATUM = Text("Skriv en rettelse", "Write an erratum")
NO_REPLACEMENT = Text(
    "Udgivelsen kan først trækkes tilbage, når en anden udgave af samme periode er udgivet og kan erstatte den. En statistiker "
    "bestiller den nye udgave.",
    "The release can be withdrawn once another vintage of the same period is published and can replace it. A statistician orders "
    "the new vintage.",
)
ASK_STATISTICIAN = Text("Bed en statistiker om at bestille den igen.", "Ask a statistician to order it again.")
ASK_FOR_OTHER = Text("Bed en statistiker om at bestille andre tabeller.", "Ask a statistician to order other tables.")


def offer_for(request: HttpRequest, release: Release) -> dict[str, Any]:
    """What the page offers the user, by the names of its template."""
    state = state_of(release)
    if state == DRAFT and may_preview(request):
        return offer_of_schedule(request, release, offer_for_draft(request, release))
    return offer_for_published(request, release) if state == PUBLISHED else acts_on(release, *reading(request, release))


def may_preview(request: HttpRequest) -> bool:
    """Whether the user may see the tables of releases on the staff's pages."""
    return request.user.has_perm(MAY_APPROVE) or request.user.has_perm(MAY_ORDER)


def reading(request: HttpRequest, release: Release) -> list[str]:
    """The way to the tables of what was published, for who answers for it: those for authorities are on no other page."""
    return ["preview"] if may_preview(request) and state_of(release) != DRAFT else []


def offer_for_published(request: HttpRequest, release: Release) -> dict[str, Any]:
    """What the page of a published release offers: its errata and next vintage to who orders, its withdrawal to who approves."""
    acts: list[tuple[Text, str]] = acts_on(release, *reading(request, release))["acts"]
    if request.user.has_perm("statistics.add_erratum"):
        acts.append((WRITE_ERRATUM, f"{reverse('admin:statistics_erratum_add')}?{urlencode({'release': release.pk})}"))
    if request.user.has_perm(MAY_ORDER):
        acts.append((ORDER_NEXT, order_form(release)))
    if not request.user.has_perm(MAY_APPROVE):
        return {"acts": acts}
    if replacements(release).exists():
        return {"acts": [*acts, *acts_on(release, "withdraw")["acts"]]}
    return {"acts": acts, "hints": [NO_REPLACEMENT]}


def offer_for_draft(request: HttpRequest, release: Release) -> dict[str, Any]:
    """What the page of a draft offers to those who order or approve: its tables, publishing, or what is in the way."""
    obstacle, approves = approval.obstacle_of(release, actor(request)), request.user.has_perm(MAY_APPROVE)
    if obstacle is not None and obstacle.needs_order:
        return way_out(request, release, obstacle)
    if approves and obstacle is None:
        return acts_on(release, "preview", "publish") if has_looked(actor(request), release) else look_first(release)
    in_the_way = way_out(request, release, obstacle) if approves and obstacle else {"hints": [WAITS_FOR_APPROVER]}
    return {**in_the_way, **acts_on(release, "preview")}


def look_first(release: Release) -> dict[str, Any]:
    """What the page of a draft offers to who approves and has not looked at its tables: them alone."""
    hint = format_html("{} {}.", LOOK_FIRST, link_to_preview(release))
    return {**acts_on(release, "preview"), "hints": [hint]}


def offer_of_schedule(request: HttpRequest, release: Release, offer: dict[str, Any]) -> dict[str, Any]:
    """What the page of a draft offers, and what is planned for it: its schedule, or why the last one failed."""
    plan, failure = schedules.open_schedule(), schedules.last_failure(release)
    news = {
        "failures": [
            *([schedules.describe_failure(failure)] if failure else []),
            *(schedules.doubts(plan) if plan and plan.release_id == release.pk else []),
        ],
        "plans": [schedules.describe_plan(plan)] if plan else [],
    }
    publish, (schedule,) = address("publish", release.pk), acts_on(release, "schedule")["acts"]
    if plan is None:
        may = any(each[1] == publish for each in offer["acts"])
        return {**offer, **news, "acts": [*offer["acts"], *([schedule] if may else [])]}
    if not schedules.holds_back(plan, release) or not request.user.has_perm(MAY_APPROVE):
        return {**offer, **news}
    acts = acts_of_plan(request, release, plan) if plan.release_id == release.pk else []
    return {
        **offer,
        **news,
        "acts": [*(each for each in offer["acts"] if each[1] != publish), *acts_on(release, *acts)["acts"]],
    }


def acts_of_plan(request: HttpRequest, release: Release, plan: ScheduledPublication) -> list[str]:
    """What an approver may do with the schedule of a draft."""
    people = {release.user_id, *(each.user_id for each in plan.approvals.all())}
    is_other = request.user.pk not in people and has_looked(actor(request), release)
    may = is_other and approval.obstacle_of(release, actor(request)) is None
    return [*(["approve"] if may else []), "take_back"]


def acts_on(release: Release, *acts: str) -> dict[str, Any]:
    """These acts on a release, by the name of the template."""
    return {"acts": [(ACTS[act], address(act, release.pk)) for act in acts]}


def way_out(request: HttpRequest, release: Release, obstacle: approval.PublishingObstacle) -> dict[str, Any]:
    """Why a draft cannot be published, with its audit; and the order that builds it anew, or whom to ask for one."""
    orders = obstacle.needs_order and request.user.has_perm(MAY_ORDER)
    label, question = (ORDER_OTHER, ASK_FOR_OTHER) if obstacle.needs_choice else (ORDER_AGAIN, ASK_STATISTICIAN)
    return {
        "acts": [(label, order_form(release))] if orders else [],
        "obstacle": sentence_about(release, obstacle.words),
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


def approvable(request: HttpRequest, release_id: str) -> Release:
    """The release, for a user who may approve. Raises `PermissionDenied`, `Http404`."""
    if not request.user.has_perm(MAY_APPROVE):
        raise PermissionDenied
    return existing(release_id)


def approval_facts(release: Release) -> list[tuple[object, object]]:
    """What an approver reads before publishing a draft: who had it built, who looked, who had reported, and its audit."""
    return [
        (say("Dannet af", "Built by"), release.user or A_COMMAND),
        (say("Tabeller", "Tables"), link_to_preview(release)),
        (say("Har set udkast af perioden", "Have looked at drafts of the period"), looks(release) or NOBODY),
        *beside.facts(release),
        *change_notes_of(release),
        *decisions_in_force(),
        *verdict(approval.proof_of(release.pk)),
    ]


def audit_details(release: Release) -> tuple[str, list[tuple[object, object]]] | None:
    """The room to spare and all else of the audit, under a heading, folded: it is longer than what is asked."""
    proof = approval.proof_of(release.pk)
    title = say("Mere fra fortrolighedskontrollen", "More of the disclosure check")
    return (title, margins(proof.margins)) if proof else None


def link_to_preview(release: Release) -> str:
    """The way to the tables of a draft."""
    return format_html('<a href="{}">{}</a>', address("preview", release.pk), ACTS["preview"])


def return_with_message(request: HttpRequest, what: str, release: Release) -> HttpResponse:
    """Go back to the release, with a message."""
    messages.success(request, what)
    return HttpResponseRedirect(address("change", release.pk))
