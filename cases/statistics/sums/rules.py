"""The rules of sums: which cells are hidden for their own sake, and what must stay possible of each.

Small, coalition and group are those of persons, with contributions for records. Two are of sums alone. *Recurring*: of a unit that
counts one person again each month a cell may have many contributions and be of fewer persons than the threshold. *Alone*: one
private partner reported all of a cell, so the figure is its own. For what changed between two vintages the same holds (*revised*).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from uuid import UUID

import numpy as np

from cases.codelists.types import NOT_APPLICABLE, UNKNOWN
from cases.statistics.models import AUTHORITY as AUTHORITIES
from cases.statistics.protection.space import IntArray, LinearForm
from cases.statistics.protection.suppress.primary import (
    AUTHORITY,
    FEWEST_OTHERS,
    PARTNER,
    Primary,
    PrimaryRule,
    coalition,
    group,
    small,
    targets,
)
from cases.statistics.protection.views import Target, View
from cases.statistics.sums.blocks import SumBlock, SumCell
from cases.statistics.sums.datasets import OF_THE_PERSON, RECURRENT, TELLING
from cases.statistics.sums.leaves import CountLeaf
from cases.statistics.sums.sources import Contributors, SumSource

CELLS, READER = "cells", f"{AUTHORITY}:"
RECURRING, ALONE, REVISED = "recurring", "alone", "revised"
HIDDEN, WITHHELD = "hidden before", "withheld"
# Of a figure of one partner alone so many per cent more, and less, must stay possible; at least `FEWEST_OTHERS`.
ESTIMATE_PER_CENT = 10
QUIET = frozenset({UNKNOWN, NOT_APPLICABLE})


@dataclass(frozen=True)
class SumDemands:
    """`primaries`: the cells (by id) of the new release that must be hidden, each with its rules. `targets`: of every release."""

    primaries: Mapping[str, frozenset[str]]
    targets: tuple[Target, ...]


@dataclass(frozen=True)
class SumRules:
    """The rules applied to the cells of one release in one block. `own`: by insider's view the contributions that it knows."""

    block: SumBlock
    source: SumSource
    contributors: Contributors
    own: Mapping[str, IntArray]
    noise: bool

    @cached_property
    def cells(self) -> tuple[SumCell, ...]:
        """The cells of the release."""
        return self.block.cells(self.source)

    @cached_property
    def partners(self) -> dict[str, IntArray]:
        """What partners know who read what everybody reads."""
        return {view: floors for view, floors in self.own.items() if view.startswith(PARTNER)}

    @cached_property
    def of_persons(self) -> tuple[SumCell, ...]:
        """Those that count persons, and of which each value is known."""
        measures = self.block.dataset.measures
        return tuple(cell for cell in self.cells if measures[cell.measure].is_of_persons and not is_quiet(cell))

    def hits(self) -> Iterator[tuple[SumCell, str, Iterable[Target]]]:
        """Every cell that a rule hides, with the rule and the targets. Cells with noise have the rule of small cells alone."""
        counts = np.array([cell.count for cell in self.of_persons], dtype=np.int64)
        yield from self._primary(small(counts, self.source.threshold), PrimaryRule.SMALL)
        if self.source.public:
            yield from self._primary(self._coalitions(counts), PrimaryRule.COALITION)
            yield from self._groups()
            yield from ((cell, RECURRING, self._of_recurring(cell)) for cell in self.of_persons if self.recurs(cell))
            for cell in self.cells:
                if self.are_one_alone({leaf.partner for leaf in self.block.leaves_in(cell)}):
                    yield cell, ALONE, self._of_alone(cell)

    def _primary(self, hit: Iterable[object], rule: PrimaryRule) -> Iterator[tuple[SumCell, str, Iterable[Target]]]:
        for cell, is_hit in zip(self.of_persons, hit, strict=True):
            if is_hit:
                targets_wanted = self._targets(Primary(cell.id, cell.form, rule))
                yield cell, rule, chain(targets_wanted, self._of_readers(cell, rule))

    def _coalitions(self, counts: IntArray) -> Iterable[object]:
        """Whether each cell of persons leaves an insider with one or two others."""
        parts_known = [[cell.form.value(floors) for floors in self.partners.values()] for cell in self.of_persons]
        parts = np.array(parts_known, dtype=np.int64).reshape(len(counts), len(self.partners))
        hit: Iterable[object] = coalition(counts, parts).any(axis=1).tolist()
        return hit

    def _groups(self) -> Iterator[tuple[SumCell, str, Iterable[Target]]]:
        """Cells that tell a sensitive code of nearly all of a small group. The group has those whose code is known."""
        dataset = self.block.dataset
        groups: dict[tuple[object, ...], list[SumCell]] = defaultdict(list)
        for cell in self.cells:
            for place, name in enumerate(cell.table):
                if dataset.measures[cell.measure].is_of_persons and dataset.has(name, TELLING):
                    rest = (*cell.codes[:place], *cell.codes[place + 1 :])
                    if cell.codes[place] not in QUIET and UNKNOWN not in rest:
                        groups[cell.measure, cell.table, place, rest].append(cell)
        for cells in groups.values():
            counts = np.array([[cell.count for cell in cells]], dtype=np.int64)
            for number in np.flatnonzero(group(counts.sum(axis=1), counts)[0]).tolist():
                others = [cell.form.plus for n, cell in enumerate(cells) if n != number]
                rest_form = LinearForm(np.concatenate([np.empty(0, np.int64), *others]))
                primary = Primary(cells[number].id, cells[number].form, PrimaryRule.GROUP, rest_form)
                yield cells[number], PrimaryRule.GROUP, self._targets(primary)

    def recurs(self, cell: SumCell) -> bool:
        """Whether a cell has the threshold in contributions, and for certain fewer persons."""
        if self.block.dataset.measures[cell.measure].unit not in RECURRENT or cell.count < self.source.threshold:
            return False
        return certain_persons(self.block, self.block.leaves_in(cell)) < self.source.threshold

    def are_one_alone(self, partners: Collection[UUID]) -> bool:
        """Whether some partners are private, and one party together."""
        parties = {self.contributors.party(each) for each in partners}
        return len(parties) == 1 and self.contributors.private.issuperset(partners)

    def _targets(self, primary: Primary) -> Iterator[Target]:
        views = {name: View(name, floors) for name, floors in self._views(primary.rule).items()}
        return targets([primary], counts=self.block.counts, views=views, threshold=self.source.threshold)

    def _views(self, rule: str) -> dict[str, IntArray]:
        nothing = np.zeros_like(self.block.counts)
        views = {CELLS: nothing} if self.source.public else {}
        if self.noise and rule != PrimaryRule.GROUP:
            views[AUTHORITY] = nothing
        return views | (self.partners if self.source.public and rule != PrimaryRule.GROUP else {})

    def _of_readers(self, cell: SumCell, rule: str) -> Iterator[Target]:
        """That no authority that reported some of a small cell determines how many others there are."""
        for view, floors in self.own.items():
            if view.startswith(READER) and 1 <= cell.count - cell.form.value(floors) < self.source.threshold:
                yield Target(f"{cell.id}|{view}|{rule}", view, cell.form, None, None, 1, rule)

    def _of_recurring(self, cell: SumCell) -> Iterator[Target]:
        """That nobody is nearer to the sum than three units, and no insider to that of the others than two."""
        yield Target(f"{cell.id}|{CELLS}|{RECURRING}", CELLS, cell.form, None, None, FEWEST_OTHERS, RECURRING)
        for view, floors in self.partners.items():
            if 0 < cell.form.value(floors) < cell.count:
                yield Target(f"{cell.id}|{view}|{RECURRING}", view, cell.form, None, None, 1, RECURRING)

    def _of_alone(self, cell: SumCell) -> Iterator[Target]:
        """That nobody but the partner itself is nearer to its number than a tenth of it, on either side."""
        room = max(FEWEST_OTHERS, -(-cell.count * ESTIMATE_PER_CENT // 100))
        own = [view for view, floors in self.partners.items() if cell.form.value(floors) == 0]
        for view in (CELLS, *own):
            name = f"{cell.id}|{view}|{ALONE}"
            yield Target(name, view, cell.form, max(0, cell.count - room), cell.count + room, 0, ALONE)


def is_quiet(cell: SumCell) -> bool:
    """Whether a value of a cell is not known."""
    return UNKNOWN in cell.codes


def certain_persons(block: SumBlock, leaves: Iterable[CountLeaf]) -> int:
    """So many persons at least are behind leaves of a unit that counts one person again and again.

    Within one report, lines of one setting or activity that differ in gender, age or citizenship are of different persons. All else
    may be the same ones again.
    """
    others = [n for n, name in enumerate(block.dataset.codes) if not block.dataset.has(name, OF_THE_PERSON)]
    sums: Counter[tuple[object, ...]] = Counter()
    for leaf in leaves:
        sums[leaf.partner, leaf.period, *(leaf.codes[n] for n in others)] += leaf.value
    return max(sums.values(), default=0)


def find_demands(
    block: SumBlock,
    contributors: Contributors,
    own: Mapping[str, IntArray],
    *,
    silent_measures: frozenset[str] = frozenset(),
) -> SumDemands:
    """What the rules demand in a block, of the new release (the last source) and of every earlier one.

    `silent_measures`: the measures of which the new release shows nothing.
    """
    new = block.sources[-1]
    noise = any(source.audience == AUTHORITIES for source in block.sources)
    primaries: dict[str, set[str]] = defaultdict(set)
    targets_found: dict[tuple[str, str], Target] = {}
    for source in block.sources:
        rules = SumRules(block, source, contributors, own, noise)
        for cell, rule, of_cell in rules.hits():
            if source is new:
                primaries[cell.id].add(rule)
            if not source.public or cell.place not in source.shown:
                targets_found |= {(target.id, target.view): target for target in of_cell}
    for target in targets_of_hidden(block):
        targets_found.setdefault((target.id, target.view), target)
    for cell, target in targets_of_revisions(block, contributors):
        primaries[cell.id].add(REVISED)
        targets_found[target.id, target.view] = target
    for cell in (each for each in block.cells(new) if each.measure in silent_measures):
        primaries[cell.id].add(WITHHELD)
    return SumDemands({name: frozenset(why) for name, why in primaries.items()}, tuple(targets_found.values()))


def targets_of_hidden(block: SumBlock) -> Iterator[Target]:
    """That no cell is determined that an earlier release hides from everybody."""
    for source in block.sources[:-1]:
        for cell in block.cells(source) if source.public else ():
            if cell.place not in source.shown:
                yield Target(cell.id, CELLS, cell.form, None, None, 1, HIDDEN)


def targets_of_revisions(block: SumBlock, contributors: Contributors) -> Iterator[tuple[SumCell, Target]]:
    """The cells of a new vintage that differ from one that shows them by a few persons, or by what one partner reported.

    That nothing changed must stay possible. The total is exempt: that something was added tells nothing of anybody.
    """
    new = block.sources[-1]
    rules = SumRules(block, new, contributors, {}, noise=False)
    for before in block.sources[:-1] if new.public else ():
        if not (before.public and before.period == new.period):
            continue
        was = {cell.place: cell for cell in block.cells(before)}
        for cell in rules.cells:
            shown = before.shown.get(cell.place)
            if shown is None or not cell.table or cell.count == shown:
                continue
            who_changed = partners_changed(block.leaves_in(was[cell.place]), block.leaves_in(cell))
            few = cell in rules.of_persons and abs(cell.count - shown) < new.threshold
            if few or rules.are_one_alone(who_changed):
                low, high = (shown, None) if cell.count > shown else (None, shown)
                added, removed = block.count_changes(before, new, cell.measure)
                width = min(FEWEST_OTHERS, added + min(removed, shown))
                yield cell, Target(f"{cell.id}|{CELLS}|{REVISED}", CELLS, cell.form, low, high, width, REVISED)


def partners_changed(was: Iterable[CountLeaf], now: Iterable[CountLeaf]) -> set[UUID]:
    """The partners whose part of a cell is another one in a later vintage."""
    change: Counter[UUID] = Counter()
    for sign, leaves in ((-1, was), (1, now)):
        for leaf in leaves:
            change[leaf.partner] += sign * leaf.value
    return {who for who, by in change.items() if by}


def floors_of(block: SumBlock, contributors: Contributors) -> dict[str, IntArray]:
    """By an insider's view the contributions of every unknown that it knows; those who know none are left out.

    Where a release is for authorities, those among the insiders that may read it have a second view, with its figures.
    """
    noise = any(source.audience == AUTHORITIES for source in block.sources)
    of_partners = {f"{PARTNER}{who}": block.sums(partners) for who, partners in contributors.insiders.items()}
    readers = {f"{READER}{who}": of_partners[f"{PARTNER}{who}"] for who in sorted(contributors.readers) if noise}
    return {view: floors for view, floors in (of_partners | readers).items() if floors.any()}
