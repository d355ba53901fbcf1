"""The cube: every table of a release, counted from the snapshot; its options, and the digest of its cells.

Two steps. The records are counted once for every choice of `depth` dimensions, by leaves: one scan, a hash table for each
choice. Then each table is a sum over the leaf counts of one such choice: a level rolls leaves up, a margin leaves a dimension
out. So the second step costs what the cells are many, not the records, and every table partitions the same records by
construction.

Anyone who holds the cells can compute their digest again. A table's text is four lines: dataset, axes, codes joined by commas,
counts joined by commas (cells without zeros, in the order of the code lists). The digest is the SHA-256 of the hexadecimal
SHA-256 of every table's text, each followed by a line feed, in the order of dataset and axes as bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Self

from django.db import connection

from cases.dimensions import DATASETS, Axis, Dataset, Dimension, all_names, table_id, tables
from stats.counting.snapshot import codes_by_leaf, load, table_of
from stats.errors import refuse
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


# The same, over any relation (dataset, axes, codes, counts).
DIGEST_SQL = r"""
SELECT encode(sha256(convert_to(coalesce(string_agg(line, '' ORDER BY dataset COLLATE "C", axes COLLATE "C"), ''), 'UTF8')), 'hex')
FROM (
    SELECT dataset, axes, encode(sha256(convert_to(
        dataset || E'\n' || axes || E'\n' || array_to_string(codes, ',') || E'\n' || array_to_string(counts, ',') || E'\n',
        'UTF8'
    )), 'hex') || E'\n' AS line
    FROM ({source}) AS source
) AS lines
"""


def digest_of_source(source: str, parameters: Sequence[str] = ()) -> str:
    """The digest of the tables that a query yields."""
    with connection.cursor() as cursor:
        cursor.execute(DIGEST_SQL.format(source=source), parameters)
        digest: str = cursor.fetchone()[0]
    return digest


def digest_of_tables(tables: Iterable[tuple[str, str, Sequence[str], Sequence[int]]]) -> str:
    """The digest of tables (dataset, axes, codes, counts), in any order."""
    digest = hashlib.sha256()
    for dataset, axes, codes, counts in sorted(tables):
        text = f"{dataset}\n{axes}\n{','.join(codes)}\n{','.join(map(str, counts))}\n"
        digest.update(f"{hashlib.sha256(text.encode()).hexdigest()}\n".encode())
    return digest.hexdigest()


DEFAULT_DEPTH = 3
DEEPEST = 5


@dataclass(frozen=True, slots=True)
class Options:
    """How many dimensions a table may have, and which dimensions each dataset has."""

    depth: int
    dimensions: Mapping[str, tuple[str, ...]]

    @classmethod
    def choose(cls, depth: int = DEFAULT_DEPTH, dimensions: Iterable[str] | None = None) -> Self:
        """The options of a build. Raises `ReleaseRefused` for a depth or a dimension that there is not."""
        if not 1 <= depth <= DEEPEST:
            raise refuse(f"Dybden er et tal fra 1 til {DEEPEST}.", f"The depth is a number from 1 to {DEEPEST}.")
        names = all_names() if dimensions is None else tuple(dimensions)
        if not names or not set(names) <= set(all_names()):
            names_known = ", ".join(all_names())
            raise refuse(f"Dimensionerne er blandt: {names_known}.", f"The dimensions are among: {names_known}.")
        dimensions_chosen = {dataset.id: tuple(d.name for d in dataset.only(names)) for dataset in DATASETS.values()}
        if not all(dimensions_chosen.values()):
            raise refuse("Hvert datasæt skal have en dimension.", "Each dataset needs a dimension.")
        return cls(depth, dimensions_chosen)

    @classmethod
    def of_settings(cls, settings: Mapping[str, Any]) -> Self:
        """The options of a stored release."""
        return cls(settings["depth"], {name: tuple(dimensions) for name, dimensions in settings["dimensions"].items()})

    def as_json(self) -> dict[str, Any]:
        """The form in which a release keeps them."""
        return {"depth": self.depth, "dimensions": {name: list(names) for name, names in self.dimensions.items()}}

    def datasets(self) -> list[Dataset]:
        """The datasets that a release with these options counts: one that was built before a dataset began has none of it."""
        return [dataset for dataset in DATASETS.values() if dataset.id in self.dimensions]

    def of(self, dataset: Dataset) -> tuple[Dimension, ...]:
        return dataset.only(self.dimensions[dataset.id])

    def offer(self, dataset: Dataset, axes: Iterable[Axis]) -> bool:
        """Whether a release with these options has the table of these axes."""
        names_wanted = {axis.dimension for axis in axes}
        return len(names_wanted) <= self.depth and names_wanted <= set(self.dimensions.get(dataset.id, ()))

    def codelists(self) -> dict[str, str]:
        """The present version of each code list that the dimensions use, by its id."""
        lists = {d.codelist.id: d.codelist.version for dataset in self.datasets() for d in self.of(dataset)}
        return dict(sorted(lists.items()))
