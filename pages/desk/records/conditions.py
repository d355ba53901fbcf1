"""When a field of the form says anything, as the rules across fields have it: one for minors alone, or for some forms alone.

Derived from the rules themselves, so that a new rule needs no word here. No answer is lost by a condition: what a field says is
sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from cases.codelists.common import label_of
from cases.fields import CodedField
from cases.impossible import CODED, rules_of_codes
from cases.rules import UNINFORMATIVE, Rule
from core.text import Text, in_quotes

ONLY_WHERE, OR = Text("Kun hvis {field} er {codes}.", "Only where {field} is {codes}."), Text("eller", "or")


@dataclass(frozen=True, slots=True)
class FieldCondition:
    """That another field has one of these codes."""

    field: CodedField
    codes: tuple[str, ...]

    @property
    def words(self) -> Text:
        return Text(*(self.words_in(language) for language in Text._fields))

    def words_in(self, language: str) -> str:
        *labels, last = (label_of(self.field.codelist, code)(language) for code in self.codes)
        codes = f" {OR(language)} ".join([*([", ".join(labels)] if labels else []), last])
        return ONLY_WHERE(language).format(field=in_quotes(self.field.label(language), language), codes=codes)


@cache
def conditions() -> Mapping[str, FieldCondition]:
    """The condition of each optional field that has one, by the field's name."""
    return dict(derived_conditions())


def derived_conditions() -> Iterator[tuple[str, FieldCondition]]:
    """The conditions that the rules on two fields with single codes make."""
    for rule, names in rules_of_codes():
        others = names - {rule.field}
        if len(others) == 1 and not CODED[rule.field].required:
            other = CODED[next(iter(others))]
            codes = tuple(code for code in other.codelist.names if may_say(rule, other, code))
            if 0 < len(codes) < len(other.codelist.names):
                yield rule.field, FieldCondition(other, codes)


def may_say(rule: Rule, other: CodedField, code: str) -> bool:
    """Whether the rule's field may say something beside a code of another field."""
    own = CODED[rule.field]
    return any(
        not rule.is_broken_by({own.name: each, other.name: code}) for each in own.allowed if each not in UNINFORMATIVE
    )
