"""The cube: every table of a release, counted from the snapshot.

Two steps. The records are counted once for every choice of `depth` dimensions, by leaves: one scan, a hash table for each
choice. Then each table is a sum over the leaf counts of one such choice: a level rolls leaves up, a margin leaves a dimension
out. So the second step costs what the cells are many, not the records, and every table partitions the same records by
construction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from django.db import connection

from cases.statistics.dimensions import Axis, Dataset, Dimension, table_id, tables
from cases.statistics.snapshot import table_of

SEPARATOR = "|"
Choice = tuple[Dimension, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """A table to make: from the leaf counts of which choice, and which axis each of its dimensions takes (None: left out)."""

    axes: str
    choice: int
    levels: tuple[int | None, ...]


def choices(dimensions: Sequence[Dimension], depth: int) -> tuple[Choice, ...]:
    """The dimensions that are counted together."""
    return tuple(combinations(dimensions, min(depth, len(dimensions))))


def plan(dimensions: tuple[Dimension, ...], depth: int) -> Iterator[Planned]:
    """Every table of a dataset with the choice that it is summed from: the first that has its dimensions."""
    counted = choices(dimensions, depth)
    for axes in tables(dimensions, depth):
        wanted = {axis.dimension for axis in axes}
        number = next(n for n, choice in enumerate(counted) if wanted <= {dimension.name for dimension in choice})
        yield Planned(table_id(axes), number, tuple(level_of(dimension, axes) for dimension in counted[number]))


def level_of(dimension: Dimension, axes: Sequence[Axis]) -> int | None:
    """The position (from 1, as SQL counts) of the dimension's axis among its levels; None where the table has none of it."""
    return next((n for n, axis in enumerate(dimension.axes, 1) if axis in axes), None)


def build(dataset: Dataset, dimensions: tuple[Dimension, ...], depth: int) -> str:
    """Count the dataset's snapshot into a temporary table `(axes, codes, counts)`; its name.

    It has a row for each table, also where no record falls into it.
    """
    size = min(depth, len(dimensions))
    built = f"built_{dataset.id}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE plan_{dataset.id} {plan_columns(size)} ON COMMIT DROP")
        rows = [(planned.axes, planned.choice, *planned.levels) for planned in plan(dimensions, depth)]
        places = ", ".join(["%s"] * (size + 2))
        cursor.executemany(f"INSERT INTO plan_{dataset.id} VALUES ({places})", rows)
        cursor.execute(leaf_counts(dataset, dimensions, size))
        cursor.execute(f"ANALYZE counted_{dataset.id}, plan_{dataset.id}")
        cursor.execute(f"CREATE TEMPORARY TABLE {built} ON COMMIT DROP AS {roll_up(dataset, dimensions, size)}")
    return built


def plan_columns(size: int) -> str:
    """The columns of a plan: the table's name, the choice, and a level for each dimension of the choice."""
    return f"(axes text, choice smallint, {', '.join(f'level{n} smallint' for n in range(size))})"


def leaf_counts(dataset: Dataset, dimensions: Sequence[Dimension], size: int) -> str:
    """Count the records of every choice by leaves: choice, the dimensions' places, their leaves, the number of records."""
    position = {dimension.name: n for n, dimension in enumerate(dimensions)}
    counted = choices(dimensions, size)
    sets = ", ".join(f"({', '.join(dimension.name for dimension in choice)})" for choice in counted)
    names = ", ".join(position)
    # GROUPING sets a bit for each dimension that a row leaves out, the last dimension lowest.
    every = (1 << len(dimensions)) - 1
    bits = [every - sum(1 << (len(dimensions) - 1 - position[d.name]) for d in choice) for choice in counted]
    numbers = f"array_position(ARRAY[{', '.join(map(str, bits))}], mask) - 1"
    chosen = ", ".join(f"leaves[{n + 1}] AS leaf{n}" for n in range(size))
    return f"""
        CREATE TEMPORARY TABLE counted_{dataset.id} ON COMMIT DROP AS
        SELECT ({numbers})::smallint AS choice, {chosen}, records
        FROM (
            SELECT GROUPING({names}) AS mask, array_remove(ARRAY[{names}], NULL) AS leaves, count(*)::int AS records
            FROM {table_of(dataset)} GROUP BY GROUPING SETS ({sets})
        ) AS counts
    """


def roll_up(dataset: Dataset, dimensions: Sequence[Dimension], size: int) -> str:
    """Sum the leaf counts into the planned tables."""
    codes = ", ".join(f"code{n}.codes[plan.level{n}]" for n in range(size))
    named = ", ".join(
        f"({number}, {', '.join(repr(dimension.name) for dimension in choice)})"
        for number, choice in enumerate(choices(dimensions, size))
    )
    columns = ", ".join(f"name{n}" for n in range(size))
    joins = "\n".join(
        f"JOIN numbered AS code{n} ON code{n}.dimension = choice.name{n} AND code{n}.number = counted.leaf{n}"
        for n in range(size)
    )
    return f"""
        WITH numbered AS (
            SELECT DISTINCT dimension, number, codes FROM leaf WHERE dataset = '{dataset.id}'
        ), cell AS (
            SELECT plan.axes, concat_ws('{SEPARATOR}', {codes}) AS codes, sum(counted.records)::int AS records
            FROM counted_{dataset.id} AS counted
            JOIN plan_{dataset.id} AS plan USING (choice)
            JOIN (VALUES {named}) AS choice (number, {columns}) ON choice.number = counted.choice
            {joins}
            GROUP BY 1, 2
        ), filled AS (
            SELECT axes, array_agg(codes ORDER BY codes COLLATE "C") AS codes,
                   array_agg(records ORDER BY codes COLLATE "C") AS counts
            FROM cell GROUP BY axes
        )
        SELECT plan.axes, coalesce(filled.codes, '{{}}') AS codes, coalesce(filled.counts, '{{}}') AS counts
        FROM plan_{dataset.id} AS plan LEFT JOIN filled USING (axes)
    """
