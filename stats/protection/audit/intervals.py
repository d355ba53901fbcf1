"""Feasibility intervals: the least and the greatest value that a form can have, given all that an intruder knows.

An interval is exact: the solver says how far a form may go at most, and a witness in whole numbers proves that it goes so far.
The reasons, which cells and facts together contradict each other or bound a value, are read from the solver's prices.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from stats.protection.audit.knowledge import BoundedSum, Contradiction, Knowledge, ReducedKnowledge, bounded_sums
from stats.protection.audit.search import Search, SharedConditions
from stats.protection.audit.solver import FloatArray, Solver, System
from stats.protection.space import IntArray, LinearForm
from stats.protection.views import Constraint, Target, View


def conflicting_sources(view: View, shown: Sequence[Constraint] = ()) -> tuple[str, ...]:
    """The sources of constraints that cannot all hold, of a view that cannot. Empty where fractions could hold.

    Every constraint may be missed by an amount, and the sum of the amounts is made least. The constraints with a price are the
    contradiction.
    """
    knowledge = Knowledge.of(view, shown)
    size, rows = knowledge.size, len(knowledge.rows)
    over, under = size + np.arange(rows), size + rows + np.arange(rows)
    conditions = [
        BoundedSum(np.append(each.plus, over[place]), np.append(each.minus, under[place]), each.low, each.high)
        for place, each in enumerate(bounded_sums(knowledge))
    ]
    floors = np.concatenate((view.floors, np.zeros(2 * rows, dtype=np.int64)))
    solver = _solver(view, conditions, floors)
    answer = solver.farthest(np.concatenate((np.zeros(size), -np.ones(2 * rows))))
    # Where nothing has to be missed, fractions would do, and there is no price to read.
    return _sources_with_price(knowledge, solver) if answer.bound is not None and answer.bound < -0.5 else ()


def bounding_sources(view: View, shown: Sequence[Constraint], direction: FloatArray) -> tuple[str, ...]:
    """The sources of the constraints that together bound the sum of direction × unknown from above."""
    knowledge = Knowledge.of(view, shown)
    solver = _solver(view, bounded_sums(knowledge), view.floors)
    solver.farthest(direction)
    return _sources_with_price(knowledge, solver)


def _solver(view: View, conditions: Sequence[BoundedSum], floors: IntArray) -> Solver:
    free = np.ones(len(floors), dtype=np.bool_)
    return Solver(System(ReducedKnowledge(free, tuple(conditions)), view.ties), floors)


def _sources_with_price(knowledge: Knowledge, solver: Solver) -> tuple[str, ...]:
    prices = solver.prices()[: len(knowledge.rows)]
    return tuple(
        dict.fromkeys(knowledge.rows[place].source for place in np.flatnonzero(np.abs(prices) > 1e-6).tolist())
    )


Interval = tuple[int | None, int | None]


def intervals(view: View, shown: Sequence[Constraint], forms: Sequence[LinearForm]) -> list[Interval]:
    """The feasibility intervals of many forms in a view, in their order. None: no bound.

    Raises `Contradiction` where the view cannot hold, `TimeoutError` where the solver gave up.
    """
    return SharedKnowledge([view], shown).intervals(view, forms)


def bounds_within(view: View, forms: Sequence[LinearForm]) -> list[tuple[int, int | None]]:
    """What is certain of many forms in a view, in their order: the least, and the most or None.

    They are the intervals, but where the solver gives up: there the least is 0, and there is no most.
    """
    if not forms:
        return []
    search = start_search(view, _goals(view, forms))
    return [(certain(search, place, -1) or 0, certain(search, place, 1)) for place in range(len(forms))]


def _goals(view: View, forms: Sequence[LinearForm]) -> list[Target]:
    return [Target(f"form {place}", view.name, form, None, None) for place, form in enumerate(forms)]


def certain(search: Search, place: int, sign: int) -> int | None:
    """How far a goal's form can go, as `Search.extreme`. None also where the solver gave up."""
    try:
        return search.extreme(place, sign)
    except TimeoutError:
        return None


def start_search(view: View, goals: Sequence[Target], shown: Sequence[Constraint] = ()) -> Search:
    """A search for witnesses in one view. Raises `Contradiction` where the view cannot hold."""
    return SharedKnowledge([view], shown).search(view, goals)


class SharedKnowledge:
    """The knowledge of many views. Views that differ in their floors alone share their conditions, which are reduced once."""

    def __init__(self, views: Iterable[View], shown: Sequence[Constraint]) -> None:
        self._shown = shown
        self._alike: dict[tuple[int, ...], list[View]] = {}
        self._conditions: dict[tuple[int, ...], SharedConditions] = {}
        for view in views:
            self._alike.setdefault(_same_conditions(view), []).append(view)

    def search(self, view: View, goals: Sequence[Target]) -> Search:
        """A search in one of the views. Raises `Contradiction`."""
        key = _same_conditions(view)
        if key not in self._conditions:
            self._conditions[key] = SharedConditions(
                Knowledge.of(view, self._shown), (each.floors for each in self._alike[key])
            )
        try:
            return Search(view, self._conditions[key], goals)
        except Contradiction:
            raise Contradiction(view.name, conflicting_sources(view, self._shown)) from None

    def intervals(self, view: View, forms: Sequence[LinearForm]) -> list[Interval]:
        """The feasibility intervals of many forms in one of the views, as `intervals` gives them."""
        search = self.search(view, _goals(view, forms))
        try:
            return [(search.extreme(place, -1), search.extreme(place, 1)) for place in range(len(forms))]
        except Contradiction:
            raise Contradiction(view.name, conflicting_sources(view, self._shown)) from None

    def because(self, search: Search, place: int) -> tuple[str, ...]:
        """The sources that keep a goal's form from going where it should: up where that is missing, else down."""
        goal = search.goals[place]
        up = goal.high is not None and search.most[place] < goal.high
        down = goal.low is not None and search.least[place] > goal.low
        signs = (1,) if up else (-1,) if down else (1, -1)
        sources_of_bounds = [
            bounding_sources(search.view, self._shown, search.direction(place, sign)) for sign in signs
        ]
        return tuple(dict.fromkeys(source for sources in sources_of_bounds for source in sources))


def _same_conditions(view: View) -> tuple[int, ...]:
    return (len(view.floors), *map(id, view.rows), -1, *map(id, view.ties))
