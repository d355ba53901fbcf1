"""Small tables for the suppressor's tests, and a judge that knows nothing of linear programs: it enumerates whole numbers."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from stats.protection.space import AtomicDimension, IntArray, LinearForm, Partition, Space
from stats.protection.suppress.primary import Primary, PrimaryRule, small, targets
from stats.protection.views import SuppressionCandidate, Target, View
from tests.stats.protection.auditing import boxes_of

MOST = 400_000  # points that the judge looks at


def dimension(name: str, size: int, *groupings: Sequence[int]) -> AtomicDimension:
    """A dimension whose finest axis has a code for each atom; each grouping is a further axis, by the atoms' groups."""
    atoms = tuple(f"{name}{n}" for n in range(size))
    axes = [Partition(name, atoms, tuple(range(size)))]
    for number, groups in enumerate(groupings):
        codes = tuple(f"{name}{number}_{n}" for n in range(max(groups) + 1))
        axes.append(Partition(f"{name}.{number}", codes, tuple(groups)))
    return AtomicDimension(name, atoms, tuple(axes))


def cells(space: Space, counts: IntArray, depth: int = 9) -> list[SuppressionCandidate]:
    """Every cell of every table of up to `depth` dimensions, weighed as a release does."""
    found = []
    for chosen in product(*([None, *(axis.id for axis in each.axes)] for each in space.dimensions)):
        axes = [axis for axis in chosen if axis]
        if len(axes) <= depth:
            for box in boxes_of(space, axes):
                form = LinearForm(space.members(box))
                found.append(SuppressionCandidate(box.id, form, weight(len(axes), form.value(counts))))
    return found


def weight(dimensions: int, count: int) -> float:
    """1 + log2(1 + n), margins dearer."""
    return (1 + math.log2(1 + count)) * {0: 1e4, 1: 20.0}.get(dimensions, 1.0)


@dataclass(frozen=True)
class Case:
    """The arguments of a suppression."""

    counts: IntArray
    candidates: list[SuppressionCandidate]
    hidden: frozenset[str]
    views: Mapping[str, View]
    targets: list[Target]

    @property
    def arguments(self) -> dict[str, object]:
        """By name, without the seed."""
        return vars(self)

    def cost(self, hidden: Collection[str]) -> float:
        """What hiding these costs."""
        return sum(each.weight for each in self.candidates if each.id in hidden)


def small_case(space: Space, counts: IntArray, views: Mapping[str, View] | None = None, threshold: int = 5) -> Case:
    """The small cells of a space and what must stay possible about them, as the public sees it unless views are given."""
    views = views or {"public": View("public", np.zeros(space.size, np.int64))}
    candidates = cells(space, counts)
    hit = small(np.array([each.form.value(counts) for each in candidates]), threshold)
    primaries = [
        Primary(each.id, each.form, PrimaryRule.SMALL) for each, small in zip(candidates, hit, strict=True) if small
    ]
    wanted = list(targets(primaries, counts=counts, views=views, threshold=threshold))
    return Case(counts, candidates, frozenset(each.id for each in primaries), views, wanted)


def people(space: Space, persons: int, seed: int) -> IntArray:
    """Some persons, thinly and unevenly spread."""
    random = np.random.default_rng(seed)
    places = []
    for size in space.shape:
        share = 1 / np.arange(1, size + 1)
        places.append(random.choice(size, persons, p=share / share.sum()))
    return np.bincount(np.ravel_multi_index(tuple(places), space.shape), minlength=space.size).astype(np.int64)


def possible(case: Case, hidden: Collection[str], view: View) -> IntArray:
    """Every table (a row each) with the shown cells of the true one that the view's floors and rows allow.

    The hidden cells are as they are told: between their least and their most.
    """
    shown = [(each.form, each.form.value(case.counts)) for each in case.candidates if each.id not in hidden]
    told = [each for each in case.candidates if each.id in hidden]
    total = int(case.counts.sum()) + 12
    partial = np.zeros((1, len(case.counts)), np.int64)
    for cell in range(len(case.counts)):
        ends = [(form, n) for form, n in shown if cell in form.plus]
        most = min(
            [total, *(n for _, n in ends), *(each.most for each in told if each.most and cell in each.form.plus)]
        )
        values = np.arange(view.floors[cell], most + 1)
        partial = np.repeat(partial, len(values), axis=0)
        partial[:, cell] = np.tile(values, len(partial) // max(len(values), 1))
        for form, n in ends:
            sums = partial[:, form.plus].sum(axis=1)
            partial = partial[(sums == n) if form.plus.max() == cell else (sums <= n)]
        assert len(partial) < MOST, "too many tables to enumerate"
    for each in told:
        sums = partial[:, each.form.plus].sum(axis=1)
        partial = partial[(sums >= each.least) & (sums <= (math.inf if each.most is None else each.most))]
    for row in view.rows:
        sums = partial[:, row.form.plus].sum(axis=1) - partial[:, row.form.minus].sum(axis=1)
        partial = partial[(sums >= (row.low or 0)) & (sums <= (math.inf if row.high is None else row.high))]
    return partial


def unmet(case: Case, hidden: Collection[str]) -> list[str]:
    """The targets that do not hold, and the hidden cells that are determined, by looking at every possible table."""
    tables = {name: possible(case, hidden, view) for name, view in case.views.items()}
    failed = []
    for target in case.targets:
        values = tables[target.view][:, target.form.plus].sum(axis=1) - tables[target.view][:, target.form.minus].sum(
            axis=1
        )
        enough = values.max() - values.min() >= target.width
        low = target.low is None or values.min() <= target.low
        high = target.high is None or values.max() >= target.high
        if not (enough and low and high):
            failed.append(target.id)
    for each in case.candidates:
        values = next(iter(tables.values()))[:, each.form.plus].sum(axis=1)
        if each.id in hidden and values.min() == values.max():
            failed.append(each.id)
    return failed
