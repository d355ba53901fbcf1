"""Blocks of sums: tables that share dimensions, and the unknowns that every figure of them is a sum of.

An unknown is how many contributions bear the same marks (`leaves`) in an atom of time and a code of each dimension. A cell of a
measure is the sum of those that bear its mark. So a part is at most its whole without a rule, and no cell goes over two measures.

What the blocks tell together is more than each by itself: where two parts of one whole are in different tables, not every pair of
margins has a table of the whole that holds both. So a witness has to keep how many contributions bear which marks in each atom of
time (`totals_kept`). Worlds of different blocks that keep these are parts of one world (docs/decisions/0092).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from math import prod
from uuid import UUID

import numpy as np

from cases.months import later
from stats.periods import MonthRun, make_runs
from stats.protection.space import AtomicDimension, Box, IntArray, LinearForm, Partition, Space
from stats.protection.views import Constraint, Tie
from stats.sums.datasets import QUANTITY, SumDataset, SumTable
from stats.sums.leaves import CountLeaf
from stats.sums.sources import NOTHING_KNOWN, KnownReports, Place, SumSource

PERIOD, MARKS = "period", "marks"


@dataclass(frozen=True, eq=False, slots=True)
class SumCell:
    """A cell of a source: a measure by the codes of a table. `count` is its true sum."""

    measure: str
    table: SumTable
    codes: tuple[str, ...]
    box: Box
    form: LinearForm
    count: int

    @property
    def id(self) -> str:
        """The name of the cell, unique among all releases."""
        return self.box.id

    @property
    def place(self) -> Place:
        """Where a release shows it."""
        return self.measure, self.table, self.codes


@dataclass(frozen=True, eq=False)
class SumBlock:
    """The tables over some dimensions (`names`) of every release that bears on the new one, which is the last of `sources`.

    `apart`: each measure by itself, as an outsider has it: which marks contributions bear together is nobody's to know.
    """

    dataset: SumDataset
    sources: tuple[SumSource, ...]
    names: SumTable
    apart: bool = False

    @property
    def runs(self) -> tuple[MonthRun[CountLeaf], ...]:
        """The atoms of time: months that no release divides, one for every vintage in which what was reported differs."""
        return self._runs_and_sources[0]

    @property
    def of_source(self) -> dict[str, tuple[int, ...]]:
        """By release (its id) the atoms of time that it counts."""
        return self._runs_and_sources[1]

    @cached_property
    def _runs_and_sources(self) -> tuple[tuple[MonthRun[CountLeaf], ...], dict[str, tuple[int, ...]]]:
        periods = [source.period for source in self.sources]
        cuts = {month for period in periods for month in (period.first, later(period.last, 1))}
        return make_runs(cuts, [(source.id, source.period, source.leaves) for source in self.sources])

    @cached_property
    def space(self) -> Space:
        """Time, the marks, and the codes of each dimension."""
        codes = [(name, self.dataset.codes[name]) for name in self.names]
        return Space(
            (
                AtomicDimension(PERIOD, tuple(run.label for run in self.runs), ()),
                AtomicDimension(MARKS, tuple(map("+".join, self.marks)), ()),
                *(AtomicDimension(name, of, (Partition(name, of, tuple(range(len(of)))),)) for name, of in codes),
            )
        )

    @cached_property
    def marks(self) -> tuple[tuple[str, ...], ...]:
        """The sets of marks: each measure alone, so that an outsider takes nothing for granted, and those that leaves bear."""
        marks_borne = {leaf.marks for run in self.runs for leaf in run.records if not self.apart}
        return tuple(sorted({*((name,) for name in self.dataset.measures), *marks_borne}))

    def runs_of(self, source: SumSource, measure: str) -> tuple[int, ...]:
        """The atoms of time that a measure of a release counts: of how it stood at the end, the last one alone."""
        runs = self.of_source[source.id]
        if not self.dataset.is_stock(measure):
            return runs
        return tuple(place for place in runs if self.runs[place].last == source.period.last)

    def cells(self, source: SumSource) -> tuple[SumCell, ...]:
        """Every cell of the tables of a release in the block."""
        if source.id not in self._cells:
            self._cells[source.id] = tuple(self._make_cells(source))
        return self._cells[source.id]

    @cached_property
    def _cells(self) -> dict[str, tuple[SumCell, ...]]:
        return {}

    def _make_cells(self, source: SumSource) -> Iterator[SumCell]:
        for measure in self.dataset.measures:
            for table in source.tables:
                if set(table) <= set(self.names):
                    for codes in product(*(self.dataset.codes[name] for name in table)):
                        yield self._cell(source, measure, table, codes)

    def _cell(self, source: SumSource, measure: str, table: SumTable, codes: tuple[str, ...]) -> SumCell:
        box = self.space.cell(dict(zip(table, codes, strict=True)))
        bearing = tuple(n for n, marks in enumerate(self.marks) if measure in marks)
        name = ";".join([f"{QUANTITY}={measure}", *([box.id] if table else [])])
        box = Box(f"{source.id};{name}", ((0, self.runs_of(source, measure)), (1, bearing), *box.sides))
        form = LinearForm(self.space.members(box))
        return SumCell(measure, table, codes, box, form, form.value(self.counts))

    def unknown(self, run: int, leaf: CountLeaf) -> int:
        """The number of the unknown that a leaf is in."""
        of_run, of_marks, of_codes = self._offsets
        return run * of_run + of_marks[leaf.marks] + sum(offsets[leaf.codes[place]] for place, offsets in of_codes)

    @cached_property
    def _offsets(self) -> tuple[int, dict[tuple[str, ...], int], list[tuple[int, dict[str, int]]]]:
        """How far a run, each set of marks and each code of a dimension lie from the first unknown. Leaves are many."""
        shape, order = self.space.shape, list(self.dataset.codes)
        strides = [prod(shape[side + 1 :]) for side in range(len(shape))]
        of_marks = {marks: n * strides[1] for n, marks in enumerate(self.marks)}
        of_codes = [
            (order.index(name), {code: n * stride for n, code in enumerate(self.dataset.codes[name])})
            for name, stride in zip(self.names, strides[2:], strict=True)
        ]
        return strides[0], of_marks, of_codes

    @cached_property
    def leaves(self) -> tuple[tuple[int, int, CountLeaf], ...]:
        """Each leaf in each atom of time that counts it, in any order: the atom, the unknown, the leaf."""
        return tuple(
            (number, self.unknown(number, each), each)
            for number, run in enumerate(self.runs)
            for leaf in run.records
            if not self.dataset.is_stock(leaf.marks[0]) or leaf.month == run.last
            for each in (mark_by_mark(leaf) if self.apart else [leaf])
        )

    def sums(self, knowledge: KnownReports | None = None) -> IntArray:
        """Of every unknown the contributions: all, or those that an intruder knows."""
        sums_found = np.zeros(self.space.size, dtype=np.int64)
        for leaf, of_reporter in self._by_reporter.values():
            if knowledge is None or knowledge.has(leaf):
                sums_found += of_reporter
        return sums_found

    @cached_property
    def _by_reporter(self) -> dict[tuple[UUID, UUID], tuple[CountLeaf, IntArray]]:
        """By partner and sender one of their leaves, and of every unknown their contributions. Who knows one leaf knows all."""
        of_reporters: dict[tuple[UUID, UUID], tuple[CountLeaf, IntArray]] = {}
        for _, unknown, leaf in self.leaves:
            reporter = leaf.partner, leaf.sender
            if reporter not in of_reporters:
                of_reporters[reporter] = leaf, np.zeros(self.space.size, dtype=np.int64)
            of_reporters[reporter][1][unknown] += leaf.value
        return of_reporters

    @cached_property
    def counts(self) -> IntArray:
        """The true number of contributions of every unknown."""
        return self.sums()

    def leaves_in(self, cell: SumCell) -> list[CountLeaf]:
        return [leaf for unknown in cell.form.plus.tolist() for leaf in self._leaves_of.get(unknown, ())]

    @cached_property
    def _leaves_of(self) -> dict[int, list[CountLeaf]]:
        leaves_found: dict[int, list[CountLeaf]] = {}
        for _, unknown, leaf in self.leaves:
            leaves_found.setdefault(unknown, []).append(leaf)
        return leaves_found

    def totals_kept(self, silent_measures: frozenset[str] = frozenset()) -> tuple[Constraint, ...]:
        """How many contributions bear which marks in each atom of time. Nobody is told: it is what witnesses have to keep.

        `silent_measures`: those of which the new release shows nothing. What no release shows links no blocks. So of its mark it is
        not kept who bears it, as long as a part is at most its whole: nobody becomes a part without a whole.
        """
        silent = {source.id: self._silent_measures(source) for source in self.sources[:-1]} | {
            self.sources[-1].id: silent_measures
        }
        rows = []
        for run in range(len(self.runs)):
            covering = [silent[source.id] for source in self.sources if run in self.of_source[source.id]]
            invisible = frozenset(self.dataset.measures).intersection(*covering)
            groups: dict[tuple[frozenset[str], bool], list[int]] = {}
            for number, marks in enumerate(self.marks):
                visible = frozenset(marks) - (invisible if self.dataset.has_wholes(marks) else frozenset())
                groups.setdefault((visible, self.dataset.has_wholes(marks)), []).append(number)
            for (visible, _), numbers in groups.items():
                if visible:
                    form = LinearForm(self.space.members(Box("", ((0, (run,)), (1, tuple(numbers))))))
                    total = form.value(self.counts)
                    rows.append(Constraint(f"{self.runs[run].label};{'+'.join(sorted(visible))}", form, total, total))
        return tuple(rows)

    def _silent_measures(self, source: SumSource) -> frozenset[str]:
        """The measures of which a published release tells nothing. One for authorities tells of each cell that it does not cure."""
        cells = (cell for cell in self.cells(source) if not source.public and cell.id not in source.names_cured)
        measures_open = {measure for measure, _, _ in source.shown} | {cell.measure for cell in cells}
        return frozenset(self.dataset.measures.keys() - measures_open)

    def ties(self, knowledge: KnownReports = NOTHING_KNOWN) -> tuple[Tie, ...]:
        """The ties of vintages of the same months, for each set of marks, for whoever knows some reports.

        The audit takes it that a reader knows how many contributions were added and removed in all.
        """
        ties_found, own = list[Tie](), self.sums(knowledge)
        for number, run in enumerate(self.runs):
            for place, marks in enumerate(self.marks if run.vintage else ()):
                earlier, after = (self._unknowns_of(each, place) for each in (number - 1, number))
                leaves = [each for each in self.leaves if each[2].marks == marks and not knowledge.has(each[2])]
                ties_found.append(
                    Tie(earlier, after, *changes_between(leaves, number - 1, number), own[earlier], own[after])
                )
        return tuple(ties_found)

    def count_changes(
        self, before: SumSource, after: SumSource, measure: str, knowledge: KnownReports
    ) -> tuple[int, int]:
        """How many contributions were added to a measure, and how many removed, from one release to a later one of its period.

        Those that are known are left out.
        """
        leaves = [each for each in self.leaves if measure in each[2].marks and not knowledge.has(each[2])]
        pairs = zip(self.of_source[before.id], self.of_source[after.id], strict=True)
        steps = [changes_between(leaves, n - 1, n) for one, other in pairs for n in range(one + 1, other + 1)]
        return sum(added for added, _ in steps), sum(removed for _, removed in steps)

    def _unknowns_of(self, run: int, marks: int) -> IntArray:
        return self.space.members(Box("", ((0, (run,)), (1, (marks,)))))


def changes_between(leaves: Iterable[tuple[int, int, CountLeaf]], was: int, now: int) -> tuple[int, int]:
    """How many contributions of some leaves were added from one atom of time to another, and how many removed."""
    change: Counter[object] = Counter()
    for run, _, leaf in leaves:
        if run in (was, now):
            change[leaf.place] += leaf.value if run == now else -leaf.value
    return sum(n for n in change.values() if n > 0), -sum(n for n in change.values() if n < 0)


def mark_by_mark(leaf: CountLeaf) -> Iterator[CountLeaf]:
    """A leaf for each of its marks."""
    return (replace(leaf, marks=(mark,)) for mark in leaf.marks)
