"""Pages of a partner's manager: its clients, their secrets, its people, and who has read its records through the API.

Every query is limited to the person's own partner. A row of another partner is not found, like one that does not exist.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Concatenate

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from core.text import MOST_DIGITS_OF_LONG, number_in, with_label
from partners import credentials
from partners.audit import Actor
from partners.models import Client, RecordRead, Secret
from partners.people import invitation_states, invitations, members, partner_clients
from partners.people.gate import FACTORS
from partners.people.members import MemberRefused
from partners.people.models import Invitation, Membership
from partners.people.names import name_of
from partners.people.pages.forms import InviteForm, RoleForm, RowForm
from partners.people.pages.frame import ask, label_form, notify, one_time_page, refusal_page
from partners.people.pages.signing_in import me
from partners.people.pages.words import WORDS
from partners.people.rights import may, membership_of
from partners.people.words import LABELS
from partners.roles import MEMBER_ABOUT, ROLE_WORDS, MemberRole, Right

Page = Callable[[HttpRequest], HttpResponse]


def needs(right: Right) -> Callable[[Callable[Concatenate[HttpRequest, Membership, ...], HttpResponse]], Page]:
    """Guard a page by a right at the person's partner, and give it the membership."""

    def guard(page: Callable[Concatenate[HttpRequest, Membership, ...], HttpResponse]) -> Page:
        @wraps(page)
        def guard_page(request: HttpRequest) -> HttpResponse:
            member = membership_of(me(request))
            if member is None or not may(member, right):
                raise PermissionDenied
            return page(request, member)

        guard_page.right = right  # type: ignore[attr-defined]  # for the test that walks every route as every role
        return guard_page

    return guard


def clients(member: Membership) -> QuerySet[Client]:
    """The clients of the person's partner, those of its twin in test mode first; the desk's are among them."""
    of_partner = Q(partner=member.partner) | Q(partner__twin_of=member.partner)
    clients_found: QuerySet[Client] = Client.objects.filter(of_partner).select_related("partner")
    return clients_found.order_by("-partner__mode", "pk")


def machines(member: Membership) -> QuerySet[Client]:
    """The clients that have secrets."""
    return clients(member).filter(is_desk=False)


def people(member: Membership) -> QuerySet[Membership]:
    return Membership.objects.filter(partner=member.partner).select_related("user", "partner")


def row_of[M: Model](request: HttpRequest, rows: QuerySet[M], key: str = "pk") -> M:
    """The row that the form names, among those of the person's partner. Raises `Http404`."""
    form = RowForm(request.POST)
    row = rows.filter(**{key: form.cleaned_data["row"]}).first() if form.is_valid() else None
    if row is None:
        raise Http404
    return row


@require_safe
@needs(Right.MANAGE_SECRETS)
def secrets(request: HttpRequest, member: Membership) -> HttpResponse:
    """The partner's clients, with each live secret by its last four characters, its end and its last use."""
    rows = [(client, credentials.live_secrets(client)) for client in machines(member)]
    return render(request, "people/secrets.html", {"member": member, "clients": rows})


@require_POST
@needs(Right.MANAGE_SECRETS)
def rotate(request: HttpRequest, member: Membership) -> HttpResponse:
    """A new secret for a client, shown once; the present one ends in 14 days."""
    client = client_of(request, member)
    if credentials.live_secrets(client) and (
        question := ask(request, "rotate", with_label(WORDS["client"], client.client_id), back="account_secrets")
    ):
        return question
    try:
        secret = credentials.rotate(by=Actor.of(me(request)), client=client)
        return one_time_page(request, "rotated", secret, client_id=client.client_id)
    except credentials.CredentialError:
        return refusal_page(request)


@require_POST
@needs(Right.MANAGE_SECRETS)
def acknowledge(request: HttpRequest, member: Membership) -> HttpResponse:
    """Acknowledge a new client of the partner."""
    partner_clients.see_client(by=Actor.of(me(request)), client=client_of(request, member))
    return HttpResponseRedirect(reverse("account_home"))


def client_of(request: HttpRequest, member: Membership) -> Client:
    """The client of the person's partner that the form names. Raises `Http404`."""
    client_found = machines(member).filter(client_id=usable(request.POST.get("client", ""))).first()
    if client_found is None:
        raise Http404
    return client_found


def usable(text: str) -> str:
    """A text that PostgreSQL can look up."""
    return text.replace("\x00", "")[:255]


@require_POST
@needs(Right.MANAGE_SECRETS)
def revoke(request: HttpRequest, member: Membership) -> HttpResponse:
    """End a secret now."""
    secret = row_of(request, Secret.objects.filter(client__in=clients(member)).select_related("client"))
    about = (with_label(WORDS["secret"], secret), with_label(WORDS["client"], secret.client.client_id))
    if (question := ask(request, "revoke", *about, back="account_secrets")) is not None:
        return question
    credentials.revoke(by=Actor.of(me(request)), secret=secret)
    notify(request, "revoked", secret)
    return HttpResponseRedirect(reverse("account_secrets"))


@require_safe
@needs(Right.MANAGE_PEOPLE)
def persons(request: HttpRequest, member: Membership) -> HttpResponse:
    return persons_page(request, member, label_form(InviteForm()))


def persons_page(request: HttpRequest, member: Membership, form: InviteForm) -> HttpResponse:
    """The same with a form that may have been filled in."""
    context: dict[str, Any] = {
        "member": member,
        "people": people(member).annotate(has_factor=Exists(FACTORS.filter(user_id=OuterRef("user_id")))),
        "invitations": invitation_states.lines_of(member.partner),
        "restorations": invitations.requests_to_restore(member.partner),
        "form": form,
        "member_roles": [(role, ROLE_WORDS[role], about) for role, about in MEMBER_ABOUT.items()],
    }
    return render(request, "people/persons.html", context)


@require_POST
@needs(Right.MANAGE_PEOPLE)
def invite(request: HttpRequest, member: Membership) -> HttpResponse:
    form = label_form(InviteForm(request.POST))
    if "role" in form.errors:
        return refusal_page(request)
    if not form.is_valid():
        return persons_page(request, member, form)
    return link(request, invitations.invite(by=Actor.of(me(request)), partner=member.partner, **form.cleaned_data))


def link(request: HttpRequest, token: str) -> HttpResponse:
    """The page that shows the invitation's address, once."""
    return one_time_page(
        request, "invited", invitations.address(token, request.build_absolute_uri("/")), "invited_lead"
    )


@require_POST
@needs(Right.MANAGE_PEOPLE)
def withdraw(request: HttpRequest, member: Membership) -> HttpResponse:
    """End an open invitation."""
    rows = Invitation.objects.filter(partner=member.partner).select_related("user", "made_by")
    invitation_found = row_of(request, rows)
    whom = invitation_states.whom_for_partner(invitation_found)
    about = (
        *([with_label(LABELS["recipient"], whom)] if whom else []),
        with_label(WORDS["role"], ROLE_WORDS[invitation_found.role]),
        invitations.making_words(invitation_found),
    )
    if (question := ask(request, "withdraw", *about, back="account_people")) is not None:
        return question
    invitations.revoke(by=Actor.of(me(request)), invitation=invitation_found)
    notify(request, "withdrawn")
    return HttpResponseRedirect(reverse("account_people"))


@require_POST
@needs(Right.MANAGE_PEOPLE)
def change_role(request: HttpRequest, member: Membership) -> HttpResponse:
    """Give a person of the partner another role, after asking."""
    other, form = row_of(request, people(member)), RoleForm(request.POST)
    if not form.is_valid():
        return refusal_page(request)
    role, name = MemberRole(form.cleaned_data["role"]), name_of(other.user)
    about = (name, with_label(WORDS["role"], ROLE_WORDS[role]), MEMBER_ABOUT[role])
    if (question := ask(request, "change_role", *about, back="account_people")) is not None:
        return question
    try:
        members.change_role(by=Actor.of(me(request)), member=other, role=role)
    except MemberRefused:
        return refusal_page(request)
    notify(request, "role_changed", name)
    return HttpResponseRedirect(reverse("account_people"))


def switch_page(active: bool) -> Page:
    """The page that switches a person of the partner off, or on."""

    @require_POST
    @needs(Right.MANAGE_PEOPLE)
    def switch(request: HttpRequest, member: Membership) -> HttpResponse:
        other = row_of(request, people(member))
        name = name_of(other.user)
        if not active and (question := ask(request, "switch_off", name, back="account_people")) is not None:
            return question
        try:
            members.switch(by=Actor.of(me(request)), user=other.user, active=active)
        except MemberRefused:
            return refusal_page(request)
        notify(request, "switched_on" if active else "switched_off", name)
        return HttpResponseRedirect(reverse("account_people"))

    return switch


switch_off, switch_on = switch_page(False), switch_page(True)


DAYS, PAGE = 31, 100


@require_safe
@needs(Right.READ)
def reads(request: HttpRequest, member: Membership) -> HttpResponse:
    """The reads of the partner's clients. `before`: the number of the last one on the page before."""
    rows = of_partner(member)
    before = request.GET.get("before", "")
    page = list(earlier(rows, before).order_by("-id").select_related("client__partner", "user")[: PAGE + 1])
    context = {
        "member": member,
        "days": [] if before else by_day(rows),
        "rows": page[:PAGE],
        "before": page[PAGE - 1].pk if len(page) > PAGE else None,
    }
    return render(request, "people/reads.html", context)


def of_partner(member: Membership) -> QuerySet[RecordRead]:
    """The reads of the person's own partner."""
    return RecordRead.objects.filter(client__in=clients(member).values("pk"))


def earlier(rows: QuerySet[RecordRead], before: str) -> QuerySet[RecordRead]:
    """The reads before one; all of them where `before` is not a number."""
    number = number_in(before, MOST_DIGITS_OF_LONG)
    return rows if number is None else rows.filter(pk__lt=number)


def by_day(rows: QuerySet[RecordRead]) -> list[Any]:
    """How often and how much each client has read on each of the last days, by operation."""
    recent = rows.filter(at__gt=timezone.now() - timedelta(days=DAYS)).order_by()
    days = recent.annotate(day=TruncDate("at")).values(
        "day", "client__client_id", "client__name", "client__is_desk", "client__partner__mode", "operation"
    )
    counts = days.annotate(times=Count("id"), records=Sum("rows"))
    return list(counts.order_by("-day", "client__client_id", "operation"))
