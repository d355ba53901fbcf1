"""22: a reader who knows the method tries other worlds: would the whole release look like this if a hidden cell had another value?

He has the program, and not the records. Of each small hidden cell he moves persons to and from every other hidden cell of its
table, has the release made from beginning to end, and compares all that is printed: cells, symbols, intervals. What the gate has
hidden beside the rest he takes as given (docs/decisions/0051).

23: a partner does the same of the cells that it knows but for one or two, and of the small ones. It knows who its own persons are,
and moves the others alone (docs/decisions/0051).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from uuid import UUID

import pytest

from stats.publishing import public, rules
from stats.publishing.blocks import TableBlock
from stats.publishing.cells import TableDraft
from stats.publishing.choice import PROTECTED
from stats.publishing.gate import FewLeft, hide
from stats.publishing.insiders import Insiders
from stats.publishing.intruders import Own
from stats.publishing.planning import ProtectionResult, ReleasePlan
from stats.publishing.public import protect_for_the_public
from stats.publishing.sources import NAMES, CountedRecord
from stats.publishing.suppression import HiddenCells
from tests.attacks.scores import Report, Score, Scored
from tests.attacks.test_years import THRESHOLD, plan, tabulate, year
from tests.stats.publishing.town import without_gate

TABLES = ("gender", "citizenship.continent", "citizenship")
# Persons, the part that a partner knows, the table.
PARTNERS = ((64, 0.85, "citizenship.continent"), (64, 0.9, "exploitation.form"), (97, 0.9, "citizenship.continent"))
FEWEST_VALUES, FEWEST_OTHERS, MOST = 3, 3, 14
PARTNER = UUID(int=1)
Known = frozenset[UUID]
NOBODY: Known = frozenset()


def printed(protection: ProtectionResult) -> tuple[object, ...]:
    """All that a release prints of its tables."""
    tables = [replace(table, doubt=None) for table in protection.tables]
    return tables, [(each.axes, dict(each.intervals)) for each in protection.bounds]


def moved(
    records: Sequence[CountedRecord], axis: str, of: str, to: str, persons: int, known: Known
) -> list[CountedRecord] | None:
    """The records once so many persons of one code have another, none of them known to the reader.

    None: so many there are not, or nobody has the other.
    """
    place, level = NAMES.index(PROTECTED.axes[axis].dimension), PROTECTED.axes[axis]
    own = [each for each in records if level.code_of(each.codes[place], each.month) == of and each.id not in known]
    example = [each.codes[place] for each in records if level.code_of(each.codes[place], each.month) == to]
    if len(own) < persons or not example:
        return None
    leaving = {each.id for each in own[:persons]}
    codes = {each.id: (*each.codes[:place], example[0], *each.codes[place + 1 :]) for each in own}
    return [replace(each, codes=codes[each.id]) if each.id in leaving else each for each in records]


def worlds(
    records: Sequence[CountedRecord], table: TableDraft, cell: str, count: int, known: Known
) -> Iterator[tuple[int, list[CountedRecord]]]:
    """Other values of a cell, the nearest first, with the records of each."""
    for value in sorted(range(count + MOST + 1), key=lambda value: abs(value - count)):
        for partner in set(table.hidden) - {cell}:
            of, to = (partner, cell) if value > count else (cell, partner)
            other = moved(records, table.axes, of, to, abs(value - count), known)
            if value != count and other is not None:
                yield value, other


def release(records: Sequence[CountedRecord], table: str, known: Known) -> ProtectionResult:
    """The release of a year with one table, of whose persons a partner knows some."""
    insiders = Insiders({PARTNER: known} if known else {}, {}, frozenset())
    return protect_for_the_public(replace(plan("2023", records, [table]), insiders=insiders))


def given(patch: pytest.MonkeyPatch, cures: frozenset[str]) -> None:
    """Have the gate hide these cells, and no others."""

    def choose(
        plan: ReleasePlan, block: TableBlock, own: Own, must_hide: frozenset[str], *, for_partners: bool
    ) -> tuple[HiddenCells, FewLeft]:
        return hide(plan, block, own, must_hide | cures, for_partners=for_partners), FewLeft()

    patch.setattr(public, "choose_through_gate", choose)


def find_few(records: Sequence[CountedRecord], table: str, known: Known = NOBODY) -> Score:
    """Of how many hidden cells with few others, beside the known, fewer than three values are left."""
    truth, counts, codes = release(records, table, known), tabulate(records, [table]), f"2023.p1;{table}="
    own = tabulate([each for each in records if each.id in known], [table])
    (draft,) = (each for each in truth.tables if each.axes == table)
    with pytest.MonkeyPatch.context() as patch:
        given(patch, frozenset())
        (bare,) = (each for each in release(records, table, known).tables if each.axes == table)
        given(patch, frozenset(codes + code for code in set(draft.hidden) - set(bare.hidden)))
        few = [code for code in draft.hidden if code != "_U" and is_few(counts[code,], own[code,])]
        hits = sum(count_values(records, draft, code, counts[code,], truth, known) < FEWEST_VALUES for code in few)
    return Score(hits, len(few))


def is_few(count: int, own: int) -> bool:
    """Whether a cell has so few others that they are protected."""
    return 0 < count - own < (THRESHOLD if count < THRESHOLD else FEWEST_OTHERS)


def count_values(
    records: Sequence[CountedRecord], table: TableDraft, cell: str, count: int, truth: ProtectionResult, known: Known
) -> int:
    """How many values of a cell print the same; no more are counted than it takes."""
    values = {count}
    for value, other in worlds(records, table, cell, count, known):
        if value not in values and printed(release(other, table.axes, known)) == printed(truth):
            values.add(value)
        if len(values) == FEWEST_VALUES:
            break
    return len(values)


def total(scores: Sequence[Score]) -> Score:
    """Some scores together."""
    return Score(sum(each.hits for each in scores), sum(each.of for each in scores))


def test_who_knows_the_method(monkeypatch: pytest.MonkeyPatch, report: Report) -> None:
    years = [(year(persons), table) for persons in (64, 97) for table in TABLES]
    ours = total([find_few(records, table) for records, table in years])
    without_gate(monkeypatch)
    power = total([find_few(records, table) for records, table in years])
    report(Scored("22 the method", "small cells leave fewer than three values", "no gate", power, ours))
    assert power.hits > 0
    assert (ours.hits, ours.of > 0) == (0, True)


def find_few_others(persons: int, share: float, table: str) -> Score:
    """The same of a year of so many persons, so large a part of whom a partner knows, by chance."""
    records, rng = year(persons), random.Random(persons)
    return find_few(records, table, frozenset(each.id for each in records if rng.random() < share))


def test_a_partner_that_knows_the_method(monkeypatch: pytest.MonkeyPatch, report: Report) -> None:
    ours = total([find_few_others(*case) for case in PARTNERS])
    without_gate(monkeypatch)
    monkeypatch.setattr(rules.Rules, "is_known_wholly", lambda *given: False)
    power = total([find_few_others(*case) for case in PARTNERS])
    weakness = "no gate, and cells known wholly shown"
    report(Scored("23 the method, partners", "cells leave fewer than three values of others", weakness, power, ours))
    assert power.hits > 0
    assert (ours.hits, ours.of > 0) == (0, True)
