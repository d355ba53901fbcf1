"""The room to spare that an audit tells: how far its witnesses go beyond what is demanded."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from stats.protection.audit.auditor import Verdict, audit
from stats.protection.space import IntArray
from stats.protection.views import Constraint, Target, View
from tests.stats.protection.auditing import cells, everything, grid, showing, view
from tests.stats.protection.test_audit import INNER, forms, problems


def spare(target: Target, least: int, most: int) -> dict[str, int]:
    """The room of one target between two extremes, by kind."""
    found = {} if target.low is None else {"low": target.low - least}
    found |= {} if target.high is None else {"high": most - target.high}
    return found | ({"width": most - least - target.width} if target.width else {})


def tightest(rooms: list[dict[str, int]]) -> dict[str, int]:
    """The least room of each kind."""
    kinds = {kind for room in rooms for kind in room}
    return {kind: min(room[kind] for room in rooms if kind in room) for kind in kinds}


def extremes(verdict: Verdict) -> tuple[int, int]:
    """The least and the most of a verdict with witnesses."""
    assert verdict.least is not None and verdict.most is not None
    return verdict.least, verdict.most


@settings(max_examples=60, deadline=None, derandomize=True)
@given(problems(), st.data())
def test_the_room_is_that_of_the_witnesses_and_the_witnesses_are_possible(
    problem: tuple[View, list[Constraint], IntArray], data: st.DataObject
) -> None:
    known, shown, truth = problem
    points = list(everything(int(shown[0].low or 0), known, shown))
    targets = []
    for n in range(3):
        each = data.draw(forms(5))
        low, high, value = data.draw(st.sampled_from((0, 1, 2, None))), data.draw(st.integers(0, 2)), each.value(truth)
        targets.append(Target(f"t{n}", "v", each, None if low is None else value - low, value + high, 3))
    report = audit(views={"v": known}, shown=shown, targets=targets, hidden=(), undetermined_in=())
    pairs = list(zip(targets, map(extremes, report.verdicts), strict=True))
    assert report.margins["v"] == tightest([spare(target, *found) for target, found in pairs])
    assert report.passed == (min(report.margins["v"].values()) >= 0)
    for target, (least, most) in pairs:
        values = [target.form.value(point) for point in points]
        assert min(values) <= least <= most <= max(values)


def test_what_is_demanded_and_what_is_there_are_not_confused() -> None:
    """A corner of a square of threes may be 0 to 6. Demanded is that it may be 2 and 5, and that it spans all six."""
    every = cells(grid(2, 2))
    report = audit(
        views={"public": view(4)},
        shown=showing(every, np.full(4, 3), INNER),
        targets=[Target("corner", "public", every[INNER[0]], low=2, high=5, width=6)],
        hidden=(),
        undetermined_in=(),
    )
    assert report.margins == {"public": {"low": 2, "high": 1, "width": 0}}
