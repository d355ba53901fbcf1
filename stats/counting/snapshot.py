"""The snapshot: every record that a release counts, in a temporary table that goes with the transaction.

It holds what the cube needs (a leaf for each dimension), what disclosure control needs (the record, its partner and its month),
and a hash of each record's values.

A *leaf* is the codes of every axis of a dimension that a record of the period can have together, numbered. It settles all
levels of a dimension at once. Most levels follow from the submitted code alone; a dated one (EU membership) also from the
record's month, so a country that joined within the period has two leaves. Roll-ups are sums over leaves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

from django.db import connection

from cases.dimensions import DATASETS, Axis, Dataset, Dimension
from cases.linking.records import records_sql
from cases.linking.resolution import PARTNERS
from stats.periods import Period


@dataclass(frozen=True, slots=True)
class Leaf:
    """A submitted code from one month to another, with its code on each axis of the dimension."""

    number: int
    first: date
    last: date
    codes: tuple[str, ...]


@lru_cache(maxsize=256)
def leaves(dimension: Dimension, period: Period) -> tuple[Leaf, ...]:
    """The leaves of a dimension. The spans of one code follow each other without a gap; spans with equal codes share a number.

    A release of many years asks for them again and again.
    """
    numbers: dict[tuple[str, ...], int] = {}
    return tuple(
        Leaf(numbers.setdefault(codes, len(numbers)), first, last, codes)
        for code in dimension.codelist.names
        for first, last, codes in spans(dimension, code, period)
    )


def spans(dimension: Dimension, code: str, period: Period) -> Iterator[tuple[date, date, tuple[str, ...]]]:
    """The runs of months in which a code stands for the same codes on every axis. Of most axes the month says nothing."""
    monthly = [axis for axis in dimension.axes if axis.dated]
    start, previous, codes_of_span = period.first, period.first, [axis.code_of(code, period.first) for axis in monthly]
    for month in period.months()[1:] if monthly else ():
        if (codes := [axis.code_of(code, month) for axis in monthly]) != codes_of_span:
            yield start, previous, codes_in(dimension, code, start)
            start, codes_of_span = month, codes
        previous = month
    yield start, period.last, codes_in(dimension, code, start)


def codes_in(dimension: Dimension, code: str, month: date) -> tuple[str, ...]:
    """A submitted code's code on each axis in a month."""
    return tuple(axis.code_of(code, month) for axis in dimension.axes)


def codes_by_leaf(axis: Axis, dimension: Dimension, period: Period) -> list[str]:
    """The axis's code of each leaf, by the leaf's number."""
    position = dimension.axes.index(axis)
    return [codes[position] for codes in dict.fromkeys(leaf.codes for leaf in leaves(dimension, period))]


# A release is built seldom and alone: it may have memory that a request may not.
MEMORY = "SET LOCAL work_mem = '256MB'"
LEAVES = """
CREATE TEMPORARY TABLE leaf (
    dataset text NOT NULL, dimension text NOT NULL, code text NOT NULL, first date NOT NULL, last date NOT NULL,
    number smallint NOT NULL
) ON COMMIT DROP
"""
# The hash covers what was counted, not how it rolls up: the code lists' versions are kept beside it. Hashes are hashed in 256
# groups, because one array of them all ends at a gigabyte.
DIGEST = """
SELECT encode(sha256(coalesce(string_agg(hashed, '' ORDER BY number), '')), 'hex'), coalesce(sum(records), 0)::bigint
FROM (
    SELECT get_byte(hash, 0) AS number, sha256(string_agg(hash, '' ORDER BY hash)) AS hashed, count(*) AS records
    FROM {table} GROUP BY 1
) AS groups
"""
# What erasures kept of a release (`stats.counting.erasures`): who is gone is there again, by her hash and
# leaves, and who is there by an erasure alone is not. Of a record there may be rows of both kinds; their sum says whether it is
# there.
KEPT = """
WITH net AS (
    SELECT hash, max(leaves) AS leaves, max(month) AS month, sum(CASE WHEN leaves IS NULL THEN -1 ELSE 1 END) AS records
    FROM build.statistics_erasedcount WHERE release_id = %(again)s AND dataset = %(dataset)s GROUP BY hash
), gone AS (
    DELETE FROM {table} AS s USING net WHERE net.records < 0 AND s.hash = net.hash
)
INSERT INTO {table} SELECT gen_random_uuid(), {nobody}, coalesce(net.month, %(first)s), net.hash, NULL, {leaves}
FROM net WHERE net.records > 0
"""
NOBODY = UUID(int=0)

UNRESOLVED = "SELECT name, count(*) FROM {table}, unnest(unresolved) AS name WHERE unresolved IS NOT NULL GROUP BY name"


def prepare() -> None:
    """Make the tables that every dataset's snapshot needs; those of an earlier count in the same transaction go."""
    tables_made = [f"{kind}_{name}" for kind in ("snapshot", "plan", "code", "counted", "built") for name in DATASETS]
    with connection.cursor() as cursor:
        cursor.execute(
            f"DROP TABLE IF EXISTS {', '.join(f'pg_temp.{name}' for name in ('counted_partner', 'leaf', *tables_made))}"
        )
        cursor.execute(MEMORY)
        cursor.execute(PARTNERS)
        cursor.execute(LEAVES)


def table_of(dataset: Dataset) -> str:
    return f"snapshot_{dataset.id}"


def take(
    dataset: Dataset, dimensions: Sequence[Dimension], period: Period, as_of: datetime, again: str = ""
) -> tuple[int, str]:
    """Fill the dataset's snapshot; the number of its records, and its digest (equal for equal records in any order).

    `again`: the release (by id) that is counted again, with what erasures since have kept of it.
    """
    table = table_of(dataset)
    store_leaves(dataset, period)
    columns = ", ".join(f"{dimension.name} smallint NOT NULL" for dimension in dimensions)
    with connection.cursor() as cursor:
        cursor.execute(f"""
            CREATE TEMPORARY TABLE {table} (
                record uuid NOT NULL, partner uuid NOT NULL, month date NOT NULL, hash bytea NOT NULL, unresolved text[], {columns}
            ) ON COMMIT DROP
        """)
        values: dict[str, datetime | date | str] = {
            "as_of": as_of,
            "first": period.first,
            "last": period.last,
            "dataset": dataset.id,
        }
        cursor.execute(fill_sql(dataset, dimensions), values)
        if again:
            leaves = ", ".join(f"net.leaves[{n + 1}]" for n in range(len(dimensions)))
            statement = KEPT.format(table=table, nobody=f"'{NOBODY}'::uuid", leaves=leaves)
            cursor.execute(statement, {**values, "again": again})
        cursor.execute(f"ANALYZE {table}")
        cursor.execute(DIGEST.format(table=table))
        digest, records = cursor.fetchone()
    return records, digest


def count_unresolved(dataset: Dataset, dimensions: Iterable[Dimension]) -> dict[str, int]:
    """Of each of these dimensions how many records of the snapshot are `_U` because what is known contradicts itself; no zeros."""
    with connection.cursor() as cursor:
        cursor.execute(UNRESOLVED.format(table=table_of(dataset)))
        counts_found = dict(cursor.fetchall())
    return {dimension.name: counts_found[dimension.name] for dimension in dimensions if dimension.name in counts_found}


def fill_sql(dataset: Dataset, dimensions: Sequence[Dimension]) -> str:
    """The statement that fills a snapshot. A code without a leaf breaks NOT NULL: no record is lost on the way."""
    numbers = ", ".join(f"{dimension.name}.number" for dimension in dimensions)
    joins = "\n".join(leaf_join(dimension) for dimension in dimensions)
    return f"""
        INSERT INTO {table_of(dataset)}
        SELECT r.record, r.partner, r.month, {hash_of(dimensions)}, r.unresolved, {numbers}
        FROM ({records_sql(dataset)}) AS r {joins}
    """


def rule_of(statements: Iterable[str]) -> str:
    """A digest of the rule by which something is counted: of the very statements."""
    return sha256("\n".join(statements).encode()).hexdigest()


def hash_of(dimensions: Sequence[Dimension]) -> str:
    """The hash of a record `r` in SQL: of whose it is, of its month, and of its codes."""
    parts = [
        "r.record",
        "r.partner",
        "to_char(r.month, 'YYYY-MM')",
        *(f"r.{dimension.name}" for dimension in dimensions),
    ]
    return f"sha256(convert_to(concat_ws(',', {', '.join(parts)}), 'UTF8'))"


def leaf_join(dimension: Dimension) -> str:
    alias = dimension.name
    depends_on_month = any(axis.dated for axis in dimension.axes)
    month = f" AND r.month BETWEEN {alias}.first AND {alias}.last" if depends_on_month else ""
    return (
        f"LEFT JOIN leaf AS {alias} ON {alias}.dataset = %(dataset)s AND {alias}.dimension = '{alias}' "
        f"AND {alias}.code = r.{alias}{month}"
    )


def store_leaves(dataset: Dataset, period: Period) -> None:
    """Put the leaves of a dataset's dimensions where SQL can join them."""
    rows = [
        (dataset.id, dimension.name, leaf.codes[0], leaf.first, leaf.last, leaf.number)
        for dimension in dataset.dimensions
        for leaf in leaves(dimension, period)
    ]
    load("leaf", rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE leaf")


def load(table: str, rows: Iterable[Sequence[object]]) -> None:
    """Fill a temporary table; a thousand rows in a few milliseconds, where single inserts take a hundred."""
    with connection.cursor() as cursor, cursor.cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
