"""The sign "under review" of a published release: one person puts it up at once, and it says nothing of what may be wrong."""

from __future__ import annotations

from django.db import transaction

from core.refusals import raised_as
from partners import audit, jobs
from partners.audit import Actor
from stats.errors import ReleaseRefused, refuse
from stats.models import ReviewSign, ReviewSignEnd


def member(by: Actor) -> int:
    """The member of staff who acts. Raises `ReleaseRefused` for a command."""
    if by.user_id is None:
        raise refuse("Det gør en medarbejder.", "A member of staff does this.")
    return by.user_id


def put_up(*, by: Actor, release_id: str) -> None:
    """Put the sign up. Raises `ReleaseRefused` for what is not published, and where it is up already."""
    with raised_as(ReleaseRefused), transaction.atomic():
        ReviewSign.objects.create(release_id=release_id, user_id=member(by))
        audit.record(by=by, action="release.review", subject=release_id)
        jobs.defer("charts.paint")


def take_down(*, by: Actor, release_id: str) -> None:
    """Take the sign down, whoever put it up. Nothing happens where there is none. Raises `ReleaseRefused` for want of the right."""
    with raised_as(ReleaseRefused), transaction.atomic():
        sign = ReviewSign.objects.filter(release_id=release_id, end=None).first()
        if sign is not None and ReviewSignEnd.objects.get_or_create(sign=sign, defaults={"user_id": member(by)})[1]:
            audit.record(by=by, action="release.review_end", subject=release_id)
            jobs.defer("charts.paint")
