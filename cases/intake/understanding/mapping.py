"""What a partner has told us of its own columns and words, so that nothing is asked twice.

    {"columns": {"Landsdel": "region"}, "values": {"region": {"Øst": "DK02"}}, "dates": {"referred_in": "day_first"}}

It is the only text of a partner that is kept. So it is short, and what looks like an identifier is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from msgspec import Struct, ValidationError, convert, field, to_builtins

from cases.fields import MonthField
from cases.intake.findings import FileRefused, Finding
from cases.intake.guard.values import header_kind, value_kind
from cases.intake.templates.columns import COLUMNS
from cases.intake.understanding.codes import CODED, code_of
from cases.intake.understanding.headers import MEMBERS, member_of
from cases.intake.understanding.month_texts import DateOrder
from cases.intake.understanding.spelling import fold
from partners.text import Text

MOST_ENTRIES, MOST_CHARACTERS = 200, 100
WRONG, IDENTIFIER = "columns_wrong", "identifier_in_file"
MONTHS = frozenset(column.name for column in COLUMNS if isinstance(column.field, MonthField))
MAPPING_WORDS = {
    "mapping_malformed": Text(
        "Oversættelsen skal have formen columns, values og dates, med korte tekster.",
        "The mapping must have the form of columns, values and dates, with short texts.",
    ),
    "mapping_too_large": Text(
        f"Højst {MOST_ENTRIES} oversættelser på højst {MOST_CHARACTERS} tegn.",
        f"At most {MOST_ENTRIES} entries of at most {MOST_CHARACTERS} characters.",
    ),
    "mapping_column_unknown": Text(
        "En kolonne oversættes til et felt, som ikke findes.", "A column is mapped to a field that does not exist."
    ),
    "mapping_field_unknown": Text(
        "Ord eller datoer angives for et felt, som ikke har dem.",
        "Words or dates are told of a field that has none.",
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
}


class MappingContent(Struct, frozen=True, forbid_unknown_fields=True):
    """The mapping of a partner: the member of each own header, the code of each own word by field, the order of dates by field."""

    columns: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    dates: dict[str, DateOrder] = field(default_factory=dict)

    def with_further(self, other: Self) -> Self:
        """Both, where `other` goes before this one."""
        values = {
            name: joined(self.values.get(name, {}), other.values.get(name, {}))
            for name in {*self.values, *other.values}
        }
        return type(self)(joined(self.columns, other.columns), values, {**self.dates, **other.dates})

    def as_json(self) -> dict[str, object]:
        """As it is stored and answered."""
        content: dict[str, object] = to_builtins(self)
        return content

    def entries(self) -> Iterator[tuple[str, str]]:
        """Every text of the partner, with the member or the code that it stands for."""
        yield from self.columns.items()
        for words in self.values.values():
            yield from words.items()


NOTHING = MappingContent()


def joined(first: dict[str, str], second: dict[str, str]) -> dict[str, str]:
    """The words of both, where the second one's meaning of a word goes before the first one's."""
    keys = {fold(word) for word in second}
    return {**{word: code for word, code in first.items() if fold(word) not in keys}, **second}


def mapping_of(data: object) -> MappingContent:
    """The mapping of a JSON value. Raises `FileRefused` with every finding: `columns_wrong`, or `identifier_in_file`."""
    try:
        content = convert(data, MappingContent)
    except (ValidationError, RecursionError):
        raise FileRefused(WRONG, [(Finding("mapping_malformed"), None)]) from None
    findings = list(dict.fromkeys(findings_on(content)))
    if findings:
        raise FileRefused(WRONG, [(finding, None) for finding in findings])
    identifiers = list(dict.fromkeys(identifiers_in(content)))
    if identifiers:
        raise FileRefused(IDENTIFIER, [(finding, None) for finding in identifiers])
    return content


def findings_on(content: MappingContent) -> Iterator[Finding]:
    """What is wrong with a mapping. Texts of the partner are not repeated."""
    texts = [text for text, _ in content.entries()]
    if len(texts) + len(content.dates) > MOST_ENTRIES or any(len(text) > MOST_CHARACTERS for text in texts):
        yield Finding("mapping_too_large")
        return
    if not all(text.strip() and text.isprintable() for text in texts):
        yield Finding("mapping_malformed")
    yield from findings_on_columns(content.columns)
    for name, words in content.values.items():
        yield from findings_on_words(name, words)
    if not content.dates.keys() <= MONTHS:
        yield Finding("mapping_field_unknown", allowed=tuple(sorted(MONTHS)))


def findings_on_columns(columns: dict[str, str]) -> Iterator[Finding]:
    """What is wrong with the headers of a mapping."""
    for header, member in columns.items():
        if member not in MEMBERS:
            yield Finding("mapping_column_unknown", allowed=MEMBERS)
        elif member_of(header) not in {None, member}:
            yield Finding("mapping_contradicts", field=member)
    if len({fold(header) for header in columns}) < len(columns):
        yield Finding("mapping_contradicts")


def findings_on_words(name: str, words: dict[str, str]) -> Iterator[Finding]:
    """What is wrong with the words of a field."""
    coded = CODED.get(name)
    if coded is None:
        yield Finding("mapping_field_unknown", allowed=tuple(CODED))
        return
    for word, code in words.items():
        if code not in coded.allowed:
            yield Finding("mapping_code_unknown", field=name, allowed=coded.allowed)
        elif code_of(coded, word) not in {None, code}:
            yield Finding("mapping_contradicts", field=name)
    if len({fold(word) for word in words}) < len(words):
        yield Finding("mapping_contradicts", field=name)


def identifiers_in(content: MappingContent) -> Iterator[Finding]:
    """Texts that look like identifiers, by the field that they are of."""
    for header, member in content.columns.items():
        if header_kind(header):
            yield Finding("mapping_identifier", field=member)
    for name, words in content.values.items():
        if any(value_kind(name, word) for word in words):
            yield Finding("mapping_identifier", field=name)
