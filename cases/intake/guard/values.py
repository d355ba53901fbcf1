"""What a value looks like. A code, a label, a month or a case token of the dictionary is never an identifier."""

from __future__ import annotations

import math
import re
from datetime import date
from functools import cache

from cases import tokens
from cases.fields import MonthField, TokenField
from cases.intake.additions import is_given_out
from cases.intake.guard.headers import called_kind
from cases.intake.guard.kinds import IdentifierKind
from cases.intake.guard.patterns import FIRST_YEAR, days, is_day_of_month_field, number_kind, runs, text_kind
from cases.intake.guard.references import HEX, reference_kind, token_kind
from cases.intake.guard.words import all_fields, codes_and_labels, fold, is_name, is_near_label
from core.text import UUID_FORM

REFERENCE, VERSION = "reference", "version"
MOST_VERSIONS = 999_999
# A longer text is looked at no further: it is a set of codes and labels alone, or a text that is none of ours.
LONGEST = 200
# All codes or labels of a set are not half as long.
LONGEST_SET = 1_000
# Hexadecimal digits that are more than a UUID, or a UUID that is broken: what was hashed cannot be seen.
LEAST_HASH = 24
LAST_MONTH_YEAR = 2049
SEPARATORS = re.compile(r"[|;,]")
# A CPR number whose last digits somebody has crossed out.
CROSSED_OUT = re.compile(r"(?<!\d)\d{6} ?-? ?[xX*#?.]{2,4}")


@cache
def day_names() -> frozenset[str]:
    """The fields that may hold a day of this century, which stands for its month."""
    return frozenset(field.name for field in all_fields() if isinstance(field, MonthField))


@cache
def token_names() -> frozenset[str]:
    """The fields that hold a case token."""
    return frozenset(field.name for field in all_fields() if isinstance(field, TokenField))


@cache
def harmless_texts() -> frozenset[object]:
    """Every code and label as it stands in the dictionary, every month of this century's first half, and nothing at all."""
    texts = {text for field in all_fields() for text in codes_and_labels(field)}
    months = {f"{year}-{month:02d}" for year in range(FIRST_YEAR, LAST_MONTH_YEAR + 1) for month in range(1, 13)}
    return frozenset({*texts, *months, "", None})


@cache
def harmless_folded() -> frozenset[str]:
    """The same as the guard reads it, in lower case."""
    return frozenset(fold(text).casefold() for text in harmless_texts() if isinstance(text, str))


def header_kind(name: str) -> IdentifierKind | None:
    """What a column or a member of this name would hold; or what the name itself is, where a row of values stands for headers."""
    if len(name) > LONGEST or len(folded_text := fold(name)) > LONGEST:
        return IdentifierKind.FREE_TEXT
    if kind := called_kind(folded_text):
        return kind
    kind = None if folded_text.casefold() in harmless_folded() else value_kind(None, name)
    # Two words that are none of ours are a header that nobody asked for, and no name.
    return kind if kind != IdentifierKind.NAME else None


def value_kind(field: str | None, value: object) -> IdentifierKind | None:
    """What a value is, or has in it. `field`: the dictionary's name, `reference` or `version`; None where that is not known.

    A whole day is a birth date, except of this century in a field that holds a month.
    """
    match value:
        case bool() | None:
            return None
        case date():
            return None if field in day_names() and value.year >= FIRST_YEAR else IdentifierKind.BIRTH_DATE
        case int() | float():
            return figure_kind(field, value)
        case str():
            if UUID_FORM.fullmatch(value):
                return reference_kind(value)
            return None if value in harmless_texts() else unknown_text_kind(field, value)
        case dict():
            return next(
                filter(None, (header_kind(str(name)) or value_kind(None, each) for name, each in value.items())), None
            )
        case list() | tuple():
            return next(filter(None, (value_kind(field, each) for each in value)), None)
    return None


def figure_kind(field: str | None, value: float) -> IdentifierKind | None:
    """What a number is that a spreadsheet or JSON gave as one."""
    if not math.isfinite(value) or (field == VERSION and 0 <= value <= MOST_VERSIONS):
        return None
    return unknown_text_kind(field, str(int(value) if value == int(value) else value)[:LONGEST])


def unknown_text_kind(field: str | None, text: str) -> IdentifierKind | None:
    """What a text is that is not in the dictionary as it stands. A writing can be longer once it is plain."""
    if len(text) > LONGEST:
        return None if is_long_set(text) else IdentifierKind.FREE_TEXT
    if field in token_names() and tokens.canonical(text) is not None:
        return token_kind(text)
    if is_given_out(field, text):
        return None
    folded_text = fold(text)
    if len(folded_text) > LONGEST:
        return IdentifierKind.FREE_TEXT
    if is_of_ours(folded_text.casefold()) or is_version(field, folded_text):
        return None
    if field in day_names() and is_day_of_month_field(folded_text):
        return None
    if is_of_hexadecimals(folded_text):
        return reference_kind(folded_text)
    return token_kind(text) or written_kind(folded_text)


def is_of_ours(lower: str) -> bool:
    """Whether a folded text in lower case is a code, a label or a month, or several codes or labels of a set."""
    ours = harmless_folded()
    return lower in ours or all(piece.strip() in ours for piece in SEPARATORS.split(lower))


def is_long_set(text: str) -> bool:
    """Whether a long text is codes and labels of a set and nothing else; each may be misspelt by a letter."""
    if len(text) > LONGEST_SET:
        return False
    pieces = [fold(piece) for piece in SEPARATORS.split(text)]
    return all(piece.casefold() in harmless_folded() or is_near_label(piece) for piece in pieces)


def is_version(field: str | None, folded_text: str) -> bool:
    """Whether a text is the number of a version, in the column of versions."""
    return field == VERSION and folded_text.isdecimal() and int(folded_text) <= MOST_VERSIONS


def is_of_hexadecimals(folded_text: str) -> bool:
    """Whether a text is a UUID, whole or broken, or a hash."""
    digits = folded_text.strip("{}").replace("-", "").lower()
    if HEX.fullmatch(digits):
        return True
    is_hex = len(digits) >= LEAST_HASH and not digits.isdecimal() and all(each in "0123456789abcdef" for each in digits)
    return is_hex and sum(map(str.isalpha, digits)) >= len(digits) // 6


def written_kind(folded_text: str) -> IdentifierKind | None:
    """What a folded text is, by what is written in it: signs and words first, then days, numbers and names."""
    if kind := text_kind(folded_text):
        return kind
    kinds = {kind for digits in runs(folded_text) if (kind := number_kind(digits))}
    for kind in (IdentifierKind.CPR, IdentifierKind.BIRTH_DATE):
        if kind in kinds:
            return kind
    if next(days(folded_text), None) or CROSSED_OUT.search(folded_text):
        return IdentifierKind.BIRTH_DATE
    if kinds:
        return kinds.pop()
    return IdentifierKind.NAME if is_name(folded_text) and not is_near_label(folded_text) else None
