"""What is due: of the newest year that is published, the files that are not sent yet. A body asks for the year before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db import connection
from django.utils import timezone

from cases.international.bodies import BODIES
from cases.international.shapes import ReceivingBody
from cases.international.words import DUE, NEXT, NOTHING_DUE, PASSED
from cases.statistics.revisions.citation import day_in_words
from partners.text import Text, in_one

# The newest file of each body that is to be sent, if one is made.
UNSENT = """
WITH newest AS (
  SELECT max(r.period)::integer AS year FROM statistics_release r
  JOIN statistics_publication p ON p.release_id = r.id
  -- Early figures of a year that goes on are sent nowhere, and what is due of the year before stays due.
  WHERE r.audience = 'public' AND r.period ~ '^[0-9]{4}$' AND r.period < to_char(now(), 'YYYY')
  AND NOT EXISTS (SELECT FROM statistics_withdrawal w WHERE w.release_id = r.id)
)
SELECT n.year, b.body, (
  SELECT max(f.id) FROM international_internationalfile f WHERE f.body = b.body AND f.year = n.year
) FROM newest n CROSS JOIN unnest(%s::text[]) WITH ORDINALITY AS b (body, place)
WHERE n.year IS NOT NULL AND NOT EXISTS (
  SELECT FROM international_filedispatch d JOIN international_internationalfile f ON f.id = d.file_id
  WHERE f.body = b.body AND f.year = n.year
) ORDER BY b.place
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


def unsent() -> list[DueFile]:
    """What is to be sent of the newest published year. One statement."""
    yearly = {each.id: each.due for each in BODIES.values() if each.due}
    with connection.cursor() as cursor:
        cursor.execute(UNSENT, [list(yearly)])
        rows = cursor.fetchall()
    return [DueFile(BODIES[body], year, *yearly[body].of(year), file) for year, body, file in rows]


def calendar() -> Text:
    """What is to be sent and when, in words: a sentence for each pair of days."""
    sentences = []
    for (year, days), those in groupby(unsent(), key=lambda each: (each.year, each.days_left)):
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
