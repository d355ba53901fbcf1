"""The columns and rows of a template: the reference, every field, the version that a row corrects, and the example."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID, uuid4

from cases import dictionary as d
from cases.codelists.common import label_of, none
from cases.codelists.countries import CODES_TO_RETIRE
from cases.fields import CodedField, CodeSetField, Field, TokenField
from cases.intake import rules
from cases.intake.additions import LABELS, SET_BY_SERVICE, SET_HERE
from cases.intake.rules import offered_codes
from core.text import Text

REFERENCE, VERSION = "reference", "version"
# Between the codes or the labels of a set in one cell.
BETWEEN = "|"
# A set that is known to be empty. An empty cell is a set that nobody asked about.
NONE, EMPTY_SET = none().label, none().code


@dataclass(frozen=True, slots=True, eq=False)
class TemplateColumn:
    """A column: the member of a row that stands in it, its label and meaning. `field`: the dictionary's, where it has one."""

    name: str
    label: Text
    help: Text
    required: bool
    field: Field | None = None

    @property
    def is_set(self) -> bool:
        """Whether a cell has several codes."""
        return isinstance(self.field, CodeSetField)


COLUMNS: tuple[TemplateColumn, ...] = (
    TemplateColumn(
        REFERENCE,
        Text("Reference", "Reference"),
        Text(
            "Henvisningens nummer hos jer: en tilfældig UUID. Den er udfyldt. Brug aldrig en reference til en anden person.",
            "Your number of the referral: a random UUID. It is filled in. Never use a reference for another person.",
        ),
        required=True,
    ),
    *(TemplateColumn(field.name, field.label, field.help, field.required, field) for field in d.REFERRAL),
    TemplateColumn(
        VERSION,
        Text("Version", "Version"),
        Text(
            "Kun når I retter en række, der er gemt: nummeret på den version, I retter.",
            "Only where you correct a stored row: the number of the version that you correct.",
        ),
        required=False,
    ),
)
# What a file has beside them that was exported: no template has these.
OF_EXPORTS = tuple(TemplateColumn(name, LABELS[name], SET_HERE, required=False) for name in SET_BY_SERVICE)
BY_NAME = {column.name: column for column in (*COLUMNS, *OF_EXPORTS)}
LAST_LETTERS = str.maketrans({"æ": "{", "ø": "|", "å": "}"})
# A field whose codes depend on another field's.
PARENTS = {d.EXPLOITATION_DETAIL.name: d.EXPLOITATION}


@dataclass(frozen=True, slots=True)
class ListedCode:
    """A code that a new row may have, and its label. `parent`: the code of the other field on which it depends."""

    code: str
    label: Text
    parent: str | None = None


@lru_cache(maxsize=256)
def choices(column: TemplateColumn, day: date) -> tuple[ListedCode, ...]:
    """The codes of a column on a day, in the order of the list. Empty where it has none."""
    field = column.field
    if not isinstance(field, CodedField | CodeSetField):
        return ()
    by_code, codes = field.codelist.by_code, offered_codes(field, day)
    return tuple(
        ListedCode(code, label_of(field.codelist, code), by_code[code].parent if code in by_code else None)
        for code in codes
    )


def listed_codes(column: TemplateColumn, day: date, language: str) -> tuple[ListedCode, ...]:
    """The same as people look for them: countries by their names, none of which nobody is a citizen, and what is none behind."""
    codes = choices(column, day)
    if column.name != d.CITIZENSHIP.name:
        return codes
    countries = [each for each in codes if not each.code.startswith("_") and each.code not in CODES_TO_RETIRE]
    others = [each for each in codes if each.code.startswith("_")]
    return (*sorted(countries, key=lambda each: in_alphabet(each.label(language), language)), *others)


def in_alphabet(text: str, language: str) -> str:
    """The key by which a text stands in the alphabet of a language: in Danish æ, ø and å are its last letters."""
    lower = text.casefold()
    if language == "da":
        lower = lower.translate(LAST_LETTERS)
    return "".join(each for each in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(each))


def words(column: TemplateColumn, value: object, language: str) -> str:
    """A value of a row as it stands in a cell: labels in the language, with `|` between those of a set; text of anything else."""
    field = column.field
    if value is None:
        return ""
    if isinstance(field, CodedField | CodeSetField):
        codes = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list | tuple) else ()
        return BETWEEN.join(label_of(field.codelist, str(code))(language) for code in codes) or NONE(language)
    return str(value)


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


def fresh_references() -> Iterable[UUID]:
    """References for the empty rows: random, so that no two templates have the same."""
    return (uuid4() for _ in range(ROOM))
