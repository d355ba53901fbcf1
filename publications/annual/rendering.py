"""Making what the readers of a published report get: an act of a command on the server, with the owner's role."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from core.text import Text
from publications.annual.colophon import with_data
from publications.annual.document import Document
from publications.annual.models import ReportEdition, ReportPublication, ReportText
from publications.annual.pdf.compile import pdf
from publications.annual.places import Texts
from publications.annual.publishing import document_of
from publications.annual.stored import as_json, data_of, digest_of
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
