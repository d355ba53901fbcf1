"""What staff do about crises and notices. The database looks who may, what counts and whether a second person has read it."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import User
from django.db import transaction

from core.refusals import raised_as
from notices.errors import NoticeRefused
from notices.models import (
    Crisis,
    CrisisEnd,
    Notice,
    NoticePublication,
    NoticeReview,
    NoticeText,
    NoticeWithdrawal,
)
from notices.texts import latest_text
from partners import audit, jobs
from partners.audit import Actor


def end_crisis(*, by: User, crisis: Crisis, ended_on: date) -> None:
    """Say until which day a crisis lasted. Raises `NoticeRefused` for a day before its first one."""
    with transaction.atomic():
        with raised_as(NoticeRefused):
            CrisisEnd.objects.create(of=crisis, ended_on=ended_on, user=by)
        audit.record(by=Actor.of(by), action="crisis.end", subject=crisis.subject, day=ended_on.isoformat())


def write_text(
    *, by: User, notice: Notice, language: str, title: str, text: str, sms: str, is_finished: bool
) -> NoticeText:
    """Write the text of a language anew. A translation is of the text that counts now in the first language.

    Raises `NoticeRefused` where the notice is withdrawn, and where there is nothing to translate yet.
    """
    with transaction.atomic():
        source = None if language == notice.language else latest_text(notice, notice.language)
        with raised_as(NoticeRefused):
            text_written = NoticeText.objects.create(
                notice=notice,
                language=language,
                title=title,
                text=text,
                sms=sms,
                is_finished=is_finished,
                source=source,
                user=by,
            )
        audit.record(by=Actor.of(by), action="notice.write", subject=notice.subject, language=language)
    return text_written


def review(*, by: User, text: NoticeText, by_speaker: bool = False) -> None:
    """Say that a text is right. `by_speaker`: as one who speaks its language, which readers are told.

    Raises `NoticeRefused` for its author, for a draft, and for a text that does not count any more.
    """
    with transaction.atomic():
        with raised_as(NoticeRefused):
            NoticeReview.objects.create(of=text, user=by, by_speaker=by_speaker)
        audit.record(by=Actor.of(by), action="notice.review", subject=str(text.notice_id), language=text.language)


def publish(*, by: User, text: NoticeText) -> None:
    """Make a reviewed text public. Raises `NoticeRefused` where it is not reviewed, and where it does not count any more."""
    with transaction.atomic():
        with raised_as(NoticeRefused):
            # The number is the database's, which knows how many there are.
            NoticePublication.objects.create(
                of=text, notice_id=text.notice_id, language=text.language, number=1, user=by
            )
        audit.record(by=Actor.of(by), action="notice.publish", subject=str(text.notice_id), language=text.language)
        jobs.defer("notices.work")


def withdraw(*, by: User, notice: Notice, replacement: Notice | None) -> None:
    """Say that a notice no longer holds, and which one does. Raises `NoticeRefused` where readers do not get either of them."""
    with transaction.atomic():
        with raised_as(NoticeRefused):
            NoticeWithdrawal.objects.create(of=notice, replacement=replacement, user=by)
        detail = {"other_notice": replacement.subject} if replacement else {}
        audit.record(by=Actor.of(by), action="notice.withdraw", subject=notice.subject, **detail)
