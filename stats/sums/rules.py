"""The rules of sums: which cells are hidden for their own sake, and what must stay possible of each.

Small, coalition and group are those of persons, with contributions for records. Two are of sums alone. *Recurring*: of a unit that
counts one person again each month a cell may have many contributions and be of fewer persons than the threshold. *Alone*: one
private partner reported all of a cell, so the figure is its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from uuid import UUID

import numpy as np

from cases.codelists.types import NOT_APPLICABLE, NOT_ASKED, UNKNOWN
from stats.models import AUTHORITY as AUTHORITIES
from stats.protection.space import IntArray, LinearForm
from stats.protection.suppress.primary import (
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
from stats.protection.views import Target, View
from stats.sums.blocks import SumBlock, SumCell
from stats.sums.datasets import OF_THE_PERSON, RECURRENT, TELLING
from stats.sums.leaves import CountLeaf
from stats.sums.sources import WITH_PUBLIC, Contributors, KnownReports, SumSource

CELLS, READER = "cells", f"{AUTHORITY}:"
RECURRING, ALONE = "recurring", "alone"
# Of a figure of one partner alone so many per cent more, and less, must stay possible; at least `FEWEST_OTHERS`.
ESTIMATE_PER_CENT = 10
NOT_KNOWN = frozenset({UNKNOWN, NOT_ASKED})
QUIET = NOT_KNOWN | {NOT_APPLICABLE}


@dataclass(frozen=True)
class SumRules:
    """The rules applied to the cells of one release in one block, before one circle of readers.

    What public bodies reported is the public's. `knows_public`: before those who know all of it. To them a cell is what private
    partners reported. `floors`: by insider's view, of either circle, the contributions that it knows.
    """

    block: SumBlock
    source: SumSource
    contributors: Contributors
    floors: Mapping[str, IntArray]
    noise: bool
    knows_public: bool = False

    @cached_property
    def cells(self) -> tuple[SumCell, ...]:
        return self.block.cells(self.source)

    @cached_property
    def own(self) -> dict[str, IntArray]:
        """What the insiders of the circle know."""
        return {view: floors for view, floors in self.floors.items() if view.endswith(WITH_PUBLIC) == self.knows_public}

    @property
    def everybody(self) -> str:
        """The view of those in the circle who know least."""
        return f"{PARTNER}{WITH_PUBLIC}" if self.knows_public else CELLS

    @cached_property
    def floor(self) -> IntArray:
        """What everybody in the circle knows."""
        return self.own.get(self.everybody, np.zeros_like(self.block.counts))

    def count(self, cell: SumCell) -> int:
        """What a cell of any release in the block has besides."""
        return cell.count - cell.form.value(self.floor)

    def leaves_in(self, cell: SumCell) -> list[CountLeaf]:
        leaves = self.block.leaves_in(cell)
        return [leaf for leaf in leaves if not (self.knows_public and leaf.partner in self.contributors.public)]

    @cached_property
    def partners(self) -> dict[str, IntArray]:
        """What partners know who read what everybody reads."""
        return {view: floors for view, floors in self.own.items() if view.startswith(PARTNER)}

    @cached_property
    def of_persons(self) -> tuple[SumCell, ...]:
        """Those that count persons, and of which each value is known."""
        dataset = self.block.dataset
        return tuple(cell for cell in self.cells if dataset.is_of_persons(*cell.place) and not is_quiet(cell))

    def hits(self) -> Iterator[tuple[SumCell, str, Iterable[Target]]]:
        """Every cell that a rule hides, with the rule and the targets. Cells with noise have the rule of small cells alone."""
        counts = np.array([self.count(cell) for cell in self.of_persons], dtype=np.int64)
        yield from self._primary(small(counts, self.source.threshold), PrimaryRule.SMALL)
        if self.source.public:
            yield from self._primary(self._coalitions(), PrimaryRule.COALITION)
            yield from self._groups()
            yield from (
                (cell, RECURRING, self._targets_of_recurring(cell)) for cell in self.of_persons if self.recurs(cell)
            )
            for cell in self.cells:
                if self.are_one_alone({leaf.partner for leaf in self.leaves_in(cell)}):
                    yield cell, ALONE, self._targets_of_alone(cell)

    def _primary(self, hit: Iterable[object], rule: PrimaryRule) -> Iterator[tuple[SumCell, str, Iterable[Target]]]:
        for cell, is_hit in zip(self.of_persons, hit, strict=True):
            if is_hit:
                targets_wanted = self._targets(Primary(cell.id, cell.form, rule))
                yield cell, rule, chain(targets_wanted, self._targets_of_readers(cell, rule))

    def _coalitions(self) -> Iterable[object]:
        """Whether each cell of persons leaves an insider with one or two others."""
        counts = np.array([cell.count for cell in self.of_persons], dtype=np.int64)
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
                if dataset.is_of_persons(*cell.place) and dataset.has(name, TELLING):
                    rest = (*cell.codes[:place], *cell.codes[place + 1 :])
                    if cell.codes[place] not in QUIET and NOT_KNOWN.isdisjoint(rest):
                        groups[cell.measure, cell.table, place, rest].append(cell)
        for cells in groups.values():
            counts = np.array([[self.count(cell) for cell in cells]], dtype=np.int64)
            for number in np.flatnonzero(group(counts.sum(axis=1), counts)[0]).tolist():
                others = [cell.form.plus for n, cell in enumerate(cells) if n != number]
                rest_form = LinearForm(np.concatenate([np.empty(0, np.int64), *others]))
                primary = Primary(cells[number].id, cells[number].form, PrimaryRule.GROUP, rest_form)
                yield cells[number], PrimaryRule.GROUP, self._targets(primary)

    def recurs(self, cell: SumCell) -> bool:
        """Whether a cell has the threshold in contributions, and for certain fewer persons."""
        if self.block.dataset.measures[cell.measure].unit not in RECURRENT or self.count(cell) < self.source.threshold:
            return False
        return not has_certain_persons(self.block, self.leaves_in(cell), self.source.threshold)

    def are_one_alone(self, partners: Collection[UUID]) -> bool:
        """Whether some partners are private, and one party together."""
        parties = {self.contributors.party(each) for each in partners}
        return len(parties) == 1 and self.contributors.private.issuperset(partners)

    def _targets(self, primary: Primary) -> Iterator[Target]:
        views = {name: View(name, floors) for name, floors in self._views(primary.rule).items()}
        return targets([primary], counts=self.block.counts, views=views, threshold=self.source.threshold)

    def _views(self, rule: str) -> dict[str, IntArray]:
        views = {self.everybody: self.floor} if self.source.public else {}
        if self.noise and not self.knows_public and rule != PrimaryRule.GROUP:
            views[AUTHORITY] = self.floor
        return views | (self.partners if self.source.public and rule != PrimaryRule.GROUP else {})

    def _targets_of_readers(self, cell: SumCell, rule: str) -> Iterator[Target]:
        """That no authority that reported some of a small cell determines how many others there are.

        Who knows what public bodies reported, and no more, is left in the doubt that authorities are left in of a small cell.
        """
        for view, floors in self.own.items():
            if view.startswith(READER) and 1 <= cell.count - cell.form.value(floors) < self.source.threshold:
                width = FEWEST_OTHERS if view == f"{READER}{WITH_PUBLIC}" else 1
                yield Target(f"{cell.id}|{view}|{rule}", view, cell.form, None, None, width, rule)

    def _targets_of_recurring(self, cell: SumCell) -> Iterator[Target]:
        """That nobody is nearer to the sum than three units, and no insider to that of the others than two."""
        name = f"{cell.id}|{self.everybody}|{RECURRING}"
        yield Target(name, self.everybody, cell.form, None, None, FEWEST_OTHERS, RECURRING)
        for view, floors in self.partners.items():
            if cell.form.value(self.floor) < cell.form.value(floors) < cell.count:
                yield Target(f"{cell.id}|{view}|{RECURRING}", view, cell.form, None, None, 1, RECURRING)

    def _targets_of_alone(self, cell: SumCell) -> Iterator[Target]:
        """That nobody but the partner itself is nearer to its number than a tenth of it, on either side."""
        number, below = self.count(cell), cell.form.value(self.floor)
        room = max(FEWEST_OTHERS, -(-number * ESTIMATE_PER_CENT // 100))
        others = {view for view, floors in self.partners.items() if cell.form.value(floors) == below}
        for view in sorted({self.everybody, *others}):
            name = f"{cell.id}|{view}|{ALONE}"
            yield Target(name, view, cell.form, below + max(0, number - room), below + number + room, 0, ALONE)


def is_quiet(cell: SumCell) -> bool:
    """Whether a value of a cell is not known."""
    return not NOT_KNOWN.isdisjoint(cell.codes)


def has_certain_persons(block: SumBlock, leaves: Iterable[CountLeaf], persons: int) -> bool:
    """Whether so many persons at least are for certain behind leaves of a unit that counts one person again and again.

    Within one report, lines of one setting or activity that differ in gender, age or citizenship are of different persons. All else
    may be the same ones again. What a later version of a form asks besides makes no setting: five calls in one line are not of
    fewer persons since it is asked of each by which channel it came.
    """
    others = [
        n
        for n, each in enumerate(block.dataset.table.dimensions)
        if not (each.is_optional or each.codelist.id in OF_THE_PERSON)
    ]
    sums: Counter[tuple[object, ...]] = Counter()
    for leaf in leaves:
        of_one_report = leaf.partner, leaf.period, *(leaf.codes[n] for n in others)
        sums[of_one_report] += leaf.value
        if sums[of_one_report] >= persons:
            return True
    return False


def floors_of(block: SumBlock, contributors: Contributors) -> dict[str, IntArray]:
    """By an insider's view the contributions of every unknown that it knows; those who know none are left out.

    Where public bodies reported beside private partners, everybody who knows what they did has a view, and each insider that knows
    more has a second one with it. Where a release is for authorities, those among all of them that may read it have one more, with
    its figures.
    """
    noise = any(source.audience == AUTHORITIES for source in block.sources)
    names = [str(who) for who in contributors.insiders]
    own = {name: block.sums(contributors.of_view(f"{PARTNER}{name}")) for name in names}
    public = block.sums(KnownReports(public=contributors.public))
    if public.any() and (public != block.counts).any():
        joint = {
            f"{name}{WITH_PUBLIC}": block.sums(contributors.of_view(f"{PARTNER}{name}{WITH_PUBLIC}")) for name in names
        }
        own |= {WITH_PUBLIC: public} | {name: floors for name, floors in joint.items() if (floors != public).any()}
    own = {name: floors for name, floors in own.items() if floors.any()}
    readers = {"", *map(str, contributors.readers)} if noise else set()
    reading = {name: floors for name, floors in own.items() if name.partition(WITH_PUBLIC)[0] in readers}
    return {f"{PARTNER}{name}": floors for name, floors in own.items()} | {
        f"{READER}{name}": floors for name, floors in sorted(reading.items())
    }
