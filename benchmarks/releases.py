"""Building a release of one year: seconds and cells for 1,000, 30,000 and 1,000,000 persons identified in it.

Cells are bounded by the code lists, not by the persons: the bound is shown beside what was stored.
"""

from __future__ import annotations

import time

from benchmarks.setting import Setting

SIZES, SIZES_LEAST = (1_000, 30_000, 1_000_000), (20,)
YEAR = "2023"
ROUNDS = 3  # the second and third build count everything again and find the same cells
LARGE = 100_000


def main(setting: Setting) -> None:
    """A database of each size, one after the other."""
    print(f"\nRelease build, one year, depth 3{'':10}{'sandbox s':>12}{'build s':>18}{'cells':>12}{'bound':>14}")
    for size in setting.size(SIZES, SIZES_LEAST):
        one_size(size, setting.size(ROUNDS if size <= LARGE else 1, 1))


def one_size(size: int, rounds: int) -> None:
    """Empty the data, load a sandbox of this size, build."""
    from partners.audit import COMMAND
    from sandbox.load import load
    from stats.counting import build as release
    from stats.models import Release

    empty()
    start = time.perf_counter()
    counts = load(seed=size + 1, persons=size, years=(int(YEAR),), force=True)
    seconds = time.perf_counter() - start
    took: list[str] = []
    for _ in range(rounds):
        start = time.perf_counter()
        release_row: Release = release.build(by=COMMAND, period=YEAR).release
        took.append(f"{time.perf_counter() - start:.1f}")
    cells, times = sum(release_row.cells.values()), ", ".join(took)
    print(
        f"{size:>12,} persons {counts.referrals:>12,} versions{seconds:12.1f}{times:>18}{cells:12,}{most_cells():14,}"
    )
    print(f"{'':13}records {release_row.records}, digest {release_row.digest[:16]}")


def most_cells() -> int:
    """The number of cells that the code lists allow at this depth, in all tables of both datasets."""
    from itertools import combinations
    from math import prod

    from cases.dimensions import DATASETS

    total = 0
    for dataset in DATASETS.values():
        sizes = [sum(len(axis.codes) for axis in dimension.axes) for dimension in dataset.dimensions]
        total += sum(prod(sizes_of_table) for depth in range(4) for sizes_of_table in combinations(sizes, depth))
    return total


def empty() -> None:
    """Remove all data."""
    truncate("cases_referral, cases_assessment, cases_case, statistics_release, statistics_releasetable CASCADE")


def truncate(tables: str) -> None:
    """Empty tables, past the triggers: this database is the benchmark's own."""
    from django.db import connection, transaction

    from tests.emptying import resting

    with transaction.atomic(), connection.cursor() as cursor:
        for statement in resting([f"TRUNCATE {tables}"]):
            cursor.execute(statement)
