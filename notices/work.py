"""What the server does for notices: it makes the sheets of texts that were published.

What goes wrong with one sheet stops no other: it is tried again later, the longer the oftener it failed, and the log says where.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import structlog
from django.db.models import Exists, OuterRef

from core.failures import is_outage, where_it_broke
from notices import reading
from notices.models import NoticePublication, NoticeSheet
from notices.pdf.sheets import pdf
from partners.jobs import attempts

Tell = Callable[[str], Any]
FAILURE = "notice.sheet_failure"
NOT_MADE = "notice sheet not made"
log = structlog.get_logger("henvis.notices")


def work(tell: Tell = lambda _: None, *, at_once: bool = False) -> None:
    """Make each sheet that readers miss. `at_once`: also those that failed a moment ago."""
    for publication in missing_sheets():
        if at_once or is_due(publication):
            attempt(publication, tell)


def make_what_waits() -> None:
    """The task `notices.work`."""
    work(log.info)


def missing_sheets() -> list[NoticePublication]:
    """The publications that readers may ask a sheet of, and that have none: the latest of each language, not withdrawn."""
    same = NoticePublication.objects.filter(notice=OuterRef("notice"), language=OuterRef("language"))
    rows = NoticePublication.objects.filter(sheet=None, notice__withdrawal=None)
    return [*rows.exclude(Exists(same.filter(number__gt=OuterRef("number")))).order_by("published_at", "pk")]


def is_due(publication: NoticePublication) -> bool:
    """Whether a sheet is to be tried now."""
    subject, language = str(publication.notice_id), publication.language
    return attempts.is_due(attempts.failures(FAILURE, subject, publication.published_at, language=language))


def attempt(publication: NoticePublication, tell: Tell) -> None:
    """Make a sheet; or say that it could not be, to staff and in the log."""
    try:
        make(publication)
    except Exception as error:
        if is_outage(error):
            raise
        log.error(NOT_MADE, notice=publication.notice_id, language=publication.language, **where_it_broke(error))
        attempts.note_failure(FAILURE, str(publication.notice_id), error, language=publication.language)
    else:
        tell(f"notice {publication.notice_id}, {publication.language}")


def make(publication: NoticePublication) -> None:
    """Make the sheet of a publication, unless a later text of its language became public meanwhile."""
    notice = reading.get_any(publication.notice_id)
    text = notice.texts[publication.language]
    if text.id != publication.pk:
        return
    content = pdf(notice, text)
    sheet = NoticeSheet(of=publication, pdf=content, digest=hashlib.sha256(content).hexdigest())
    # Of two who make it at once the first counts: they are the same.
    NoticeSheet.objects.bulk_create([sheet], ignore_conflicts=True)
