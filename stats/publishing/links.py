"""What links dimensions beside tables: the rules of the dictionary, and joint facts. What is linked goes into one block.

Everybody knows the rules of any record, before anything is published. A person's fields come from several records, so a person
can be what no record can be. Such a person is an *exception*. In months with an exception the rule is not certain: the
suppressor and the audit take it that few break it (`IntruderKnowledge.impossible`).

Joint facts are what figures of single codes say together, where nothing in a block tells the codes apart. A table by continent
is no better known for the number of each country than for the sum of these numbers: whatever persons of the continent there
are, so many of them can be of these countries. So the countries that have numbers are one fact, and those of which only a
greatest number is published are none, as long as the continent has countries of which nothing is published. Who knows persons
knows persons of a country that has room for them. Without this a pool has an atom for each country of each year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cases.dimensions import Axis
from cases.rules import forbidden_pairs
from stats.publishing.atoms import Key, atom_keys
from stats.publishing.choice import PROTECTED, Table
from stats.publishing.facts import Fact, unite
from stats.publishing.sources import NAMES, CountedRecord, ReleaseSource

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


# By submitted code: from a month on, what tells it from others. Codes with the same are of one class.
Classes = Mapping[str, tuple[tuple[date, Key], ...]]


def join_facts(
    facts: Iterable[Fact], axes: Iterable[Axis], rules: Sequence[LinkingRule], span: tuple[date, date]
) -> tuple[Fact, ...]:
    """The facts, those of one year within one class joined. `axes`: those of tables; `rules`: those that link dimensions."""
    every, axes_in_use = list(facts), list(axes)
    alone: dict[tuple[str, int], list[Fact]] = defaultdict(list)
    for fact in every:
        if fact.first == fact.last and len(fact.sides) == 1:
            alone[fact.sides[0][0], fact.first].append(fact)
    facts_joined = [fact for fact in every if not any(fact in group for group in alone.values())]
    for (name, year), group in alone.items():
        others = [dict(fact.sides) for fact in every if fact not in group and fact.first <= year <= fact.last]
        divisions = [codes for rule in rules for codes in rule.divisions(name)]
        divisions += [sides[name] for sides in others if name in sides]
        facts_joined += join_in_year(group, [axis for axis in axes_in_use if axis.dimension == name], divisions, span)
    return tuple(facts_joined)


def join_in_year(
    alone: list[Fact], axes: Sequence[Axis], divisions: Sequence[Codes], span: tuple[date, date]
) -> Iterator[Fact]:
    """The facts of one year and one dimension alone, joined within each class. Those of several classes divide them further."""
    name = alone[0].sides[0][0]
    dividing = list(divisions)
    classes = classes_of(name, axes, dividing, span)
    while spanning := [fact for fact in alone if len({classes[code] for code in codes_of(fact)}) > 1]:
        yield from spanning
        alone = [fact for fact in alone if fact not in spanning]
        dividing += map(codes_of, spanning)
        classes = classes_of(name, axes, dividing, span)
    groups: dict[object, list[Fact]] = defaultdict(list)
    for fact in alone:
        groups[classes[min(codes_of(fact))]].append(fact)
    for key, group in groups.items():
        yield from join_in_class(group, frozenset(code for code, of_code in classes.items() if of_code == key))


def join_in_class(facts: list[Fact], whole: Codes) -> Iterator[Fact]:
    """The facts of one year within one class of codes. Where they overlap, or are of all its codes, they stay as they are."""
    codes_stated = frozenset[str]().union(*map(codes_of, facts))
    if codes_stated == whole or len(codes_stated) < sum(len(codes_of(fact)) for fact in facts):
        yield from facts
        return
    exact = [fact for fact in facts if fact.low == fact.high]
    if exact:
        yield join_exact(exact)
    yield from (fact for fact in facts if fact.low and fact.low != fact.high)


def join_exact(facts: list[Fact]) -> Fact:
    """The sum of exact facts of different codes."""
    (name,) = {name for fact in facts for name, _ in fact.sides}
    count = sum(fact.low for fact in facts)
    return unite(facts, ((name, frozenset[str]().union(*map(codes_of, facts))),), count, count)


def codes_of(fact: Fact) -> Codes:
    """The submitted codes of a fact of one dimension."""
    ((_, codes),) = fact.sides
    return codes


def classes_of(name: str, axes: Sequence[Axis], divisions: Sequence[Codes], span: tuple[date, date]) -> Classes:
    """What tells each submitted code of a dimension from others: the axes of tables, and divisions."""
    keys: dict[str, list[tuple[date, Key]]] = defaultdict(list)
    for code, first, key in atom_keys(PROTECTED.by_name[name], axes, divisions, span):
        keys[code].append((first, key))
    return {code: tuple(of_code) for code, of_code in keys.items()}


Names = frozenset[str]


def link_facts(
    sources: Iterable[ReleaseSource], facts: Iterable[Fact], span: tuple[date, date]
) -> tuple[tuple[Fact, ...], list[Names]]:
    """The facts, joined where nothing tells their codes apart; and the dimensions that they, tables and rules link to tables'."""
    tables, every = [table for source in sources for table in source.choice.tables], tuple(facts)
    axes = {axis.id: axis for table in tables for axis in table}
    names_chosen = frozenset(axis.dimension for axis in axes.values())
    rules = linking_rules(names_chosen.union(*map(names_of, every)))
    facts_in_use = join_facts(every, axes.values(), rules, span)
    groups = join_sets(
        [
            *map(dimensions_of, tables),
            *map(names_of, facts_in_use),
            *(frozenset({rule.one, rule.other}) for rule in rules),
        ]
    )
    return facts_in_use, [group for group in groups if group & names_chosen]


def names_of(fact: Fact) -> Names:
    return frozenset(name for name, _ in fact.sides)


def dimensions_of(table: Table) -> Names:
    return frozenset(axis.dimension for axis in table)


def join_sets(sets: Iterable[Names]) -> list[Names]:
    """The sets of dimensions joined where they share one, in the order of the dataset."""
    groups: list[Names] = []
    for each in sets:
        touching = [group for group in groups if group & each]
        groups = [*(group for group in groups if not group & each), each.union(*touching)]
    return sorted(groups, key=lambda group: [NAMES.index(name) for name in sorted(group, key=NAMES.index)])
