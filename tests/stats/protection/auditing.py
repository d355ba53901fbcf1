"""Small tables for the auditor's tests, and an oracle that tries every table there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import numpy as np

from stats.protection.audit.intervals import intervals
from stats.protection.space import AtomicDimension, Box, IntArray, LinearForm, Partition, Space
from stats.protection.views import Constraint, Target, Tie, View


def grid(*sizes: int) -> Space:
    """A space of dimensions a, b, … with so many atoms each, and an axis of the same name."""
    names = "abcdefg"[: len(sizes)]
    return Space(
        tuple(
            AtomicDimension(
                name,
                tuple(f"{name}{n}" for n in range(size)),
                (Partition(name, tuple(f"{name}{n}" for n in range(size)), tuple(range(size))),),
            )
            for name, size in zip(names, sizes, strict=True)
        )
    )


def cells(space: Space) -> dict[str, LinearForm]:
    """Every cell of every table of a space, by its id."""
    choices = [("", *(axis.id for axis in dimension.axes)) for dimension in space.dimensions]
    tables = [[axis for axis in chosen if axis] for chosen in product(*choices)]
    return {box.id: LinearForm(space.members(box)) for table in tables for box in boxes_of(space, table)}


def boxes_of(space: Space, axes: Sequence[str]) -> Iterator[Box]:
    """Every cell of the table of these axes, in the order of their codes with the last axis fastest."""
    for codes in product(*(space.axes[axis][1].codes for axis in axes)):
        yield space.cell(dict(zip(axes, codes, strict=True)))


def interval(view: View, shown: Sequence[Constraint], form: LinearForm) -> tuple[int | None, int | None]:
    """The feasibility interval of one form in a view."""
    return intervals(view, shown, [form])[0]


def showing(forms: Mapping[str, LinearForm], truth: IntArray, hidden: Sequence[str] | set[str]) -> list[Constraint]:
    """The rows of the cells that are not hidden."""
    return [
        Constraint(name, form, form.value(truth), form.value(truth))
        for name, form in forms.items()
        if name not in hidden
    ]


def view(size: int, *, name: str = "public", **more: object) -> View:
    """A view without floors."""
    return View(name, np.zeros(size, dtype=np.int64), **more)  # type: ignore[arg-type]


def form(*plus: int, minus: Sequence[int] = ()) -> LinearForm:
    """A form by its unknowns."""
    return LinearForm(np.array(plus, dtype=np.int64), np.array(minus, dtype=np.int64))


def everything(most: int, known: View, shown: Sequence[Constraint]) -> Iterator[IntArray]:
    """Every point with unknowns of at most `most` that a view and what is shown allow."""
    for values in product(range(most + 1), repeat=len(known.floors)):
        point = np.array(values, dtype=np.int64)
        if (point < known.floors).any():
            continue
        if all(_inside(row, point) for row in (*known.rows, *shown)) and all(_tied(tie, point) for tie in known.ties):
            yield point


def _inside(row: Constraint, point: IntArray) -> bool:
    value = row.form.value(point)
    return (row.low is None or row.low <= value) and (row.high is None or value <= row.high)


def _tied(tie: Tie, point: IntArray) -> bool:
    """By trying: whether removed records can be chosen from each earlier count so that all numbers come out."""
    reached = {(0, 0)}
    for earlier, later in zip(point[tie.earlier].tolist(), point[tie.later].tolist(), strict=True):
        moves = [(later - earlier + gone, gone) for gone in range(earlier + 1) if later - earlier + gone >= 0]
        reached = {(added + a, removed + r) for added, removed in reached for a, r in moves}
    return (tie.added, tie.removed) in reached


def possible(target: Target, points: Sequence[IntArray]) -> bool:
    """Whether a target is met by a set of points."""
    values = [target.form.value(point) for point in points]
    return (
        bool(values)
        and (target.low is None or min(values) <= target.low)
        and (target.high is None or max(values) >= target.high)
        and max(values) - min(values) >= target.width
    )
