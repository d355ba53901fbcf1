"""The rules of the dictionary that link two dimensions: what everybody knows of any record, before anything is published.

A person's fields come from several records, so a person can be what no record can be. Such a person is an *exception*. In months
with an exception the rule is not certain: the suppressor and the audit take it that few break it (`IntruderKnowledge.impossible`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from cases.impossible import forbidden_pairs
from stats.publishing.records import NAMES, CountedRecord

Codes = frozenset[str]


@dataclass(frozen=True, slots=True)
class LinkingRule:
    """Two dimensions by name, and the pairs of their submitted codes that no record has."""

    one: str
    other: str
    pairs_forbidden: frozenset[tuple[str, str]]

    @property
    def id(self) -> str:
        """`age_band+minor_when_exploited`."""
        return f"{self.one}+{self.other}"

    def bars(self) -> list[tuple[Codes, Codes]]:
        """The pairs as sets: no record has a code of the first set together with one of the second."""
        barred_by: dict[str, set[str]] = {}
        for mine, theirs in self.pairs_forbidden:
            barred_by.setdefault(mine, set()).add(theirs)
        alike: dict[Codes, set[str]] = {}
        for mine, others in barred_by.items():
            alike.setdefault(frozenset(others), set()).add(mine)
        return sorted(((frozenset(mine), others) for others, mine in alike.items()), key=lambda bar: sorted(bar[0]))

    def divisions(self, name: str) -> list[Codes]:
        """The sets of codes of a dimension that the rule tells apart."""
        if name not in (self.one, self.other):
            return []
        return [bar[name == self.other] for bar in self.bars()]

    def exceptions(self, records: Iterable[CountedRecord]) -> int:
        """How many persons break the rule."""
        one, other = NAMES.index(self.one), NAMES.index(self.other)
        return len(
            {record.id for record in records if (record.codes[one], record.codes[other]) in self.pairs_forbidden}
        )


def linking_rules(names: Collection[str]) -> tuple[LinkingRule, ...]:
    """The rules that link some dimensions."""
    return tuple(
        LinkingRule(one, other, pairs)
        for (one, other), pairs in forbidden_pairs().items()
        if one in names and other in names
    )
