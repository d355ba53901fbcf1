"""*Notices*: what authorities tell in a crisis, that the partner has seen it and handed it on, and what a crisis asks for.

And *Your services*: whether each service of the partner is open, as everybody reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from cases.codelists import NOTICE_CHANNEL, SERVICE_PLACE, SERVICE_STATE
from cases.errors import NotFound, RulesBroken
from cases.months import first_day, month_id, month_words, span, this_month
from notices import acknowledgements, crises, reading, status
from notices.acknowledgements import PartnerAnswer
from notices.choices import regions
from notices.crises import ExpectedReport
from notices.errors import NoticeRefused, NoticeWithdrawn
from notices.languages import LANGUAGES
from notices.reading import PublishedNotice, page_path, sheet_path, sms_link
from pages.base.addresses import address_of
from pages.desk.frame import Visit, Waiting, ask, desk_page, go, refuse, show
from pages.desk.notices_words import (
    DONE,
    HANDED_ON,
    NOTICES,
    SERVICES,
    TAKEN_DOWN,
    WITHDRAWN,
    missing_words,
    unseen_words,
)
from partners.roles import Right

ACT, MONTH, CHANNEL = "act", "month", "channel"


@require_safe
@desk_page(Right.READ)
def notices(visit: Visit) -> HttpResponse:
    """The notices that hold, with what the partner has said of each, and the forms of weeks that are missing."""
    current_notices = reading.current()
    answers = acknowledgements.answers_of([each.id for each in current_notices], visit.partner.pk)
    context = {
        "notices": NOTICES,
        "items": [item_of(visit, each, answers[each.id]) for each in current_notices],
        "missing": [
            (each.form.label, each.period.words(visit.language), sheet_of(visit, each))
            for each in crises.missing_of(visit.partner)
        ],
    }
    return show(visit, "desk/notices.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Right.READ)
def notice(visit: Visit, number: int) -> HttpResponse:
    """One notice: its text, that it was seen, and in which months it was handed on."""
    try:
        notice_shown = reading.get(number)
        if visit.request.method == "POST" and visit.may(Right.SUBMIT):
            return store_acknowledgement(visit, notice_shown)
        answer = acknowledgements.answer_of(visit.by, number)
    except NotFound:
        raise Http404 from None
    except NoticeWithdrawn:
        return refuse(visit, WITHDRAWN)
    return show_notice(visit, notice_shown, answer)


def show_notice(
    visit: Visit, notice_shown: PublishedNotice, answer: PartnerAnswer, *, is_missing: bool = False
) -> HttpResponse:
    """The page. `is_missing`: nothing was chosen."""
    text = notice_shown.text_for(visit.language)
    months = span(acknowledgements.first_month(notice_shown), this_month())
    context = {
        "notices": NOTICES,
        "item": item_of(visit, notice_shown, answer),
        "text": text,
        "written": LANGUAGES[text.language],
        "missing": LANGUAGES[visit.language].note(text.language) if text.language != visit.language else "",
        "months": [(month_id(each), month_words(each, visit.language)) for each in reversed(months)],
        "channels": [(each.code, each.label) for each in NOTICE_CHANNEL.codes],
        "languages": [*languages_of(visit, notice_shown)],
        "is_missing": is_missing,
        "may_say": visit.may(Right.SUBMIT),
        "back": visit.address("notices"),
    }
    return show(visit, "desk/notice.html", context)


def store_acknowledgement(visit: Visit, notice_shown: PublishedNotice) -> HttpResponse:
    """Store that the notice was seen, or, once that is confirmed, that it was handed on."""
    form = visit.request.POST
    try:
        if form.get(ACT) == "seen":
            acknowledgements.see(by=visit.by, number=notice_shown.id)
            return go(visit, "notice", DONE["seen"], number=notice_shown.id)
        month, channel = first_day(form.get(MONTH, "")), form.get(CHANNEL, "")
        if month is None or channel not in NOTICE_CHANNEL.names:
            return show_notice(
                visit, notice_shown, acknowledgements.answer_of(visit.by, notice_shown.id), is_missing=True
            )
        about = (month_words(month, visit.language), NOTICE_CHANNEL.by_code[channel].label)
        back = visit.address("notice", number=notice_shown.id)
        if question := ask(visit, HANDED_ON, *about, back=back, keep=(MONTH, CHANNEL)):
            return question
        acknowledgements.hand_on(by=visit.by, number=notice_shown.id, month=month, channel=channel)
    except RulesBroken as error:
        return refuse(visit, error.violations[0].detail)
    except NoticeRefused as refusal:
        return refuse(visit, refusal)
    return go(visit, "notice", DONE["handed_on"], number=notice_shown.id)


def languages_of(visit: Visit, notice_shown: PublishedNotice) -> Iterator[dict[str, Any]]:
    """What there is to hand on: each language with its page, its sheet (empty until it is made) and its text message."""
    for text in notice_shown.texts.values():
        language = LANGUAGES[text.language]
        yield {
            "language": language,
            "name": language.name(visit.language) if language.tag != visit.language else "",
            "page": page_path(notice_shown.id, text.language, visit.language),
            "sheet": sheet_path(notice_shown.id, text.language) if text.has_sheet else "",
            "sms": sms_link(text.sms),
        }


def item_of(visit: Visit, notice_shown: PublishedNotice, answer: PartnerAnswer) -> dict[str, Any]:
    """A notice in words, with what the partner has said of it."""
    text = notice_shown.text_for(visit.language)
    return {
        "title": text.title,
        "written": LANGUAGES[text.language],
        "valid_to": notice_shown.valid_to,
        "seen_at": answer.seen_at,
        "handed_on": [
            f"{month_words(month, visit.language)}: {NOTICE_CHANNEL.by_code[channel].label(visit.language)}"
            for month, channel in answer.handed_on
        ],
        "address": visit.address("notice", number=notice_shown.id),
    }


def sheet_of(visit: Visit, report: ExpectedReport) -> str:
    """The address of the page on which a report is entered."""
    return visit.address("count", form=report.form.id, period=report.period.id)


def waiting_notices(visit: Visit) -> list[Waiting]:
    """That notices are not seen, and that forms of weeks are missing, for the home of the desk: for who can say so."""
    if not visit.may(Right.SUBMIT):
        return []
    current_notices = reading.current()
    numbers = [each.id for each in current_notices]
    answers = acknowledgements.answers_of(numbers, visit.partner.pk) if numbers else {}
    unseen = [each for each in current_notices if answers[each.id].seen_at is None]
    missing = len(crises.missing_of(visit.partner))
    address = visit.address("notices")
    # One is opened at once; of several the list says which.
    place = visit.address("notice", number=unseen[0].id) if len(unseen) == 1 else address
    return [
        *([Waiting(unseen_words([each.title for each in unseen]), place)] if unseen else []),
        *([Waiting(missing_words(missing), address)] if missing else []),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Right.READ)
def services(visit: Visit) -> HttpResponse:
    """What was said last of each service, and the form that says it anew."""
    if visit.request.method == "POST" and visit.may(Right.SUBMIT):
        return store_state(visit)
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


def store_state(visit: Visit) -> HttpResponse:
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
