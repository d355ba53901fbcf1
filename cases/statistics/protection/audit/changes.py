"""The protection of a table of changes between two vintages. It is published beside both, so it is audited with both in view.

Two kinds of change are hidden: one of 1 to T − 1 persons either way, and one that would tell a count which a vintage hides. Where
both vintages show the cell everybody can subtract, so its change is shown: to hide it protects nobody. Of the rest as much is shown
as the audit lets pass. All is hidden at first. Changes are added, the largest first, in lots that are halved where one fails.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from cases.statistics.protection.audit.auditor import audit
from cases.statistics.protection.audit.intervals import intervals
from cases.statistics.protection.audit.report import AuditReport
from cases.statistics.protection.space import LinearForm
from cases.statistics.protection.views import Constraint, Target, Tie, View

VIEW = "changes"


@dataclass(frozen=True, eq=False, slots=True)
class CellChange:
    """A cell in two vintages: its form, what each vintage shows of it (None: hidden), and by how much it truly changed."""

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
class ProtectedChanges:
    """A protected table of changes: the shown ones by id, the ids of the hidden ones, and the audit.

    `already_visible`: the small or hidden changes that the vintages give away without this table.
    """

    shown: dict[str, int]
    hidden: frozenset[str]
    already_visible: frozenset[str]
    report: AuditReport


def protect_changes(
    *,
    size: int,
    changes: Sequence[CellChange],
    threshold: int,
    added: int | None = None,
    removed: int | None = None,
    targets: Sequence[Target] = (),
    beyond: bool = True,
) -> ProtectedChanges:
    """Protect the changes of a table of two vintages, each with `size` atomic cells.

    `added` and `removed`: how many records, where that is known. `targets`: what else must stay possible, in the view
    `changes`, whose unknowns are the earlier atomic cells and then the later. `beyond`: whether changes may be shown of cells
    that a vintage hides. Raises `ValueError` for a change that is not the difference of what is shown, `Contradiction` where
    the vintages cannot both hold.
    """
    for each in changes:
        if each.before is not None and each.after is not None and each.after - each.before != each.delta:
            raise ValueError(f"{each.id}: the change is not the difference.")
    view = view_of_vintages(size, changes, added, removed)
    protection = ChangeProtection(view, changes, size, threshold, tuple(targets))
    free = [each for each in changes if not each.visible and each.id not in protection.always_hidden]
    if beyond:
        protection.show(sorted(free, key=lambda each: (-abs(each.delta), each.id)))
    return protection.result()


def change_form(form: LinearForm, size: int) -> LinearForm:
    """The change of a form: its later value less its earlier one, over the unknowns of the view `changes`."""
    return LinearForm(
        np.concatenate((form.plus + size, form.minus)),
        np.concatenate((form.minus + size, form.plus)),
    )


class ChangeProtection:
    """The changes that are shown so far. All of them together have passed the audit."""

    def __init__(
        self, view: View, changes: Sequence[CellChange], size: int, threshold: int, targets: tuple[Target, ...]
    ) -> None:
        self._views = {VIEW: view}
        self._forms = {each.id: change_form(each.form, size) for each in changes}
        self._changes, self._size = changes, size
        self._shown: dict[str, int] = {each.id: each.delta for each in changes if each.visible}
        bounds = intervals(view, (), list(self._forms.values()))
        self._bounds = dict(zip(self._forms, bounds, strict=True))
        self._known_already = {name for name, (low, high) in self._bounds.items() if low is not None and low == high}
        small = [each for each in changes if 0 < abs(each.delta) < threshold]
        self.always_hidden = {each.id for each in small} | {
            each.id for each in changes if (each.before is None) != (each.after is None)
        }
        self._small = {each.id for each in small}
        self._targets = (
            *targets,
            *(self._target(each, threshold) for each in small if each.id not in self._known_already),
        )
        self._vintages = _hidden_counts(view, changes, size)

    def show(self, lot: Sequence[CellChange]) -> None:
        """Show the changes of a lot that the audit lets pass."""
        if not lot:
            return
        more = {**self._shown, **{each.id: each.delta for each in lot}}
        if self._audit(more).passed:
            self._shown = more
        elif len(lot) > 1:
            self.show(lot[: len(lot) // 2])
            self.show(lot[len(lot) // 2 :])

    def result(self) -> ProtectedChanges:
        """The protected table of what is shown so far."""
        hidden = frozenset(self._forms) - self._shown.keys()
        visible = frozenset(self._known_already & (self._small | hidden))
        return ProtectedChanges(self._shown, hidden, visible, self._audit(self._shown))

    def _audit(self, shown: dict[str, int]) -> AuditReport:
        rows = [Constraint(f"change of {name}", self._forms[name], value, value) for name, value in shown.items()]
        hidden = [
            (name, form) for name, form in self._forms.items() if name not in shown and name not in self._known_already
        ]
        return audit(
            views=self._views,
            shown=rows,
            targets=self._targets,
            hidden=[*hidden, *self._vintages],
            undetermined_in=[VIEW],
        )

    def _target(self, change: CellChange, threshold: int) -> Target:
        """The protection level of a small change, as far as the vintages leave it: T persons, and none or two fewer."""
        near = 0 if abs(change.delta) <= 2 else abs(change.delta) - 2
        low, high = (near, threshold) if change.delta > 0 else (-threshold, -near)
        least, most = self._bounds[change.id]
        target = Target(change.id, VIEW, self._forms[change.id], low, high, reason="small change")
        return replace(
            target, low=low if least is None else max(low, least), high=high if most is None else min(high, most)
        )


def view_of_vintages(
    size: int, changes: Sequence[CellChange], added: int | None = None, removed: int | None = None
) -> View:
    """What two vintages tell without a table of changes. The unknowns are the earlier atomic cells and then the later."""
    rows = [
        Constraint(f"{moment} {each.id}", _shift(each.form, offset), value, value)
        for each in changes
        for moment, offset, value in (("before", 0, each.before), ("after", size, each.after))
        if value is not None
    ]
    both = (np.arange(size), size + np.arange(size))
    ties = () if added is None or removed is None else (Tie(*both, added, removed),)
    return View(VIEW, np.zeros(2 * size, dtype=np.int64), tuple(rows), ties)


def _shift(form: LinearForm, by: int) -> LinearForm:
    return LinearForm(form.plus + by, form.minus + by)


def _hidden_counts(view: View, changes: Sequence[CellChange], size: int) -> list[tuple[str, LinearForm]]:
    """The counts that a vintage hides and that the two vintages do not determine."""
    hidden = [
        (f"{moment} {each.id}", _shift(each.form, offset))
        for each in changes
        for moment, offset, value in (("before", 0, each.before), ("after", size, each.after))
        if value is None
    ]
    bounds_left = intervals(view, (), [form for _, form in hidden])
    return [cell for cell, (low, high) in zip(hidden, bounds_left, strict=True) if low is None or low != high]
