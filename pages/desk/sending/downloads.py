"""What is downloaded: templates, files for a rehearsal, the sender's file with its errors, and the list of references."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from cases import tokens
from cases.errors import NotFound
from cases.intake.batches import reports, results
from cases.intake.batches.results import Result
from cases.intake.models import Batch, Outcome
from cases.intake.readers.formats import CSV, MEDIA_TYPES, XLSX
from cases.intake.templates import making
from cases.intake.templates.rows import fresh_references
from cases.months import this_month, today
from pages.desk.frame import Visit, desk_page
from pages.desk.sending.own import batch_of, has_results, note_rows
from pages.desk.sending.page_words import FILE_NAMES, OUTCOME_WORDS, REFERENCE_HEAD
from partners.kinds import Mode
from partners.roles import Right
from sandbox.rehearsal import rehearsal

STORED = (Outcome.CREATED, Outcome.CORRECTED, Outcome.UNCHANGED)
TEMPLATES: Mapping[str, Callable[[str], bytes]] = {
    XLSX: lambda of: making.empty_workbook(of, today(), fresh_references()),
    CSV: making.empty_csv,
}
# How many of the forty rows are wrong, as the address says it.
REHEARSALS = {"two-errors": True, "no-errors": False}


@require_safe
@desk_page(Right.SUBMIT)
def template(visit: Visit, form: str) -> HttpResponse:
    """The empty template in the language of the page. Each workbook has references of its own."""
    if form not in TEMPLATES:
        raise Http404
    return attachment(TEMPLATES[form](visit.language), form, f"referrals_{visit.language}")


@require_safe
@desk_page(Right.SUBMIT)
def rehearsal_file(visit: Visit, which: str) -> HttpResponse:
    """Forty invented rows, in test mode alone."""
    if visit.mode != Mode.TEST or which not in REHEARSALS:
        raise Http404
    rows = rehearsal(visit.by.partner_id, visit.by.kind, this_month(), wrong=REHEARSALS[which])
    return attachment(making.filled_workbook(visit.language, today(), rows), XLSX, f"rehearsal_{visit.language}")


@require_safe
@desk_page(Right.SUBMIT)
def errors(visit: Visit, batch_id: UUID, form: str) -> HttpResponse:
    """The sender's file with its wrong cells marked. It has rows that were sent, so that fetching it is a read."""
    batch = batch_with_results(visit, batch_id)
    try:
        with transaction.atomic():
            content = reports.errors_file(batch, form)
            note_rows(visit, "deliveries/{batch_id}/errors", batch.total or 0)
    except NotFound:
        raise Http404 from None
    return attachment(content, form, FILE_NAMES["errors"](visit.language))


@require_safe
@desk_page(Right.SUBMIT)
def references(visit: Visit, batch_id: UUID) -> HttpResponseBase:
    """The references of what is stored with their case tokens, to keep."""
    batch = batch_with_results(visit, batch_id)
    if not batch.stored:
        raise Http404
    with transaction.atomic():
        note_rows(visit, "deliveries/{batch_id}/references", sum(getattr(batch, each) for each in STORED))
    content = lines_of(batch, visit.language)
    return StreamingHttpResponse(
        content,
        content_type=f"{MEDIA_TYPES[CSV]}; charset=utf-8",
        headers=saved_as(f"{FILE_NAMES['references'](visit.language)}.{CSV}"),
    )


def batch_with_results(visit: Visit, batch_id: UUID) -> Batch:
    """A delivery whose rows are there. Raises `Http404`."""
    batch = batch_of(visit, batch_id)
    if not has_results(batch):
        raise Http404
    return batch


def lines_of(batch: Batch, of: str) -> Iterator[bytes]:
    """The list as CSV, as a spreadsheet in this language reads it."""
    yield making.csv_bytes(of, [[each(of) for each in REFERENCE_HEAD]])
    mark = making.MARKS[of].encode()
    for row in results.stream(batch, outcomes=STORED):
        yield making.csv_bytes(of, [line_of(row, of)]).removeprefix(mark)


def line_of(row: Result, of: str) -> list[str]:
    token = tokens.in_groups(row.case_token) if row.case_token else ""
    return [str(row.line), str(row.reference), token, OUTCOME_WORDS[row.outcome](of), str(row.version)]


def attachment(content: bytes, form: str, name: str) -> HttpResponse:
    """A file to be saved, which no cache keeps."""
    return HttpResponse(content, content_type=MEDIA_TYPES[form], headers=saved_as(f"{name}.{form}"))


def saved_as(name: str) -> dict[str, str]:
    """The headers of a file to be saved."""
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
