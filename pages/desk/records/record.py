"""One own referral: what it says and has been, and its correction, its withdrawal, and its return."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.db import transaction
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases import dictionary as d
from cases.codelists.common import label_of
from cases.errors import (
    AgreementMissing,
    ConsentNeeded,
    DomainError,
    Erased,
    NotFound,
    PreconditionRequired,
    RulesBroken,
    Stale,
)
from cases.intake import assess, submit
from cases.intake.templates.columns import VERSION
from cases.intake.versions import content_of
from cases.models import Referral
from cases.months import day_words, month_words
from cases.versions import NONE, Condition, Status
from cases.windows.words import PERIODS
from core.text import Text, in_one, number_in
from oversight.retention.rules import goes_on
from pages.desk import reads
from pages.desk.frame import Visit, ask, go, go_back, refuse, show
from pages.desk.records.form_page import FormPage, FormPlace, take
from pages.desk.records.handles import ERASED_WORDS, address, handle_of, missing_page, record_page
from pages.desk.records.history import name_of, steps, values_in_words
from pages.desk.records.returns import RETURNS, open_questions, progress_rows
from pages.desk.records.sending import form_of, write_down
from pages.desk.records.words import (
    AGAIN,
    CHANGED_MEANWHILE,
    CHOOSE,
    FORM_WORDS,
    NEEDS_CORRECTION,
    OTHER_REASON,
    QUESTION_AGAIN,
    RECORD,
    SEE_YEAR,
    WITHDRAWAL,
    WITHDRAWN,
)
from pages.desk.sending.refusals import refusal_words
from partners.roles import Right

REASON = d.WITHDRAWAL_REASON.name
# What is never the current version: whoever names none has looked at none.
NO_VERSION = 0
KEPT = Text("Slettes tidligst", "Erased at the earliest")
NO_CONSENT = Text("Vises ikke: personen har ikke givet samtykke.", "Not shown: the person has not given consent.")


@require_safe
@record_page(Right.READ)
def record(visit: Visit, current: Referral) -> HttpResponse:
    """The current version in words, and every version before it."""
    language = visit.language
    with transaction.atomic():
        history = steps(visit.partner.pk, current.reference, language)
        rows = [*outcome_rows(visit, current), *progress_rows(visit, current), kept_row(current, language)]
        questions = open_questions(visit, current.reference)
        reads.write_down(visit, "record", 1)
    pages = {name: address(visit, name, current.reference) for name in ("correct", "withdraw", "again", "receipt")}
    context = {
        "say": RECORD,
        "title": RECORD["title"](language).format(month=month_words(current.referred_in, language)),
        "current": current,
        "is_withdrawn": current.status == Status.WITHDRAWN,
        "values": values_in_words(current, language),
        "extras": rows,
        "history": history[::-1],
        "pages": pages,
        "may_change": visit.may(Right.SUBMIT),
        "list": visit.address("records"),
        "returns": RETURNS,
        "asked": questions,
    }
    return show(visit, "desk/record.html", context)


def outcome_rows(visit: Visit, current: Referral) -> Iterator[tuple[Text, Text]]:
    """What the assessment came to, as far as the person's consent lets the partner see it. Nothing of a withdrawn referral."""
    try:
        code = assess.outcome_for(by=visit.by, reference=current.reference)
        yield d.OUTCOME.label, label_of(d.OUTCOME.codelist, code)
    except ConsentNeeded:
        yield d.OUTCOME.label, NO_CONSENT
    except NotFound:
        return


def kept_row(current: Referral, language: str) -> tuple[Text, str]:
    """The day before which the referral is not erased: no other record of the person is reckoned with, which would tell of it."""
    return KEPT, day_words(goes_on(current.referred_in, current.recorded_at), language)


@require_http_methods(["GET", "HEAD", "POST"])
@record_page(Right.SUBMIT, writes=True)
def correct(visit: Visit, current: Referral) -> HttpResponse:
    """The form with what is stored, and what is sent by it: that corrects the version at which the person looked.

    Of a referral whose processing is restricted it is empty.
    """
    about = name_of(current, visit.language)
    place = FormPlace(address(visit, "correct", current.reference), address(visit, "record", current.reference), about)
    reference = str(current.reference)
    if visit.request.method == "POST":
        form = replace(form_of(visit.request.POST), reference=reference)
        return take(visit, form, condition_on(form.version), place, current)
    is_withdrawn = current.status == Status.WITHDRAWN
    content = {} if current.is_restricted else content_of(current)
    return FormPage(content, reference, place, current.version, is_withdrawn=is_withdrawn).answer(visit)


@require_http_methods(["GET", "HEAD", "POST"])
@record_page(Right.SUBMIT, writes=True)
def withdraw(visit: Visit, current: Referral) -> HttpResponse:
    """The page that says what a withdrawal does and asks why, and the withdrawal."""
    back = address(visit, "record", current.reference)
    reason = visit.request.POST.get(REASON, "")
    if visit.request.method == "POST" and reason in d.WITHDRAWAL_REASON.allowed:
        return end(visit, current, reason)
    reads.write_down(visit, "withdraw", 1)
    context = {
        "say": {**FORM_WORDS, **WITHDRAWAL},
        "about": name_of(current, visit.language),
        "reasons": d.WITHDRAWAL_REASON,
        "version": current.version,
        "error": CHOOSE if visit.request.method == "POST" else "",
        "back": back,
        "correct": f"{address(visit, 'correct', current.reference)}#field-{d.CONSENT.name}",
    }
    return show(visit, "desk/withdraw.html", context)


def end(visit: Visit, current: Referral, reason: str) -> HttpResponse:
    """Withdraw the version that the person looked at. Again with the same reason, nothing changes."""
    condition = condition_on(number_in(visit.request.POST.get(VERSION, "")) or NO_VERSION)
    try:
        with transaction.atomic():
            result = submit.withdraw(by=visit.by, reference=current.reference, reason_code=reason, condition=condition)
            if result.changed:
                write_down(visit, "referral.withdraw")
    except DomainError as error:
        return refusal(visit, current, error, (OTHER_REASON, "withdraw"))
    return go(visit, "record", WITHDRAWN, handle=handle_of(visit, current.reference))


@require_POST
@record_page(Right.SUBMIT)
def send_again(visit: Visit, current: Referral) -> HttpResponse:
    """Send a withdrawn referral again as it is, after asking. What breaks a rule by now is corrected first."""
    if current.status != Status.WITHDRAWN:
        return turn_back(visit, current, CHANGED_MEANWHILE)
    back, about = address(visit, "record", current.reference), name_of(current, visit.language)
    question = ask(visit, QUESTION_AGAIN, about, back=back, keep=(VERSION,))
    if question is not None:
        reads.write_down(visit, "again", 1)
        return question
    values = {name: getattr(current, name) for name in submit.COLUMNS}
    condition = condition_on(number_in(visit.request.POST.get(VERSION, "")))
    try:
        with transaction.atomic():
            submit.put(by=visit.by, reference=current.reference, values=values, condition=condition)
            write_down(visit, "referral.send")
    except DomainError as error:
        return refusal(visit, current, error, (NEEDS_CORRECTION, "correct"))
    return go(visit, "record", AGAIN, handle=handle_of(visit, current.reference))


def refusal(visit: Visit, current: Referral, error: DomainError, way_out: tuple[Text, str]) -> HttpResponse:
    """What is said where nothing was withdrawn or sent again, on the page where something can be done about it.

    `way_out`: what to do about a rule that is broken, and the page where that is done.
    """
    match error:
        case Stale() | PreconditionRequired():
            return turn_back(visit, current, CHANGED_MEANWHILE)
        case AgreementMissing():
            return turn_back(visit, current, refusal_words(error).both)
        case Erased():
            return refuse(visit, ERASED_WORDS, status=410)
        case NotFound():
            return missing_page(visit, current.reference)
        case RulesBroken():
            year_words = next((PERIODS[each.code] for each in error.violations if each.code in PERIODS), None)
            if year_words is None:
                return turn_back(visit, current, *way_out)
            return turn_back(visit, current, in_one(year_words, SEE_YEAR))
    raise error


def turn_back(visit: Visit, current: Referral, why: Text, page: str = "record") -> HttpResponse:
    """Lead to a page of the referral where nothing was done, and say why."""
    return go_back(visit, page, why, handle=handle_of(visit, current.reference))


def condition_on(version: int | None) -> Condition:
    """That the version is the current one; where none is named, that nothing else is replaced."""
    return NONE if version is None else Condition(versions=frozenset({version}))
