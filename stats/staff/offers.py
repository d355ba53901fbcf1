"""What the page of a release offers its reader: publishing, withdrawing, or what is in the way and who removes it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from core.text import Text, of_both, say
from partners.audit import Actor
from partners.staff.screens import actor
from stats import rooms_above
from stats.errors import ReleaseRefused
from stats.models import AUTHORITY, BuildOrder, Publication, Release, ReviewSign, WithdrawalRequest
from stats.periods import Period
from stats.publishing.vintages import LEAST_CHANGES, MOST_VINTAGES_OF_CLOSED_YEAR, has_last_vintage
from stats.staff import approval
from stats.staff.audit_words import audit_outcome, margins, verdict
from stats.staff.fact_decisions import decisions_in_force
from stats.staff.grounds import report_facts
from stats.staff.preview import total_facts
from stats.staff.releases import existing, has_looked, looks
from stats.staff.words import DRAFT, PUBLISHED, change_notes_of, sentence_about, state_of

# Who may see the tables of a draft is decided by the database's function, in the same words.
MAY_APPROVE, MAY_ORDER = "statistics.approve_release", "statistics.add_buildorder"
ACTS = {
    "preview": Text("Se tabellerne", "See the tables"),
    "publish": Text("Udgiv", "Publish"),
    "refuse": Text("Afvis udkastet", "Refuse the draft"),
    "withdraw": Text("Træk tilbage", "Withdraw"),
    "schedule": Text("Planlæg udgivelsen", "Schedule the release"),
    "agree_withdrawal": Text("Sig ja til tilbagetrækningen", "Agree to the withdrawal"),
    "refuse_withdrawal": Text("Sig nej til tilbagetrækningen", "Say no to the withdrawal"),
    "review": Text("Mærk som under gennemgang", "Mark as under review"),
    "end_review": Text("Fjern mærket om gennemgang", "Take the sign of a review down"),
    "take_back": Text("Annullér planen", "Cancel the plan"),
}
A_COMMAND = Text("en kommando", "a command")
NOBODY = Text("ingen", "nobody")
ORDER_AGAIN = Text("Bestil igen", "Order again")
ORDER_OTHER = Text("Bestil med andre tabeller", "Order with other tables")
ORDER_NEXT = Text("Bestil en ny udgave", "Order the next vintage")
NO_NEXT = Text(
    f"Der kommer ikke flere udgaver: et afsluttet år har højst {MOST_VINTAGES_OF_CLOSED_YEAR} for myndigheder. En fejl "
    "rettes med en rettelse.",
    f"No vintage comes after this one: a closed year has at most {MOST_VINTAGES_OF_CLOSED_YEAR} for authorities. A mistake is "
    "corrected by an erratum.",
)
NEXT_FOR_AUTHORITIES = Text(
    f"En ny udgave for myndigheder kan dannes, når mindst {LEAST_CHANGES} oplysninger er ændret, eller når året er skiftet.",
    f"A new vintage for authorities can be built once at least {LEAST_CHANGES} records have changed, or the year has turned.",
)
WAITS_FOR_APPROVER = Text(
    "Udkastet er klar. Se tabellerne igennem; derefter udgiver eller planlægger en godkender det.",
    "The draft is ready. Look through its tables; then an approver publishes or schedules it.",
)
LOOK_FIRST = Text(
    "Se tabellerne først: du har ikke set dette udkast.", "See the tables first: you have not looked at this draft."
)
WRITE_ERRATUM = Text("Skriv en rettelse", "Write an erratum")
ASKED = Text("{who} har bedt om at trække udgivelsen tilbage: {why}", "{who} asked to withdraw the release: {why}")
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
    hints: list[Text] = []
    if request.user.has_perm(MAY_ORDER):
        next_acts, hints = offer_of_next(release)
        acts += next_acts
    if may_review(request):
        acts += acts_on(release, "end_review" if open_sign(release) else "review")["acts"]
    if not request.user.has_perm(MAY_APPROVE):
        return {"acts": acts, "hints": hints}
    request_open = open_withdrawal(release)
    if request_open is None:
        return {"acts": [*acts, *acts_on(release, "withdraw")["acts"]], "hints": hints}
    own = request_open.user_id == request.user.pk
    decisions = ["refuse_withdrawal"] if own else ["agree_withdrawal", "refuse_withdrawal"]
    why = of_both(request_open.reason)
    hint = Text(*(each.format(who=request_open.user, why=text) for each, text in zip(ASKED, why, strict=True)))
    return {"acts": [*acts, *acts_on(release, *decisions)["acts"]], "hints": [*hints, hint]}


def offer_of_next(release: Release) -> tuple[list[tuple[Text, str]], list[Text]]:
    """The way to the order of the next vintage, where one can come; and what it waits for, or why none comes."""
    period = Period.parse(release.period)
    vintages = Publication.objects.filter(release__audience=release.audience, release__period=release.period).count()
    if period is None or has_last_vintage(release.audience, period, vintages, timezone.now()):
        return [], [NO_NEXT]
    return [(ORDER_NEXT, order_form(release))], [NEXT_FOR_AUTHORITIES] if release.audience == AUTHORITY else []


def may_review(request: HttpRequest) -> bool:
    """Whether the user may put up the sign "under review"."""
    return request.user.has_perm("statistics.add_erratum") or request.user.has_perm(MAY_APPROVE)


def may_take_back(request: HttpRequest, release: Release) -> bool:
    """Whether the user may cancel the plan of a release: every approver, and whoever ordered it."""
    is_orderer = release.user_id == request.user.pk and request.user.has_perm(MAY_ORDER)
    return is_orderer or request.user.has_perm(MAY_APPROVE)


def open_withdrawal(release: Release) -> WithdrawalRequest | None:
    """The request to withdraw a release that waits for a second approver."""
    return WithdrawalRequest.objects.select_related("user").filter(release_id=release.pk, decision=None).first()


def open_sign(release: Release) -> ReviewSign | None:
    """The sign "under review" that is up."""
    return ReviewSign.objects.filter(release_id=release.pk, end=None).first()


def offer_for_draft(request: HttpRequest, release: Release) -> dict[str, Any]:
    """What the page of a draft offers to those who order or approve: its tables, publishing, or what is in the way."""
    obstacle, approves = approval.obstacle_of(release, actor(request)), request.user.has_perm(MAY_APPROVE)
    if obstacle is not None and obstacle.needs_order:
        return way_out(request, release, obstacle)
    if approves and obstacle is None:
        has_seen = has_looked(actor(request), release)
        return acts_on(release, "preview", "publish", "refuse") if has_seen else look_first(release)
    in_the_way = way_out(request, release, obstacle) if approves and obstacle else {"hints": [WAITS_FOR_APPROVER]}
    return {**in_the_way, **acts_on(release, "preview")}


def look_first(release: Release) -> dict[str, Any]:
    """What the page of a draft offers to who approves and has not looked at its tables: them alone."""
    hint = format_html("{} {}.", LOOK_FIRST, link_to_preview(release))
    return {**acts_on(release, "preview"), "hints": [hint]}


def offer_of_schedule(request: HttpRequest, release: Release, offer: dict[str, Any]) -> dict[str, Any]:
    """What the page of a draft offers, and what is planned for it: its schedule, or why the last one failed."""
    plan, failure = approval.open_schedule(), approval.last_failure(release)
    news = {
        "failures": [
            *([approval.describe_failure(failure)] if failure else []),
            *(approval.doubts(plan) if plan and plan.release_id == release.pk else []),
        ],
        "plans": [approval.describe_plan(plan)] if plan else [],
    }
    publish, (schedule,) = address("publish", release.pk), acts_on(release, "schedule")["acts"]
    if plan is None:
        may = any(each[1] == publish for each in offer["acts"])
        return {**offer, **news, "acts": [*offer["acts"], *([schedule] if may else [])]}
    if not approval.holds_back(plan, release):
        return {**offer, **news}
    is_planned = plan.release_id == release.pk
    acts = acts_on(release, *(["take_back"] if is_planned and may_take_back(request, release) else []))["acts"]
    addresses_closed = {publish, *([address("refuse", release.pk)] if is_planned else [])}
    return {**offer, **news, "acts": [*(each for each in offer["acts"] if each[1] not in addresses_closed), *acts]}


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


def approval_facts(by: Actor, release: Release) -> list[tuple[object, object]]:
    """What an approver reads before publishing a draft: its total beside others, who had it built, who looked, what is behind it,
    and its audit. Raises `ReleaseRefused` where its tables cannot be shown.
    """
    proof = approval.proof_of(release.pk)
    return [
        *total_facts(by, release),
        *report_facts(proof),
        (say("Dannet af", "Built by"), release.user or A_COMMAND),
        (say("Tabeller", "Tables"), link_to_preview(release)),
        (say("Har set udkast af perioden", "Have looked at drafts of the period"), looks(release) or NOBODY),
        *rooms_above.facts(release),
        *change_notes_of(release),
        *decisions_in_force(),
        *verdict(proof),
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


def return_with_refusal(request: HttpRequest, refusal: ReleaseRefused, release: Release) -> HttpResponse:
    """Go back to the release, with the words of a refusal."""
    messages.error(request, str(refusal))
    return HttpResponseRedirect(address("change", release.pk))
