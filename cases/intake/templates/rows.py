"""The rows of a template: which are empty, and which is the example."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID, uuid4

from cases import dictionary as d
from cases.fields import TokenField
from cases.intake import rules
from cases.intake.templates.columns import COLUMNS, REFERENCE, VERSION, words
from core.text import Text

# The reference of the example in every template. It looks like any other: a regular one would be refused as an identifier. A row
# that still has it is refused, whatever else it says.
EXAMPLE_REFERENCE = UUID("e8a3b1c5-6d2f-4e97-8b04-5fa1c96d7e30")
EXAMPLE_TEXT = str(EXAMPLE_REFERENCE)
# How the references of invented rows begin: 48 bits that no random UUID has by chance. A live partner's row with one is refused.
REHEARSAL = "7e577e57-7e57-4"
# The most empty rows of a template, and the last row in which it offers its lists.
ROOM, LAST_ROW = 500, 5_001


NO_PERSON = {
    "example_row": Text("Rækken er skemaets eksempel.", "The row is the example of the template."),
    "rehearsal_row": Text(
        "Rækken er fra en testfil og er ingen person. Den tages kun imod i testtilstand.",
        "The row is from a test file and is no person. It is taken in test mode alone.",
    ),
}


def no_person(reference: str, *, is_test: bool) -> str | None:
    """The rule by which a reference is no person's: it is the example's, or was invented and comes from a live partner."""
    if reference == EXAMPLE_TEXT:
        return "example_row"
    return "rehearsal_row" if reference.startswith(REHEARSAL) and not is_test else None


def is_blank(members: Mapping[str, object]) -> bool:
    """Whether a row says nothing: it has a reference that the template filled in, or a version, or not even that."""
    return all(is_empty(value) for name, value in members.items() if name not in {REFERENCE, VERSION})


def is_empty(value: object) -> bool:
    """Whether a cell or a member says nothing. An empty list says something: that there is none."""
    return value is None or (isinstance(value, str) and not value.strip())


def example() -> dict[str, object]:
    """The example row: the dictionary's example record, without a case token, which only a case of the centre's has."""
    record = rules.example(d.REFERRAL)
    tokens = {field.name for field in d.REFERRAL if isinstance(field, TokenField)}
    return {REFERENCE: EXAMPLE_TEXT, **{name: value for name, value in record.items() if name not in tokens}}


def cells(members: Mapping[str, object], language: str) -> dict[str, str]:
    """A row in words: the text of each cell by the name of its column."""
    return {column.name: words(column, members.get(column.name), language) for column in COLUMNS}


def fresh_references(count: int = ROOM) -> Iterable[UUID]:
    """References for empty rows: random, so that no two templates have the same."""
    return (uuid4() for _ in range(count))
