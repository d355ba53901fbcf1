"""The certificate of a release: for every hidden cell two complete tables that agree with all that is published, and differ there.

Whoever holds it can check it by adding up (`verify`), without a solver and without trusting us. It is made from what is public and
nothing else: no true count is among the arguments, so it cannot tell one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from cases.statistics.protection.audit.audit import Report, searching
from cases.statistics.protection.audit.search import Search
from cases.statistics.protection.space import Box, IntArray, LinearForm, Space
from cases.statistics.protection.views import Constraint, Target, Tie, View

FORMAT = "henvis-certificate/1"
PUBLIC, CELLS = "public", "cells"


@dataclass(frozen=True, slots=True)
class Published:
    """A cell of a release as the public sees it: its count, or None where it is hidden."""

    release: str
    box: Box
    value: int | None


@dataclass(frozen=True, slots=True)
class Fact:
    """What another source says of a sum of persons: low ≤ sum ≤ high, None where it says nothing."""

    source: str
    box: Box
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Vintages:
    """Atoms of a dimension (by place) that are the same at two moments, in pairs (earlier, later), and the records in between."""

    dimension: int
    pairs: tuple[tuple[int, int], ...]
    added: int
    removed: int

    def tie(self, space: Space) -> Tie:
        """The tie of all finest cells with these atoms."""
        both = [
            np.concatenate([space.members(Box("", ((self.dimension, (pair[side],)),))) for pair in self.pairs])
            for side in (0, 1)
        ]
        return Tie(both[0], both[1], self.added, self.removed)


class GivenAway(Exception):
    """Hidden cells of which the published cells, without any fact of others, leave one value. `cells`: their ids."""

    def __init__(self, cells: Sequence[str]) -> None:
        self.cells = tuple(cells)
        super().__init__(f"Not hidden: {', '.join(self.cells)}")


def public(release: str, blocks: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The public certificate of a release, as JSON: those of its blocks together."""
    return {"format": FORMAT, "release": release, "blocks": list(blocks)}


def block(
    *,
    release: str,
    space: Space,
    cells: Sequence[Published],
    facts: Sequence[Fact] = (),
    vintages: Sequence[Vintages] = (),
    tell: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """The public certificate of the tables of a release that are over one space.

    `cells` are those of this release and of every other one that is published, hidden ones too. A hidden cell that has one value
    only when the facts hold gets points without them, and says so. Raises `GivenAway` where it has one value without them, too, and
    `Contradiction` where what is published cannot be.
    """
    hidden = [
        (cell.box.id, LinearForm(space.members(cell.box)))
        for cell in cells
        if cell.release == release and cell.value is None
    ]
    ties = tuple(each.tie(space) for each in vintages)
    told = tuple(
        Constraint(f"{cell.release}: {cell.box.id}", LinearForm(space.members(cell.box)), cell.value, cell.value)
        for cell in cells
        if cell.value is not None
    )
    of_facts = tuple(
        Constraint(fact.source, LinearForm(space.members(fact.box)), fact.low, fact.high) for fact in facts
    )
    nothing = np.zeros(space.size, dtype=np.int64)
    written = _Written()
    found = _searched(View(PUBLIC, nothing, (*told, *of_facts), ties), hidden, tell)
    entries = [written.entry(found, place, name, facts=True) for place, (name, _) in enumerate(hidden)]
    known = [place for place, entry in enumerate(entries) if entry["low"] == entry["high"]]
    found = _searched(View(CELLS, nothing, told, ties), [hidden[place] for place in known], tell)
    for n, place in enumerate(known):
        entries[place] = written.entry(found, n, hidden[place][0], facts=False)
    if bare := [entry["id"] for entry in entries if entry["low"] == entry["high"]]:
        raise GivenAway(bare)
    return {
        "dimensions": [asdict(dimension) for dimension in space.dimensions],
        "cells": [{"release": each.release, **_box(each.box), "value": each.value} for each in cells],
        "facts": [{"source": each.source, **_box(each.box), "low": each.low, "high": each.high} for each in facts],
        "vintages": [asdict(each) for each in vintages],
        "bases": written.bases,
        "points": written.points,
        "hidden": entries,
    }


def internal(report: Report, reasons: Mapping[str, str]) -> dict[str, Any]:
    """What is kept with the build and never published: the audit's report, and by cell the rule that hid it."""
    return {"audit": report.as_json(), "rules": dict(sorted(reasons.items()))}


def _box(box: Box) -> dict[str, Any]:
    return {"id": box.id, "sides": [[place, list(atoms)] for place, atoms in box.sides]}


def _searched(view: View, hidden: Sequence[tuple[str, LinearForm]], tell: Callable[[str], None]) -> Witnesses:
    """A search in a view with the extremes of the hidden cells, as far as they were found."""
    search = searching(view, [Target(name, view.name, form, None, None, width=1) for name, form in hidden])
    search.run(tell=tell)
    exact = [_is_exact(search, place, -1) & _is_exact(search, place, 1) for place in range(len(hidden))]
    tell(f"{view.name}: {sum(exact)} of {len(hidden)} intervals are exact")
    return Witnesses(search, exact)


def _is_exact(search: Search, place: int, sign: int) -> bool:
    """Go as far as a hidden cell's form can, and say whether that was found. Two points that differ are enough for the proof."""
    try:
        return search.extreme(place, sign) is not None
    except TimeoutError:
        return False


@dataclass(frozen=True, slots=True)
class Witnesses:
    """A finished search, and for each goal whether its values are the exact extremes."""

    search: Search
    exact: Sequence[bool]


class _Written:
    """Points as they are written down: the first of a search in full, the others as changes from it."""

    def __init__(self) -> None:
        self.bases: list[dict[str, Any]] = []
        self.points: list[dict[str, Any]] = []
        self._places: dict[tuple[bool, int], int] = {}
        self._base: dict[bool, IntArray] = {}

    def entry(self, found: Witnesses, place: int, name: str, *, facts: bool) -> dict[str, Any]:
        """A hidden cell with its two points."""
        search = found.search
        return {
            "id": name,
            "low": int(search.least[place]),
            "high": int(search.most[place]),
            "exact": found.exact[place],
            "points": [self._point(search, int(at), facts) for at in (search.least_at[place], search.most_at[place])],
            "given_away_by_facts": not facts,
        }

    def _point(self, search: Search, at: int, facts: bool) -> int:
        if facts not in self._base:
            self._base[facts] = search.ground.points[0]
            self.bases.append({"facts": facts, "values": _sparse(self._base[facts])})
        if (facts, at) not in self._places:
            self._places[facts, at] = len(self.points)
            change = search.ground.points[at] - self._base[facts]
            self.points.append({"base": list(self._base).index(facts), "change": _sparse(change)})
        return self._places[facts, at]


def _sparse(values: IntArray) -> list[list[int]]:
    return [[int(place), int(values[place])] for place in np.flatnonzero(values)]
