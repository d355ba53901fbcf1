"""What was sent abroad, told to the audit of later releases.

The database takes no file with a figure that no release shows, so there should be none. It is asked all the same: a figure that got
out another way is a fact from then on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.db import connection

from cases.dimensions import DATASETS, PRINCIPAL
from publications.international.bodies import BODIES
from publications.international.models import FileDispatch
from publications.international.reading import BETWEEN_CODES
from stats.periods import years_of
from stats.published import Figure

UNPUBLISHED = """
SELECT i.body, f.figure ->> 'period', f.figure ->> 'table', f.figure ->> 'codes', (f.figure ->> 'value')::integer
FROM international_filedispatch d JOIN international_internationalfile i ON i.id = d.file_id
CROSS JOIN LATERAL jsonb_array_elements(i.content -> 'figures') AS f (figure)
WHERE f.figure ->> 'dataset' = %s AND f.figure ->> 'value' IS NOT NULL AND NOT henvis_is_published_figure(f.figure)
ORDER BY i.id
"""


def figures() -> Iterator[Figure]:
    """The figures of files that were sent and that no published table shows so."""
    with connection.cursor() as cursor:
        cursor.execute(UNPUBLISHED, [PRINCIPAL.id])
        rows = cursor.fetchall()
    for body, period, table, codes, value in rows:
        if (months := years_of(period)) is not None:
            yield Figure(months[0].year, months[1].year, cell_of(table, codes), value, body)


def cell_of(table: str, codes: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """A cell of a table of persons, by its dimensions."""
    axes = [DATASETS[PRINCIPAL.id].axes[name] for name in table.split(",") if name]
    return tuple((axis.dimension, (code,)) for axis, code in zip(axes, codes.split(BETWEEN_CODES), strict=False))


def years() -> dict[str, frozenset[int]]:
    """By collection, the years of which a file was sent."""
    by_collection: dict[str, set[int]] = defaultdict(set)
    for body, year in FileDispatch.objects.values_list("file__body", "file__year"):
        if body in BODIES and BODIES[body].collection:
            by_collection[BODIES[body].collection].add(year)
    return {name: frozenset(those) for name, those in by_collection.items()}
