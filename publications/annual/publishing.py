"""Publishing a report, which the database decides, after the whole was read; and the attempts at rendering it that failed.

Who has read a report as it stands is in the audit: the texts that were the last then are the last now. Failed attempts are there
too, where staff and the worker find them.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from core.refusals import raised_as
from core.text import Text
from partners import audit, jobs
from partners.audit import Actor
from partners.jobs import attempts
from partners.models import AuditEvent
from publications.annual.document import Document, from_json
from publications.annual.drafts import is_stale, last_text, texts_of
from publications.annual.models import ReportDraft, ReportPublication, ReportText
from publications.annual.places import Texts, is_comment, with_texts
from publications.annual.refusals import REFUSALS, ReportRefused

PUBLISH = "SELECT henvis_publish_report(%s, %s::bigint, %s)"


def publish(*, by: Actor, draft_id: int, last_text: int | None) -> None:
    """Publish a draft with the texts up to the last one that the person has read. Raises `ReportRefused` with the reason."""
    with raised_as(ReportRefused), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PUBLISH, [draft_id, last_text, by.user_id])
        jobs.defer("reports.work")


def is_open(draft: ReportDraft) -> bool:
    """Whether a draft can still be written in: it is not published, and the newest of its year."""
    later = ReportDraft.objects.filter(year=draft.year, pk__gt=draft.pk).exists()
    return not later and not ReportPublication.objects.filter(pk=draft.pk).exists()


def missing_places(draft: ReportDraft, texts: Texts) -> list[str]:
    """The places that are not finished: nobody has saved them."""
    return [place for place in draft.places if not is_comment(place) and place not in texts]


def obstacles(draft: ReportDraft, by: Actor) -> list[Text]:
    """What keeps somebody from publishing a draft, as far as can be said before. The database decides."""
    texts = ReportText.objects.filter(draft=draft).order_by("id")
    authors = {row.place: row.user_id for row in texts}
    codes = {
        "REPORT_NOT_OPEN": not is_open(draft),
        "REPORT_STALE": is_stale(draft),
        "REPORT_INCOMPLETE": bool(missing_places(draft, texts_of(draft))),
        "REPORT_BY_AUTHOR": by.user_id in {draft.user_id, *authors.values()},
    }
    return [REFUSALS[code] for code, holds in codes.items() if holds]


def document_of(draft: ReportDraft, language: str, texts: Texts) -> Document:
    """A draft in a language with what was written in it."""
    return with_texts(from_json(draft.documents[language]), texts)


READ_ACTION = "report.read"


def note_reading(*, by: Actor, draft: ReportDraft, last: int | None) -> None:
    """Write down that somebody was shown the whole draft, with the texts up to this one."""
    audit.record(by=by, action=READ_ACTION, subject=str(draft.year), draft=draft.pk, last_text=last)


def has_read(by: Actor, draft: ReportDraft) -> bool:
    """Whether somebody was shown the whole draft with every text that is in it."""
    events = AuditEvent.objects.filter(action=READ_ACTION, subject=str(draft.year), user_id=by.user_id or 0)
    return events.filter(detail__contains={"draft": draft.pk, "last_text": last_text(draft)}).exists()


FAILURE = "report.render_failure"


def subject_of(publication: ReportPublication) -> str:
    """What the audit calls a report: as where it is published."""
    return f"{publication.year}.{publication.version}"


def failures(publication: ReportPublication) -> list[datetime]:
    """When it failed, the first time first."""
    return attempts.failures(FAILURE, subject_of(publication), since=publication.published_at)


def is_due(publication: ReportPublication) -> bool:
    """Whether a report is to be tried now."""
    return attempts.is_due(failures(publication))


def note_failure(publication: ReportPublication, error: Exception) -> None:
    """Write down that a report could not be rendered, and where it broke."""
    attempts.note_failure(FAILURE, subject_of(publication), error)
