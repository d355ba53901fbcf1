"""Publishing a report, which the database decides; and making what its readers get, which a command on the server does."""

from __future__ import annotations

from django.db import connection, transaction

from core.refusals import raised_as
from core.text import Text
from partners import jobs
from partners.audit import Actor
from publications.annual.document import Document
from publications.annual.drafts import is_stale
from publications.annual.errors import ReportRefused
from publications.annual.models import ReportDraft, ReportPublication, ReportText
from publications.annual.places import Texts, is_comment, with_texts
from publications.annual.refusals import REFUSALS
from publications.annual.stored import from_json
from publications.annual.texts import texts_of

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
