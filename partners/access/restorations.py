"""Pages of a partner's managers: one asks that a colleague's account is restored, another approves, and each is shown a half.

Where a partner has one manager, the centre approves it on its own page of requests.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.text import with_label
from partners.access import requests
from partners.access.requests import AccessRefused
from partners.audit import Actor
from partners.models import AccessRequest
from partners.people import invitations
from partners.people.invitations import InvitationRefused
from partners.people.models import Membership
from partners.people.names import name_of
from partners.people.pages.frame import ask, notify, one_time_page, refusal_page
from partners.people.pages.manager import needs, people, row_of
from partners.people.pages.signing_in import me
from partners.people.pages.words import WORDS
from partners.roles import Right

PLACE = "account_people"


def whom(access_request: AccessRequest) -> str:
    """The name of whose account is to be restored."""
    return name_of(access_request.account) if access_request.account else access_request.whom


@require_POST
@needs(Right.MANAGE_PEOPLE)
def bring_back(request: HttpRequest, member: Membership) -> HttpResponse:
    """Ask that a person of the partner gets a new password and factor; the asker is shown the second code."""
    other = row_of(request, people(member))
    if (question := ask(request, "bring_back", name_of(other.user), back=PLACE)) is not None:
        return question
    by = Actor.of(me(request))
    try:
        _, code = requests.ask_invitation(by=by, role=other.role, partner=member.partner, user=other.user)
    except InvitationRefused:
        return refusal_page(request)
    return one_time_page(request, "second_code", code, "second_code_lead")


@require_POST
@needs(Right.MANAGE_PEOPLE)
def approve(request: HttpRequest, member: Membership) -> HttpResponse:
    """Approve what a colleague has asked for; the approver is shown the link."""
    row = row_of(request, invitations.requests_to_restore(member.partner))
    about = (whom(row), with_label(WORDS["asked_by"], name_of(row.asked_by)))
    if (question := ask(request, "approve_back", *about, back=PLACE)) is not None:
        return question
    try:
        token = requests.approve_invitation(by=Actor.of(me(request)), access_request=row)
    except (AccessRefused, InvitationRefused):
        return refusal_page(request, why="two_needed")
    link = invitations.address(token, request.build_absolute_uri("/"))
    return one_time_page(request, "invited", link, "restored_lead")


@require_POST
@needs(Right.MANAGE_PEOPLE)
def refuse(request: HttpRequest, member: Membership) -> HttpResponse:
    """Refuse what a colleague has asked for, or take it back."""
    row = row_of(request, invitations.requests_to_restore(member.partner))
    if (question := ask(request, "refuse_back", whom(row), back=PLACE)) is not None:
        return question
    try:
        requests.refuse(by=Actor.of(me(request)), access_request=row)
    except AccessRefused:
        return refusal_page(request)
    notify(request, "back_refused")
    return HttpResponseRedirect(reverse(PLACE))
