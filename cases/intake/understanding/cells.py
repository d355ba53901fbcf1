"""How the cells of a column are read. Each kind of column remembers what it has read: a file has few different words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from cases import tokens
from cases.fields import CodedField, CodeSetField, MonthField, TokenField
from cases.intake.additions import REASON, RECORDED_AT, SCHEMA, STATUS, is_given_out
from cases.intake.templates.columns import BY_NAME, REFERENCE, VERSION
from cases.intake.understanding import industries
from cases.intake.understanding.codes import INDUSTRIES, FieldWithCodes, codes_in, nearest, several, spellings
from cases.intake.understanding.industries import NaceEdition
from cases.intake.understanding.mapping import MappingContent
from cases.intake.understanding.questions import ColumnQuestion, QuestionKind
from cases.intake.understanding.sources import CellValue
from cases.intake.understanding.texts import DateOrder, EitherWay, fold, month_in, order_in

MOST_REMEMBERED, MOST_UNKNOWN, MOST_QUESTIONS = 5_000, 500, 25
CANONICAL_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# A whole number as spreadsheets write it: with a decimal comma or point and nothing behind it.
WHOLE = re.compile(r"([+-]?\d{1,9})(?:[.,]0{1,6})?")


class ColumnReader:
    """Reads the cells of one column. `memo`: the value of each text that was read, and None for a text that is left out."""

    def __init__(self, name: str, column: int) -> None:
        self.name = name
        self.column = column
        self.memo: dict[str, object] = {}
        self.questions: list[ColumnQuestion] = []
        # What stands in the cell of each question. It is the sender's, and leaves this room only as a mapping that was looked at.
        self.topics_asked: list[str] = []

    def read(self, cell: CellValue, line: int) -> object:
        """The value of a cell; None where it is empty. What is not understood stays a text."""
        text = text_of(cell)
        value = self.understand(cell, text, line) if text else None
        if type(cell) is str and self.is_settled(cell, value) and len(self.memo) < MOST_REMEMBERED:
            self.memo[cell] = value
        return value

    def understand(self, cell: CellValue, text: str, line: int) -> object:
        """The value of a cell that is not empty."""
        return text

    def is_settled(self, text: str, value: object) -> bool:
        """Whether reading this text again would do the same."""
        return True

    def ask(
        self, kind: QuestionKind, line: int, guess: str | None, options: tuple[str, ...] = (), *, topic: str = ""
    ) -> None:
        """Ask the sender. `topic`: the word that is asked about, where it is one."""
        if len(self.questions) < MOST_QUESTIONS:
            self.questions.append(ColumnQuestion(kind, self.column, line, self.name, guess, options))
            self.topics_asked.append(topic)


class PassedOverColumn(ColumnReader):
    """What an export says of itself and nobody needs: in the form in which it was given out it is read as if it were empty."""

    def understand(self, cell: CellValue, text: str, line: int) -> object:
        """Nothing, or a text that is refused."""
        return None if is_given_out(self.name, text) else text

    def is_settled(self, text: str, value: object) -> bool:
        """Never: hardly one moment comes twice, so that nothing is won by keeping it."""
        return False


class TokenColumn(ColumnReader):
    """Case tokens, in any spelling that Crockford's base 32 allows."""

    def understand(self, cell: CellValue, text: str, line: int) -> object:
        return tokens.canonical(text) or text

    def is_settled(self, text: str, value: object) -> bool:
        """Never: hardly one comes twice, so that nothing is won by keeping it."""
        return False


class ReferenceColumn(TokenColumn):
    """UUIDs, as other programs write them: in capitals, in braces, without hyphens."""

    def understand(self, cell: CellValue, text: str, line: int) -> object:
        """The canonical UUID."""
        if CANONICAL_UUID.fullmatch(text):
            return text
        try:
            return str(UUID(text))
        except ValueError:
            return text


class VersionColumn(ColumnReader):
    """Versions: whole numbers."""

    def understand(self, cell: CellValue, text: str, line: int) -> object:
        match = None if isinstance(cell, bool) else WHOLE.fullmatch(text)
        return int(match[1]) if match else text


class MonthColumn(ColumnReader):
    """Months, from months or dates. Which number is the month is asked once, unless a date of the column proves it.

    `proofs`: the line of the first date that proves an order. Where dates prove both, nobody can be asked which one holds.
    """

    def __init__(self, name: str, column: int, order: DateOrder | None) -> None:
        super().__init__(name, column)
        self.order = order
        self.proofs: dict[DateOrder, int] = {}

    def understand(self, cell: CellValue, text: str, line: int) -> object:
        """The month as `2025-03`."""
        if self.order is None and isinstance(cell, str) and (order := order_in(cell)):
            self.proofs.setdefault(order, line)
            self.questions.clear()
            self.topics_asked.clear()
        try:
            month = None if isinstance(cell, bool) else month_in(cell, self.order)
        except EitherWay:
            month = None
            if not self.questions and not self.proofs:
                self.ask(QuestionKind.DATE, line, DateOrder.DAY_FIRST, tuple(DateOrder))
        return month or text


class CodeColumn(ColumnReader):
    """Codes, by themselves or in words. A word that comes again and is no code of ours is asked about."""

    def __init__(self, field: FieldWithCodes, column: int, own: Mapping[str, str]) -> None:
        super().__init__(field.name, column)
        self.field = field
        self.own = {fold(word): code for word, code in own.items()}
        self.spellings = spellings(field.name)
        self.codes = frozenset(field.allowed)
        # The first line of each text that was not understood, until it comes again.
        self.unknown: dict[str, int] = {}
        self.topics: set[str] = set()

    def understand(self, cell: CellValue, text: str, line: int) -> object:
        """The code, or the text."""
        key = fold(text)
        code = self.own.get(key) or self.spellings.get(key)
        if code is None:
            self.wonder(key, text, line)
        return code or text

    def wonder(self, key: str, text: str, line: int) -> None:
        """Ask about a word when it comes for the second time: once may be a slip. What covers several codes is said row by row."""
        if key in self.topics or several(self.name, text):
            return
        if key in self.unknown:
            self.topics.add(key)
            guess = nearest(self.name, text)
            options = (guess,) if guess else ()
            self.ask(QuestionKind.VALUE, self.unknown.pop(key), guess, options, topic=text)
        elif len(self.unknown) < MOST_UNKNOWN:
            self.unknown[key] = line

    def is_settled(self, text: str, value: object) -> bool:
        """Once it is understood, or was asked about."""
        return value in self.codes or fold(text) in self.topics


class IndustryColumn(CodeColumn):
    """Codes of which some are industries, also by their letter. Of which edition letters are is asked once, where it matters.

    `of_file`: the edition that the file names, which goes before the partner's own words. `of_answer`: what was answered before.
    """

    def __init__(
        self,
        field: FieldWithCodes,
        column: int,
        own: Mapping[str, str],
        of_file: NaceEdition | None,
        of_answer: NaceEdition | None,
    ) -> None:
        super().__init__(field, column, own)
        self.of_file, self.of_answer = of_file, of_answer

    def understand(self, cell: CellValue, text: str, line: int) -> object:
        """The code, or the text: with its edition, where it covers several codes there."""
        key = fold(text)
        bare, edition = industries.without_edition(key), industries.edition_in(text) or self.of_file
        letter = industries.letter_in(bare)
        if letter and (edition or key not in self.own):
            value = self.of_letter(letter, edition or self.of_answer, line)
        else:
            value = industries.covering(bare, edition) or self.of_words(bare)
        code = value or super().understand(cell, text, line)
        edition_known = edition or self.of_answer
        return f"{text} ({edition_known})" if letter and edition_known and code == text else code

    def of_letter(self, letter: str, edition: NaceEdition | None, line: int) -> str | None:
        """The code of a letter; itself where the edition is asked for. None where it is no industry of ours."""
        if edition is None and industries.differs(letter):
            self.ask_edition(line)
            return letter.upper()
        return industries.code_of(letter, edition) or industries.covering(letter, edition)

    def of_words(self, key: str) -> str | None:
        """The code of words behind a letter. Where the letter is another industry in both editions, the text says two things."""
        letter, words = industries.words_behind(key)
        code = self.spellings.get(words)
        return code if code in industries.meanings(letter) else None

    def ask_edition(self, line: int) -> None:
        """Ask once of which edition the letters are."""
        if not any(each.kind == QuestionKind.EDITION for each in self.questions):
            self.ask(QuestionKind.EDITION, line, None, tuple(NaceEdition))


class SetColumn(CodeColumn):
    """Sets of codes. An empty cell is left out; that there are none is said by a word."""

    def understand(self, cell: CellValue, text: str, line: int) -> object:
        """The codes, and the texts that are none."""
        codes = codes_in(self.field, text, self.own)
        for each in codes:
            if each not in self.codes:
                self.wonder(fold(each), each, line)
        return codes

    def is_settled(self, text: str, value: object) -> bool:
        """Once all of it is understood, or was asked about."""
        return all(each in self.codes or fold(each) in self.topics for each in codes_of(value))


def codes_of(value: object) -> list[str]:
    """The codes of a set that was read; none of what was left out."""
    return value if isinstance(value, list) else []


def text_of(cell: CellValue) -> str:
    """A cell as a text, without blanks around it. A number that is whole has no decimals, and a day no time."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool) or cell is None:
        return "" if cell is None else str(cell).lower()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def reader_of(name: str, column: int, mapping: MappingContent, edition: NaceEdition | None = None) -> ColumnReader:
    """How the column of a member is read. `edition`: of its industries, where the file names it."""
    field = BY_NAME[name].field
    match field:
        case CodedField() if name in INDUSTRIES:
            return IndustryColumn(field, column, mapping.values.get(name, {}), edition, mapping.editions.get(name))
        case CodedField():
            return CodeColumn(field, column, mapping.values.get(name, {}))
        case CodeSetField():
            return SetColumn(field, column, mapping.values.get(name, {}))
        case MonthField():
            return MonthColumn(name, column, mapping.dates.get(name))
        case TokenField():
            return TokenColumn(name, column)
        case None:
            return WITHOUT_FIELD[name](name, column)


WITHOUT_FIELD: Mapping[str, type[ColumnReader]] = {
    REFERENCE: ReferenceColumn,
    VERSION: VersionColumn,
    STATUS: ColumnReader,
    REASON: ColumnReader,
    SCHEMA: PassedOverColumn,
    RECORDED_AT: PassedOverColumn,
}
