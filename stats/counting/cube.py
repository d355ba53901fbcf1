"""The cube: every table of a release, counted from the snapshot.

Two steps. The records are counted once for every choice of `depth` dimensions, by leaves: one scan, a hash table for each
choice. Then each table is a sum over the leaf counts of one such choice: a level rolls leaves up, a margin leaves a dimension
out. So the second step costs what the cells are many, not the records, and every table partitions the same records by
construction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from django.db import connection

from cases.dimensions import Axis, Dataset, Dimension, table_id, tables
from stats.counting.leaves import codes_by_leaf
from stats.counting.snapshot import load, table_of
from stats.periods import Period

SEPARATOR = "|"
Choice = tuple[Dimension, ...]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A table to make: the choice whose leaf counts it sums, and the axis of each of its dimensions (None: left out)."""

    number: int
    axes: str
    choice: int
    sides: tuple[Axis | None, ...]


def choices(dimensions: Sequence[Dimension], size: int) -> tuple[Choice, ...]:
    return tuple(combinations(dimensions, size))


def plan(dimensions: tuple[Dimension, ...], depth: int) -> Iterator[PlanRow]:
    """Every table of a dataset with the choice that it is summed from: the first that has its dimensions."""
    groups = choices(dimensions, min(depth, len(dimensions)))
    for n, axes in enumerate(tables(dimensions, depth)):
        axis_of = {axis.dimension: axis for axis in axes}
        choice = next(
            c for c, combination in enumerate(groups) if axis_of.keys() <= {dimension.name for dimension in combination}
        )
        yield PlanRow(n, table_id(axes), choice, tuple(axis_of.get(dimension.name) for dimension in groups[choice]))


def build(dataset: Dataset, dimensions: tuple[Dimension, ...], depth: int, period: Period) -> str:
    """Count the dataset's snapshot into a temporary table `(axes, codes, counts)`; its name.

    It has a row for each table, also where no record falls into it.
    """
    size = min(depth, len(dimensions))
    table_built = f"built_{dataset.id}"
    store_plan(dataset, dimensions, depth, period)
    with connection.cursor() as cursor:
        cursor.execute(leaf_counts(dataset, dimensions, size))
        cursor.execute(f"ANALYZE counted_{dataset.id}, plan_{dataset.id}, code_{dataset.id}")
        cursor.execute(f"CREATE TEMPORARY TABLE {table_built} ON COMMIT DROP AS {roll_up(dataset, size)}")
    return table_built


def store_plan(dataset: Dataset, dimensions: tuple[Dimension, ...], depth: int, period: Period) -> None:
    """Put the plan, and the code lists that it speaks of, where SQL can join them.

    A side is an axis and, for each leaf of its dimension, the place of the leaf's code in the axis's list: numbers, because they
    are found in an array at once and grouped faster than texts.
    """
    size = min(depth, len(dimensions))
    axes = [(axis, dimension) for dimension in dimensions for axis in dimension.axes]
    place = {axis.id: {code.code: n for n, code in enumerate(axis.codes)} for axis, _ in axes}
    places = {axis.id: array(place[axis.id][code] for code in codes_by_leaf(axis, of, period)) for axis, of in axes}
    plan_rows = [
        (
            table.number,
            table.axes,
            table.choice,
            *(value for side in table.sides for value in stored_side(side, places)),
        )
        for table in plan(dimensions, depth)
    ]
    codes = [(axis, n, code) for axis, names in place.items() for code, n in names.items()]
    sides = ", ".join(f"axis{n} text, places{n} smallint[]" for n in range(size))
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE plan_{dataset.id} (number smallint, axes text, choice smallint, {sides}) ON COMMIT DROP"
        )
        cursor.execute(
            f"CREATE TEMPORARY TABLE code_{dataset.id} (axis text, place smallint, code text) ON COMMIT DROP"
        )
    load(f"plan_{dataset.id}", plan_rows)
    load(f"code_{dataset.id}", codes)


def stored_side(side: Axis | None, places: Mapping[str, str]) -> tuple[str | None, str | None]:
    """A side as the plan's two columns; null where the dimension is left out."""
    return (None, None) if side is None else (side.id, places[side.id])


def array(numbers: Iterable[int]) -> str:
    """An array as PostgreSQL writes it: each is stored in many tables of the plan, and written out once."""
    return f"{{{','.join(map(str, numbers))}}}"


def leaf_counts(dataset: Dataset, dimensions: Sequence[Dimension], size: int) -> str:
    """Count the records of every choice by leaves: the choice, a leaf of each of its dimensions, the number of records."""
    position = {dimension.name: n for n, dimension in enumerate(dimensions)}
    combinations_counted = choices(dimensions, size)
    sets = ", ".join(f"({', '.join(dimension.name for dimension in choice)})" for choice in combinations_counted)
    names = ", ".join(position)
    # GROUPING sets a bit for each dimension that a row leaves out, the last dimension lowest.
    every = (1 << len(dimensions)) - 1
    bits = [
        every - sum(1 << (len(dimensions) - 1 - position[d.name]) for d in choice) for choice in combinations_counted
    ]
    columns_of_leaves = ", ".join(f"leaves[{n + 1}] AS leaf{n}" for n in range(size))
    return f"""
        CREATE TEMPORARY TABLE counted_{dataset.id} ON COMMIT DROP AS
        SELECT (array_position(ARRAY[{", ".join(map(str, bits))}], mask) - 1)::smallint AS choice, {columns_of_leaves}, records
        FROM (
            SELECT GROUPING({names}) AS mask, array_remove(ARRAY[{names}], NULL) AS leaves, count(*)::int AS records
            FROM {table_of(dataset)} GROUP BY GROUPING SETS ({sets})
        ) AS counts
    """


def roll_up(dataset: Dataset, size: int) -> str:
    """Sum the leaf counts into the planned tables, their cells in the order of the code lists."""
    places = ", ".join(f"places{n}[leaf{n} + 1] AS place{n}" for n in range(size))
    positions = ", ".join(f"place{n}" for n in range(size))
    codes = ", ".join(f"code{n}.code" for n in range(size))
    joins = "\n".join(
        f"LEFT JOIN code_{dataset.id} AS code{n} ON code{n}.axis = plan.axis{n} AND code{n}.place = cell.place{n}"
        for n in range(size)
    )
    return f"""
        WITH cell AS (
            SELECT number, {places}, sum(records)::int AS records
            FROM counted_{dataset.id} JOIN plan_{dataset.id} USING (choice)
            GROUP BY number, {positions}
        ), named AS (
            SELECT number, {positions}, concat_ws('{SEPARATOR}', {codes}) AS codes, records
            FROM cell JOIN plan_{dataset.id} AS plan USING (number) {joins}
        ), filled AS (
            SELECT number, array_agg(codes ORDER BY {positions}) AS codes, array_agg(records ORDER BY {positions}) AS counts
            FROM named GROUP BY number
        )
        SELECT plan.axes, coalesce(filled.codes, '{{}}') AS codes, coalesce(filled.counts, '{{}}') AS counts
        FROM plan_{dataset.id} AS plan LEFT JOIN filled USING (number)
    """
