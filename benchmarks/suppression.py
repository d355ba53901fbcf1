"""Complementary suppression of synthetic years: hidden cells, what they cost, how much less it could be at most, and seconds.

It needs no database.
"""

from __future__ import annotations

import time
from typing import Any

from benchmarks.setting import Setting
from stats.protection.space import AtomicDimension, Space
from stats.protection.suppress.complementary import suppress
from tests.stats.protection.suppression_cases import dimension, people, small_case

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
    (2000, (CITIZENSHIP, AGE, FORM)),
)
SMALL = (
    (60, (dimension("a", 3), dimension("b", 4))),
    (150, (dimension("a", 6, [0, 0, 1, 1, 2, 2]), dimension("b", 4, [0, 0, 1, 1]))),
    (500, (dimension("a", 10), dimension("b", 8))),
    (200, (dimension("a", 6, [0, 0, 0, 1, 1, 1]), dimension("b", 3), dimension("c", 2))),
    (300, (CITIZENSHIP, GENDER)),
)


def main(setting: Setting) -> None:
    """Every problem; of the small ones several populations. A cost of 1.000 times the bound is proved to be the least."""
    sizes = f"{'persons':>8}{'unknowns':>10}{'cells':>7}{'primary':>9}{'more':>6}"
    print(f"\n{'Suppression':44}{sizes}{'cost':>9}{'÷ bound':>9}{'seconds':>9}")
    for persons, dimensions in setting.size(YEARS, YEARS[:1]):
        one(persons, dimensions, 1)
    for persons, dimensions in setting.size(SMALL, SMALL[:1]):
        for seed in range(1, setting.size(4, 2)):
            one(persons, dimensions, seed)


def one(persons: int, dimensions: tuple[AtomicDimension, ...], seed: int) -> None:
    space = Space(dimensions)
    case = small_case(space, people(space, persons, seed))
    arguments: dict[str, Any] = {**case.arguments, "seed": 1}
    start = time.thread_time()
    choice = suppress(**arguments)
    seconds = time.thread_time() - start
    sizes = f"{persons:8}{space.size:10}{len(case.candidates):7}{len(case.hidden):9}{len(choice.hidden) - len(case.hidden):6}"
    ratio = choice.cost / choice.bound if choice.bound else 1
    print(f"{label_of(dimensions):44}{sizes}{choice.cost:9.1f}{ratio:9.3f}{seconds:9.2f}", flush=True)


def label_of(dimensions: tuple[AtomicDimension, ...]) -> str:
    """The dimensions with their sizes."""
    return " × ".join(f"{each.id} {len(each.atoms)}" for each in dimensions)
