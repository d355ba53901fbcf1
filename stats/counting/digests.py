"""The digest of a release's cells, which anyone who holds the cells can compute again.

A table's text is four lines: dataset, axes, codes joined by commas, counts joined by commas (cells without zeros, in the
order of the code lists). The digest is the SHA-256 of the hexadecimal SHA-256 of every table's text, each followed by a line
feed, in the order of dataset and axes as bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from django.db import connection

# The same, over any relation (dataset, axes, codes, counts).
SQL = r"""
SELECT encode(sha256(convert_to(coalesce(string_agg(line, '' ORDER BY dataset COLLATE "C", axes COLLATE "C"), ''), 'UTF8')), 'hex')
FROM (
    SELECT dataset, axes, encode(sha256(convert_to(
        dataset || E'\n' || axes || E'\n' || array_to_string(codes, ',') || E'\n' || array_to_string(counts, ',') || E'\n',
        'UTF8'
    )), 'hex') || E'\n' AS line
    FROM ({source}) AS source
) AS lines
"""


def of_source(source: str, parameters: Sequence[str] = ()) -> str:
    """The digest of the tables that a query yields."""
    with connection.cursor() as cursor:
        cursor.execute(SQL.format(source=source), parameters)
        digest: str = cursor.fetchone()[0]
    return digest


def of_tables(tables: Iterable[tuple[str, str, Sequence[str], Sequence[int]]]) -> str:
    """The digest of tables (dataset, axes, codes, counts), in any order."""
    digest = hashlib.sha256()
    for dataset, axes, codes, counts in sorted(tables):
        text = f"{dataset}\n{axes}\n{','.join(codes)}\n{','.join(map(str, counts))}\n"
        digest.update(f"{hashlib.sha256(text.encode()).hexdigest()}\n".encode())
    return digest.hexdigest()
