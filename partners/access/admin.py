"""Screens of access: requests, with the page on which a second member of staff approves or refuses, and people of partners."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from core.text import say
from partners.access import people, requests
from partners.access.approvers import (
    ENDED,
    LIST,
    OPEN_REQUEST,
    STATES,
    ApprovingRule,
    ListOfWaiting,
    approvers,
    approvers_in_words,
    in_words,
    may_refuse,
    rule_of,
    state_in_words,
    unstored_page,
)
from partners.access.requests import AccessRefused
from partners.credentials import CredentialError
from partners.models import AccessRequest, Client
from partners.people.invitations import InvitationRefused, address
from partners.people.models import Invitation, Membership
from partners.people.names import name_of
from partners.people.words import LABELS
from partners.roles import Act
from partners.staff.links import column, page_at
from partners.staff.lists import BY_PARTNER, WordedFilter
from partners.staff.naming import NOTHING, day_of, moment_of, scopes_in_words
from partners.staff.screens import ReadOnly, actor

admin.site.register(Membership, people.MembershipAdmin)
admin.site.register(Invitation, people.InvitationAdmin)


class RequestStateFilter(WordedFilter):
    """Filters requests by their decision."""

    choices_offered: ClassVar = {
        "waiting": (STATES[None], lambda: Q(pk__in=requests.waiting().values("pk"))),
        "approved": (STATES[True], lambda: Q(decision__approved=True)),
        "refused": (STATES[False], lambda: Q(decision__approved=False)),
        "expired": (ENDED, lambda: Q(decision=None) & ~Q(pk__in=requests.waiting().values("pk"))),
    }

    def waits_for(self, user: Any) -> Q:
        """What others asked for: nobody approves the own request."""
        return Q(pk__in=requests.waiting().values("pk")) & ~Q(asked_by=user)


@admin.register(AccessRequest)
class AccessRequestAdmin(ReadOnly):
    """Requests for access, newest first, with their decisions."""

    list_display = ("what", "asked_by", "asked_at", "state", "decided_by", "decide")
    list_filter = (RequestStateFilter, "act", BY_PARTNER)
    list_select_related = ("partner", "account", "asked_by", "decision__user")

    def get_fields(self, request: HttpRequest, obj: AccessRequest | None = None) -> tuple[str, ...]:
        """What is asked for, which differs between clients and invitations, then who asked and who decided."""
        of_person = ("role", "account" if obj is not None and obj.account else "recipient")
        own_fields = ("name", "may") if obj is not None and obj.act == Act.CLIENT else of_person
        return ("what", "partner", *own_fields, "asked_by", "asked_at", "state", "decided_by", "decide")

    what = column(say("anmodning", "request"), in_words, ordering="act")
    may = column(say("må", "may"), lambda access_request: scopes_in_words(access_request.scopes))

    def get_changelist(self, request: HttpRequest, **_: Any) -> type[ChangeList]:
        return ListOfWaiting

    def rule_for(self, access_request: AccessRequest) -> ApprovingRule | None:
        """What it takes to approve a request that waits."""
        return rule_of(access_request) if requests.is_waiting(access_request) else None

    @admin.display(description=say("afgørelse", "decision"))
    def state(self, access_request: Any) -> str:
        """Whether the request waits and for whom, has expired or was decided. Of a row of the list that is known."""
        if not hasattr(access_request, "able"):
            access_request.able = approvers(access_request) if requests.is_waiting(access_request) else None
        return state_in_words(getattr(access_request, "decision", None), access_request.able)

    @admin.display(description=say("afgjort af", "decided by"))
    def decided_by(self, access_request: AccessRequest) -> str:
        """Who decided, and when."""
        decision = getattr(access_request, "decision", None)
        return f"{decision.user}, {moment_of(decision.decided_at)}" if decision else NOTHING

    @admin.display(description=say("handling", "action"))
    def decide(self, access_request: AccessRequest) -> str:
        """A link to the page on which another decides, or who asked withdraws."""
        if not requests.is_waiting(access_request):
            return NOTHING
        return format_html('<a href="{}">{}</a>', decide_address(access_request), OPEN_REQUEST)

    @page_at("<uuid:request_id>/decide/", "decide")
    def decision_page(self, request: HttpRequest, request_id: UUID) -> HttpResponse:
        """Show what is requested with two buttons; then decide, and show the link of an invitation."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        access_request = (
            requests.waiting().select_related("partner", "account", "asked_by").filter(pk=request_id).first()
        )
        if access_request is None:
            raise Http404
        if request.method == "POST":
            return decide_request(request, access_request, approve="approve" in request.POST)
        able, who = approvers(access_request), getattr(request.user, "pk", None)
        return unstored_page(
            request,
            "decide",
            title=say(f"Godkend eller afvis: {access_request}", f"Approve or refuse: {access_request}"),
            facts=facts(access_request),
            own=access_request.asked_by_id == who,
            approves=able.filter(pk=who or 0).exists(),
            refuses=may_refuse(request.user, access_request),
            approvers=approvers_in_words(able),
        )


def decide_address(access_request: AccessRequest) -> str:
    """The page of a decision."""
    return reverse("admin:partners_accessrequest_decide", args=(access_request.pk,))


def facts(access_request: AccessRequest) -> list[tuple[Any, Any]]:
    """What is requested, and what tells the partner from others: staff may change its name."""
    partner = access_request.partner
    of_partner = [] if partner is None else [
        (say("Partner", "Partner"), partner),
        (say("Type", "Kind"), partner.get_kind_display()),
        (say("Tilstand", "Mode"), partner.get_mode_display()),
        (say("Oprettet", "Created"), day_of(partner.created_at)),
        (say("Klienter", "Clients"), Client.objects.filter(partner=partner).count()),
        (say("Brugere", "People"), people_of(access_request)),
    ]  # fmt: skip
    of_client = [
        (say("Navn", "Name"), access_request.name),
        (say("Må", "May"), scopes_in_words(access_request.scopes)),
    ]
    of_person = [
        (say("Rolle", "Role"), access_request.get_role_display()),
        (
            say("Konto, der genåbnes", "Account to restore") if access_request.account else LABELS["recipient"],
            access_request.whom or NOTHING,
        ),
    ]
    rows_wanted = of_client if access_request.act == Act.CLIENT else of_person
    return [*of_partner, *rows_wanted, (say("Bedt om af", "Asked for by"), access_request.asked_by)]


def people_of(access_request: AccessRequest) -> str:
    rows = Membership.objects.filter(partner=access_request.partner).select_related("user")
    return ", ".join(name_of(each.user) for each in rows) or NOTHING


def decide_request(request: HttpRequest, access_request: AccessRequest, *, approve: bool) -> HttpResponse:
    """Decide on a request, and answer with the result."""
    try:
        if not approve:
            requests.refuse(by=actor(request), access_request=access_request)
            messages.success(request, say("Afvist.", "Refused."))
        elif access_request.act == Act.CLIENT:
            client = requests.approve_client(by=actor(request), access_request=access_request)
            messages.success(request, new_client_notice(client))
        else:
            token = requests.approve_invitation(by=actor(request), access_request=access_request)
            link = address(token, request.build_absolute_uri("/"))
            title = say("Invitationen", "The invitation")
            return unstored_page(request, "link", title=title, link=link, asked=access_request)
    except (AccessRefused, InvitationRefused, CredentialError) as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(decide_address(access_request))
    return HttpResponseRedirect(reverse(LIST))


def new_client_notice(client: Client) -> str:
    """The message about a new client."""
    return str(
        say(
            f"Klienten {client.name} er oprettet. Bed partnerens leder om at lave dens API-nøgle på sin konto.",
            f"The client {client.name} is added. Ask a manager of the partner to make its secret on the account pages.",
        )
    )
