"""How much doubt a table leaves: the widths of what is told of its hidden cells, for each person in it.

It is a function of what is published and of nothing else. Who publishes and who reads compute it by this one rule.
"""

from __future__ import annotations

from collections.abc import Iterable

# The least and the most that a hidden cell may be; None is no bound.
Bounds = tuple[int, int | None]


def narrower(one: Bounds, other: Bounds) -> Bounds:
    """What two intervals tell together."""
    ends = [most for _, most in (one, other) if most is not None]
    return max(one[0], other[0]), min(ends, default=None)


def doubt_of_intervals(intervals: Iterable[Bounds], persons: int | None) -> float | None:
    """The sum of the widths of intervals, for each of the persons in the table.

    None: one of them has no end, or the number of persons is hidden.
    """
    widths = [None if most is None else most - least for least, most in intervals]
    ends = [width for width in widths if width is not None]
    if persons is None or len(ends) < len(widths):
        return None
    return sum(ends) / persons if persons else float(sum(ends))
