"""The public certificate of a release: of every hidden cell two witnesses that differ there, and two at the ends of what is told.

A witness is a whole number for every atomic cell, so that all that is published holds. Whoever has the certificate checks it by
adding up (`verify`), without a solver and without trusting us. It is made from what is public and from nothing else: no true count
is among the arguments, so it can tell none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from stats.protection.audit.intervals import certain, start_search
from stats.protection.audit.search import Search
from stats.protection.doubt import Bounds
from stats.protection.space import Box, IntArray, LinearForm, Space
from stats.protection.views import Constraint, Target, View

FORMAT = "henvis-certificate/3"
PUBLIC, RULES, CELLS = "public", "rules", "cells"


@dataclass(frozen=True, slots=True)
class PublicCell:
    """A cell of a release as the public sees it: its count, or None where it is hidden.

    `least` and `most` (None: no bound) are what the release itself tells of a hidden cell.
    """

    release: str
    box: Box
    value: int | None
    least: int = 0
    most: int | None = None

    @property
    def bounds(self) -> tuple[int, int | None]:
        """What the release tells of the cell: of a shown one its count, twice."""
        return (self.least, self.most) if self.value is None else (self.value, self.value)

    def as_json(self) -> dict[str, Any]:
        """The cell as a certificate lists it."""
        low, high = self.bounds
        return {"release": self.release, **_box_as_json(self.box), "value": self.value, "low": low, "high": high}


@dataclass(frozen=True, slots=True)
class CertifiedFact:
    """What another source says of a number of persons: low ≤ number ≤ high. None: no bound."""

    source: str
    box: Box
    low: int | None
    high: int | None


class GivenAway(Exception):
    """Hidden cells (by id) that the published cells determine, without any fact of others."""

    def __init__(self, cells: Sequence[str]) -> None:
        self.cells = tuple(cells)
        super().__init__(f"Not hidden: {', '.join(self.cells)}")


def public_certificate(
    release: str, blocks: Sequence[Mapping[str, Any]], releases: Sequence[str] | None = None
) -> dict[str, Any]:
    """The public certificate of a release, as JSON: the certificates of its blocks together.

    `releases`: the public releases (by id) that it holds for; that of the certificate alone where none is named. A release that is
    published later may narrow what can be told of hidden cells.
    """
    return {"format": FORMAT, "release": release, "given": list(releases or [release]), "blocks": list(blocks)}


def block_certificate(
    *,
    release: str,
    space: Space,
    cells: Sequence[PublicCell],
    told: Mapping[str, Bounds],
    facts: Sequence[CertifiedFact] = (),
    unused: Sequence[Box] = (),
    empty: Sequence[Box] = (),
) -> dict[str, Any]:
    """The certificate of those tables of a release that are over one space, as JSON.

    `cells` are the cells of this release and of every other published one, hidden cells too. `told`: by id between what is told
    that the hidden ones without a symbol lie, by the cells and `unused` alone: months in which a code was not in use. No other
    witness has anybody in `empty`, which is not listed: whoever checks needs less. Raises `GivenAway` where the published cells
    alone determine a hidden one, `Contradiction` where what is published cannot all hold.
    """
    rows = [
        Constraint(f"{each.release}: {each.box.id}", _form(space, each.box), *each.bounds)
        for each in cells
        if each.bounds != (0, None)
    ]
    rows += [Constraint(box.id, _form(space, box), 0, 0) for box in unused]
    rows_of_rules = [Constraint(box.id, _form(space, box), 0, 0) for box in empty]
    rows_of_facts = [Constraint(fact.source, _form(space, fact.box), fact.low, fact.high) for fact in facts]
    floors = np.zeros(space.size, dtype=np.int64)
    views = (
        View(PUBLIC, floors, (*rows, *rows_of_rules, *rows_of_facts)),
        View(RULES, floors, (*rows, *rows_of_rules)),
        View(CELLS, floors, tuple(rows)),
    )
    hidden = [(cell.box.id, _form(space, cell.box)) for cell in cells if cell.release == release and cell.value is None]
    goals = [
        Target(cell.box.id, CELLS, _form(space, cell.box), *told[cell.box.id], width=1)
        for cell in cells
        if cell.value is None and cell.most is None
    ]
    return {
        "dimensions": [asdict(dimension) for dimension in space.dimensions],
        "cells": [each.as_json() for each in cells],
        "facts": [
            {"source": each.source, **_box_as_json(each.box), "low": each.low, "high": each.high} for each in facts
        ],
        "unused": [_box_as_json(box) for box in unused],
        "vintages": [],  # a member of the format: the public is not told how many records changed between two
        **_hidden_as_json(*views, hidden, goals),
    }


def _hidden_as_json(
    with_facts: View, without: View, alone: View, hidden: Sequence[_Hidden], goals: Sequence[Target]
) -> dict[str, Any]:
    """The hidden cells with their witnesses; and what is told of those without a symbol, with the witnesses of its ends.

    A hidden cell that only the facts of others determine gets witnesses that agree with the published cells alone, and says so.
    """
    points = _PointList()
    entries = points.entries(with_facts, hidden, facts=True)
    by_facts = [place for place, entry in enumerate(entries) if entry["low"] == entry["high"]]
    entries_without = points.entries(without, [hidden[place] for place in by_facts], facts=False)
    for place, entry in zip(by_facts, entries_without, strict=True):
        entries[place] = entry
    if ids_determined := [entry["id"] for entry in entries if entry["low"] == entry["high"]]:
        raise GivenAway(ids_determined)
    told = points.ends(alone, entries, goals)
    return {"bases": points.bases, "points": points.points, "hidden": entries, "told": told}


_Hidden = tuple[str, LinearForm]  # a hidden cell's id and form
_Entry = dict[str, Any]  # what the certificate says of it


def _form(space: Space, box: Box) -> LinearForm:
    return LinearForm(space.members(box))


def _box_as_json(box: Box) -> dict[str, Any]:
    return {"id": box.id, "sides": [[place, list(atoms)] for place, atoms in box.sides]}


class _PointList:
    """Witnesses as they are written down: the first of a search in full, a *base*; the others as changes of it."""

    def __init__(self) -> None:
        self.bases: list[dict[str, Any]] = []
        self.points: list[dict[str, Any]] = []
        self._places: dict[tuple[str, int], int] = {}
        self._base: dict[str, IntArray] = {}

    def entries(self, view: View, hidden: Sequence[_Hidden], *, facts: bool) -> list[_Entry]:
        """Hidden cells with the places of their two witnesses in a view: the extremes, as far as they are found.

        Where they are not, two witnesses that differ are the proof all the same.
        """
        search = start_search(view, [Target(name, view.name, form, None, None, width=1) for name, form in hidden])
        search.run()
        exact = [None not in [certain(search, place, sign) for sign in (-1, 1)] for place in range(len(hidden))]
        return [
            {
                "id": name,
                "low": int(search.least[n]),
                "high": int(search.most[n]),
                "exact": exact[n],
                "points": self._pair(search, n, facts=facts),
                "given_away_by_facts": not facts,
            }
            for n, (name, _) in enumerate(hidden)
        ]

    def ends(self, view: View, entries: Sequence[_Entry], goals: Sequence[Target]) -> list[_Entry]:
        """What is told of hidden cells (the ends of each goal), with the places of the witnesses that are nearest to the ends.

        They are the ends themselves (`exact`), but where the solver gave up, and where there is no end. Witnesses that are found
        already (`entries`) serve where they are the ends.
        """
        points_found = {(each["id"], each["low"], each["high"]): each["points"] for each in entries}
        new = self._nearest(view, [goal for goal in goals if (goal.id, goal.low, goal.high) not in points_found])
        return [
            {"id": goal.id, "low": goal.low, "high": goal.high}
            | (new.get(goal.id) or {"exact": True, "points": points_found[goal.id, goal.low, goal.high]})
            for goal in goals
        ]

    def _nearest(self, view: View, goals: Sequence[Target]) -> dict[str, _Entry]:
        """By goal the witnesses that are nearest to its ends. Raises `GivenAway` where they do not differ."""
        if not goals:
            return {}
        search = start_search(view, goals)
        search.run()
        ends = [(int(search.least[n]), int(search.most[n])) for n in range(len(goals))]
        if ids_determined := [goal.id for goal, (least, most) in zip(goals, ends, strict=True) if least == most]:
            raise GivenAway(ids_determined)
        return {
            goal.id: {"exact": ends[n] == (goal.low, goal.high), "points": self._pair(search, n, facts=False)}
            for n, goal in enumerate(goals)
        }

    def _pair(self, search: Search, place: int, *, facts: bool) -> list[int]:
        """The witnesses in which a goal's form is least and greatest."""
        return [self._point(search, int(at), facts) for at in (search.least_at[place], search.most_at[place])]

    def _point(self, search: Search, at: int, facts: bool) -> int:
        view = search.view.name
        if view not in self._base:
            self._base[view] = search.conditions.points[0]
            self.bases.append({"facts": facts, "values": _sparse(self._base[view])})
        if (view, at) not in self._places:
            self._places[view, at] = len(self.points)
            change = search.conditions.points[at] - self._base[view]
            self.points.append({"base": list(self._base).index(view), "change": _sparse(change)})
        return self._places[view, at]


def _sparse(values: IntArray) -> list[list[int]]:
    return [[int(place), int(values[place])] for place in np.flatnonzero(values)]
