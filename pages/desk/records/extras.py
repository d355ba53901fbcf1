"""What stands beside a referral on its page and on the list, and is no part of it: each kind is made by a function of its own.

A function of `DETAIL` answers for one referral, one of `COLUMNS` for all rows of a page at once, so that a list asks the database
once for each column, and not once for each row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from cases import dictionary as d
from cases.codelists.common import label_of
from cases.errors import ConsentNeeded, NotFound
from cases.intake import assess
from cases.models import Referral
from core.text import Text
from pages.desk.frame import Visit
from pages.desk.progress import progress_rows

NO_CONSENT = Text("Vises ikke: personen har ikke givet samtykke.", "Not shown: the person has not given consent.")


@dataclass(frozen=True, slots=True)
class ExtraRow:
    """A line beside the fields of a referral."""

    label: Text
    value: object


@dataclass(frozen=True, slots=True)
class ExtraColumn:
    """A column of the list. `cells`: by the reference of a row; a row without one has an empty cell."""

    label: Text
    cells: Mapping[UUID, object]


def outcome(visit: Visit, current: Referral) -> Iterator[ExtraRow]:
    """What the assessment came to, as far as the person's consent lets the partner see it. Nothing of a withdrawn referral."""
    try:
        code = assess.outcome_for(by=visit.by, reference=current.reference)
        yield ExtraRow(d.OUTCOME.label, label_of(d.OUTCOME.codelist, code))
    except ConsentNeeded:
        yield ExtraRow(d.OUTCOME.label, NO_CONSENT)
    except NotFound:
        return


def progress(visit: Visit, current: Referral) -> Iterator[ExtraRow]:
    """Whether it counts, in which releases it is, and what the centre asked of it."""
    return (ExtraRow(label, value) for label, value in progress_rows(visit, current))


DETAIL: tuple[Callable[[Visit, Referral], Iterator[ExtraRow]], ...] = (outcome, progress)
COLUMNS: tuple[Callable[[Visit, Sequence[Referral]], ExtraColumn], ...] = ()
