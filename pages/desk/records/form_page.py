"""The page of the form, whether a referral is new or corrected, what is done with what was sent by it, and the receipt.

What was sent is stored, or the form comes back with all that was typed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from cases import tokens
from cases.codelists import CONFIRMATION_REASON
from cases.errors import AgreementMissing, Erased, PreconditionRequired, RulesBroken, Stale
from cases.intake.readers.formats import XLSX
from cases.intake.rulebook import FindingRule
from cases.intake.submit import REFERRALS, ReferralResult
from cases.intake.templates.columns import REFERENCE
from cases.intake.templates.files import filled_workbook
from cases.intake.templates.texts import DRAFT
from cases.models import Referral
from cases.months import today
from cases.versions import NONE, Condition
from core.text import Text, in_one
from pages.desk import reads
from pages.desk.frame import Visit, desk_page, go, refuse, show
from pages.desk.records.fields import sections
from pages.desk.records.handles import ERASED_WORDS, address, handle_of, locked_page, missing_page, record_page
from pages.desk.records.history import VersionInWords, steps
from pages.desk.records.returns import OPEN_QUESTION, RETURNS, open_questions
from pages.desk.records.sending import (
    FIELDS,
    ReadForm,
    SentForm,
    advice,
    form_of,
    in_words,
    is_confirmed,
    open_checks,
    read_form,
    store,
    usable_members,
    usable_reference,
    words_by_field,
)
from pages.desk.records.words import CORRECTED, FORM_WORDS, NO_REASON, RECEIPT, RECORD, SENT, UNCHANGED
from pages.desk.sending.delivery_words import CARD_WORDS
from pages.desk.sending.files import attachment
from pages.desk.sending.refusals import refusal_words
from partners.roles import Right

Errors = Mapping[str, Sequence[Text]]


@dataclass(frozen=True, slots=True)
class FormPlace:
    """Where a form is sent (`action`), the page that is left for (`back`), and the referral that is corrected (`about`), if any."""

    action: str
    back: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class FormPage:
    """What the page of the form shows. `version`: what is corrected; None for a new referral.

    `checks`: what is asked about; `asks_again`: nobody has said why it is right. `conflict`: what happened to the referral
    meanwhile, which can be looked at on the page `look`. `is_withdrawn`: saving it reports it again.
    """

    members: Mapping[str, Any]
    reference: str
    place: FormPlace
    version: int | None = None
    errors: Errors = field(default_factory=dict)
    checks: Sequence[FindingRule] = ()
    asks_again: bool = False
    reason: str = ""
    conflict: Sequence[VersionInWords] = ()
    is_withdrawn: bool = False

    def answer(self, visit: Visit, *, status: int = 200) -> HttpResponse:
        """The page. One that says what is corrected is written down as a read."""
        if self.place.about:
            reads.write_down(visit, "correct", 1)
        language, reference = visit.language, usable_reference(self.reference)
        errors = {name: [text(language) for text in texts] for name, texts in self.errors.items()}
        context = {
            "page": self,
            "checks": in_words(self.checks),
            "say": FORM_WORDS,
            "record_words": RECORD,
            "idle": idle_words()(language),
            "sections": sections(self.members, errors, language),
            "summary": [(FIELDS[name].label if name else "", name, texts) for name, texts in errors.items()],
            "reference": reference,
            "reasons": CONFIRMATION_REASON.codes,
            "no_reason": NO_REASON if self.asks_again else "",
            "returns": RETURNS,
            "asked": open_questions(visit, UUID(reference)) if self.version else [],
        }
        return show(visit, "desk/one.html", context, status=status)


def idle_words() -> Text:
    """After how many idle minutes a person is signed out."""
    minutes = int(settings.HENVIS_SESSION_IDLE.total_seconds() // 60)
    return Text(*(text.format(minutes=minutes) for text in FORM_WORDS["idle"]))


def page_of(form: SentForm, members: Mapping[str, Any], place: FormPlace, **more: Any) -> FormPage:
    """The page of a form that was sent and is not done."""
    return FormPage(members, form.reference, place, form.version, reason=form.reason, **more)


def take(
    visit: Visit, form: SentForm, condition: Condition, place: FormPlace, before: Referral | None = None
) -> HttpResponse:
    """Store what was sent, or show the form again with what is wrong with it, or with what is asked about it.

    `before`: the version that it corrects.
    """
    result = read_form(visit, form, before)
    if result.row.errors:
        return page_of(form, result.members, place, errors=result.errors).answer(visit)
    checks = open_checks(visit, result.row, before)
    if checks and not is_confirmed(form, checks):
        return page_of(form, result.members, place, checks=checks, asks_again=bool(form.checks)).answer(visit)
    try:
        outcome = store(visit, result.row, condition, checks, form.reason)
    except RulesBroken as error:  # the calendar or the stored version has changed since it was read
        errors = words_by_field((each.field, each.detail) for each in error.violations)
        return page_of(form, result.members, place, errors=errors).answer(visit)
    except AgreementMissing as error:
        errors = {"": [refusal_words(error).both]}
        return page_of(form, result.members, place, errors=errors).answer(visit, status=409)
    except Erased:
        return refuse(visit, ERASED_WORDS, status=410)
    except (Stale, PreconditionRequired):
        return conflict(visit, form, result, place)
    page = "receipt" if before is None else "record"
    words = in_one(outcome_words(outcome, result), *open_question_words(visit, outcome.referral.reference))
    return go(visit, page, words, handle=handle_of(visit, outcome.referral.reference))


def outcome_words(outcome: ReferralResult, result: ReadForm) -> Text:
    """What was done, and what is worth knowing about it."""
    first = SENT if outcome.created else CORRECTED if outcome.changed else UNCHANGED
    notes = [note for _, *notes in in_words(advice(result.row)) for note in notes] if outcome.created else []
    return in_one(first, *notes)


def open_question_words(visit: Visit, reference: UUID) -> list[Text]:
    """What the centre still asks about a referral, if anything."""
    fields = [each.field for each in open_questions(visit, reference)]
    in_both = zip(OPEN_QUESTION, zip(*fields, strict=True), strict=True) if fields else ()
    texts = [words.format(fields=", ".join(names)) for words, names in in_both]
    return [Text(*texts)] if texts else []


def conflict(visit: Visit, form: SentForm, result: ReadForm, place: FormPlace) -> HttpResponse:
    """The form again, beside what happened to the referral since the person looked at it. Saving it then is a decision.

    Of one whose processing is restricted nothing is shown, also where the form of a new one was sent under its reference.
    """
    reference = UUID(result.row.reference)
    with transaction.atomic():
        current = REFERRALS.current(visit.partner.pk, reference)
        if current is not None and current.is_restricted:
            return locked_page(visit, current)
        history = steps(visit.partner.pk, reference, visit.language)
        if not history:
            return missing_page(visit, reference)
        reads.write_down(visit, "record", 1)
    page = FormPage(
        result.members,
        form.reference,
        FormPlace(address(visit, "correct", reference), address(visit, "record", reference), place.about),
        version=history[-1].version,
        conflict=[each for each in history if each.version > (form.version or 0)],
        is_withdrawn=history[-1].is_end,
    )
    return page.answer(visit, status=409)


# The button that keeps what is filled in as a sheet.
KEEP = "keep"


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Right.SUBMIT)
def new_referral(visit: Visit) -> HttpResponse:
    """The form of a new referral, and what is sent by it."""
    place = FormPlace(visit.address("one"), visit.address("home"))
    if visit.request.method == "POST":
        form = form_of(visit.request.POST)
        return draft(visit, form) if KEEP in visit.request.POST else take(visit, form, NONE, place)
    return FormPage({}, str(uuid4()), place).answer(visit)


def draft(visit: Visit, form: SentForm) -> HttpResponse:
    """What was filled in, as a sheet of one row that is sent as a file once it is whole. Nothing of it is kept here."""
    row = {REFERENCE: usable_reference(form.reference), **usable_members(read_form(visit, form).members)}
    content = filled_workbook(visit.language, today(), [row], DRAFT)
    return attachment(content, XLSX, FORM_WORDS["draft"](visit.language))


@require_safe
@record_page(Right.READ)
def receipt(visit: Visit, current: Referral) -> HttpResponse:
    """What to keep of a referral that was sent: its reference, and where its card is printed."""
    reads.write_down(visit, "receipt", 1)
    context = {
        "say": RECEIPT,
        "card": address(visit, "card", current.reference),
        "current": current,
        "token": tokens.in_groups(current.case.token),
        "record": address(visit, "record", current.reference),
        "another": visit.address("one") if visit.may(Right.SUBMIT) else "",
    }
    return show(visit, "desk/receipt.html", context)


@require_safe
@record_page(Right.READ)
def card(visit: Visit, current: Referral) -> HttpResponse:
    """The card with the case token of one referral, as those of a delivery are printed."""
    reads.write_down(visit, "card", 1)
    context = {
        "visit": visit,
        "words": CARD_WORDS,
        "cards": [(None, tokens.in_groups(current.case.token))],
        "back": address(visit, "receipt", current.reference),
    }
    return render(visit.request, "desk/sending/cards.html", context)
