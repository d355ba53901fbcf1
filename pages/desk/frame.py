"""What the pages of the desk share: who is there, for which row of the partner, the menu, the cards of the home, and questions.

The same pages serve live and test mode at `/send/` and `/send/test/`: the address says which, and a page shows it in words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils.translation import get_language

from core.text import Text
from pages.desk.words import MENU, MODES, WORDS
from partners.audit import Actor
from partners.credentials import Principal
from partners.kinds import Mode
from partners.models import Partner
from partners.people.gate import has_shown_factor
from partners.people.models import Membership
from partners.people.pages.signing_in import me
from partners.people.partner_clients import partner_of, principal_of
from partners.people.rights import may, membership_of
from partners.roles import Right
from partners.staff.questions import is_answered, repeated_fields


class HomeCard(NamedTuple):
    """A part of a page: its template, and what it shows."""

    template: str
    context: dict[str, Any]


class Waiting(NamedTuple):
    """Something that waits for the partner: in words, with the page on which it is dealt with."""

    words: object
    address: str


NAMESPACES: dict[str, Mode] = {"desk": Mode.LIVE, "desk-test": Mode.TEST}
PLACES: dict[Mode, str] = {mode: namespace for namespace, mode in NAMESPACES.items()}

Page = Callable[..., HttpResponseBase]


class Entry(NamedTuple):
    """An entry of the menu: the name of a page, and the right that opens it."""

    page: str
    right: Right


# The tasks, in order.
ENTRIES = (
    Entry("home", Right.READ),
    Entry("file", Right.SUBMIT),
    Entry("one", Right.SUBMIT),
    Entry("records", Right.READ),
    Entry("counts", Right.READ),
    Entry("returned", Right.READ),
    Entry("notices", Right.READ),
    Entry("services", Right.READ),
    Entry("figures", Right.READ),
    Entry("years", Right.READ),
    Entry("feedback", Right.READ),
)
# What is of the organisation: folded together below the tasks. Most are pages of the account.
ORGANISATION = (
    Entry("account_secrets", Right.MANAGE_SECRETS),
    Entry("account_people", Right.MANAGE_PEOPLE),
    Entry("account_agreement", Right.READ),
    Entry("account_mandates", Right.REPRESENT),
    Entry("account_reads", Right.READ),
    Entry("looks", Right.MANAGE_PEOPLE),
)
OF_THE_ACCOUNT = "account_"


class MenuLine(NamedTuple):
    """A line of the menu as it is shown. `current`: `page` on the page itself, `true` below it, or nothing."""

    address: str
    words: Text
    current: str


class DeskMenu(NamedTuple):
    """The menu of a person: the tasks, and what is of the organisation. `is_open`: one of the latter is on the screen."""

    tasks: list[MenuLine]
    organisation: list[MenuLine]
    is_open: bool


class DeskQuestion(NamedTuple):
    """What a page asks before an act that cannot be undone."""

    title: Text
    lead: Text
    submit: Text


@dataclass(frozen=True)
class Visit:
    """A person on the desk. `partner`: the row of the organisation in the mode of the address."""

    request: HttpRequest
    member: Membership
    partner: Partner
    by: Principal

    @property
    def mode(self) -> Mode:
        """Live or test."""
        return self.by.mode

    @property
    def actor(self) -> Actor:
        """Who acts, for the audit."""
        return Actor.of(self.member.user)

    @property
    def language(self) -> str:
        """The language of the reader: `da`, or `en`."""
        return "da" if (get_language() or "").startswith("da") else "en"

    def may(self, right: Right) -> bool:
        """Whether the person has a right."""
        return may(self.member, right)

    def address(self, page: str, **parts: object) -> str:
        """The address of a page of the desk, in the same mode."""
        return reverse(f"{PLACES[self.mode]}:{page}", kwargs=parts or None)


def desk_page(right: Right) -> Callable[[Callable[Concatenate[Visit, ...], HttpResponseBase]], Page]:
    """Guard a page by a right at the person's partner, and give it the visit.

    It answers 403 to who is of no partner or lacks the right, and 404 where the partner has no row in the mode.
    """

    def guard(page: Callable[Concatenate[Visit, ...], HttpResponseBase]) -> Page:
        @wraps(page)
        def guard_page(request: HttpRequest, **parts: Any) -> HttpResponseBase:
            return page(visit_of(request, right), **parts)

        guard_page.right = right  # type: ignore[attr-defined]  # for the test that walks every route as every role
        return guard_page

    return guard


def visit_of(request: HttpRequest, right: Right) -> Visit:
    """Who is there. Raises `PermissionDenied` and `Http404`."""
    member = membership_of(me(request))
    if member is None or not may(member, right):
        raise PermissionDenied
    partner = partner_of(member, mode_of(request))
    if partner is None:
        raise Http404
    return Visit(request, member, partner, principal_of(member, partner))


def mode_of(request: HttpRequest) -> Mode:
    return NAMESPACES[resolve(request.path).namespace]


def show(visit: Visit, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    """A page of the desk in its frame."""
    frame = {
        "desk": WORDS,
        "visit": visit,
        "modes": modes(visit),
        "desk_menu": menu_of(visit.member, visit.mode, visit.request.path),
    }
    return render(visit.request, template, {**frame, **(context or {})}, status=status)


def context(request: HttpRequest) -> dict[str, object]:
    """The context processor: on the account pages the people of a partner have the desk's menu. It is made where it is shown."""
    return {"desk_menu": lambda: account_menu(request)}


def account_menu(request: HttpRequest) -> DeskMenu | None:
    """The desk's menu for a person of a partner who has signed in with both factors; None for everybody else."""
    member = membership_of(request.user) if has_shown_factor(request) else None
    return None if member is None else menu_of(member, Mode(member.partner.mode), request.path)


def menu_of(member: Membership, mode: Mode, here: str) -> DeskMenu:
    """The menu of a person. `here`: the address that is on the screen."""
    tasks = menu_lines(ENTRIES, member, mode, here)
    organisation = menu_lines(ORGANISATION, member, mode, here)
    return DeskMenu(tasks, organisation, any(each.current for each in organisation))


def menu_lines(entries: tuple[Entry, ...], member: Membership, mode: Mode, here: str) -> list[MenuLine]:
    """The lines of what the person may open."""
    home = reverse(f"{PLACES[mode]}:home")
    lines = []
    for page, right in entries:
        if may(member, right):
            address = reverse(page if page.startswith(OF_THE_ACCOUNT) else f"{PLACES[mode]}:{page}")
            is_within = address != home and here.startswith(address)
            lines.append(MenuLine(address, MENU[page], "page" if here == address else "true" if is_within else ""))
    return lines


def modes(visit: Visit) -> list[tuple[Text, str, bool]]:
    """The modes that the partner has: each in words, with the address of its home and whether the visit is there."""
    return [
        (MODES[mode], reverse(f"{namespace}:home"), mode == visit.mode)
        for namespace, mode in NAMESPACES.items()
        if partner_of(visit.member, mode) is not None
    ]


def ask(
    visit: Visit,
    question: DeskQuestion,
    *about: object,
    back: str,
    keep: tuple[str, ...] = (),
    part: HomeCard | None = None,
) -> HttpResponse | None:
    """The page that asks before an act; None where the person has answered.

    `about`: what the act is on. `back`: the address that is left for. `keep`: the fields that the form sends again.
    `part`: what is shown between the question and its button.
    """
    if is_answered(visit.request):
        return None
    fields_kept = repeated_fields(visit.request, *keep)
    context = {"page": question, "about": about, "kept": fields_kept, "back": back, "part": part}
    return show(visit, "desk/ask.html", context)


def go(visit: Visit, page: str, words: object = None, **parts: object) -> HttpResponse:
    """Lead to a page after an act, and say there what happened (`words`)."""
    if words is not None:
        messages.success(visit.request, str(words))
    return HttpResponseRedirect(visit.address(page, **parts))


def go_back(visit: Visit, page: str, why: object, **parts: object) -> HttpResponse:
    """Lead to a page where nothing was done, and say there why."""
    messages.error(visit.request, str(why))
    return HttpResponseRedirect(visit.address(page, **parts))


def refuse(visit: Visit, why: object, *, status: int = 409) -> HttpResponse:
    """The page of a refusal, in words."""
    return show(visit, "desk/refusal.html", {"why": why, "home": visit.address("home")}, status=status)
