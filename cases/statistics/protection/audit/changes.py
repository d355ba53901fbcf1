"""A table of changes between two vintages, which is published beside both of them and so has to be protected with them in view.

A change of 1 to T−1 either way is hidden, unless both vintages show the cell: then everybody can subtract, and to hide it protects
nobody. So is every change that would tell a count which one of the vintages hides. Of the rest as much is shown as the audit lets
pass: all is hidden at first, and changes are added, the largest first, in lots that are halved where one fails.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from cases.statistics.protection.audit.audit import Report, audit, intervals
from cases.statistics.protection.space import LinearForm
from cases.statistics.protection.views import Constraint, Target, Tie, View

VIEW = "changes"


@dataclass(frozen=True, eq=False, slots=True)
class Change:
    """A cell of two vintages: its finest cells, what each vintage shows of it (None: hidden), and by how much it truly changed."""

    id: str
    form: LinearForm
    before: int | None
    after: int | None
    delta: int

    @property
    def visible(self) -> bool:
        """Whether both vintages show the cell."""
        return self.before is not None and self.after is not None


@dataclass(frozen=True, slots=True)
class Changes:
    """A protected table of changes: those shown, the ids of those hidden, and the audit.

    `already_visible`: the small ones among the shown, and those among the hidden, that the vintages give away without this table.
    """

    shown: dict[str, int]
    hidden: frozenset[str]
    already_visible: frozenset[str]
    report: Report


def protect(
    *,
    size: int,
    changes: Sequence[Change],
    threshold: int,
    added: int | None = None,
    removed: int | None = None,
    targets: Sequence[Target] = (),
    beyond: bool = True,
) -> Changes:
    """Protect the changes of a table of two vintages, each with `size` finest cells.

    `added` and `removed`: the records in between, where they are known. `targets`: what has to stay possible of the vintages
    besides, in the view `changes`, in which the unknowns are the earlier finest cells and then the later. `beyond`: whether changes
    may be shown of cells that a vintage hides. Raises `ValueError` for a
    change that is not the difference of what is shown, and `Contradiction` where the vintages cannot both be.
    """
    for each in changes:
        if each.before is not None and each.after is not None and each.after - each.before != each.delta:
            raise ValueError(f"{each.id}: the change is not the difference.")
    view = vintages(size, changes, added, removed)
    kept = Protection(view, changes, size, threshold, tuple(targets))
    free = [each for each in changes if not each.visible and each.id not in kept.forced]
    if beyond:
        kept.show(sorted(free, key=lambda each: (-abs(each.delta), each.id)))
    return kept.result()


def delta(form: LinearForm, size: int) -> LinearForm:
    """The change of a sum of finest cells, over the earlier and then the later ones."""
    return LinearForm(
        np.concatenate((form.plus + size, form.minus)),
        np.concatenate((form.minus + size, form.plus)),
    )


class Protection:
    """What is shown of a table of changes so far. All of it has passed the audit together."""

    def __init__(
        self, view: View, changes: Sequence[Change], size: int, threshold: int, targets: tuple[Target, ...]
    ) -> None:
        self._views = {VIEW: view}
        self._forms = {each.id: delta(each.form, size) for each in changes}
        self._changes, self._size = changes, size
        self._shown: dict[str, int] = {each.id: each.delta for each in changes if each.visible}
        known = intervals(view, (), list(self._forms.values()))
        self._left = dict(zip(self._forms, known, strict=True))
        self._given = {name for name, (low, high) in self._left.items() if low is not None and low == high}
        small = [each for each in changes if 0 < abs(each.delta) < threshold]
        self.forced = {each.id for each in small} | {
            each.id for each in changes if (each.before is None) != (each.after is None)
        }
        self._small = {each.id for each in small}
        self._targets = (*targets, *(self._target(each, threshold) for each in small if each.id not in self._given))
        self._vintages = _hidden_counts(view, changes, size)

    def show(self, lot: Sequence[Change]) -> None:
        """Show those of a lot that the audit lets pass."""
        if not lot:
            return
        more = {**self._shown, **{each.id: each.delta for each in lot}}
        if self._audited(more).passed:
            self._shown = more
        elif len(lot) > 1:
            self.show(lot[: len(lot) // 2])
            self.show(lot[len(lot) // 2 :])

    def result(self) -> Changes:
        """The table as it is."""
        hidden = frozenset(self._forms) - self._shown.keys()
        visible = frozenset(self._given & (self._small | hidden))
        return Changes(self._shown, hidden, visible, self._audited(self._shown))

    def _audited(self, shown: dict[str, int]) -> Report:
        rows = [Constraint(f"change of {name}", self._forms[name], value, value) for name, value in shown.items()]
        hidden = [(name, form) for name, form in self._forms.items() if name not in shown and name not in self._given]
        return audit(
            views=self._views,
            shown=rows,
            targets=self._targets,
            hidden=[*hidden, *self._vintages],
            undetermined_in=[VIEW],
        )

    def _target(self, change: Change, threshold: int) -> Target:
        """What has to stay possible of a small change, as far as the vintages leave it: T either way, and none or two less."""
        near = 0 if abs(change.delta) <= 2 else abs(change.delta) - 2
        low, high = (near, threshold) if change.delta > 0 else (-threshold, -near)
        least, most = self._left[change.id]
        target = Target(change.id, VIEW, self._forms[change.id], low, high, reason="small change")
        return replace(
            target, low=low if least is None else max(low, least), high=high if most is None else min(high, most)
        )


def vintages(size: int, changes: Sequence[Change], added: int | None = None, removed: int | None = None) -> View:
    """What two vintages tell without a table of changes: the unknowns are the earlier finest cells and then the later."""
    rows = [
        Constraint(f"{moment} {each.id}", _shifted(each.form, offset), value, value)
        for each in changes
        for moment, offset, value in (("before", 0, each.before), ("after", size, each.after))
        if value is not None
    ]
    both = (np.arange(size), size + np.arange(size))
    ties = () if added is None or removed is None else (Tie(*both, added, removed),)
    return View(VIEW, np.zeros(2 * size, dtype=np.int64), tuple(rows), ties)


def _shifted(form: LinearForm, by: int) -> LinearForm:
    return LinearForm(form.plus + by, form.minus + by)


def _hidden_counts(view: View, changes: Sequence[Change], size: int) -> list[tuple[str, LinearForm]]:
    """The counts that a vintage hides and that the vintages do not give away."""
    hidden = [
        (f"{moment} {each.id}", _shifted(each.form, offset))
        for each in changes
        for moment, offset, value in (("before", 0, each.before), ("after", size, each.after))
        if value is None
    ]
    left = intervals(view, (), [form for _, form in hidden])
    return [cell for cell, (low, high) in zip(hidden, left, strict=True) if low is None or low != high]
