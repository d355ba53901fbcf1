"""How far a referral has come, in lines beside its fields, and what the centre asks about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from cases.codelists.returns import RETURN_REASON
from cases.models import Referral
from core.text import Text
from oversight.returns.choices import FIELDS
from oversight.returns.models import Return
from oversight.returns.progress import progress_of
from oversight.returns.shown import COUNTS, field_words, state_words
from pages.desk.frame import Visit
from pages.desk.returns_words import NO_RELEASE, RETURNS


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
