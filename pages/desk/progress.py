"""How far a referral has come, in lines beside its fields."""

from __future__ import annotations

from collections.abc import Iterator

from cases.codelists.returns import RETURN_REASON
from cases.models import Referral
from cases.returns.models import Return
from cases.returns.progress import progress_of
from cases.returns.shown import COUNTS, state_words
from pages.desk.frame import Visit
from pages.desk.returns_words import NO_RELEASE, RETURNS
from partners.text import Text


def progress_rows(visit: Visit, current: Referral) -> Iterator[tuple[Text, object]]:
    """How far a referral has come, in lines beside its fields: counted, published, returned. Its outcome stands there already."""
    progress = progress_of(by=visit.by, reference=current.reference)
    yield RETURNS["counted"], COUNTS[progress.count_state]
    yield RETURNS["releases"], ", ".join(str(each.label) for each in progress.releases) or NO_RELEASE
    for each in progress.returns:
        reason, state = reason_of(each), state_words(each)
        yield RETURNS["returned"], Text(f"{reason.da}: {state.da}", f"{reason.en}: {state.en}")


def reason_of(inquiry: Return) -> Text:
    """Why it was returned."""
    return RETURN_REASON.by_code[inquiry.reason_code].label
