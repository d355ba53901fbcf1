"""What is to be sent, and what was sent.

To be sent are the files of the newest year that is published and of earlier ones that are not sent yet, and those that were sent
and have other figures since. A body asks for the year before.

What was sent is told to the audit of later releases. The database takes no file with a figure that no release shows, so there
should be none. It is asked all the same: a figure that got out another way is a fact from then on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db import connection
from django.utils import timezone

from cases.dimensions import DATASETS, PRINCIPAL
from core.text import Text, in_one
from publications.international.bodies import BODIES
from publications.international.models import FileDispatch
from publications.international.reading import BETWEEN_CODES
from publications.international.shapes import ReceivingBody
from publications.international.words import DUE, NEXT, NOTHING_DUE, PASSED
from stats.periods import years_of
from stats.published import Figure
from stats.revisions.citation import day_in_words

# The newest file of each body and year, and the newest of these that was sent.
FILES = """files AS (
  SELECT f.body, f.year, max(f.id) AS newest, max(d.file_id) AS sent
  FROM international_internationalfile f LEFT JOIN international_filedispatch d ON d.file_id = f.id GROUP BY f.body, f.year
)"""
# What is not sent of the years that have ended and are published, with the newest file of it, if one is made. A year is asked for
# that is the newest one, was published before its last day, or of which a file was made; and so is every later one. So what was
# published of years long ago when the system began is asked for by nobody.
UNSENT = f"""
WITH published AS (
  SELECT r.period::integer AS year, min(p.published_at) AS first_at, bool_or(NOT EXISTS (
    SELECT FROM statistics_withdrawal w WHERE w.release_id = r.id
  )) AS in_force
  FROM statistics_release r JOIN statistics_publication p ON p.release_id = r.id
  -- Early figures of a year that goes on are sent nowhere, and what is due of the year before stays due.
  WHERE r.audience = 'public' AND r.period ~ '^[0-9]{{4}}$' AND r.period < to_char(now() AT TIME ZONE 'Europe/Copenhagen', 'YYYY')
  GROUP BY r.period
), {FILES}, bodies AS (
  SELECT * FROM unnest(%s::text[], %s::integer[], %s::integer[]) WITH ORDINALITY AS b (body, month, day, place)
)
SELECT b.body, p.year, f.newest FROM bodies b
JOIN published p ON p.in_force LEFT JOIN files f ON f.body = b.body AND f.year = p.year
WHERE f.sent IS NULL AND p.year >= (
  SELECT min(q.year) FROM published q LEFT JOIN files g ON g.body = b.body AND g.year = q.year
  WHERE g.newest IS NOT NULL OR q.first_at < make_date(q.year + 1, b.month, b.day) + 1
  OR q.year = (SELECT max(year) FROM published WHERE in_force)
) ORDER BY p.year DESC, b.place
"""
# The newest sent file of each body and year whose basis is another now, with the newest file of these.
STALE = f"""
WITH {FILES}
SELECT n.body, n.year, n.sent, n.newest FROM files n JOIN international_internationalfile f ON f.id = n.sent
WHERE f.basis IS DISTINCT FROM henvis_international_basis(ARRAY(SELECT jsonb_array_elements_text(f.content -> 'periods')))
ORDER BY n.year DESC, n.sent
"""


@dataclass(frozen=True, slots=True)
class DueFile:
    """A file that is to be sent. `file`: the newest that is made, or None."""

    body: ReceivingBody
    year: int
    in_principle: date
    latest: date
    file: int | None

    @property
    def days(self) -> Text:
        """Its two days in words."""
        first, last = day_in_words(self.in_principle), day_in_words(self.latest)
        return Text(*(DUE(each).format(first=first(each), last=last(each)) for each in Text._fields))

    @property
    def days_left(self) -> Text:
        """The same of what is not sent: whether the last day has passed."""
        return (
            self.days
            if self.latest >= timezone.localdate()
            else Text(*map("".join, zip(self.days, PASSED, strict=True)))
        )


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file that was sent and has other figures since. `newest`: the newest file of its body and year."""

    body: ReceivingBody
    year: int
    file: int
    newest: int


def due_files() -> list[DueFile]:
    """What is to be sent, the newest year in front. One statement."""
    yearly = {each.id: each.due for each in BODIES.values() if each.due}
    months, days = zip(*(each.latest for each in yearly.values()), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(UNSENT, [list(yearly), list(months), list(days)])
        rows = cursor.fetchall()
    return [DueFile(BODIES[body], year, *yearly[body].of(year), file) for body, year, file in rows]


def stale_files() -> list[ChangedFile]:
    """The newest sent file of each body and year whose figures have changed since. One statement.

    Releases or errata of its periods are others now, or others tell of them.
    """
    with connection.cursor() as cursor:
        cursor.execute(STALE)
        return [ChangedFile(BODIES[body], *numbers) for body, *numbers in cursor.fetchall()]


def calendar() -> Text:
    """What is to be sent and when, in words: a sentence for each pair of days."""
    sentences = []
    for (year, days), those in groupby(due_files(), key=lambda each: (each.year, each.days_left)):
        names = in_one(*(Text(*(f"{name};" for name in each.body.name)) for each in those))
        sentences.append(
            Text(
                *(
                    NEXT(each).format(year=year, days=days(each), names=names(each).removesuffix(";"))
                    for each in Text._fields
                )
            )
        )
    return in_one(*sentences) if sentences else NOTHING_DUE


UNPUBLISHED = """
SELECT i.body, f.figure ->> 'period', f.figure ->> 'table', f.figure ->> 'codes', (f.figure ->> 'value')::integer
FROM international_filedispatch d JOIN international_internationalfile i ON i.id = d.file_id
CROSS JOIN LATERAL jsonb_array_elements(i.content -> 'figures') AS f (figure)
WHERE f.figure ->> 'dataset' = %s AND f.figure ->> 'value' IS NOT NULL AND NOT henvis_is_published_figure(f.figure)
ORDER BY i.id
"""


def unpublished_figures() -> Iterator[Figure]:
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


def years_of_files() -> dict[str, frozenset[int]]:
    """By collection, the years of which a file was sent."""
    by_collection: dict[str, set[int]] = defaultdict(set)
    for body, year in FileDispatch.objects.values_list("file__body", "file__year"):
        if body in BODIES and BODIES[body].collection:
            by_collection[BODIES[body].collection].add(year)
    return {name: frozenset(those) for name, those in by_collection.items()}
