"""Reasons, answers and fields of returned referrals, with labels as Django's choices."""

from __future__ import annotations

from enum import StrEnum

from cases import dictionary as d
from cases.choices import codes_of
from cases.codelists.referral import RETURN_ANSWER, RETURN_REASON
from cases.codelists.types import NOT_APPLICABLE
from cases.fields import Field, TokenField
from core.text import Text
from partners.choices import choices_of

# In the place of an answer, where the centre has taken the return back.
TAKEN_BACK = "TAKEN_BACK"
ENDS = (*RETURN_ANSWER.names, TAKEN_BACK)
# What a return may be about. The token is none of them: it is how the referral was found.
FIELDS: dict[str, Field] = {each.name: each for each in d.REFERRAL if not isinstance(each, TokenField)}
# How long until an answer is hoped for, where staff say nothing else, in days.
USUAL = 21
WHOLE = Text("Hele henvisningen", "The whole referral")
BY_STAFF = Text("Trukket tilbage af centret", "Taken back by the centre")


class ReturnState(StrEnum):
    """How a return stands. All but `ANSWERED` and `TAKEN_BACK` follow from the versions of the referral (`henvis_return_state`)."""

    OPEN = "OPEN"
    CORRECTED = "CORRECTED"
    WITHDRAWN = "WITHDRAWN"
    ANSWERED = "ANSWERED"
    TAKEN_BACK = TAKEN_BACK


STATES: dict[str, Text] = {
    ReturnState.OPEN: Text("Venter på svar", "Waiting for an answer"),
    ReturnState.CORRECTED: Text("Rettet", "Corrected"),
    ReturnState.WITHDRAWN: Text("Henvisningen er trukket tilbage", "The referral is withdrawn"),
    ReturnState.ANSWERED: Text("Besvaret", "Answered"),
    ReturnState.TAKEN_BACK: BY_STAFF,
}


class Review(StrEnum):
    """What staff make of an answer."""

    SETTLED = "SETTLED"
    ASKED_AGAIN = "ASKED_AGAIN"


REVIEWS: dict[str, Text] = {
    Review.SETTLED: Text("Afsluttet af centret", "Settled by the centre"),
    Review.ASKED_AGAIN: Text("Der er spurgt igen", "Asked again"),
}
REASONS = codes_of(RETURN_REASON)
END_CODES = [*codes_of(RETURN_ANSWER), *choices_of({TAKEN_BACK: BY_STAFF})]
# What a return is about: the whole referral, or one field.
FIELD_CODES = choices_of({NOT_APPLICABLE: WHOLE, **{name: each.label for name, each in FIELDS.items()}})
