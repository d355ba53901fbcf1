"""*Your services*: whether each service of the partner is open, as everybody reads it."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from cases.codelists import SERVICE_PLACE, SERVICE_STATE
from notices import status
from notices.choices import regions
from notices.errors import NoticeRefused
from pages.base.addresses import address_of
from pages.desk.cards import Waiting
from pages.desk.frame import Visit, desk_page, go, refuse, show
from pages.desk.notices_words import DONE, SERVICES, TAKEN_DOWN
from partners.roles import Right


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Right.READ)
def services(visit: Visit) -> HttpResponse:
    """What was said last of each service, and the form that says it anew."""
    if visit.request.method == "POST" and visit.may(Right.SUBMIT):
        return store(visit)
    return show_services(visit)


def show_services(visit: Visit, *, is_wrong: bool = False) -> HttpResponse:
    """The page. `is_wrong`: what was sent could not be read."""
    context = {
        "services": SERVICES,
        "rows": status.own(visit.partner.pk),
        "places": [(each.code, each.label) for each in SERVICE_PLACE.codes],
        "regions": regions(),
        "states": [(each.code, each.label) for each in SERVICE_STATE.codes],
        "may_say": visit.may(Right.SUBMIT),
        "is_wrong": is_wrong,
        "public": address_of("services", visit.language),
        "sent": visit.request.POST or said_before(visit),
    }
    return show(visit, "desk/services.html", context)


def said_before(visit: Visit) -> dict[str, str]:
    """What was said last of a service (`?place=`, `?region=`), to be said anew: an empty field would lose its address."""
    place, region = (visit.request.GET.get(name, "") for name in ("place", "region"))
    row = status.latest_of(visit.partner.pk, place, region)
    if row is None:
        return {}
    until = row.until.isoformat() if row.until else ""
    return {"place": row.place, "region": row.region, "state": row.state, "until": until, "address": row.address}


def store(visit: Visit) -> HttpResponse:
    """Store what was said, or say what is wrong."""
    form = visit.request.POST
    place, region, state = (form.get(name, "") for name in ("place", "region", "state"))
    address = status.as_address(form.get("address", ""))
    codes = (SERVICE_PLACE.names, [code for code, _ in regions()], SERVICE_STATE.names)
    is_known = all(value in values for value, values in zip((place, region, state), codes, strict=True))
    try:
        until = date.fromisoformat(form["until"]) if form.get("until") else None
    except ValueError:
        return show_services(visit, is_wrong=True)
    if not is_known or address is None:
        return show_services(visit, is_wrong=True)
    try:
        status.say(by=visit.by, place=place, region=region, state=state, until=until, address=address)
    except NoticeRefused as refusal:
        return refuse(visit, refusal)
    return go(visit, "services", DONE["service"])


def waiting_services(visit: Visit) -> list[Waiting]:
    """That staff have taken an address down, for the home of the desk: until a person says anew of the service, for who can."""
    is_down = visit.may(Right.SUBMIT) and status.has_address_to_answer(visit.partner.pk)
    return [Waiting(TAKEN_DOWN, visit.address("services"))] if is_down else []
