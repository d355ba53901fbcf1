"""What the server makes for staff: the drafts that were ordered, and what the readers of a published report get.

A command or the worker does it, with the owner's role. What goes wrong with one order or one report stops no other: staff see it,
and the log says where. Where the database is away or too busy, the job ends and is begun again later. A row that the database
refuses would be refused for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import structlog
from django.db import transaction

from core.failures import BROKE, is_outage, where_it_broke
from core.text import Text, both
from partners.audit import Actor
from publications.annual import publishing
from publications.annual.document import Document, as_json, data_of, digest_of
from publications.annual.drafting import make_draft
from publications.annual.labels import with_data
from publications.annual.models import DONE, FAILED, OPEN, ReportEdition, ReportOrder, ReportPublication, ReportText
from publications.annual.pdf.compile import pdf
from publications.annual.places import Texts
from publications.annual.publishing import document_of
from publications.annual.refusals import ReportRefused
from stats.revisions.citation import day


def published_texts(publication: ReportPublication) -> Texts:
    rows = ReportText.objects.filter(draft_id=publication.pk, pk__lte=publication.last_text_id).order_by("id")
    return {row.place: Text(row.text_da, row.text_en) for row in rows}


def final_document(publication: ReportPublication, language: str) -> Document:
    """A published report in a language, with its version, its day, and the digest of its data."""
    draft = document_of(publication.draft, language, published_texts(publication))
    document = replace(draft, version=publication.version, published_on=day(publication.published_at))
    return with_data(document, digest_of(data_of(document)))


def unrendered_reports() -> list[ReportPublication]:
    """The published reports of which readers have not got anything yet."""
    return [*ReportPublication.objects.filter(reportedition=None).select_related("draft").order_by("published_at")]


def render(publication: ReportPublication) -> None:
    """Make the editions of a report, all of them or none. Of two who make them at once the first counts: they are the same."""
    ReportEdition.objects.bulk_create(editions_of(publication), ignore_conflicts=True)


def editions_of(publication: ReportPublication) -> Iterable[ReportEdition]:
    """The document and the PDF of a report in each language."""
    for language in Text._fields:
        document = final_document(publication, language)
        content, data = pdf(document), data_of(document)
        yield ReportEdition(
            publication=publication,
            language=language,
            document=as_json(document),
            data=data.decode(),
            data_digest=digest_of(data),
            pdf=content,
            pdf_digest=digest_of(content),
        )


Tell = Callable[[str], Any]
log = structlog.get_logger("henvis.report")
NOT_MADE, NOT_RENDERED = "report not drafted", "report not rendered"


def work(tell: Tell = lambda _: None, *, at_once: bool = False) -> None:
    """Make the drafts that were ordered, the oldest first, and render what was published. At once nothing where nothing waits.

    What could not be rendered is tried again later, the longer the oftener it failed; `at_once`: now.
    """
    while carry_out_next(tell):
        pass
    for publication in unrendered_reports():
        if at_once or publishing.is_due(publication):
            attempt(publication, tell)


def make_what_waits() -> None:
    """The task `reports.work`."""
    work(log.info)


def carry_out_next(tell: Tell) -> bool:
    """Make the draft of the oldest open order that no other worker has; whether there was one. The two are one transaction."""
    with transaction.atomic():
        orders = ReportOrder.objects.select_for_update(skip_locked=True).filter(state=OPEN)
        order = orders.order_by("ordered_at", "pk").first()
        if order is None:
            return False
        tell(f"order {order.pk}: {order.year}")
        ReportOrder.objects.filter(pk=order.pk).update(**outcome_of(order))
    return True


def outcome_of(order: ReportOrder) -> dict[str, str]:
    """The columns of an order that was carried out. A refusal becomes its message."""
    by, correction = Actor(user_id=order.user_id), Text(order.correction_da, order.correction_en)
    try:
        make_draft(by=by, year=order.year, correction=correction)
    except ReportRefused as refusal:
        return {"state": FAILED, "message": both(refusal)}
    except Exception as error:
        if is_outage(error):
            raise
        log.error(NOT_MADE, order=order.pk, **where_it_broke(error))
        return {"state": FAILED, "message": "\n".join(BROKE)}
    return {"state": DONE, "message": ""}


def attempt(publication: ReportPublication, tell: Tell) -> None:
    """Render a report; or say that it could not be, to staff and in the log."""
    about = {"year": publication.year, "version": publication.version}
    try:
        render(publication)
    except Exception as error:
        if is_outage(error):
            raise
        log.error(NOT_RENDERED, **about, **where_it_broke(error))
        publishing.note_failure(publication, error)
    else:
        tell(f"report {publication.year}, version {publication.version}")
