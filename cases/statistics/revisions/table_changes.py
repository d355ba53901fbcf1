"""The changes of one table between two vintages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Numbers = Sequence[int | None]


@dataclass(frozen=True, slots=True)
class TableChanges:
    """The changes of one table. None is hidden, in `before` and `after` as in `change`."""

    dataset: str
    axes: str
    codes: Sequence[str]
    before: Numbers
    after: Numbers
    change: Numbers = ()
