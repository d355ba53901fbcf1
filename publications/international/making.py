"""Making a file and marking it as sent. The database holds each figure against what is published, and asks for a second person."""

from __future__ import annotations

import json
from typing import Any

from django.db import connection, transaction

from core.refusals import raised_as
from core.text import say
from partners import audit
from partners.audit import Actor
from publications.international.bodies import BODIES
from publications.international.content import content_of
from publications.international.errors import InternationalRefused
from publications.international.models import InternationalFile
from publications.international.reading import release_of

# Nobody publishes or withdraws a release between the reading and the writing.
HOLD = "SELECT pg_advisory_xact_lock_shared(hashtextextended('henvis.publish', 0))"
BASIS = "SELECT henvis_international_basis(%s)::text"
SEND = "SELECT henvis_send_abroad(%s, %s)"


def fill(file: InternationalFile) -> None:
    """Draw the content of a file that is not stored yet, of its body and year, in the caller's transaction.

    Raises `InternationalRefused` where nothing of the year is published.
    """
    body = BODIES[file.body]
    with connection.cursor() as cursor:
        cursor.execute(HOLD)
    if release_of(str(file.year)) is None:
        raise InternationalRefused(
            say(f"Der er ingen offentlig udgivelse af {file.year}.", f"There is no public release of {file.year}.")
        )
    file.content = content_of(body, file.year)
    file.basis = basis_of(body.periods(file.year))


def make(*, by: Actor, body: str, year: int) -> InternationalFile:
    """A new file, kept for a second person to send. Raises `InternationalRefused`."""
    if by.user_id is None:
        raise InternationalRefused(say("En fil dannes af en medarbejder.", "A file is made by a member of staff."))
    with raised_as(InternationalRefused), transaction.atomic():
        file = InternationalFile(body=body, year=year, user_id=by.user_id)
        fill(file)
        file.save(force_insert=True)
        audit.record(by=by, action="internationalfile.add", subject=file.subject)
    return file


def basis_of(periods: list[str]) -> dict[str, Any]:
    """The public releases in force of some periods, with what is announced of them. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(BASIS, [periods])
        basis: dict[str, Any] = json.loads(cursor.fetchone()[0])
    return basis


def send(*, by: Actor, file: int) -> None:
    """Mark a file as sent. Raises `InternationalRefused` with the reason."""
    with raised_as(InternationalRefused), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SEND, [file, by.user_id])
