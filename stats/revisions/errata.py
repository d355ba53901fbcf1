"""What staff add to a published release: errata, and the sign "under review". Each has its audit row.

Nothing of the release changes; whoever reads it is told. One person puts the sign up at once, and it says nothing of what may be
wrong.
"""

from __future__ import annotations

from django.db import transaction

from core.refusals import raised_as
from core.text import Text, in_digits
from partners import audit, jobs
from partners.audit import Actor
from stats.counting.notes import check_characters
from stats.errors import ReleaseRefused, refuse
from stats.models import LONGEST_NOTES, Erratum, ErratumDecision, ReviewSign, ReviewSignEnd

DECIDED = Text("En kollega har allerede taget stilling til rettelsen.", "A colleague has decided already.")
DECIDED_BY_SAME = Text("Du har allerede taget stilling til rettelsen.", "You have decided already.")


def add_erratum(*, by: Actor, release_id: str, text: Text, of_total: bool = False) -> Erratum:
    """Write what is wrong with a published release. Readers are told once a second person approves it (`decide_erratum`).

    `of_total`: its total is wrong. Raises `ReleaseRefused` with the reason.
    """
    if by.user_id is None:
        raise refuse("En rettelse skrives af en medarbejder.", "An erratum is added by a member of staff.")
    words = Text(*(each.strip() for each in text))
    if not all(words) or any(len(each) > LONGEST_NOTES for each in words):
        raise refuse(
            f"En rettelse skrives på dansk og på engelsk, hver med højst {in_digits(LONGEST_NOTES).da} tegn.",
            f"An erratum is said in Danish and in English, each with at most {in_digits(LONGEST_NOTES).en} characters.",
        )
    check_characters(words)
    with raised_as(ReleaseRefused), transaction.atomic():
        erratum = Erratum.objects.create(
            release_id=release_id, text_da=words.da, text_en=words.en, of_total=of_total, user_id=by.user_id
        )
        audit.record(by=by, action="erratum.add", subject=release_id, erratum=erratum.pk)
    return erratum


def decide_erratum(*, by: Actor, erratum: Erratum, approve: bool) -> None:
    """Tell all who read the release, for ever, or refuse the erratum. Whoever wrote it may only refuse it.

    Raises `ReleaseRefused` with the reason.
    """
    with raised_as(ReleaseRefused), transaction.atomic():
        answer = {"approved": approve, "user_id": by.user_id}
        decision, is_first = ErratumDecision.objects.get_or_create(erratum=erratum, defaults=answer)
        if not is_first:
            raise ReleaseRefused(DECIDED_BY_SAME if decision.user_id == by.user_id else DECIDED)
        audit.record(
            by=by,
            action="erratum.publish" if approve else "erratum.refuse",
            subject=erratum.release_id,
            erratum=erratum.pk,
        )
        if approve:
            jobs.defer("charts.paint")


def member(by: Actor) -> int:
    """The member of staff who acts. Raises `ReleaseRefused` for a command."""
    if by.user_id is None:
        raise refuse("Det gør en medarbejder.", "A member of staff does this.")
    return by.user_id


def put_up_sign(*, by: Actor, release_id: str) -> None:
    """Put the sign up. Raises `ReleaseRefused` for what is not published, and where it is up already."""
    with raised_as(ReleaseRefused), transaction.atomic():
        ReviewSign.objects.create(release_id=release_id, user_id=member(by))
        audit.record(by=by, action="release.review", subject=release_id)
        jobs.defer("charts.paint")


def take_down_sign(*, by: Actor, release_id: str) -> None:
    """Take the sign down, whoever put it up. Nothing happens where there is none. Raises `ReleaseRefused` for want of the right."""
    with raised_as(ReleaseRefused), transaction.atomic():
        sign = ReviewSign.objects.filter(release_id=release_id, end=None).first()
        if sign is not None and ReviewSignEnd.objects.get_or_create(sign=sign, defaults={"user_id": member(by)})[1]:
            audit.record(by=by, action="release.review_end", subject=release_id)
            jobs.defer("charts.paint")
