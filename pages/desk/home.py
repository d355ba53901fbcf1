"""The home of the desk: what is expected, what waits, and what else there is. Each part is made by a function of its own."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.text import Text
from oversight.reporting import states
from oversight.reporting.receipts.status import year_to_sign
from oversight.reporting.states import PeriodReport
from pages.desk.counts.lists import counts_waiting
from pages.desk.feedback import feedback_waiting
from pages.desk.frame import HomeCard, Visit, Waiting, desk_page, show
from pages.desk.notices import waiting_notices, waiting_services
from pages.desk.records.home_card import sent_card
from pages.desk.records.returns import waiting_returns
from pages.desk.reporting import deadlines, may_be_completed
from pages.desk.sending.deliveries import files_waiting
from pages.desk.words import (
    AGREEMENT_WAITS,
    LACKS_COMPLETION,
    MANAGER_CONFIRMS,
    MANDATE_OFFERED,
    MENU,
    NAMELESS,
    NEW_CLIENTS,
    STATES,
)
from pages.desk.year_words import TO_SIGN
from partners.kinds import Mode
from partners.models import Client, Partner, Secret
from partners.organisations import mandates
from partners.organisations.agreements import what_waits
from partners.people import invitations
from partners.people.models import Membership
from partners.people.partner_clients import unseen_clients
from partners.roles import Right

# What stands as a button on the home.
ACTS = ("file", "one")


@require_safe
@desk_page(Right.READ)
def home(visit: Visit) -> HttpResponse:
    parts = [part for make in PARTS if (part := make(visit)) is not None]
    return show(visit, "desk/home.html", {"parts": parts, "acts": acts(visit)})


def acts(visit: Visit) -> list[tuple[Text, str]]:
    """What a person comes for, with its address: the first of them most often."""
    return [(MENU[page], visit.address(page)) for page in ACTS] if visit.may(Right.SUBMIT) else []


def calendar(visit: Visit) -> HomeCard:
    """All deadlines in one list, and the periods of the last twelve months, the newest first. In test mode nothing is expected."""
    if visit.mode == Mode.TEST:
        return HomeCard("desk/calendar.html", {"is_test": True})
    now = timezone.now()
    due = visit.partner.calendar
    reports = states.reports_of_partner(visit.partner.pk, due, now, rows_shown=states.MONTHS_SHOWN)
    rows = [row_of(visit, each) for each in reversed(reports)]
    context = {
        "deadlines": deadlines(visit, reports, now),
        "rows": rows,
        "acts": any(each["complete"] for each in rows),
    }
    return HomeCard("desk/calendar.html", context)


def row_of(visit: Visit, report: PeriodReport) -> dict[str, object]:
    """A period in words. `complete`: where it is declared complete, for who may do so."""
    offers = visit.may(Right.SUBMIT) and may_be_completed(report)
    return {
        "report": report,
        "state": LACKS_COMPLETION if report.lacks_completion else STATES[report.state],
        "complete": visit.address("complete", period=report.period.id) if offers else None,
    }


def waiting(visit: Visit) -> HomeCard:
    """What waits for the partner's people."""
    return HomeCard("desk/waiting.html", {"items": [item for find in WAITING for item in find(visit)]})


def agreement(visit: Visit) -> list[Waiting]:
    """That the agreement must be confirmed, in live mode."""
    state = what_waits(visit.partner, visit.by.agreement)
    if not state:
        return []
    words = AGREEMENT_WAITS[state] if visit.may(Right.REPRESENT) else MANAGER_CONFIRMS
    return [Waiting(words, reverse("account_agreement"))]


def offered_mandates(visit: Visit) -> list[Waiting]:
    """That others offer the organisation a mandate, which takes effect once a manager accepts it: for who can."""
    waits = visit.may(Right.REPRESENT) and any(
        each.taker_id == visit.member.partner_id and mandates.words_of_state(each) == mandates.OFFERED
        for each in mandates.mandates_of(visit.member.partner)
    )
    return [Waiting(MANDATE_OFFERED, reverse("account_mandates"))] if waits else []


def new_clients(visit: Visit) -> list[Waiting]:
    """That the centre has added clients which nobody here has said to know: for who manages them."""
    waits = visit.may(Right.MANAGE_SECRETS) and unseen_clients(visit.member.partner).exists()
    return [Waiting(NEW_CLIENTS, reverse("account_home"))] if waits else []


def people(visit: Visit) -> HomeCard | None:
    """How many people the partner has, and its open invitations: for who manages them."""
    if not visit.may(Right.MANAGE_PEOPLE):
        return None
    own = visit.member.partner
    context = {
        "people": Membership.objects.filter(partner=own, user__is_active=True).count(),
        "invitations": invitations.open_invitations().filter(partner=own).count(),
    }
    return HomeCard("desk/people.html", context)


def api_access(visit: Visit) -> HomeCard | None:
    """The valid secrets of the partner in this mode: for who manages them."""
    if not visit.may(Right.MANAGE_SECRETS):
        return None
    return HomeCard("desk/api.html", {"secrets": secrets_of(visit.partner)})


def secrets_of(partner: Partner) -> list[Secret]:
    """The valid secrets of a row of a partner, with their clients."""
    clients = Client.objects.filter(partner=partner, is_desk=False)
    live = Secret.objects.filter(client__in=clients, revoked_at=None, expires_at__gt=timezone.now())
    return list(live.select_related("client"))


def unsigned_year(visit: Visit) -> list[Waiting]:
    """That last year waits for its signature, where it was expected and nothing is open any more."""
    year = year_to_sign(visit.partner, timezone.now()) if visit.may(Right.SUBMIT) else None
    return [Waiting(str(TO_SIGN).format(year), visit.address("year", year=year))] if year else []


def own_name(visit: Visit) -> list[Waiting]:
    """That the person has given no name, which stands on what is signed: for who can sign."""
    waits = visit.may(Right.SUBMIT) and not visit.member.user.get_full_name()
    return [Waiting(NAMELESS, reverse("account_name"))] if waits else []


# In the order in which they stand on the page. None: not for this person.
PARTS: tuple[Callable[[Visit], HomeCard | None], ...] = (
    waiting,
    calendar,
    sent_card,
    api_access,
    people,
)
# What finds that something waits, the most urgent first: what holds everything up, what is lost when its time is over, what has a
# deadline, and what others wait for.
WAITING: tuple[Callable[[Visit], list[Waiting]], ...] = (
    agreement,
    files_waiting,
    counts_waiting,
    waiting_returns,
    waiting_notices,
    waiting_services,
    unsigned_year,
    offered_mandates,
    new_clients,
    feedback_waiting,
    own_name,
)
