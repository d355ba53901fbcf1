"""What rules say, in the words of people: rules speak of codes, as `Not a minor (_Z)`, and people have the labels of lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from cases.codelists.common import label_of
from cases.intake.rulebook import RULES
from cases.intake.understanding.codes import CODED
from core.text import Text

CODE = "_?[A-Z][A-Z0-9_]+|_[A-Z]"
# A code behind its label, one that stands for itself, and a field by its name, maybe with a code of its own.
BESIDE = re.compile(rf" \(({CODE})\)")
NAMED = re.compile(rf"\b({'|'.join(name for name in CODED if '_' in name)})\b(?: ({CODE})\b)?")
ALONE = re.compile(rf"`?(?<![A-Za-z])({CODE})(?![A-Za-z])`?")
# A shorter word in capitals is a code of the rule's own field alone: EU and DK are words too.
LEAST = 4
# What a rule says of two codes that have one label.
OTHERWISE = {
    "not_yet_exploited": Text(
        "»Endnu ikke udnyttet« svares i begge felter, her og i »Udnyttet i«, eller i ingen af dem.",
        "“Not yet exploited” is answered in both fields, here and in “Exploited in”, or in neither.",
    ),
}
QUOTED = Text("»{}«", "“{}”")
WITHIN = Text("{} i {}", "{} in {}")


@cache
def detail_in_words(rule: str) -> Text:
    """What is wrong by a rule, without codes."""
    return OTHERWISE.get(rule) or plain(RULES[rule].detail, RULES[rule].field or "")


@cache
def about_in_words(rule: str) -> Text:
    """What is told of it beside that, without codes."""
    return plain(RULES[rule].about, RULES[rule].field or "")


def every_detail() -> Iterator[Text]:
    """What is wrong by each rule, without codes."""
    return map(detail_in_words, RULES)


def plain(text: Text, field: str) -> Text:
    """A text in which labels stand for codes. `field`: whose codes they are, where two fields have one."""
    return Text(*(in_labels(text(language), field, language) for language in Text._fields))


def in_labels(text: str, field: str, language: str) -> str:
    """A text in one language: names of fields before codes, so that a code between them is of the field that is named."""

    def label(match: re.Match[str]) -> str:
        field_found = field_of_code(match[1], field)
        return match[0] if field_found is None else quoted_label(field_found, match[1], language)

    def name(match: re.Match[str]) -> str:
        own, code = match.groups()
        of_field = QUOTED(language).format(CODED[own].label(language))
        return WITHIN(language).format(quoted_label(own, code, language), of_field) if code else of_field

    return ALONE.sub(label, NAMED.sub(name, BESIDE.sub(without_code, text)))


def without_code(match: re.Match[str]) -> str:
    """Nothing in place of a code behind its label; any other word in brackets stays."""
    return "" if any(match[1] in each.allowed for each in CODED.values()) else match[0]


def quoted_label(field: str, code: str, language: str) -> str:
    """The label of a field's code, in quotes."""
    return QUOTED(language).format(label_of(CODED[field].codelist, code)(language))


def field_of_code(code: str, field: str) -> str | None:
    """The field that has a code: this one, or the first other one that does; None for a word that is no code."""
    if field in CODED and code in CODED[field].allowed:
        return field
    is_clear = len(code) >= LEAST or code.startswith("_")
    return next((name for name, each in CODED.items() if code in each.allowed), None) if is_clear else None
