"""Opening what is closed: a year of a partner, for a reason, or one record."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from cases.erased import digests
from cases.errors import DomainError
from cases.windows import reading
from cases.windows.models import RecordOpening, Reopening
from cases.windows.years import WindowAct, day_of
from partners import audit, locks
from partners.audit import Actor
from partners.refusals import raised_as


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


def close_record(*, user_id: int | None, partner_id: UUID, reference: UUID, at: datetime) -> RecordOpening:
    """End every opening of a record, from a moment that has come: the centre waits for no correction any more.

    `user_id`: who took the question back or answered it; None where a machine of the partner did.
    """
    return RecordOpening.objects.create(
        partner_id=partner_id, digest=digests.of_reference(reference), until=at, user_id=user_id
    )
