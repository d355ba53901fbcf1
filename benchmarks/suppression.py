"""Complementary suppression: seconds and hidden cells of synthetic years, and the cost beside the exact optimum of small tables.

It needs no database.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import numpy as np

from benchmarks.setting import Setting
from cases.statistics.protection.space import AtomicDimension, Space
from cases.statistics.protection.suppress.complementary import suppress
from cases.statistics.protection.suppress.optimum import LARGEST, optimum
from tests.cases.statistics.protection.suppression_cases import Case, cells, dimension, people, small_case

CITIZENSHIP = dimension("citizenship", 27, [n // 4 for n in range(27)])
AGE = dimension("age", 8, [0, 0, 1, 1, 1, 1, 1, 1])
GENDER = dimension("gender", 3)
EXPLOITATION = dimension("exploitation", 8, [0, 1, 1, 2, 2, 2, 2, 2])
FORM = dimension("form", 5, [0, 1, 1, 2, 2])
YEARS = (
    (64, (CITIZENSHIP,)),
    (64, (CITIZENSHIP, GENDER)),
    (121, (CITIZENSHIP, EXPLOITATION)),
    (1000, (CITIZENSHIP, EXPLOITATION)),
    (1000, (CITIZENSHIP, AGE, GENDER)),
    (1000, (CITIZENSHIP, AGE, FORM)),
)
SMALL = (
    (60, (dimension("a", 3), dimension("b", 4))),
    (150, (dimension("a", 6, [0, 0, 1, 1, 2, 2]), dimension("b", 4, [0, 0, 1, 1]))),
    (500, (dimension("a", 10), dimension("b", 8))),
    (200, (dimension("a", 6, [0, 0, 0, 1, 1, 1]), dimension("b", 3), dimension("c", 2))),
    (300, (CITIZENSHIP, GENDER)),
)


def main(setting: Setting) -> None:
    """Both tables."""
    print(f"\n{'Suppression':44}{'persons':>8}{'unknowns':>10}{'cells':>7}{'primary':>9}{'more':>6}{'seconds':>9}")
    for persons, dimensions in setting.size(YEARS, YEARS[:1]):
        one_year(persons, dimensions)
    print(
        f"\n{'Cost beside the optimum':44}{'persons':>8}{'cells':>7}{'cost':>9}{'optimum':>9}{'ratio':>7}{'proved':>8}"
    )
    for persons, dimensions in setting.size(SMALL, SMALL[:1]):
        for seed in range(1, setting.size(4, 2)):
            one_ratio(persons, dimensions, seed)


def run_timed(case: Case) -> tuple[frozenset[str], float]:
    """What is hidden, and the seconds that it took."""
    start = time.perf_counter()
    arguments: Mapping[str, Any] = {**case.arguments, "seed": 1}
    return suppress(**arguments), time.perf_counter() - start


def one_year(persons: int, dimensions: tuple[AtomicDimension, ...]) -> None:
    """A line of the first table."""
    space = Space(dimensions)
    case = small_case(space, people(space, persons, 1))
    hidden, seconds = run_timed(case)
    sizes = f"{persons:8}{space.size:10}{len(cells(space, np.zeros(space.size, np.int64))):7}"
    print(
        f"{label_of(dimensions):44}{sizes}{len(case.hidden):9}{len(hidden) - len(case.hidden):6}{seconds:9.2f}",
        flush=True,
    )


def one_ratio(persons: int, dimensions: tuple[AtomicDimension, ...], seed: int) -> None:
    """A line of the second table. Where the optimum was not proved, the ratio is to its bound."""
    space = Space(dimensions)
    case = small_case(space, people(space, persons, seed))
    assert len(case.candidates) <= LARGEST
    cost = case.cost(run_timed(case)[0])
    arguments: Mapping[str, Any] = case.arguments
    least = optimum(**arguments, seconds=60)
    figures = f"{cost:9.1f}{least.cost:9.1f}{cost / least.bound:7.3f}{'yes' if least.proved else 'bound':>8}"
    print(f"{label_of(dimensions):44}{persons:8}{len(case.candidates):7}{figures}", flush=True)


def label_of(dimensions: tuple[AtomicDimension, ...]) -> str:
    """The dimensions with their sizes."""
    return " × ".join(f"{each.id} {len(each.atoms)}" for each in dimensions)
