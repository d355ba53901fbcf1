"""What is asked of the sender, once: what only they know, or what was guessed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class QuestionKind(StrEnum):
    """What a question is about: which field a column is, which code a word stands for, what stands first in a date, or of which
    edition the letters of industries are.
    """

    COLUMN = "column"
    VALUE = "value"
    DATE = "date"
    EDITION = "edition"


@dataclass(frozen=True, slots=True)
class ColumnQuestion:
    """One question on a column. `line`: the first row that it is about; what stands there is the sender's and is not repeated.

    `guess`: the answer that is likely, if any: a field, a code or an order. `options`: the answers to choose from, the likely ones
    first; empty where every code of the field is one. The answer is a mapping (`cases.intake.understanding.mapping`).
    """

    kind: QuestionKind
    column: int
    line: int
    field: str | None
    guess: str | None
    options: tuple[str, ...] = ()
