"""Who may approve what somebody asks for, as the pages say it; and pages that show once what nobody stores.

The database has the last word on who may. Shown once are second codes of requests, and links of invitations.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.text import Text, say
from partners.access.requests import MAY_ADD_CLIENT
from partners.kinds import Scope
from partners.models import AccessRequest
from partners.people.invitations import reads_exact
from partners.people.names import name_of
from partners.people.rights import MAY_INVITE
from partners.roles import Act
from partners.staff.screens import StaffList

# How a request stands, by whether it was approved; and where nobody decided in time.
STATES = {True: Text("godkendt", "approved"), False: Text("afvist", "refused"), None: Text("venter", "waits")}
ENDED = Text("udløbet", "expired")
# So many colleagues are named; whoever needs more knows them.
NAMED = 5
# The link to the page of a request: another decides there, and who asked withdraws.
OPEN_REQUEST = Text("Åbn anmodningen", "Open the request")
WITHDRAW = Text("Du kan trække anmodningen tilbage her.", "You can withdraw the request here.")


class ApprovingRule(NamedTuple):
    """Which right it takes to approve something, and whether only superusers may use it."""

    right: str
    superusers_only: bool = False


def rule_of(access_request: AccessRequest) -> ApprovingRule:
    """What it takes to approve a request."""
    if access_request.act == Act.CLIENT:
        return ApprovingRule(MAY_ADD_CLIENT, Scope.STATISTICS_EXACT in access_request.scopes)
    partner = access_request.partner
    return ApprovingRule(MAY_INVITE, partner is None or reads_exact(partner))


def approvers(access_request: AccessRequest) -> QuerySet[User]:
    """The others who may approve a request."""
    right, superusers_only = rule_of(access_request)
    return colleagues(access_request.asked_by_id, right, superusers_only=superusers_only)


class ListOfWaiting(StaffList):
    """A list of what somebody asks for. Each row has `able`, the others who may approve it, or None where it does not wait.

    They are asked for once for each right. The screen says in `rule_for(row)` what it takes; None: it does not wait.
    """

    def get_results(self, request: HttpRequest) -> None:
        """The rows of the page."""
        super().get_results(request)
        screen: Any = self.model_admin
        staff: dict[str, list[User]] = {}
        for row in self.result_list:
            rule = screen.rule_for(row)
            if rule is not None and rule.right not in staff:
                staff[rule.right] = list(colleagues(None, rule.right))
            row.able = rule and [
                each
                for each in staff[rule.right]
                if each.pk != row.asked_by_id and (each.is_superuser or not rule.superusers_only)
            ]


def in_words(access_request: AccessRequest) -> str:
    """What is asked for, and for whom."""
    return f"{access_request} ({access_request.whom})" if access_request.whom else str(access_request)


def may_refuse(user: User | AnonymousUser, access_request: AccessRequest) -> bool:
    """Whether somebody may refuse a request, or withdraw it: who asked, and who may ask for the same."""
    if access_request.asked_by_id == user.pk:
        return True
    if access_request.partner_id is None:
        return user.is_superuser
    return user.has_perm(MAY_ADD_CLIENT if access_request.act == Act.CLIENT else MAY_INVITE)


def colleagues(asker: int | None, right: str, *, superusers_only: bool = False) -> QuerySet[User]:
    """The active members of staff who have a right, but the one who asks; or the superusers among them."""
    able = User.objects.with_perm(right).filter(is_staff=True).exclude(pk=asker or 0).order_by("username")
    return able.filter(is_superuser=True) if superusers_only else able


def approvers_in_words(users: Iterable[User]) -> Text:
    """A sentence on who may approve; and what to do where nobody may."""
    names = [name_of(user) for user in users]
    if not names:
        return Text(
            "Ingen anden medarbejder kan godkende det endnu: en superbruger må først give en kollega rollen.",
            "No other member of staff can approve it yet: a superuser must first give a colleague the role.",
        )
    shown, more = ", ".join(names[:NAMED]), len(names) - NAMED
    if more > 0:
        return Text(
            f"Det kan godkendes af {shown} og {more} andre.", f"It can be approved by {shown} and {more} others."
        )
    return Text(f"Det kan godkendes af {shown}.", f"It can be approved by {shown}.")


def with_withdrawal(sentence: Text, address: str) -> SafeString:
    """A message to who has asked for something, with a link to the page on which it can be withdrawn."""
    return format_html('{} <a href="{}">{}</a>', sentence, address, WITHDRAW)


def state_in_words(decision: Any, able: Iterable[User] | None) -> str:
    """How a request stands: its decision, or for whom it waits. `able`: who may approve it, None where it does not wait."""
    if able is not None:
        return f"{STATES[None]}. {approvers_in_words(able)}"
    return str(STATES[decision.approved] if decision else ENDED)


LIST = "admin:partners_accessrequest_changelist"


def unstored_page(request: HttpRequest, template: str, **context: Any) -> TemplateResponse:
    """A page that no cache stores."""
    page = {
        **admin.site.each_context(request),
        "opts": AccessRequest._meta,
        "back": f"{reverse(LIST)}?state=waiting",
        **context,
    }
    return TemplateResponse(request, f"admin/access/{template}.html", page, headers={"Cache-Control": "no-store"})


def second_codes_page(
    request: HttpRequest, access_requests: list[tuple[AccessRequest, str]], refusals: list[str]
) -> TemplateResponse:
    """The page with the second codes of new requests. It is the only answer that shows them."""
    title = say("Skal godkendes af en anden", "Another must approve")
    rows = [(each, code, approvers_in_words(approvers(each))) for each, code in access_requests]
    return unstored_page(request, "second_codes", title=title, requests=rows, refusals=refusals, withdraw=WITHDRAW)
