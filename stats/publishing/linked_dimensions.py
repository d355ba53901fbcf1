"""The dimensions that go into one block: tables, facts and rules of the dictionary link them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from stats.publishing.choice import Table
from stats.publishing.facts import Fact
from stats.publishing.joint_facts import join_facts
from stats.publishing.linking_rules import linking_rules
from stats.publishing.records import NAMES
from stats.publishing.sources import ReleaseSource

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
