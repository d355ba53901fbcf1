"""What the centre asked about a person's referrals, for the document that is produced."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from cases.codelists.returns import RETURN_REASON
from oversight.returns.choices import STATES
from oversight.returns.models import Return
from oversight.returns.shown import field_words, state_words
from oversight.rights import words
from oversight.rights.words import Json


def returns_of(partner: UUID, reference: UUID) -> list[Json]:
    """What was asked about a referral and what came of it, the earliest first. Who asked and who answered is left out."""
    rows = Return.objects.of(partner).filter(reference=reference).with_state().select_related("end")
    return [return_of(each) for each in rows.order_by("asked_at", "pk")]


def return_of(inquiry: Return) -> Json:
    """One question with its answer."""
    end = getattr(inquiry, "end", None)
    return {
        "version": inquiry.version,
        "reason": words.code_with_labels(inquiry.reason_code, RETURN_REASON),
        "field": {"code": inquiry.field, **words.both(field_words(inquiry))},
        "returned_at": words.moment(inquiry.asked_at),
        "state": words.code_with_words(inquiry.state, STATES),
        "answer": words.both(state_words(inquiry)),
        "ended_at": words.moment(end.ended_at if end else None),
    }


def keys_of(referrals: Iterable[tuple[UUID, UUID]]) -> list[UUID]:
    """The ids of what was asked about referrals (partner, reference): the audit names them."""
    return [
        key
        for partner, reference in referrals
        for key in Return.objects.of(partner).filter(reference=reference).values_list("pk", flat=True)
    ]
