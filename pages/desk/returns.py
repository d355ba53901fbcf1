"""*Returned to you*: what the centre asks about own referrals, and the answer by a reason. A correction is an answer too."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cases.codelists.returns import RETURN_ANSWER
from cases.errors import NotFound, ReturnEnded
from cases.models import Referral
from cases.months import month_words
from core.text import short
from oversight.returns import answering
from oversight.returns.choices import ReturnState
from oversight.returns.errors import ReturnRefused
from oversight.returns.models import Return
from oversight.returns.shown import field_words, state_words
from pages.desk import reads
from pages.desk.cards import Waiting
from pages.desk.frame import Visit, ask, desk_page, go, refuse, show
from pages.desk.progress import reason_of
from pages.desk.records.handles import address
from pages.desk.records.history import person_in_words
from pages.desk.returns_words import DONE, ENDED, QUESTION, RETURNS, how_many
from partners.roles import Right

CODE = "answer_code"


@require_safe
@desk_page(Right.READ)
def return_list(visit: Visit) -> HttpResponse:
    """What waits, the one that was returned first in front, and the answers at which the centre has not looked yet."""
    of_partner = Return.objects.of(visit.partner.pk).select_related("end").order_by("asked_at", "pk")
    with transaction.atomic():
        rows = [*of_partner.open(), *of_partner.without_review()]
        referrals = referrals_of(visit, rows)
        # A person may be erased between the statements, with what was asked about her.
        there = [each for each in rows if each.reference in referrals]
        reads.write_down(visit, "returned", len(there))
    items = [
        {"answer": visit.address("answer", key=each.pk), **words_of(visit, each, referrals[each.reference])}
        for each in there
    ]
    context = {
        "returns": RETURNS,
        "items": [each for each in items if each["is_open"]],
        "answered": [each for each in items if not each["is_open"]],
        "may_answer": visit.may(Right.SUBMIT),
    }
    return show(visit, "desk/returned.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Right.SUBMIT)
def answer(visit: Visit, key: UUID) -> HttpResponse:
    """The question, and the answer by a reason, which is asked about since it is final."""
    try:
        inquiry = answering.get(by=visit.by, key=key)
    except NotFound:
        raise Http404 from None
    code = visit.request.POST.get(CODE, "")
    if code in RETURN_ANSWER.names:
        return store_answer(visit, inquiry, code)
    if inquiry.state != ReturnState.OPEN:
        return refuse(visit, ENDED)
    with transaction.atomic():
        referral = referrals_of(visit, [inquiry]).get(inquiry.reference)
        if referral is None:
            return refuse(visit, ENDED)
        reads.write_down(visit, "answer", 1)
    context = {
        "returns": RETURNS,
        "item": words_of(visit, inquiry, referral),
        "answers": [(each.code, each.label) for each in RETURN_ANSWER.codes],
        "is_missing": visit.request.method == "POST",
        "back": visit.address("returned"),
    }
    return show(visit, "desk/return_answer.html", context)


def store_answer(visit: Visit, inquiry: Return, code: str) -> HttpResponse:
    """Ask, then store the answer. 409 where another answer, or a correction, came first."""
    label = RETURN_ANSWER.by_code[code].label
    about = f"{RETURNS['reference']} {short(inquiry.reference)}…"
    question = ask(visit, QUESTION, about, label, back=visit.address("returned"), keep=(CODE,))
    if question is not None:
        return question
    try:
        answering.answer(by=visit.by, key=inquiry.pk, code=code)
    except (NotFound, ReturnEnded):
        return refuse(visit, ENDED)
    except ReturnRefused as refusal:
        return refuse(visit, refusal, status=403)
    return go(visit, "returned", DONE)


def waiting_returns(visit: Visit) -> list[Waiting]:
    """That referrals wait for an answer, for the home of the desk."""
    number = answering.open_returns(visit.partner)
    return [Waiting(how_many(number), visit.address("returned"))] if number else []


def words_of(visit: Visit, inquiry: Return, referral: Referral) -> dict[str, object]:
    """A return in words, with the page of its referral and the one that corrects it."""
    return {
        "record": address(visit, "record", inquiry.reference),
        "correct": address(visit, "correct", inquiry.reference),
        "inquiry": inquiry,
        "month": month_words(referral.referred_in, visit.language),
        "person": person_in_words(referral, visit.language),
        "name": short(inquiry.reference),
        "reason": reason_of(inquiry),
        "field": field_words(inquiry),
        "is_open": inquiry.state == ReturnState.OPEN,
        "state": state_words(inquiry),
        "is_late": inquiry.due < timezone.localdate(),
    }


def referrals_of(visit: Visit, rows: list[Return]) -> dict[UUID, Referral]:
    """Each referral that was returned and is there, by its reference."""
    current = Referral.objects.of(visit.partner.pk).current().filter(reference__in=[each.reference for each in rows])
    return {each.reference: each for each in current}
