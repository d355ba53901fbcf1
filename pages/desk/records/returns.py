"""*Returned to you*: what the centre asks about own referrals, and the answer by a reason. A correction is an answer too.

How far a referral has come, in lines beside its fields, is here as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cases.codelists.referral import RETURN_ANSWER, RETURN_REASON
from cases.errors import NotFound, RestrictionHolds, ReturnEnded
from cases.models import Referral
from cases.months import month_words
from cases.windows.partner_years import GRACE_OF_ANSWERS
from core.text import Text, short
from oversight.returns import inquiries
from oversight.returns.choices import FIELDS, ReturnState
from oversight.returns.facts import COUNTS, field_words, state_words
from oversight.returns.inquiries import ReturnRefused
from oversight.returns.models import Return
from oversight.returns.progress import progress_of
from pages.desk import reads
from pages.desk.frame import DeskQuestion, Visit, Waiting, ask, desk_page, go, refuse, show
from pages.desk.records.handles import LOCKED_WORDS, address
from pages.desk.records.history import person_in_words
from partners.roles import Right

DAYS = GRACE_OF_ANSWERS.days
RETURNS: dict[str, Text] = {
    "title": Text("Sendt retur til jer", "Returned to you"),
    "about": Text(
        "Er centret i tvivl om en henvisning, står den her med et spørgsmål og en frist for jeres svar.",
        "If the centre is in doubt about a referral, it stands here with a question and a day by which you answer.",
    ),
    "lead": Text(
        "Centret spørger om disse henvisninger. Ret det, der spørges om, eller træk henvisningen tilbage, så er der svaret. Er "
        "der intet at rette, så svar med en begrundelse.",
        "The centre asks about these referrals. Correct what is asked about, or withdraw the referral: that is the answer. If "
        "there is nothing to correct, answer with a reason.",
    ),
    "others_answer": Text(
        "Centret spørger om disse henvisninger. En leder eller en sagsbehandler svarer.",
        "The centre asks about these referrals. A manager or a caseworker answers.",
    ),
    "asks": Text("Centret spørger om henvisningen", "The centre asks about this referral"),
    "rule": Text(
        "Et spørgsmål om et felt er besvaret, når feltet er rettet. Andre spørgsmål venter stadig. Er feltet rigtigt, så svar "
        "med en begrundelse.",
        "A question about a field is answered once the field is corrected. Other questions still wait. If the field is right, "
        "answer with a reason.",
    ),
    "answered": Text("Besvaret", "Answered"),
    "answered_lead": Text(
        f"Centret har endnu ikke set på disse svar. Var svaret forkert, kan henvisningen stadig rettes: er året lukket, i "
        f"{DAYS} dage efter svaret.",
        f"The centre has not looked at these answers yet. If one was wrong, the referral can still be corrected: for "
        f"{DAYS} days after the answer where the year is closed.",
    ),
    "state": Text("Svar", "Answer"),
    "none": Text("Intet er sendt retur.", "Nothing is returned."),
    "reference": Text("Reference", "Reference"),
    "month": Text("Måned", "Month"),
    "person": Text("Person", "Person"),
    "reason": Text("Centret skriver", "The centre says"),
    "field": Text("Drejer sig om", "Is about"),
    "due": Text("Svar inden", "Answer by"),
    "late": Text("fristen er gået", "the day has passed"),
    "act": Text("Handling", "Action"),
    "correct": Text("Ret henvisningen", "Correct the referral"),
    "answer": Text("Svar med en begrundelse", "Answer with a reason"),
    "answer_title": Text("Hvorfor rettes henvisningen ikke?", "Why is the referral not corrected?"),
    "choose": Text("Vælg et svar.", "Choose an answer."),
    "send": Text("Svar", "Answer"),
    "counted": Text("Tælles", "Counted"),
    "releases": Text("Udgivelser, den indgår i", "Releases it is part of"),
    "returned": Text("Sendt retur", "Returned"),
}
QUESTION = DeskQuestion(
    Text("Skal svaret sendes?", "Send this answer?"),
    Text(
        f"Svaret kan ikke ændres. I kan stadig rette henvisningen: er året lukket, i {DAYS} dage.",
        f"The answer cannot be changed. You can still correct the referral: for {DAYS} days where the year is closed.",
    ),
    Text("Ja, send svaret", "Yes, send the answer"),
)
DONE = Text("Svaret er sendt til centret.", "The answer is sent to the centre.")
ENDED = Text(
    "Spørgsmålet venter ikke længere på svar: henvisningen er rettet, trukket tilbage eller besvaret.",
    "The question waits for no answer any more: the referral was corrected, withdrawn or answered.",
)
OPEN_QUESTION = Text(
    "Centret venter stadig på svar om: {fields}.", "The centre still waits for an answer about: {fields}."
)
NO_RELEASE = Text("Ingen endnu", "None yet")


def how_many(number: int) -> Text:
    """That so many referrals wait."""
    if number == 1:
        return Text("1 henvisning er sendt retur", "1 referral is returned to you")
    return Text(f"{number} henvisninger er sendt retur", f"{number} referrals are returned to you")


class OpenQuestion(NamedTuple):
    """A question in words. `name`: of its field in the form, or empty. `answer`: the page of the answer by a reason."""

    name: str
    field: Text
    reason: Text
    due: date
    answer: str


def progress_rows(visit: Visit, current: Referral) -> Iterator[tuple[Text, object]]:
    """How far a referral has come, in lines beside its fields: counted, published, returned. Its outcome stands there already."""
    progress = progress_of(by=visit.by, reference=current.reference)
    yield RETURNS["counted"], COUNTS[progress.count_state]
    yield RETURNS["releases"], ", ".join(str(each.label) for each in progress.releases) or NO_RELEASE
    for each in progress.returns:
        parts = zip(field_words(each), reason_of(each), state_words(each), strict=True)
        yield RETURNS["returned"], Text(*(f"{field}: {reason}: {state}" for field, reason, state in parts))


def open_questions(visit: Visit, reference: UUID) -> list[OpenQuestion]:
    """What the centre asks about a referral and waits for."""
    rows = Return.objects.of(visit.partner.pk).open().filter(reference=reference).order_by("asked_at", "pk")
    return [
        OpenQuestion(
            each.field if each.field in FIELDS else "",
            field_words(each),
            reason_of(each),
            each.due,
            visit.address("answer", key=each.pk),
        )
        for each in rows
    ]


def reason_of(inquiry: Return) -> Text:
    return RETURN_REASON.by_code[inquiry.reason_code].label


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
        inquiry = inquiries.get(by=visit.by, key=key)
    except NotFound:
        raise Http404 from None
    except RestrictionHolds:
        return refuse(visit, LOCKED_WORDS, status=423)
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
        inquiries.answer(by=visit.by, key=inquiry.pk, code=code)
    except (NotFound, ReturnEnded):
        return refuse(visit, ENDED)
    except RestrictionHolds:
        return refuse(visit, LOCKED_WORDS, status=423)
    except ReturnRefused as refusal:
        return refuse(visit, refusal, status=403)
    return go(visit, "returned", DONE)


def waiting_returns(visit: Visit) -> list[Waiting]:
    """That referrals wait for an answer, for the home of the desk."""
    number = inquiries.open_returns(visit.partner)
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
