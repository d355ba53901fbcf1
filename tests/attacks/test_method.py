"""22: a reader who knows the method tries other worlds: would the whole release look like this if a hidden cell had another value?

He has the program, and not the records. Of each small hidden cell he moves persons to and from every other hidden cell of its
table, has the release made from beginning to end, and compares all that is printed: cells, symbols, intervals. What the gate has
hidden beside the rest he takes as given (docs/decisions/0049).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from cases.statistics.publishing import public
from cases.statistics.publishing.blocks import TableBlock
from cases.statistics.publishing.cells import TableDraft, cells_of
from cases.statistics.publishing.choice import PROTECTED
from cases.statistics.publishing.intruders import Own
from cases.statistics.publishing.plan import ProtectionResult, ReleasePlan
from cases.statistics.publishing.public import protect_for_the_public
from cases.statistics.publishing.records import NAMES, CountedRecord
from cases.statistics.publishing.rules import demands
from cases.statistics.publishing.suppression import HiddenCells, hide_cells
from tests.attacks.scores import Report, Score, Scored
from tests.attacks.test_years import THRESHOLD, plan, tabulate, year
from tests.cases.statistics.publishing.town import without_gate

TABLES = ("gender", "citizenship.continent", "citizenship")
FEWEST_VALUES, MOST = 3, 14


def printed(protection: ProtectionResult) -> tuple[object, ...]:
    """All that a release prints of its tables."""
    tables = [replace(table, doubt=None) for table in protection.tables]
    return tables, [(each.axes, dict(each.intervals)) for each in protection.tellings]


def moved(records: Sequence[CountedRecord], axis: str, of: str, to: str, persons: int) -> list[CountedRecord] | None:
    """The records once so many persons of one code have another. None: so many there are not, or nobody has the other."""
    place, level = NAMES.index(PROTECTED.axes[axis].dimension), PROTECTED.axes[axis]
    own = [each for each in records if level.code_of(each.codes[place], each.month) == of]
    example = [each.codes[place] for each in records if level.code_of(each.codes[place], each.month) == to]
    if len(own) < persons or not example:
        return None
    leaving = {each.id for each in own[:persons]}
    codes = {each.id: (*each.codes[:place], example[0], *each.codes[place + 1 :]) for each in own}
    return [replace(each, codes=codes[each.id]) if each.id in leaving else each for each in records]


def worlds(
    records: Sequence[CountedRecord], table: TableDraft, cell: str, count: int
) -> Iterator[tuple[int, list[CountedRecord]]]:
    """Other values of a cell, the nearest first, with the records of each."""
    for value in sorted(range(MOST + 1), key=lambda value: abs(value - count)):
        for partner in set(table.hidden) - {cell}:
            of, to = (partner, cell) if value > count else (cell, partner)
            other = moved(records, table.axes, of, to, abs(value - count))
            if value != count and other is not None:
                yield value, other


def release(records: Sequence[CountedRecord], table: str) -> ProtectionResult:
    """The release of a year with one table."""
    return protect_for_the_public(plan("2023", records, [table]))


def given(patch: pytest.MonkeyPatch, cures: frozenset[str]) -> None:
    """Have the gate hide these cells, and no others."""

    def choose(
        plan: ReleasePlan, block: TableBlock, own: Own, must_hide: frozenset[str]
    ) -> tuple[HiddenCells, tuple[str, ...]]:
        cells = cells_of(block, plan.source)
        return hide_cells(plan, block, cells, demands(plan, block, own), own, must_hide | cures), ()

    patch.setattr(public, "choose_through_gate", choose)


def find_few(persons: int, table: str) -> Score:
    """How many small hidden cells of a table leave fewer than three values."""
    records, codes = year(persons), f"2023.p1;{table}="
    truth, counts = release(records, table), tabulate(records, [table])
    (draft,) = (each for each in truth.tables if each.axes == table)
    with pytest.MonkeyPatch.context() as patch:
        given(patch, frozenset())
        (bare,) = (each for each in release(records, table).tables if each.axes == table)
        given(patch, frozenset(codes + code for code in set(draft.hidden) - set(bare.hidden)))
        small = [code for code in draft.hidden if 0 < counts[code,] < THRESHOLD and code != "_U"]
        hits = sum(count_values(records, draft, code, counts[code,], truth) < FEWEST_VALUES for code in small)
    return Score(hits, len(small))


def count_values(
    records: Sequence[CountedRecord], table: TableDraft, cell: str, count: int, truth: ProtectionResult
) -> int:
    """How many values of a cell print the same; no more are counted than it takes."""
    values = {count}
    for value, other in worlds(records, table, cell, count):
        if value not in values and printed(release(other, table.axes)) == printed(truth):
            values.add(value)
        if len(values) == FEWEST_VALUES:
            break
    return len(values)


def test_who_knows_the_method(monkeypatch: pytest.MonkeyPatch, report: Report) -> None:
    ours = [find_few(persons, table) for persons in (64, 97) for table in TABLES]
    without_gate(monkeypatch)
    power = [find_few(persons, table) for persons in (64, 97) for table in TABLES]
    result = [Score(sum(each.hits for each in scores), sum(each.of for each in scores)) for scores in (power, ours)]
    report(Scored("22 the method", "small cells leave fewer than three values", "no gate", *result))
    assert result[0].hits > 0
    assert (result[1].hits, result[1].of > 0) == (0, True)
