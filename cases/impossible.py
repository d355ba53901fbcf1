"""What no record can be: pairs of codes of two dimensions that the dictionary's rules forbid.

The API publishes the rules, so every reader of a table knows them: a minor at the referral was a minor when exploited. The pairs
are derived from the rules themselves, so a new rule needs no word here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import combinations, product

from cases import dictionary as d
from cases.dimensions import all_names
from cases.rules import REFERRAL_RULES, Rule

CODED = {field.name: field for field in d.coded_fields(d.REFERRAL)}
DIMENSIONS = tuple(name for name in all_names() if name in CODED)

Pair = tuple[str, str]
Names = frozenset[str]


class NotedValues(dict[str, object]):
    """The values of a record. It notes which of them are read."""

    def __init__(self, codes: Mapping[str, str]) -> None:
        super().__init__({**dict.fromkeys(field.name for field in d.REFERRAL), **codes})
        self.names_noted: set[str] = set()

    def __getitem__(self, name: str) -> object:
        self.names_noted.add(name)
        return super().__getitem__(name)


@cache
def forbidden_pairs() -> Mapping[Pair, frozenset[Pair]]:
    """By the names of two dimensions, in their order: the pairs of their codes that no record has."""
    rules = rules_of_codes()
    pairs_linked = [pair for pair in combinations(DIMENSIONS, 2) if any(read.issuperset(pair) for _, read in rules)]
    codes_forbidden = {pair: frozenset(breaking_codes(pair, rules)) for pair in pairs_linked}
    return {pair: codes for pair, codes in codes_forbidden.items() if codes}


def breaking_codes(pair: Pair, rules: Iterable[tuple[Rule, Names]]) -> Iterator[Pair]:
    """The pairs of codes of two fields beside which no codes of the other fields keep the rules."""
    neighbours = [read for _, read in rules if not read.isdisjoint(pair)]
    others = sorted(frozenset().union(*neighbours) - set(pair))
    rules_within = [rule for rule, read in rules if read <= {*pair, *others}]
    for codes in product(*(CODED[name].codelist.names for name in pair)):
        every = (
            dict(zip((*pair, *others), (*codes, *rest), strict=True)) for rest in product(*map(codes_allowed, others))
        )
        if all(any(rule.is_broken_by(values) for rule in rules_within) for values in every):
            yield codes[0], codes[1]


@cache
def rules_of_codes() -> tuple[tuple[Rule, Names], ...]:
    """The rules that read fields with a single code and no others, each with these fields.

    A rule about a set or a month forbids no pair of codes: some set and some month keep it.
    """
    read = [(rule, fields_read(rule)) for rule in REFERRAL_RULES]
    return tuple((rule, names) for rule, names in read if names is not None)


def fields_read(rule: Rule) -> Names | None:
    """The fields that a rule reads, whatever their codes. None: one of them has no single code."""
    names_known: Names = frozenset()
    while True:
        names = sorted(names_known)
        read: set[str] = set()
        for codes in product(*map(codes_allowed, names)):
            values = NotedValues(
                {**{name: codes_allowed(name)[0] for name in CODED}, **dict(zip(names, codes, strict=True))}
            )
            try:
                rule.is_broken_by(values)
            except TypeError:
                return None  # it takes a set apart, of which there is none
            read |= values.names_noted
        if not read <= CODED.keys():
            return None
        if read <= names_known:
            return names_known
        names_known |= read


def codes_allowed(name: str) -> tuple[str, ...]:
    """The codes that a field may have."""
    return CODED[name].allowed
