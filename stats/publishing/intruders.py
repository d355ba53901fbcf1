"""The views: what each intruder knows of a block, apart from the release to come.

`cells`: what was published to everybody. `public`: that, and the facts of other sources. `partner:…`: an insider: that, and the
persons whom the partner referred. `decider:…`: the same of an authority that assessed persons. `authority`: what the public knows,
and every noisy cell that any authority could ever read. `authority:…`: that, and the persons whom an authority knows. `facts`: the
facts alone; `facts:…`: with an insider's own persons. What the last two know, no release can take back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from math import prod
from uuid import UUID

import numpy as np

from cases.dimensions import Axis
from core.text import in_digits
from stats.errors import ReleaseRefused, refuse
from stats.protection.audit.intervals import Interval, SharedKnowledge
from stats.protection.space import Box, IntArray, LinearForm
from stats.protection.views import Constraint, View
from stats.publishing.blocks import TableBlock
from stats.publishing.cell_noise import code_of
from stats.publishing.cells import cells_of, noise_constraint, public_constraint, row_of_hidden, shown_value
from stats.publishing.planning import ReleasePlan
from stats.publishing.sources import ReleaseSource

CELLS, EVERYBODY, AUTHORITY, FACTS = "cells", "public", "authority", "facts"
PARTNER, DECIDER = "partner", "decider"
MOST_FINEST = 20_000
# Of the space as it is laid out in memory, with what is zero by what is published: what can be held, and what is quickly counted.
MOST_CELLS, MOST_COUNTED = 5_000_000, 200_000

Own = Mapping[str, IntArray]


def persons_known_by(plan: ReleasePlan, block: TableBlock) -> dict[str, IntArray]:
    """By view of an insider: how many persons of each unknown the insider knows."""
    insiders = plan.insiders
    records_by_view = {f"{PARTNER}:{who}": records for who, records in insiders.records_referred.items()}
    records_by_view |= {f"{DECIDER}:{who}": insiders.known_to(who) for who in insiders.records_decided}
    if plan.noise:
        records_by_view |= {f"{AUTHORITY}:{who}": insiders.known_to(who) for who in sorted(insiders.authorities)}
    own_counts = {view: block.own(records) for view, records in records_by_view.items()}
    return {view: floors for view, floors in own_counts.items() if floors.any()}


def records_known_in(plan: ReleasePlan, view: str) -> frozenset[UUID]:
    """The records of the persons whom the insider of a view knows. Empty for other views."""
    kind, _, who = view.partition(":")
    if not who:
        return frozenset()
    return plan.insiders.records_referred[UUID(who)] if kind == PARTNER else plan.insiders.known_to(UUID(who))


def kind_of(view: str) -> str:
    """The kind of a view: its name without the insider."""
    return view.partition(":")[0]


class IntruderKnowledge:
    """The views of a block. Views that know the same share the same objects, so that these are worked on once."""

    def __init__(self, plan: ReleasePlan, block: TableBlock, own: Own, extra: tuple[Constraint, ...] = ()) -> None:
        self.plan, self.block, self.own, self.extra = plan, block, own, extra
        self.nothing = np.zeros(block.unknowns, dtype=np.int64)
        self.ties = block.ties()

    @cached_property
    def published_constraints(self) -> tuple[Constraint, ...]:
        """What everybody was ever told of a cell; and `extra`, the cells of the new release that are shown in any case."""
        rows = [
            row
            for source in self.plan.earlier
            if source.public
            for cell in cells_of(self.block, source)
            if (row := public_constraint(source, cell)) is not None
        ]
        return (*rows, *self.totals, *self.impossible, *self.extra)

    @cached_property
    def totals(self) -> tuple[Constraint, ...]:
        """What earlier releases tell of their hidden totals. They are in every block, so one alone does not say all of it."""
        return tuple(
            row
            for source in self.plan.earlier
            if "" in source.intervals
            for cell in cells_of(self.block, source)
            if not cell.table and (row := row_of_hidden(cell, source.intervals[""][cell.codes])) is not None
        )

    @cached_property
    def impossible(self) -> tuple[Constraint, ...]:
        """What nobody can be, by the code lists and the rules of the dictionary; and what few can be, where a rule has exceptions.

        Nobody is told of exceptions. So a reader may take it that there are none, or few: no more than there are and a threshold,
        so that a cell of exceptions may itself be protected.
        """
        threshold = self.plan.source.choice.threshold
        return (
            *(Constraint(box.id, self.block.form(box), 0, 0) for box in self.block.impossible),
            *(Constraint(box.id, self.block.form(box), 0, count + threshold) for box, count in self.block.rare),
        )

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
            noise_constraint(source, cell, shown_value(source, cell))
            for source in self.plan.earlier
            if not source.public
            for cell in cells_of(self.block, source)
            if cell.id not in source.names_cured
        )

    @cached_property
    def known_rows(self) -> dict[str, tuple[Constraint, ...]]:
        """The rows of each kind of view."""
        everybody = (*self.published_constraints, *self.facts)
        return {
            CELLS: self.published_constraints,
            EVERYBODY: everybody,
            PARTNER: everybody,
            DECIDER: everybody,
            AUTHORITY: (*everybody, *self.noisy),
            FACTS: (*self.facts, *self.impossible),
        }

    @cached_property
    def views(self) -> dict[str, View]:
        return {view.name: view for view in self.every()}

    @cached_property
    def _alone(self) -> SharedKnowledge:
        """The views without anything of the new release."""
        return SharedKnowledge(self.views.values(), ())

    def intervals(self, name: str, forms: Sequence[LinearForm]) -> list[Interval]:
        """The feasibility intervals of forms in a view (by name) alone. They follow from no count: the gate's worlds share them."""
        view, extra, answers = self.views[name], tuple(row.source for row in self.extra), self.block.intervals
        keys = [(name, extra, view.floors.tobytes(), form.plus.tobytes(), form.minus.tobytes()) for form in forms]
        if new := {key: form for key, form in zip(keys, forms, strict=True) if key not in answers}:
            answers |= zip(new, self._alone.intervals(view, list(new.values())), strict=True)
        return [answers[key] for key in keys]

    def every(self) -> Iterator[View]:
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
            if shown_value(source, cell) is None
        )

    def view(self, kind: str, name: str, floors: IntArray) -> View:
        records_by_view = records_known_in(self.plan, name.removeprefix(f"{FACTS}:"))
        return View(
            name,
            floors,
            self.known_rows[kind],
            self.block.ties(records_by_view) if records_by_view and self.ties else self.ties,
        )


def check_size(plan: ReleasePlan, block: TableBlock) -> None:
    """Raise `ReleaseRefused` for more unknowns than can be proved. Unknowns below a published one-way zero do not count.

    The atomic cells are counted first. What needs memory for all of them is computed only where these are too many.
    """
    atoms_left = [[set(range(len(side.atoms))) for side in block.space.dimensions[1:]] for _ in plan.timeline.runs]
    for source in plan.sources:
        for axis in (
            table[0] for table in source.choice.tables if source.public and len(table) == 1 and block.has(table)
        ):
            place, codes = block.space.axes[axis.id]
            moves_gone = {
                atom for code in published_zeros(source, axis, new=source is plan.source) for atom in codes.atoms(code)
            }
            for run in plan.timeline.of_source[source.id]:
                atoms_left[run][place - 1] -= moves_gone
    count = sum(prod(map(len, sides)) for sides in atoms_left)
    if count > MOST_FINEST and block.space.size <= MOST_COUNTED:
        count = count_unknowns(block, atoms_left)
    if count > MOST_FINEST:
        raise refuse_size(block, count, MOST_FINEST)
    if block.space.size > MOST_CELLS:
        raise refuse_size(block, block.space.size, MOST_CELLS)


def count_unknowns(block: TableBlock, atoms_left: Sequence[Sequence[Collection[int]]]) -> int:
    """How many unknowns are in some atoms of each dimension, by atom of time, and are possible."""
    some = np.zeros(block.space.size, dtype=np.bool_)
    for run, sides in enumerate(atoms_left):
        box = Box("", ((0, (run,)), *enumerate((tuple(sorted(atoms)) for atoms in sides), 1)))
        some[block.space.members(box)] = True
    for box in block.impossible:
        some[block.space.members(box)] = False
    return len(np.unique(block.unknown_of[some]))


def refuse_size(block: TableBlock, count: int, most: int) -> ReleaseRefused:
    """The refusal of a block. It names the rules that link its dimensions: nobody has chosen these."""
    rules = ", ".join(rule.id for rule in block.rules)
    atoms, limit = in_digits(count), in_digits(most)
    return refuse(
        f"Tabellerne over {', '.join(block.names)} har {atoms.da} atomare celler, og højst {limit.da} kan bevises: "
        f"rul en dimension op, eller udelad en tabel.{rules and f' Ordbogens regler forbinder {rules}.'}",
        f"The tables over {', '.join(block.names)} have {atoms.en} atomic cells, and at most {limit.en} can be proved: "
        f"roll a dimension up, or leave a table out.{rules and f' Rules of the dictionary link {rules}.'}",
    )


def published_zeros(source: ReleaseSource, axis: Axis, *, new: bool) -> frozenset[str]:
    """The codes of an axis that are published zeros. Of a new release all zeros count: they will be published."""
    some = (
        {code_of(axis, each) for each in source.records} if new else {*source.shown[axis.id], *source.hidden[axis.id]}
    )
    return axis.names - some
