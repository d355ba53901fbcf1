"""The columns of a table: which member each is, and from a row of cells the members of a row, as JSON has them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Self

from cases.intake.additions import RECORDED_AT, is_given_out, is_ignored
from cases.intake.findings import FileRefused, Finding
from cases.intake.understanding.cells import (
    ColumnReader,
    IndustryColumn,
    MonthColumn,
    SetColumn,
    reader_of,
    text_of,
)
from cases.intake.understanding.codes import INDUSTRIES
from cases.intake.understanding.headers import (
    MEMBERS,
    REQUIRED,
    guess_of,
    is_own_key,
    key_of,
    member_of,
    nearest_members,
)
from cases.intake.understanding.industries import edition_in, edition_of
from cases.intake.understanding.mapping import NOTHING, WRONG, MappingContent
from cases.intake.understanding.questions import ColumnQuestion, QuestionKind
from cases.intake.understanding.sources import CellValue, SourceRow
from cases.intake.understanding.texts import DateOrder
from core.text import Text

COLUMN_WORDS: Mapping[str, Text] = {
    "column_unknown": Text(
        "Kolonnen kendes ikke. Brug skemaets overskrifter, eller sig, hvilket felt den er. Er den ikke et felt, så slet kolonnen.",
        "The column is not known. Use the headers of the template, or say which field it is. Where it is no field, delete it.",
    ),
    "column_repeated": Text("To kolonner er det samme felt.", "Two columns are the same field."),
    "column_missing": Text("En kolonne, som skal være der, mangler.", "A column that must be there is missing."),
    "own_key_column": Text(
        "Kolonnen ligner jeres egen nøgle. Den må ikke sendes: lad skemaet eller programmet henvis lave den om til en "
        "reference, som ikke kan føres tilbage.",
        "The column looks like a key of your own, which must not be sent: let the template or the program henvis make a "
        "reference of it that cannot be traced back.",
    ),
}
MIXED = "date_orders_mixed"
Members = dict[str, object]


class Columns:
    """The columns of a table. They remember what they read; `questions` is complete when all rows were read."""

    def __init__(
        self, readers: Sequence[ColumnReader], guesses: Sequence[ColumnQuestion], unnamed_columns: Sequence[int]
    ) -> None:
        self.readers = tuple(readers)
        self.names = {reader.column: reader.name for reader in readers}
        self.guesses = tuple(guesses)
        self.unnamed_columns = tuple(unnamed_columns)
        self.moments = [column for column, name in self.names.items() if name == RECORDED_AT]

    @classmethod
    def of(
        cls, header: Sequence[str], mapping: MappingContent = NOTHING, *, line: int = 1, around: Iterable[str] = ()
    ) -> Self:
        """The columns of a header, which stands in a line of the file. `around`: what stands above the table, and its sheet's name.

        Raises `FileRefused` `columns_wrong` for columns that are unknown, repeated or missing, with every finding.
        """
        members = members_of(header, mapping)
        guesses = guesses_of(header, members, line)
        members |= {guess.column: guess.guess for guess in guesses if guess.guess}
        findings = findings_on(header, members)
        if findings:
            raise FileRefused(WRONG, [(finding, line) for finding in findings])
        unnamed_columns = [column for column, text in enumerate(header) if not text.strip()]
        readers = [
            reader_of(name, column, mapping, edition_of(header[column], around) if name in INDUSTRIES else None)
            for column, name in members.items()
        ]
        return cls(readers, guesses, unnamed_columns)

    @property
    def questions(self) -> tuple[ColumnQuestion, ...]:
        """What to ask the sender, by columns. While a question on a column is open, nothing of the file may be stored."""
        return self.guesses + tuple(question for reader in self.readers for question in reader.questions)

    @property
    def topics(self) -> tuple[str, ...]:
        """The word that each question is about; empty where it is about none."""
        words = tuple(topic for reader in self.readers for topic in reader.topics_asked)
        return ("",) * len(self.guesses) + words

    def heads(self, header: Sequence[str]) -> tuple[str, ...]:
        """A header, with the edition of its industries where only what stands around the table names it."""
        editions = {each.column: each.of_file for each in self.readers if isinstance(each, IndustryColumn)}
        return tuple(
            f"{text} ({editions[column]})" if editions.get(column) and edition_in(text) is None else text
            for column, text in enumerate(header)
        )

    def date_orders(self) -> dict[str, DateOrder]:
        """The order of the dates of each field that its dates prove, once all rows were read."""
        months = (reader for reader in self.readers if isinstance(reader, MonthColumn))
        return {reader.name: next(iter(reader.proofs)) for reader in months if len(reader.proofs) == 1}

    def notices(self) -> tuple[Finding, ...]:
        """What is to be told of columns: dates in both orders, with the first line of each."""
        return tuple(
            Finding(MIXED, field=reader.name, column=reader.column, lines=tuple(sorted(reader.proofs.values())))
            for reader in self.readers
            if isinstance(reader, MonthColumn) and len(reader.proofs) > 1
        )

    def members(self, row: SourceRow) -> tuple[Members, tuple[Finding, ...]]:
        """The members of a row and what is wrong with its cells. No members where the row as a whole cannot be read."""
        findings = tuple(
            self.with_field(finding) for finding in (*row.findings, *self.findings_below_nothing(row.cells))
        )
        if any(finding.column is None for finding in findings):
            return {}, findings
        members: Members = {}
        cells, line = row.cells, row.line
        unusable = {finding.column for finding in findings} if findings else ()
        for reader in self.readers:
            if reader.column in unusable:
                continue
            cell = cells[reader.column]
            value = reader.memo[cell] if type(cell) is str and cell in reader.memo else reader.read(cell, line)
            if value is not None:
                members[reader.name] = value.copy() if type(value) is list else value
        if self.moments and members and is_given_out(RECORDED_AT, text_of(cells[self.moments[0]])):
            self.add_empty_sets(members, unusable)
        return members, findings

    def add_empty_sets(self, members: Members, unusable: Collection[int | None]) -> None:
        """Add the sets that are empty to a row of an export. There an empty cell says so: what is left out stands there as `_N`."""
        for reader in self.readers:
            if isinstance(reader, SetColumn) and reader.column not in unusable:
                members.setdefault(reader.name, [])

    def findings_below_nothing(self, cells: Sequence[CellValue]) -> list[Finding]:
        """Cells with content in columns without a name."""
        return [
            Finding("cell_without_column", column=column)
            for column in self.unnamed_columns
            if cells[column] is not None and str(cells[column]).strip()
        ]

    def with_field(self, finding: Finding) -> Finding:
        """A finding on a cell with the member that stands there."""
        return finding if finding.column is None else replace(finding, field=self.names.get(finding.column))


def members_of(header: Sequence[str], mapping: MappingContent) -> dict[int, str]:
    """The member of each column that is known by the partner's own header or by ours."""
    own = {key_of(text): member for text, member in mapping.columns.items()}
    members = ((column, own.get(key_of(text)) or member_of(text)) for column, text in enumerate(header))
    return {column: member for column, member in members if member is not None}


def guesses_of(header: Sequence[str], members: Mapping[int, str], line: int) -> list[ColumnQuestion]:
    """Columns that are clearly misspelt, each with the field that is guessed: one that no other column is."""
    guesses = {
        column: guess_of(text)
        for column, text in enumerate(header)
        if column not in members and text.strip() and not is_own_key(text) and not is_ignored(text)
    }
    free = [guess for guess in guesses.values() if guess and guess not in members.values()]
    return [
        ColumnQuestion(
            QuestionKind.COLUMN,
            column,
            line,
            guess,
            guess,
            tuple(dict.fromkeys((guess, *nearest_members(header[column])))),
        )
        for column, guess in guesses.items()
        if guess and free.count(guess) == 1
    ]


def findings_on(header: Sequence[str], members: Mapping[int, str]) -> list[Finding]:
    """What is wrong with the columns. Their texts are the sender's and are not repeated: a column has its place."""
    findings = []
    members_taken: set[str] = set()
    for column, text in enumerate(header):
        member = members.get(column)
        if member is not None:
            findings += [Finding("column_repeated", field=member, column=column)] if member in members_taken else []
            members_taken.add(member)
        elif is_ignored(text):
            continue
        elif is_own_key(text):
            findings.append(Finding("own_key_column", column=column))
        elif text.strip():
            findings.append(unknown_column(column, text))
    missing = [Finding("column_missing", field=name) for name in REQUIRED if name not in members_taken]
    return findings + missing


def unknown_column(column: int, text: str) -> Finding:
    """The finding on a column that is not known, with the fields whose names are near."""
    near = nearest_members(text)
    return Finding(
        "column_unknown",
        column=column,
        allowed=tuple(dict.fromkeys((*near, *MEMBERS))),
        suggestion=near[0] if near else None,
    )
