"""The spellings of codes: the code itself, its labels of today and of before, and what people write for special codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Protocol

from cases import dictionary as d
from cases.codelists import EXPLOITATION_DETAIL
from cases.codelists.common import label_of
from cases.codelists.types import NOT_APPLICABLE, NOT_ASKED, OTHER, UNKNOWN, Code, CodeList
from cases.fields import CodedField, CodeSetField
from cases.intake.understanding.industries import SEVERAL
from cases.intake.understanding.texts import fold

FieldWithCodes = CodedField | CodeSetField


class SpeltField(Protocol):
    """What has codes of a list: a field of the dictionary, or a dimension of a form of counts."""

    @property
    def allowed(self) -> tuple[str, ...]:
        """The codes that it may have."""

    @property
    def codelist(self) -> CodeList:
        """Their list."""


CODED: Mapping[str, FieldWithCodes] = {
    field.name: field for field in d.REFERRAL if isinstance(field, CodedField | CodeSetField)
}
# The fields that have industries.
INDUSTRIES = frozenset(name for name, field in CODED.items() if field.codelist.id == EXPLOITATION_DETAIL.id)
# What people write for these codes beside their labels, where a field has the code.
ALSO: Mapping[str, tuple[str, ...]] = {
    UNKNOWN: ("ukendt", "ved ikke", "vides ikke", "uoplyst", "unknown", "not known", "don't know", "dont know"),
    NOT_ASKED: ("ikke spurgt", "ikke besvaret", "not asked", "refused", "no answer"),
    NOT_APPLICABLE: ("ikke relevant", "not applicable", "irrelevant", "n/a"),
    OTHER: ("andet", "anden", "andre", "other"),
    "YES": ("ja", "j", "yes", "y", "sand", "true"),
    "NO": ("nej", "n", "no", "falsk", "false"),
}
EMPTY_SET = frozenset({"[]", "ingen", "none", "{}"})
BETWEEN = re.compile(r"[|;,\n]")
# `25-34 år` is also said without its unit.
SPAN = re.compile(r"(\d+-\d+) \w+")
WORD = re.compile(r"[\w-]+")
NEAR, AHEAD, PART = 0.8, 0.06, 0.9
SHORTEST, LONGEST = 3, 100


@cache
def spellings(name: str) -> Mapping[str, str]:
    """The code of each spelling in a field of the dictionary."""
    return spellings_of(CODED[name])


def spellings_of(field: SpeltField) -> Mapping[str, str]:
    """The code of each spelling. What one code is called in one place goes before what another is called in passing."""
    result: dict[str, str] = {}
    for ways in (as_codes, as_labels, as_earlier_labels, as_special, in_short):
        layer: dict[str, set[str]] = {}
        for spelling, code in ways(field):
            layer.setdefault(fold(spelling), set()).add(code)
        for key, codes in layer.items():
            if len(codes) == 1 and key:
                result.setdefault(key, *codes)
    return result


def as_codes(field: SpeltField) -> Iterator[tuple[str, str]]:
    return ((code, code) for code in field.allowed)


def as_labels(field: SpeltField) -> Iterator[tuple[str, str]]:
    return ((label, code) for code in field.allowed for label in label_of(field.codelist, code))


def as_earlier_labels(field: SpeltField) -> Iterator[tuple[str, str]]:
    """Each code by the labels that it once had."""
    return ((label, code.code) for code in field.codelist.codes for label in earlier_labels(code))


def earlier_labels(code: Code) -> Iterator[str]:
    """The labels that a code once had."""
    return (label for change in code.label_changes for label in change.was)


def as_special(field: SpeltField) -> Iterator[tuple[str, str]]:
    """The codes that most lists have, by what people write."""
    return ((word, code) for code, words in ALSO.items() if code in field.allowed for word in words)


def in_short(field: SpeltField) -> Iterator[tuple[str, str]]:
    """Labels without what the column says already: `Sjælland` for `Region Sjælland`, `25-34` for `25-34 år`."""
    for label, code in as_labels(field):
        yield short_label(label, field), code
        if match := SPAN.fullmatch(fold(label)):
            yield match[1], code


def short_label(label: str, field: SpeltField) -> str:
    """A folded label without the name of its list."""
    key = fold(label)
    for name in field.codelist.label:
        key = key.removeprefix(f"{fold(name)} ")
    return key.removeprefix("of ")


def code_of(field: FieldWithCodes, text: str) -> str | None:
    """The code that a text spells, or None."""
    return spellings(field.name).get(fold(text))


def codes_in(field: FieldWithCodes, text: str, own: Mapping[str, str]) -> list[str]:
    """The codes of a set that a text spells; what is no code stays as it is. `own`: the code of each of the partner's own words."""
    key = fold(text)
    if key in EMPTY_SET:
        return []
    code = own.get(key) or spellings(field.name).get(key)
    if code is not None:
        return [code]
    parts = [part.strip(" []'\"\t") for part in BETWEEN.split(text)]
    return [own.get(fold(part)) or code_of(field, part) or part for part in parts if part]


def code_meant(field: str, value: object, index: int | None = None) -> str | None:
    """The code that a value spells in a way that only a table may, or clearly misspells. `index`: which one of a set it is."""
    text = text_in(value, index)
    if field not in CODED or text is None:
        return None
    return code_of(CODED[field], text) or nearest(field, text)


def text_in(value: object, index: int | None) -> str | None:
    """The text of a value, or of one of a set; None where it is none, or too long to be looked up."""
    text = value[index] if isinstance(value, list) and index is not None else value
    return text if isinstance(text, str) and len(text) <= LONGEST else None


def several(field: str, value: object, index: int | None = None) -> tuple[str, ...]:
    """The codes that a value covers which is none of them: Region Østdanmark is two areas. Empty where it is no such value."""
    text = text_in(value, index)
    return () if text is None or field not in CODED else covering(field).get(fold(text), ())


@cache
def covering(name: str) -> Mapping[str, tuple[str, ...]]:
    """The codes of each text that covers several: a code that a level was given by a reform, and what `industries` says."""
    field = CODED[name]
    result = dict(SEVERAL) if name in INDUSTRIES else {}
    for level in field.codelist.levels:
        for code in (each for each in level.codes if each.added):
            leaves = tuple(leaf for leaf in field.codelist.names if code.code in dict(level.steps(leaf)).values())
            texts = (code.code, *code.label, *(short_label(label, field) for label in code.label))
            result |= dict.fromkeys(map(fold, texts), leaves)
    return result


def nearest(field: str, text: object) -> str | None:
    """The code that a text clearly misspells: nearer to it than to any other code, in one of both languages. None otherwise.

    `field`: the name of a coded field; None for any other. It takes up to half a millisecond, but for a text that came before.
    """
    if field not in CODED or not isinstance(text, str) or not SHORTEST <= len(text) <= LONGEST:
        return None
    return nearest_code(field, fold(text))


@lru_cache(maxsize=8_192)
def nearest_code(field: str, key: str) -> str | None:
    """The code whose spelling is clearly the nearest to a folded text."""
    matcher = SequenceMatcher(None, "", key)
    words = frozenset(key.split())
    ratios: dict[str, float] = {}
    for spelling, code, its_words in spellings_with_words(field):
        likeness = PART if len(key) > SHORTEST and words < its_words else ratio_of(matcher, spelling, len(key))
        if likeness > ratios.get(code, NEAR - AHEAD):
            ratios[code] = likeness
    best = sorted(ratios.items(), key=lambda each: -each[1])[:2]
    if not best or best[0][1] < NEAR:
        return None
    return best[0][0] or None if len(best) == 1 or best[0][1] - best[1][1] >= AHEAD else None


@cache
def spellings_with_words(field: str) -> tuple[tuple[str, str, frozenset[str]], ...]:
    """Each spelling with its code and its words: `escort` is a whole word of `escort eller annonce på internettet`.

    What covers several codes has an empty one: a misspelling of it is none of a code.
    """
    every = {**dict.fromkeys(covering(field), ""), **spellings(field)}
    return tuple((spelling, code, frozenset(WORD.findall(spelling))) for spelling, code in every.items())


def ratio_of(matcher: SequenceMatcher[str], spelling: str, length: int) -> float:
    """How alike the matcher's text and a spelling are; 0 where they cannot be alike enough. The cheap bounds come first."""
    least = NEAR - AHEAD
    if 2 * min(length, len(spelling)) < least * (length + len(spelling)):
        return 0
    matcher.set_seq1(spelling)
    return matcher.ratio() if matcher.quick_ratio() >= least else 0
