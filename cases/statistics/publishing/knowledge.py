"""What each adversary knows of a block, apart from the release to come.

`cells`: what was published to everybody. `public`: that, and the facts of other sources. `partner:…`: that, and the persons whom
the partner referred. `decider:…`: the same of an authority that also decides. `authority`: what the public knows and every noisy
cell that any authority could ever read; `authority:…`: that, and whom an authority knows. `facts`: the facts alone, and `facts:…`
with what another view knows by itself: what nobody here can take back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from math import prod
from uuid import UUID

import numpy as np

from cases.dimensions import Axis
from cases.statistics.errors import ReleaseRefused
from cases.statistics.protection.space import IntArray, LinearForm
from cases.statistics.protection.views import Constraint, View
from cases.statistics.publishing.cells import cells_of, exactly, noisy, value_of
from cases.statistics.publishing.noisy import code_of
from cases.statistics.publishing.plan import Plan
from cases.statistics.publishing.sources import Source
from cases.statistics.publishing.universe import Block
from partners.text import say

CELLS, EVERYBODY, AUTHORITY, FACTS = "cells", "public", "authority", "facts"
PARTNER, DECIDER = "partner", "decider"
MOST_FINEST = 20_000

Own = Mapping[str, IntArray]


def own_records(plan: Plan, block: Block) -> dict[str, IntArray]:
    """For each view of somebody who knows persons by name: how many of each unknown."""
    company = plan.company
    known = {f"{PARTNER}:{who}": records for who, records in company.referred.items()}
    known |= {f"{DECIDER}:{who}": company.known_to(who) for who in company.decided}
    if plan.noise:
        known |= {f"{AUTHORITY}:{who}": company.known_to(who) for who in sorted(company.authorities)}
    counted = {view: block.own(records) for view, records in known.items()}
    return {view: floors for view, floors in counted.items() if floors.any()}


def known_in(plan: Plan, view: str) -> frozenset[UUID]:
    """Whom the owner of a view knows by name."""
    kind, _, who = view.partition(":")
    if not who:
        return frozenset()
    return plan.company.referred[UUID(who)] if kind == PARTNER else plan.company.known_to(UUID(who))


def kind_of(view: str) -> str:
    """The kind of a view."""
    return view.partition(":")[0]


class Knowledge:
    """The views of a block. Rows and ties are the same objects in every view that has them."""

    def __init__(self, plan: Plan, block: Block, own: Own, extra: tuple[Constraint, ...] = ()) -> None:
        self.plan, self.block, self.own, self.extra = plan, block, own, extra
        self.nothing = np.zeros(block.unknowns, dtype=np.int64)
        self.ties = block.ties()

    @cached_property
    def published(self) -> tuple[Constraint, ...]:
        """Every cell that was ever shown to everybody, and `extra`: what of the new release is shown in any case."""
        shown = [
            exactly(cell, value)
            for source in self.plan.earlier
            if source.public
            for cell in cells_of(self.block, source)
            if (value := value_of(source, cell)) is not None
        ]
        return (*shown, *self.impossible, *self.extra)

    @cached_property
    def impossible(self) -> tuple[Constraint, ...]:
        """What the code lists say that nobody can be."""
        return tuple(Constraint(box.id, self.block.form(box), 0, 0) for box in self.block.impossible)

    @cached_property
    def facts(self) -> tuple[Constraint, ...]:
        """The facts of other sources."""
        return tuple(
            Constraint(fact.id, self.block.form(self.block.fact(fact)), fact.low, fact.high)
            for fact in self.block.facts
        )

    @cached_property
    def noisy(self) -> tuple[Constraint, ...]:
        """Every cell that any authority could ever read."""
        return tuple(
            noisy(source, cell, value_of(source, cell))
            for source in self.plan.earlier
            if not source.public
            for cell in cells_of(self.block, source)
            if cell.id not in source.cured
        )

    @cached_property
    def known_rows(self) -> dict[str, tuple[Constraint, ...]]:
        """The rows of each kind of view."""
        everybody = (*self.published, *self.facts)
        return {
            CELLS: self.published,
            EVERYBODY: everybody,
            PARTNER: everybody,
            DECIDER: everybody,
            AUTHORITY: (*everybody, *self.noisy),
            FACTS: (*self.facts, *self.impossible),
        }

    @cached_property
    def views(self) -> dict[str, View]:
        """Every view by its name."""
        return {view.name: view for view in self.every()}

    def every(self) -> Iterator[View]:
        """Every view."""
        for kind in (CELLS, EVERYBODY, FACTS, *([AUTHORITY] if self.plan.noise else [])):
            yield self.view(kind, kind, self.nothing)
        for name, floors in self.own.items():
            yield self.view(kind_of(name), name, floors)
            yield self.view(FACTS, f"{FACTS}:{name}", floors)

    @cached_property
    def hidden_before(self) -> tuple[tuple[str, LinearForm], ...]:
        """Every cell that a release before has hidden from everybody."""
        return tuple(
            (cell.id, cell.form)
            for source in self.plan.earlier
            if source.public
            for cell in cells_of(self.block, source)
            if value_of(source, cell) is None
        )

    def view(self, kind: str, name: str, floors: IntArray) -> View:
        """One view."""
        known = known_in(self.plan, name.removeprefix(f"{FACTS}:"))
        return View(name, floors, self.known_rows[kind], self.block.ties(known) if known and self.ties else self.ties)


def check_size(plan: Plan, block: Block) -> None:
    """Raise `ReleaseRefused` for more unknowns than can be proved. Those under a zero of one dimension that is shown are none.

    Before anything is computed that takes the room of all of them.
    """
    left = [[set(range(len(side.atoms))) for side in block.space.dimensions[1:]] for _ in plan.timeline.runs]
    for source in plan.sources:
        for axis in (
            table[0] for table in source.choice.tables if source.public and len(table) == 1 and block.has(table)
        ):
            place, codes = block.space.axes[axis.id]
            gone = {atom for code in zeros(source, axis, new=source is plan.source) for atom in codes.atoms(code)}
            for run in plan.timeline.of_source[source.id]:
                left[run][place - 1] -= gone
    if (count := sum(prod(map(len, sides)) for sides in left)) > MOST_FINEST:
        raise ReleaseRefused(
            say(
                f"Tabellerne over {', '.join(block.names)} har {count} fineste celler, og højst {MOST_FINEST} kan bevises: "
                "rul en dimension op, eller udelad en tabel.",
                f"The tables over {', '.join(block.names)} have {count} finest cells, and at most {MOST_FINEST} can be proved: "
                "roll a dimension up, or leave a table out.",
            )
        )


def zeros(source: Source, axis: Axis, *, new: bool) -> frozenset[str]:
    """The codes of an axis that nobody has, as is told; of a new release every such code will be."""
    some = (
        {code_of(axis, each) for each in source.records} if new else {*source.shown[axis.id], *source.hidden[axis.id]}
    )
    return axis.names - some
