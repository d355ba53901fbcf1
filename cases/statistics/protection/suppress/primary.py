"""Which cells must be hidden for their own sake, and what must stay possible about each: the rules, with the truth at hand.

Three rules make a cell primary. Small: it counts 1 to threshold − 1 persons. Coalition: some partner knows all but one or two of
them. Group: in a group of fewer than 20 persons all, or all but one, share a sensitive value. The first three functions find such
cells in whole tables at once; `targets` says what each view must leave possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from cases.statistics.protection.space import IntArray, LinearForm
from cases.statistics.protection.views import Target, View

BoolArray = npt.NDArray[np.bool_]
OTHERS = 3  # how many others there have to be, or may have to be, beside what an adversary knows
GROUP = 20
FEW = 2  # so many may be none; of more, so many fewer must be possible
PARTNER = "partner:"
OPEN = ("cells", "public")
AUTHORITY = "authority"


class Rule(StrEnum):
    """Why a cell is hidden; never published."""

    SMALL = "small"
    COALITION = "coalition"
    GROUP = "group"


def small(counts: IntArray, threshold: int) -> BoolArray:
    """Which cells count at least one person and fewer than the threshold. Raises `ValueError` for a threshold under 3."""
    if threshold < OTHERS:
        raise ValueError(f"a threshold under {OTHERS} protects nobody")
    return (counts >= 1) & (counts < threshold)


def coalition(counts: IntArray, by_partner: IntArray) -> BoolArray:
    """Which cells (rows) hold one or two persons whom a partner (columns) did not report.

    `by_partner[c, p]` counts the persons of cell c whom partner p knows.
    """
    others = counts[:, None] - by_partner
    return (others >= 1) & (others < OTHERS)


def group(totals: IntArray, parts: IntArray) -> BoolArray:
    """In which groups (rows) a sensitive value (columns) is that of all persons or of all but one.

    `totals[g]` counts the group, `parts[g, s]` those in it with the value. Groups of 20 or more, and empty ones, have no such.
    """
    few = (totals > 0) & (totals < GROUP)
    return few[:, None] & (parts >= np.maximum(totals - 1, 1)[:, None])


@dataclass(frozen=True, eq=False, slots=True)
class Primary:
    """A cell (by its candidate's id and form) that a rule hides. For the group rule `rest` is the group without the value."""

    id: str
    form: LinearForm
    rule: Rule
    rest: LinearForm | None = None

    def __post_init__(self) -> None:
        if (self.rule is Rule.GROUP) != (self.rest is not None):
            raise ValueError("a rest belongs to the group rule")


def targets(
    primaries: Iterable[Primary], *, counts: IntArray, views: Mapping[str, View], threshold: int
) -> Iterator[Target]:
    """What every view must leave possible about every primary cell.

    Views are "cells" and "public" (published cells without and with facts), "authority", and "partner:…", whose floors are the
    partner's own records. An id is the primary's, the view and the rule. Raises `ValueError` for any other view.
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
    """The low, high and width of a primary cell's target in a view."""
    if view == AUTHORITY:
        return None, None, OTHERS
    own = floors if view.startswith(PARTNER) else np.zeros_like(floors)
    if primary.rest is not None:
        return of_group(primary.form, primary.rest, counts, own)
    known, count = primary.form.value(own), primary.form.value(counts)
    if primary.rule is Rule.COALITION:
        if not view.startswith(PARTNER):
            return None, None, OTHERS
        return of_small(count - known, known, threshold) if count - known < OTHERS else NOTHING
    return of_small(count - known, known, threshold)


def of_small(others: int, known: int, threshold: int) -> Limits:
    """A few persons beside those known: they may be none, or (of more than two) two fewer, and they may be `threshold`."""
    if others < 1:
        return NOTHING
    return known + (0 if others <= FEW else others - FEW), known + threshold, 0


def of_group(form: LinearForm, rest: LinearForm, counts: IntArray, own: IntArray) -> Limits:
    """At least three others may be without the value, if the group holds anyone beside those known."""
    known = rest.value(own)
    if form.value(counts - own) + rest.value(counts - own) < 1:
        return NOTHING
    return None, known + OTHERS, 0
