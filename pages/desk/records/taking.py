"""Taking what was sent by the form: it is stored, or the form comes back with all that was typed."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse

from cases.conditions import Condition
from cases.errors import AgreementMissing, Erased, PreconditionRequired, RulesBroken, Stale
from cases.intake.submit import ReferralResult
from cases.models import Referral
from core.text import Text, in_one
from pages.desk import reads
from pages.desk.frame import Visit, go, refuse
from pages.desk.progress import open_questions
from pages.desk.records.form_page import FormPage, FormPlace, page_of
from pages.desk.records.handles import ERASED_WORDS, address, handle_of, missing_page
from pages.desk.records.history import steps
from pages.desk.records.record_words import CORRECTED, SENT, UNCHANGED
from pages.desk.records.sending import (
    ReadForm,
    SentForm,
    advice,
    by_field,
    in_words,
    is_confirmed,
    open_checks,
    read_form,
    store,
)
from pages.desk.returns_words import STILL_ASKED
from pages.desk.sending.refusals import refusal_words


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
        errors = by_field((each.field, each.detail) for each in error.violations)
        return page_of(form, result.members, place, errors=errors).answer(visit)
    except AgreementMissing as error:
        errors = {"": [refusal_words(error).both]}
        return page_of(form, result.members, place, errors=errors).answer(visit, status=409)
    except Erased:
        return refuse(visit, ERASED_WORDS, status=410)
    except (Stale, PreconditionRequired):
        return conflict(visit, form, result, place)
    page = "receipt" if before is None else "record"
    words = in_one(outcome_words(outcome, result), *still_asked(visit, outcome.referral.reference))
    return go(visit, page, words, handle=handle_of(visit, outcome.referral.reference))


def outcome_words(outcome: ReferralResult, result: ReadForm) -> Text:
    """What was done, and what is worth knowing about it."""
    first = SENT if outcome.created else CORRECTED if outcome.changed else UNCHANGED
    notes = [note for _, *notes in in_words(advice(result.row)) for note in notes] if outcome.created else []
    return in_one(first, *notes)


def still_asked(visit: Visit, reference: UUID) -> list[Text]:
    """What the centre still asks about a referral, if anything."""
    fields = [each.field for each in open_questions(visit, reference)]
    in_both = zip(STILL_ASKED, zip(*fields, strict=True), strict=True) if fields else ()
    texts = [words.format(fields=", ".join(names)) for words, names in in_both]
    return [Text(*texts)] if texts else []


def conflict(visit: Visit, form: SentForm, result: ReadForm, place: FormPlace) -> HttpResponse:
    """The form again, beside what happened to the referral since the person looked at it. Saving it then is a decision."""
    reference = UUID(result.row.reference)
    with transaction.atomic():
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
