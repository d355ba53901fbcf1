"""What is to be observed: a release of a year is published, and a computed indicator has no observation of it yet."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from core.text import Text

# Of each year the newest public release, where it offers the table of the indicator. An observation that was refused is none.
UNOBSERVED = """
WITH newest AS (
  SELECT DISTINCT ON (r.period) r.period::integer AS year, r.id FROM statistics_release r
  JOIN statistics_publication p ON p.release_id = r.id
  WHERE r.audience = 'public' AND r.period ~ '^[0-9]{4}$'
  AND NOT EXISTS (SELECT FROM statistics_withdrawal w WHERE w.release_id = r.id)
  ORDER BY r.period, r.as_of DESC, r.vintage DESC
)
SELECT i.id, i.label_da, i.label_en, n.year, n.id FROM plans_planindicator i
JOIN plans_indicatordecision d ON d.indicator_id = i.id AND d.approved
JOIN newest n ON n.year > i.baseline_year AND n.year <= i.due_year
WHERE i.source = 'COMPUTED' AND EXISTS (
  SELECT FROM (
    SELECT p.release_id, p.dataset, p.axes FROM statistics_publishedtable p WHERE p.offered
    UNION ALL SELECT s.release_id, s.dataset, s.axes FROM statistics_publishedsumtable s
  ) t
  WHERE t.release_id = n.id AND t.dataset = i.dataset
  AND (SELECT array_agg(k ORDER BY k) FROM jsonb_object_keys(i.filters) k WHERE k <> 'quantity')
  IS NOT DISTINCT FROM (SELECT array_agg(k ORDER BY k) FROM unnest(string_to_array(t.axes, ',')) k)
) AND NOT EXISTS (
  SELECT FROM plans_planobservation o LEFT JOIN plans_observationdecision e ON e.observation_id = o.id
  WHERE o.indicator_id = i.id AND o.release_id = n.id AND e.approved IS NOT false
) ORDER BY n.year DESC, i.plan, i.code
"""


@dataclass(frozen=True, slots=True)
class UnobservedYear:
    """A year of an indicator, by its number, and the release that is to be observed."""

    indicator: int
    label: Text
    year: int
    release: str


def find() -> list[UnobservedYear]:
    """What is to be observed, the newest year first. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(UNOBSERVED)
        rows = cursor.fetchall()
    return [UnobservedYear(number, Text(da, en), year, release) for number, da, en, year, release in rows]
