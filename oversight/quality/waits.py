"""Months from the first referral of a person to the first decision on the person. One statement.

Records have months and no days, by intention, so the wait is a number of whole months. Who is one person follows the centre's
decisions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from cases.linking.person_sql import PERSON, current, join_person
from cases.statuses import Status
from partners.kinds import Mode
from partners.models import Partner

# A decision before the first referral is a referral that was reported afterwards, or a mistake: it is counted by itself.
WAITED = f"""
WITH met AS (
    SELECT {PERSON.format("r")} AS person, min(r.referred_in) AS month
    FROM cases_referral r JOIN partners_partner p ON p.id = r.partner_id AND p.mode = '{Mode.LIVE}' {join_person("r")}
    WHERE {current("r")} AND r.status <> '{Status.WITHDRAWN}' GROUP BY 1
), decided AS (
    SELECT DISTINCT ON (1) {PERSON.format("a")} AS person, a.decided_in AS month, a.partner_id
    FROM cases_assessment a JOIN partners_partner p ON p.id = a.partner_id AND p.mode = '{Mode.LIVE}'
        {join_person("a", reference=False)}
    WHERE {current("a")} AND a.decided_in IS NOT NULL ORDER BY 1, a.decided_in, a.recorded_at
), waited AS (
    SELECT d.partner_id, (extract(year FROM age(d.month, m.month)) * 12 + extract(month FROM age(d.month, m.month)))::int AS months
    FROM decided d JOIN met m ON m.person = d.person WHERE d.month BETWEEN %(first)s AND %(last)s
)
"""
WAITS = f"""{WAITED}
SELECT partner_id, count(*) FILTER (WHERE months >= 0), count(*) FILTER (WHERE months < 0),
    percentile_disc(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY months) FILTER (WHERE months >= 0)
FROM waited GROUP BY GROUPING SETS ((partner_id), ()) HAVING count(*) > 0
"""
LENGTHS = f"{WAITED} SELECT partner_id, months, count(*) FROM waited GROUP BY 1, 2"


@dataclass(frozen=True, slots=True)
class Wait:
    """How long persons waited whose first decision is of one year, in whole months.

    `partner_id`: the authority that decided; None for all. `persons`: who waited no month or more. `backwards`: decided before the
    first referral. `quartiles`: the first, the median and the third; None where nobody waited.
    """

    partner_id: UUID | None
    persons: int
    backwards: int
    quartiles: tuple[int, int, int] | None


def waits(year: int) -> list[Wait]:
    """The waits of the decisions of a year: of all, then by authority."""
    with connection.cursor() as cursor:
        cursor.execute(WAITS, {"first": date(year, 1, 1), "last": date(year, 12, 1)})
        rows = [
            Wait(partner, number, before, tuple(cuts) if cuts else None) for partner, number, before, cuts in cursor
        ]
    return sorted(rows, key=lambda each: (each.partner_id is not None, str(each.partner_id)))


def lengths(year: int) -> list[tuple[Partner, int, int]]:
    """How many persons waited how many months, by the authority that decided in a year; fewer than none is a decision before."""
    partners = Partner.objects.in_bulk()
    with connection.cursor() as cursor:
        cursor.execute(LENGTHS, {"first": date(year, 1, 1), "last": date(year, 12, 1)})
        rows = [(partners[partner], months, persons) for partner, months, persons in cursor]
    return sorted(rows, key=lambda each: (each[0].name, each[1]))
