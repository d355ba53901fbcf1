"""Primary suppression: which cells must be hidden for their own sake, and the protection level of each.

Three rules make a cell primary. Small: it counts 1 to threshold − 1 persons; a singleton, a cell of one person, is the smallest.
Coalition: an insider knows all but one or two of its persons. Group: in a group of fewer than 20 persons whose value is known all,
or all but one, share a sensitive value. `small`, `coalition` and `group` find such cells in whole tables at once. `targets` says
what each view must leave possible. The rules are those of docs/disclosure.md, "What is promised".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from stats.protection.space import IntArray, LinearForm
from stats.protection.views import Target, View

BoolArray = npt.NDArray[np.bool_]
FEWEST_OTHERS = 3  # persons beside those whom an intruder knows: so many there are, or may be
SMALL_GROUP = 20
FEW = 2  # so few others may be none at all; of more others, so many fewer must be possible
PARTNER = "partner:"
OPEN = ("cells", "public")
AUTHORITY = "authority"


class PrimaryRule(StrEnum):
    """Why a cell is hidden. It is never published: it would tell which hidden cells are the small ones."""

    SMALL = "small"
    COALITION = "coalition"
    GROUP = "group"


def small(counts: IntArray, threshold: int) -> BoolArray:
    """Which cells count at least one person and fewer than the threshold. Raises `ValueError` for a threshold under 3."""
    if threshold < FEWEST_OTHERS:
        raise ValueError(f"a threshold under {FEWEST_OTHERS} protects nobody")
    return (counts >= 1) & (counts < threshold)


def coalition(counts: IntArray, by_partner: IntArray) -> BoolArray:
    """Which cells (rows) hold one or two persons whom an insider (columns) does not know.

    `by_partner[c, p]` counts the persons of cell c whom partner p knows.
    """
    others = counts[:, None] - by_partner
    return (others >= 1) & (others < FEWEST_OTHERS)


def group(totals: IntArray, parts: IntArray) -> BoolArray:
    """In which groups (rows) a sensitive value (columns) is that of all persons, or of all but one.

    `totals[g]` counts those of the group whose value is known, `parts[g, s]` those in it with the value. A group of 20 or more, or
    of nobody, has no such value.
    """
    few = (totals > 0) & (totals < SMALL_GROUP)
    return few[:, None] & (parts >= np.maximum(totals - 1, 1)[:, None])


@dataclass(frozen=True, eq=False, slots=True)
class Primary:
    """A cell (by its candidate's id and form) that a rule hides. `rest`, of the group rule alone: the others of the group."""

    id: str
    form: LinearForm
    rule: PrimaryRule
    rest: LinearForm | None = None

    def __post_init__(self) -> None:
        if (self.rule is PrimaryRule.GROUP) != (self.rest is not None):
            raise ValueError("a rest belongs to the group rule")


def targets(
    primaries: Iterable[Primary], *, counts: IntArray, views: Mapping[str, View], threshold: int
) -> Iterator[Target]:
    """The targets of every primary cell in every view that it concerns.

    Views are "cells" and "public" (published cells without and with facts), "authority", and "partner:…", whose floors are the
    insider's own records. The id of a target is the cell's id, the view and the rule. Raises `ValueError` for any other view.
    """
    if unknown := [name for name in views if name not in (*OPEN, AUTHORITY) and not name.startswith(PARTNER)]:
        raise ValueError(f"no rule for the view {unknown[0]}")
    for primary in primaries:
        for name, view in views.items():
            low, high, width = limits(primary, name, counts, view.floors, threshold)
            if low is not None or high is not None or width:
                form = primary.form if name == AUTHORITY or primary.rest is None else primary.rest
                yield Target(f"{primary.id}|{name}|{primary.rule}", name, form, low, high, width, primary.rule)


Limits = tuple[int | None, int | None, int]
NOTHING: Limits = (None, None, 0)


def limits(primary: Primary, view: str, counts: IntArray, floors: IntArray, threshold: int) -> Limits:
    """The protection level of a primary cell in a view: low, high and width of its target."""
    if view == AUTHORITY:
        return None, None, FEWEST_OTHERS
    own = floors if view.startswith(PARTNER) else np.zeros_like(floors)
    if primary.rest is not None:
        return limits_of_group(primary.form, primary.rest, counts, own)
    sum_known, count = primary.form.value(own), primary.form.value(counts)
    if primary.rule is PrimaryRule.COALITION:
        if not view.startswith(PARTNER):
            return None, None, FEWEST_OTHERS
        return (
            limits_of_small(count - sum_known, sum_known, threshold) if count - sum_known < FEWEST_OTHERS else NOTHING
        )
    return limits_of_small(count - sum_known, sum_known, threshold)


def limits_of_small(others: int, sum_known: int, threshold: int) -> Limits:
    """Of a few others beside the known: they may be none, or, of more than two, two fewer; and they may be `threshold`."""
    if others < 1:
        return NOTHING
    return sum_known + (0 if others <= FEW else others - FEW), sum_known + threshold, 0


def limits_of_group(form: LinearForm, rest: LinearForm, counts: IntArray, own: IntArray) -> Limits:
    """Of a group that holds anyone beside the known: at least three others may be without the value."""
    sum_known = rest.value(own)
    if form.value(counts - own) + rest.value(counts - own) < 1:
        return NOTHING
    return None, sum_known + FEWEST_OTHERS, 0
