"""The windows of a partner's years: reading them in one small statement, and opening what is closed.

Opened is a year of a partner, for a reason, or one record. Read are three tables with a few rows for a partner and a year.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.contrib.auth.models import User
from django.db import connection, transaction

from cases.erased import digests
from cases.errors import DomainError
from cases.windows.models import RecordOpening, Reopening
from cases.windows.years import PartnerYears, WindowAct, YearEvent, YearWindow, day_of
from core.refusals import raised_as
from partners import audit, locks
from partners.audit import Actor
from partners.kinds import Calendar, Mode, Reporting

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


# How long a record that was open by itself can still be corrected once all that the centre asked about it is answered.
GRACE_OF_ANSWERS = timedelta(days=7)
SHORTEN = "SELECT henvis_shorten_openings(%s, %s, %s, %s, %s, make_interval(days => %s))"


class ReopeningRefused(DomainError):
    """A year is not reopened: the database says why in words for a page, and `reopen_own` says nothing where it is not signed."""


class WindowClosed(ReopeningRefused):
    """The window itself has closed, so that only the centre can reopen the year."""


def reopen(*, by: User, partner_id: UUID, year: int, until: date, reason_code: str) -> Reopening:
    """Open a year again for everything, until the end of a day. Raises `ReopeningRefused`.

    Under the partner's lock, so that what is being stored or signed is stored or signed before or after it.
    """
    with raised_as(ReopeningRefused), transaction.atomic():
        locks.serialise(partner_id)
        row = Reopening.objects.create(
            partner_id=partner_id, year=year, until_on=until, reason_code=reason_code, user=by
        )
        audit.record(by=Actor.of(by), action="year.reopen", subject=row.subject, year=year, reason=reason_code)
        return row


def reopen_own(*, by: User, partner_id: UUID, year: int, reason_code: str) -> Reopening:
    """Open a signed year again as one of the partner's people, while its window is open, and until that closes.

    It ends the signature alone: what the window is closed for stays closed. Raises `WindowClosed` once that is all: then the centre
    reopens it. Raises `ReopeningRefused` where the year is not signed.
    """
    with transaction.atomic():
        day = day_of(locks.serialise(partner_id))
        years = years_of(partner_id)
        window = years.window(year)
        if not years.is_signed(year):
            raise ReopeningRefused
        if window.refusal(WindowAct.CORRECT, day) is not None:
            raise WindowClosed
        until = min(window.corrections_until or date.max, later_day(day))
        return reopen(by=by, partner_id=partner_id, year=year, until=until, reason_code=reason_code)


def later_day(day: date) -> date:
    """Thirty days later: so long a reopening holds that one of the partner's people makes."""
    return date.fromordinal(day.toordinal() + 30)


def open_record(*, by: User, partner_id: UUID, reference: UUID, until: datetime) -> RecordOpening:
    """Let one record be corrected until a moment, whatever the window of its year says, also where the year is signed.

    For corrections that the centre has asked for. A signature of the year stays; its digest then belongs to what stood before. Into
    another year the record moves as that one's window lets it.
    """
    return RecordOpening.objects.create(
        partner_id=partner_id, digest=digests.of_reference(reference), until=until, user=by
    )


def shorten_opening(*, user_id: int | None, partner_id: UUID, reference: UUID, at: datetime) -> None:
    """Let a record that is open by itself be so no longer than it must, from the moment of the partner's turn (`at`) on.

    While the centre asks something about it, it stays open. After the last answer it is open for `GRACE_OF_ANSWERS` more, so that a
    slip can be mended; once staff have settled the answers, no more. `user_id`: who wrote; None where a machine of the partner did.
    """
    digest = digests.of_reference(reference)
    with connection.cursor() as cursor:
        cursor.execute(SHORTEN, [partner_id, [reference], [digest], user_id, at, GRACE_OF_ANSWERS.days])
