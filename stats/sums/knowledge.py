"""The plan of a release of sums, and what each intruder knows apart from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from stats.errors import refuse
from stats.models import AUTHORITY as AUTHORITIES
from stats.protection.suppress.primary import AUTHORITY
from stats.protection.views import Constraint, View, noise_row
from stats.sums.blocks import SumBlock, SumCell
from stats.sums.datasets import SumDataset, SumTable
from stats.sums.rules import CELLS, READER, floors_of
from stats.sums.sources import Contributors, SumSource

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
