"""Reading the windows of a partner, in one small statement: three tables with a few rows for a partner and a year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from cases.windows.years import PartnerYears, YearEvent, YearWindow
from partners.calendar import Calendar
from partners.kinds import Mode, Reporting

# One row. Parameter: the partner. Of each year the last change for all and the last one for the partner, and whichever of its last
# signature and its last reopening came later. A reopening is the partner's own where one of its people made it (of a row in test
# mode, one of the live partner's), whoever is staff by now. A record is open as long as the last row on it says.
YEARS = """
SELECT p.mode, p.reporting, p.report_due_days, p.reporting_since, (
    SELECT jsonb_agg(jsonb_build_array(w.year, w.is_own, w.opens_on, w.deadline_on, w.new_until, w.corrections_until))
    FROM (
        SELECT DISTINCT ON (c.year, c.partner_id IS NOT NULL) c.*, c.partner_id IS NOT NULL AS is_own
        FROM windows_windowchange c WHERE c.partner_id = p.id OR c.partner_id IS NULL
        ORDER BY c.year, c.partner_id IS NOT NULL, c.changed_at DESC, c.id DESC
    ) w
), (
    SELECT jsonb_agg(jsonb_build_array(e.year, e.until_on, e.is_own))
    FROM (
        SELECT DISTINCT ON (u.year) u.year, u.until_on, u.is_own FROM (
            SELECT r.year, r.until_on, r.reopened_at AS at,
                EXISTS (
                    SELECT FROM people_membership m WHERE m.user_id = r.user_id AND m.partner_id IN (p.id, p.twin_of_id)
                ) AS is_own
            FROM windows_reopening r WHERE r.partner_id = p.id
            UNION ALL SELECT s.year, NULL, s.signed_at, false FROM windows_yearreceipt s WHERE s.partner_id = p.id
        ) u ORDER BY u.year, u.at DESC
    ) e
), (
    SELECT jsonb_agg(DISTINCT o.digest) FROM windows_recordopening o
    WHERE o.partner_id = p.id AND o.until > clock_timestamp()
    AND henvis_open_until(o.partner_id, o.digest) > clock_timestamp()
)
FROM partners_partner p WHERE p.id = %s
"""
# The same of many partners, each behind its id. Parameter: the partners.
YEARS_OF_MANY = f"""
SELECT w.id, y.* FROM unnest(%s::uuid[]) AS w (id) CROSS JOIN LATERAL ({YEARS.replace("%s", "w.id")}) AS y
"""
# How many columns it has.
WIDTH = 7
Row = Sequence[Any]


def years_of(partner_id: UUID) -> PartnerYears:
    with connection.cursor() as cursor:
        cursor.execute(YEARS, [partner_id])
        row = cursor.fetchone()
    if row is None:
        raise LookupError("no such partner")
    return from_row(row)


def years_of_many(partners: Iterable[UUID]) -> dict[UUID, PartnerYears]:
    """The windows of the years of some partners. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(YEARS_OF_MANY, [list(partners)])
        return {key: from_row(row) for key, *row in cursor.fetchall()}


def from_row(row: Row) -> PartnerYears:
    """The windows that a row of `YEARS` tells."""
    mode, frequency, due_days, since, changes, events, open_digests = row
    windows: dict[bool, dict[int, YearWindow]] = {False: {}, True: {}}
    for year, is_own, *days in rows_of_json(changes):
        windows[is_own][year] = YearWindow(*map(day, days))
    return PartnerYears(
        Calendar(Reporting(frequency), due_days, since),
        is_test=mode == Mode.TEST,
        for_all=windows[False],
        own=windows[True],
        events={year: YearEvent(day(until), is_own) for year, until, is_own in rows_of_json(events)},
        open_digests=frozenset(rows_of_json(open_digests)),
    )


def rows_of_json(value: str | None) -> list[Any]:
    """A list that the database has made, empty where there is none."""
    return msgspec.json.decode(value, type=list[Any]) if value else []


def day(text: str | None) -> date | None:
    """A day of the database's JSON."""
    return date.fromisoformat(text) if text else None
