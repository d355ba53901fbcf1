"""Opening what is closed: a year of a partner, for a reason, or one record."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.auth.models import User
from django.db import connection, transaction

from cases.erased import digests
from cases.errors import DomainError
from cases.windows import reading
from cases.windows.models import RecordOpening, Reopening
from cases.windows.years import WindowAct, day_of
from core.refusals import raised_as
from partners import audit, locks
from partners.audit import Actor

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
        years = reading.years_of(partner_id)
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
