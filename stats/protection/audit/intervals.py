"""Feasibility intervals: the least and the greatest value that a form can have, given all that an intruder knows.

An interval is exact: the solver says how far a form may go at most, and a witness in whole numbers proves that it goes so far.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stats.protection.audit.knowledge import Contradiction, Knowledge
from stats.protection.audit.reasons import bounding_sources, conflicting_sources
from stats.protection.audit.search import Search, SharedConditions
from stats.protection.space import LinearForm
from stats.protection.views import Constraint, Target, View

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
