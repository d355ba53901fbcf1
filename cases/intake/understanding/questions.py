"""What is asked of the sender, once: what only they know, or what was guessed; and what can be wrong with the answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.text import Text


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


MOST_ENTRIES, MOST_CHARACTERS = 200, 100
WORD_UNKNOWN = "mapping_word_unknown"
MAPPING_WORDS = {
    "mapping_malformed": Text(
        "Oversættelsen skal have formen columns, values, dates og editions, med korte tekster.",
        "The mapping must have the form of columns, values, dates and editions, with short texts.",
    ),
    "mapping_too_large": Text(
        f"Højst {MOST_ENTRIES} oversættelser på højst {MOST_CHARACTERS} tegn.",
        f"At most {MOST_ENTRIES} entries of at most {MOST_CHARACTERS} characters.",
    ),
    "mapping_column_unknown": Text(
        "En kolonne oversættes til et felt, som ikke findes.", "A column is mapped to a field that does not exist."
    ),
    "mapping_field_unknown": Text(
        "Ord, datoer eller en udgave angives for et felt, som ikke har dem.",
        "Words, dates or an edition are told of a field that has none.",
    ),
    "mapping_code_unknown": Text(
        "Et ord oversættes til en kode, som feltet ikke har.",
        "A word is mapped to a code that the field does not have.",
    ),
    "mapping_contradicts": Text(
        "En overskrift eller et ord betyder allerede noget andet i skemaet.",
        "A header or a word means something else in the template already.",
    ),
    "mapping_identifier": Text(
        "En overskrift eller et ord ligner personoplysninger. De må ikke gemmes.",
        "A header or a word looks like personal data, which must not be kept.",
    ),
    WORD_UNKNOWN: Text(
        "Ordbogen har ikke alle ordene. Er et af dem navnet på en person, må det ikke gemmes: ret det i jeres fil. Er intet af dem "
        "det, så sig det (names_nobody).",
        "The dictionary does not have all of the words. Where one of them is a person's name, it must not be kept: change it in "
        "your file. Where none of them is, say so (names_nobody).",
    ),
}
