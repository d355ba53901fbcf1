"""The plan of a release of sums, what each intruder knows apart from it, and what the rules demand for each.

The demands are the cells that are hidden for their own sake, and what must stay possible. The rules are applied before two
circles of readers: those who do not know what public bodies reported, and those who do. For what changed between two vintages
nearly the same holds as for a cell (*revised*).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, product
from uuid import UUID

import numpy as np

from stats.errors import refuse
from stats.models import AUTHORITY as AUTHORITIES
from stats.protection.space import IntArray
from stats.protection.suppress.primary import AUTHORITY, FEWEST_OTHERS, PARTNER
from stats.protection.views import Constraint, Target, View, noise_row
from stats.sums.blocks import SumBlock, SumCell
from stats.sums.datasets import SumDataset, SumTable
from stats.sums.leaves import CountLeaf
from stats.sums.rules import CELLS, READER, SumRules, floors_of
from stats.sums.sources import NOTHING_KNOWN, WITH_PUBLIC, Contributors, KnownReports, SumSource

MOST_UNKNOWNS = 20_000


@dataclass(frozen=True)
class SumPlan:
    """A release of a dataset to come, `source`, with everything that bears on it. `earlier`: published ones that share months."""

    dataset: SumDataset
    source: SumSource
    earlier: tuple[SumSource, ...]
    contributors: Contributors
    key: bytes
    tell: Callable[[str], None] = lambda _: None

    @cached_property
    def sources(self) -> tuple[SumSource, ...]:
        """Every release that bears on the new one, by moment; and, last, the new one."""
        return (*sorted(self.earlier, key=lambda source: (source.as_of, source.id)), self.source)

    @cached_property
    def blocks(self) -> tuple[SumBlock, ...]:
        """The blocks. Raises `ReleaseRefused` for one with more unknowns than can be proved."""
        tables = [table for source in self.sources for table in source.tables]
        blocks_found = tuple(SumBlock(self.dataset, self.sources, names) for names in block_names(self.dataset, tables))
        for block in blocks_found:
            if block.space.size > MOST_UNKNOWNS:
                raise refuse(
                    f"{self.dataset.id}: tabellerne over {', '.join(block.names)} er for store til at blive bevist.",
                    f"{self.dataset.id}: the tables over {', '.join(block.names)} are too large to be proved.",
                )
        return blocks_found


def block_names(dataset: SumDataset, tables: Iterable[SumTable]) -> list[SumTable]:
    """The dimensions of each block: tables that share one are together. Without any there is one block of the totals."""
    groups: list[set[str]] = []
    for table in tables:
        if table:
            touching = [group for group in groups if group & set(table)]
            groups = [*(group for group in groups if group not in touching), set(table).union(*touching)]
    return [tuple(name for name in dataset.codes if name in group) for group in groups] or [()]


def views_of_block(plan: SumPlan, block: SumBlock, silent_measures: frozenset[str]) -> dict[str, View]:
    """What each intruder knows of a block, apart from the release to come."""
    nothing = np.zeros_like(block.counts)
    public = (*rows_shown(block, public_before(block)), *block.totals_kept(silent_measures))
    ties = block.ties()
    views = {CELLS: View(CELLS, nothing, public, ties)}
    for_authorities = (*public, *noisy_before(block))
    if any(source.audience == AUTHORITIES for source in block.sources):
        views[AUTHORITY] = View(AUTHORITY, nothing, for_authorities, ties)
    for name, floors in floors_of(block, plan.contributors).items():
        rows = for_authorities if name.startswith(READER) else public
        own_ties = block.ties(plan.contributors.of_view(name)) if ties else ties
        views[name] = View(name, floors, rows, own_ties)
    return views


def rows_shown(block: SumBlock, sources: Iterable[SumSource]) -> list[Constraint]:
    """What releases show of their cells in a block."""
    return [
        Constraint(cell.id, cell.form, source.shown[cell.place], source.shown[cell.place])
        for source in sources
        for cell in block.cells(source)
        if cell.place in source.shown
    ]


def cells_hidden(block: SumBlock, sources: Iterable[SumSource]) -> list[SumCell]:
    """The cells in a block that releases do not show."""
    return [cell for source in sources for cell in block.cells(source) if cell.place not in source.shown]


def public_before(block: SumBlock) -> list[SumSource]:
    """The earlier releases for everybody."""
    return [source for source in block.sources[:-1] if source.public]


def noisy_before(block: SumBlock) -> list[Constraint]:
    """What earlier releases for authorities tell of their cells."""
    return [
        row_of_noise(block, source, cell, source.shown.get(cell.place))
        for source in block.sources[:-1]
        if not source.public
        for cell in block.cells(source)
        if cell.id not in source.names_cured
    ]


def row_of_noise(block: SumBlock, source: SumSource, cell: SumCell, value: int | None) -> Constraint:
    """What an authority knows of a cell: of persons an interval, also where it is not shown; of all else the number."""
    if not block.dataset.is_of_persons(*cell.place):
        return Constraint(cell.id, cell.form, value, value)
    return noise_row(cell.id, cell.form, value, source.threshold, source.deviation)


REVISED = "revised"
HIDDEN, WITHHELD = "hidden before", "withheld"


@dataclass(frozen=True)
class SumDemands:
    """`primaries`: the cells (by id) of the new release that must be hidden, each with its rules. `targets`: of every release."""

    primaries: Mapping[str, frozenset[str]]
    targets: tuple[Target, ...]


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
    for source, knows_public in product(block.sources, circles(own)):
        rules = SumRules(block, source, contributors, own, noise, knows_public)
        for cell, rule, of_cell in rules.hits():
            if source is new:
                primaries[cell.id].add(rule)
            if not source.public or cell.place not in source.shown:
                targets_found |= {(target.id, target.view): target for target in of_cell}
    for target in targets_of_hidden(block):
        targets_found.setdefault((target.id, target.view), target)
    for cell, of_cell in chain.from_iterable(find_revisions(block, contributors, own, each) for each in circles(own)):
        primaries[cell.id].add(REVISED)
        targets_found |= {(target.id, target.view): target for target in of_cell}
    for cell in (each for each in block.cells(new) if each.measure in silent_measures):
        primaries[cell.id].add(WITHHELD)
    return SumDemands({name: frozenset(why) for name, why in primaries.items()}, tuple(targets_found.values()))


def targets_of_hidden(block: SumBlock) -> Iterator[Target]:
    """That no cell is determined that an earlier release hides from everybody."""
    for cell in cells_hidden(block, public_before(block)):
        yield Target(cell.id, CELLS, cell.form, None, None, 1, HIDDEN)


def circles(own: Mapping[str, IntArray]) -> tuple[bool, ...]:
    """Before whom the rules are applied: those who do not know what public bodies reported; and, where these did, those who do."""
    return (False, True) if f"{PARTNER}{WITH_PUBLIC}" in own else (False,)


def find_revisions(
    block: SumBlock, contributors: Contributors, own: Mapping[str, IntArray], knows_public: bool
) -> Iterator[tuple[SumCell, Iterable[Target]]]:
    """The cells of a new vintage that differ from one that shows them by a few persons, or by what one partner reported.

    That nothing changed must stay possible. A total is one of them where both hold: by itself neither points at somebody, since it
    is of the whole country. Its change is taken to be known, so that it has no target: hidden it hides its measure.
    """
    new = block.sources[-1]
    rules = SumRules(block, new, contributors, own, noise=False, knows_public=knows_public)
    knowledge = KnownReports(public=contributors.public) if knows_public else NOTHING_KNOWN
    for before in block.sources[:-1] if new.public else ():
        if not (before.public and before.period == new.period):
            continue
        cells_before = {cell.place: cell for cell in block.cells(before)}
        for cell in rules.cells:
            was = cells_before.get(cell.place)
            if was is None or cell.place not in before.shown:
                continue
            change = rules.count(cell) - rules.count(was)
            few = cell in rules.of_persons and abs(change) < new.threshold
            alone = rules.are_one_alone(partners_changed(rules.leaves_in(was), rules.leaves_in(cell)))
            if change and not cell.table and few and alone:
                yield cell, ()
            elif change and cell.table and (few or alone):
                as_before = cell.count - change
                low, high = (as_before, None) if change > 0 else (None, as_before)
                added, removed = block.count_changes(before, new, cell.measure, knowledge)
                width = min(FEWEST_OTHERS, added + min(removed, rules.count(was)))
                name = f"{cell.id}|{rules.everybody}|{REVISED}|{before.id}"
                yield cell, [Target(name, rules.everybody, cell.form, low, high, width, REVISED)]


def partners_changed(was: Iterable[CountLeaf], now: Iterable[CountLeaf]) -> set[UUID]:
    """The partners whose part of a cell is another one in a later vintage."""
    change: Counter[UUID] = Counter()
    for sign, leaves in ((-1, was), (1, now)):
        for leaf in leaves:
            change[leaf.partner] += sign * leaf.value
    return {who for who, by in change.items() if by}
