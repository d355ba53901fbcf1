"""Referrals and returns in words, as pages show them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format

from cases.codelists.referral import RETURN_ANSWER, RETURN_REASON
from cases.fields import CodedField, CodeSetField, Field
from cases.linking.person_view import value_in_words
from cases.models import Referral
from core.text import Text
from oversight.returns.choices import FIELDS, REVIEWS, STATES, WHOLE, ReturnState
from oversight.returns.models import Return
from oversight.returns.progress import CountState
from oversight.returns.words import OVERDUE
from partners.staff.naming import day_of, moment_of

COUNTS: dict[CountState, Text] = {
    CountState.COUNTED: Text("Ja, blandt henvisninger", "Yes, among referrals"),
    CountState.WITHDRAWN: Text("Nej, den er trukket tilbage", "No, it is withdrawn"),
    CountState.TEST: Text("Nej, den er sendt i testtilstand", "No, it was sent in test mode"),
}
PARTNER, REFERENCE, VERSION = Text("Partner", "Partner"), Text("Reference", "Reference"), Text("Version", "Version")


def facts_of(shown: Referral) -> list[tuple[object, object]]:
    """A version of a referral as the page shows it: whose, from when, and what each field says."""
    values = [(each.label, value_words(each, getattr(shown, name))) for name, each in FIELDS.items()]
    return [(PARTNER, shown.partner), (REFERENCE, shown.reference), (VERSION, shown.version), *values]


def value_words(field: Field, value: Any) -> object:
    """A value in words: the label of a code, several with commas between, or a month."""
    if isinstance(value, date):
        return date_format(value, "YEAR_MONTH_FORMAT")
    if not isinstance(field, CodedField | CodeSetField):
        return value
    return value_in_words(field, value)


def changes_between(before: Referral, current: Referral) -> list[tuple[Text, object, object]]:
    """The fields that differ between two versions of a referral, each with what both say."""
    return [
        (each.label, value_words(each, getattr(before, name)), value_words(each, getattr(current, name)))
        for name, each in FIELDS.items()
        if getattr(before, name) != getattr(current, name)
    ]


def facts_of_return(inquiry: Return) -> list[tuple[object, object]]:
    """A return as the pages of staff show it."""
    review = getattr(inquiry, "review", None)
    review_rows = [(REVIEWS[review.code], f"{review.user}, {moment_of(review.reviewed_at)}")] if review else []
    return [
        (PARTNER, inquiry.partner),
        (REFERENCE, inquiry.reference),
        (VERSION, inquiry.version),
        (Text("Begrundelse", "Reason"), RETURN_REASON.by_code[inquiry.reason_code].label),
        (Text("Drejer sig om", "Is about"), field_words(inquiry)),
        (Text("Svar inden", "Answer by"), inquiry.due),
        (Text("Sendt retur", "Returned at"), inquiry.asked_at),
        (Text("Af", "By"), inquiry.asked_by),
        (Text("Status", "State"), state_words(inquiry)),
        *review_rows,
    ]


def answer_facts(inquiry: Return, current: Referral) -> list[tuple[object, object]]:
    """When a return was answered, where it was: by a reason, or by the version that is current (`current`)."""
    if inquiry.state in {ReturnState.OPEN, ReturnState.TAKEN_BACK}:
        return []
    at = inquiry.end.ended_at if inquiry.state == ReturnState.ANSWERED else current.recorded_at
    return [(Text("Besvaret", "Answered"), at)]


def state_words(inquiry: Return) -> Text:
    """How a return stands: the answer itself where there is one by a reason."""
    if inquiry.state == ReturnState.ANSWERED:
        return RETURN_ANSWER.by_code[inquiry.end.code].label
    return STATES[ReturnState(inquiry.state)]


def latest_in_words(inquiry: Return) -> Text:
    """When a referral was returned, and how that stands."""
    day, state = day_of(inquiry.asked_at), OVERDUE if inquiry.is_overdue else state_words(inquiry)
    return Text(f"Sendt retur {day}: {state.da.lower()}", f"Returned {day}: {state.en.lower()}")


def field_words(inquiry: Return) -> Text:
    """What a return is about: a field's name, or the whole referral."""
    return FIELDS[inquiry.field].label if inquiry.field in FIELDS else WHOLE
