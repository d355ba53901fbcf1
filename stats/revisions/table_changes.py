"""The changes of one table between two vintages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Numbers = Sequence[int | None]


@dataclass(frozen=True, slots=True)
class TableChanges:
    """The changes of one table. None is hidden, in `before` and `after` as in `change`.

    `not_known`: the cells of sums that one of the two does not know, so that None is no data there.
    """

    dataset: str
    axes: str
    codes: Sequence[str]
    before: Numbers
    after: Numbers
    change: Numbers = ()
    not_known: frozenset[str] = frozenset()
