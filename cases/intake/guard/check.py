"""Looking at what is sent before anything is kept of it: the members of a record, the headers of a file, and its cells.

A finding names a column by its place and a row by its line. It has neither the value nor the header, which may be a name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache

from cases.intake.additions import RECORDED_AT, SET_BY_SERVICE
from cases.intake.findings import FileRefused, Finding
from cases.intake.guard.kinds import IdentifierKind
from cases.intake.guard.values import (
    LONGEST,
    REFERENCE,
    VERSION,
    day_names,
    harmless_texts,
    header_kind,
    token_names,
    value_kind,
)
from cases.intake.guard.words import all_fields
from core.text import UUID_FORM

MOST_NAMED = 20
PROBLEM = "identifier_in_file"
TOO_LARGE, TOO_MUCH_TEXT = "payload_too_large", "too_much_text"
# A reference is as long as this, and a case token or a moment shorter.
SHORT = 40
OVERLAP = 100
MAY_BE_READ = frozenset({IdentifierKind.BIRTH_DATE})
MAY_BE_ABOVE = MAY_BE_READ | {IdentifierKind.NAME}
# Texts that were looked at and are harmless: cells repeat. What is an identifier is never kept.
MOST_REMEMBERED, LONGEST_REMEMBERED = 20_000, 64
HARMLESS_BEFORE: set[tuple[str | None, str]] = set()
# So many characters of a file may be no words of ours, whatever they are, and so many of one that is answered at once. A short text
# that repeats counts once. A look at a value costs as much as so many characters: a number does, too.
MOST_TEXT, MOST_TEXT_AT_ONCE = 20_000_000, 600_000
LOOK = 8

type Spend = Callable[[int], object]


def spend_nothing(_: int) -> None:
    """Of a record by itself nothing is counted: its body is small."""


def check_members(
    members: Mapping[str, object],
    line: int | None = None,
    *,
    names: Collection[str] | None = None,
    spend: Spend = spend_nothing,
) -> list[Finding]:
    """Every member of a record whose name or value is an identifier. `line`: that of the record in its file, if it has one.

    `names`: the members that it may have, a referral's where nothing is said. A finding names no other: that is the sender's text.
    `spend` is told how many characters are looked at.
    """
    names = known_names() if names is None else names
    harmless = harmless_texts()
    findings = []
    for name, value in members.items():
        # Most values are of the dictionary.
        if name in names and is_of_dictionary(value, harmless):
            continue
        field = name if name in names else None
        kind = None if field else header_kind(str(name))
        spend(0 if field else LOOK + len(str(name)))
        if kind := kind or kind_of_cell(field, value, spend):
            findings.append(finding(kind, field=field, line=line))
    return findings


def is_of_dictionary(value: object, harmless: Collection[object]) -> bool:
    """Whether a text, or each text of a list, stands in the dictionary as it is."""
    if type(value) is list:
        return not [each for each in value if type(each) is not str or each not in harmless]
    return type(value) is str and value in harmless


def check_headers(headers: Sequence[str]) -> list[Finding]:
    """Every column of a file whose header asks for identifiers or is one. Columns are counted from 0."""
    kinds = ((column, header_kind(str(name))) for column, name in enumerate(headers) if name is not None)
    return [Finding(kind.rule, column=column) for column, kind in kinds if kind is not None]


def check_cells(
    columns: Sequence[str | None],
    cells: Sequence[object],
    line: int | None = None,
    *,
    spend: Spend = spend_nothing,
) -> list[Finding]:
    """Every cell of a row that is an identifier. `columns`: the field of each column, or None where it is not known.

    A column about which the sender is asked has the field that it may be: a month is a day elsewhere. Cells without a column are
    looked at as well.
    """
    harmless = harmless_texts()
    findings = []
    for column, cell in enumerate(cells):
        if cell.__hash__ is not None and cell in harmless:
            continue
        field = columns[column] if column < len(columns) else None
        if kind := kind_of_cell(field, cell, spend):
            findings.append(finding(kind, field=field, column=column, line=line))
    return findings


def check_unknown(
    columns: Sequence[str | None],
    cells: Sequence[object],
    line: int | None = None,
    *,
    spend: Spend = spend_nothing,
) -> list[Finding]:
    """The same of a row of which not every column is known. A cell of one that is not may be whatever a row may have.

    A day of this century may be a month there, and ten characters a case token: that they stand in a column that nobody knows is
    said by who knows columns.
    """
    return [
        each
        for each in check_cells(columns, cells, line, spend=spend)
        if each.field is not None or each.column is None or is_seen_anywhere(cells[each.column])
    ]


def is_seen_anywhere(cell: object) -> bool:
    """Whether a cell is an identifier in whatever column it stands."""
    return all(value_kind(field, cell) for field in (*day_names(), *token_names()))


def check_unread(
    columns: Sequence[str | None], cells: Iterable[tuple[int, object]], line: int, *, spend: Spend = spend_nothing
) -> list[Finding]:
    """Every identifier in what stands in a row and is in none of its cells, as pairs of a column and a value."""
    named_cells = ((column, columns[column] if column < len(columns) else None, cell) for column, cell in cells)
    kinds = ((column, kind_if_left_out(field, cell, spend)) for column, field, cell in named_cells)
    return [finding(kind, column=column, line=line) for column, kind in kinds if kind is not None]


def read_nothing(_: str) -> bool:
    """Of most tables nothing above the header is read."""
    return False


def check_above(
    cells: Sequence[object],
    line: int | None,
    *,
    spend: Spend = spend_nothing,
    is_read: Callable[[str], bool] = read_nothing,
) -> list[Finding]:
    """Every identifier in a line above the header. A title or a guide may have names and days in it: nothing there is kept.

    `is_read`: of which texts something is; they may have no name.
    """
    kinds = ((column, kind_above(cell, spend, is_read)) for column, cell in enumerate(cells))
    return [finding(kind, column=column, line=line) for column, kind in kinds if kind is not None]


def kind_above(cell: object, spend: Spend, is_read: Callable[[str], bool]) -> IdentifierKind | None:
    """What a cell above the header is."""
    may_be = MAY_BE_READ if isinstance(cell, str) and is_read(cell) else MAY_BE_ABOVE
    kind = kind_if_left_out(None, cell, spend, may_be)
    return None if kind in may_be else kind


def kind_if_left_out(
    field: str | None, cell: object, spend: Spend, but: Collection[IdentifierKind] = ()
) -> IdentifierKind | None:
    """What a text is of which nothing is kept. It may be long: it is looked at in pieces that overlap by more than an identifier.

    `but`: what a piece may be.
    """
    kind = kind_of_cell(field, cell, spend)
    if kind != IdentifierKind.FREE_TEXT:
        return kind
    kinds = (value_kind(field, piece) for piece in pieces_of(cell))
    return next((kind for kind in kinds if kind not in {None, IdentifierKind.FREE_TEXT, *but}), None)


def pieces_of(cell: object) -> Iterable[object]:
    """A long text in pieces that are short enough to be looked at; anything else as it is."""
    if not isinstance(cell, str) or len(cell) <= LONGEST:
        return (cell,)
    return (cell[start : start + LONGEST] for start in range(0, len(cell) - OVERLAP, LONGEST - OVERLAP))


@cache
def known_names() -> frozenset[str]:
    """The members that a record has: a finding may name them."""
    return frozenset({REFERENCE, VERSION, *SET_BY_SERVICE, *(field.name for field in all_fields())})


def finding(
    kind: IdentifierKind, *, field: str | None = None, column: int | None = None, line: int | None = None
) -> Finding:
    return Finding(kind.rule, field=field, column=column, lines=() if line is None else (line,))


def kind_of_cell(field: str | None, cell: object, spend: Spend = spend_nothing) -> IdentifierKind | None:
    """What a cell is. References, tokens and moments hardly repeat and are short: they are not remembered, and cost nothing."""
    if type(cell) is str and len(cell) <= SHORT and (field in {REFERENCE, RECORDED_AT} or field in token_names()):
        return value_kind(field, cell)
    if type(cell) is not str or len(cell) > LONGEST_REMEMBERED:
        spend(size_of(cell))
        return value_kind(field, cell)
    key = (field, cell)
    if key in HARMLESS_BEFORE:
        return None
    spend(LOOK + len(cell))
    kind = value_kind(field, cell)
    if kind is None:
        if len(HARMLESS_BEFORE) >= MOST_REMEMBERED:
            HARMLESS_BEFORE.clear()
        HARMLESS_BEFORE.add(key)
    return kind


def size_of(value: object) -> int:
    """How many characters of a value are no words of ours, with what it costs to look at each."""
    match value:
        case str():
            return 0 if value in harmless_texts() or UUID_FORM.fullmatch(value) else LOOK + len(value)
        case Mapping():
            return sum(LOOK + len(str(name)) + size_of(each) for name, each in value.items())
        case list() | tuple():
            return sum(map(size_of, value))
        case bool() | None:
            return 0
    return LOOK


class TooMuchText(FileRefused):
    """A file has more that is no words of ours than may be looked at."""

    def __init__(self) -> None:
        super().__init__(TOO_LARGE, [(Finding(TOO_MUCH_TEXT), None)])


class IdentifierTally:
    """The identifiers of a file: the first twenty of them by place, and the number of all.

    `most_text`: how many characters may be looked at.
    """

    def __init__(self, most_text: int = MOST_TEXT) -> None:
        self.text_left = most_text
        self.total = 0
        self.first: list[tuple[Finding, int | None]] = []

    def add(self, findings: Iterable[Finding], line: int | None = None) -> None:
        """Count the findings of a row, or of the headers."""
        for each in findings:
            self.total += 1
            if len(self.first) < MOST_NAMED:
                self.first.append((each, line))

    def spend(self, characters: int) -> None:
        """Count characters that are looked at. Raises `TooMuchText` beyond what may be."""
        self.text_left -= characters
        if self.text_left < 0:
            raise TooMuchText

    def refuse(self) -> None:
        """Raise `FileRefused` where there was any."""
        if self.total:
            raise FileRefused(PROBLEM, self.first, total=self.total)
