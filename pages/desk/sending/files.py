"""Files of the desk: the file of a form on its way in, what is downloaded, and cards with case tokens to print.

There is one card for each case. It does not say what it is about, for whoever finds it. Its page has a frame of its own: the head
of a printed page has its title, which must be neutral too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases import tokens
from cases.errors import NotFound, RestrictionHolds
from cases.intake.batches import reports, results
from cases.intake.batches.results import Result
from cases.intake.models import Batch, Outcome
from cases.intake.readers.formats import CSV, MEDIA_TYPES, XLSX
from cases.intake.readers.spool import FileToSpool
from cases.intake.templates import files
from cases.intake.templates.columns import fresh_references
from cases.months import this_month, today
from pages.desk.frame import Visit, desk_page, refuse
from pages.desk.sending.deliveries import batch_of, has_results, index_after, record_rows
from pages.desk.sending.delivery_words import CARD_WORDS, FILE_LOCKED, FILE_NAMES, OUTCOME_WORDS, REFERENCE_HEAD
from partners.kinds import Mode
from partners.roles import Right
from sandbox.rehearsal import rehearsal

# The last field of the form: without it the form did not arrive whole, and neither did the file before it.
END = "end"


@contextmanager
def file_of_form(request: HttpRequest) -> Iterator[FileToSpool]:
    """The file of a form, which goes into the spool once the form is read. Whatever happens, it does not stay there."""
    upload = FileToSpool()
    request.upload_handlers = [upload]
    try:
        yield upload
    finally:
        upload.discard()


STORED = (Outcome.CREATED, Outcome.CORRECTED, Outcome.UNCHANGED)
TEMPLATES: Mapping[str, Callable[[str], bytes]] = {
    XLSX: lambda of: files.empty_workbook(of, today(), fresh_references()),
    CSV: files.empty_csv,
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
    return attachment(files.filled_workbook(visit.language, today(), rows), XLSX, f"rehearsal_{visit.language}")


@require_safe
@desk_page(Right.SUBMIT)
def errors(visit: Visit, batch_id: UUID, form: str) -> HttpResponse:
    """The sender's file with its wrong cells marked. It has rows that were sent, so that fetching it is a read."""
    batch = batch_with_results(visit, batch_id)
    try:
        with transaction.atomic():
            content = reports.errors_file(batch, form)
            record_rows(visit, "deliveries/{batch_id}/errors", batch.total or 0)
    except NotFound:
        raise Http404 from None
    except RestrictionHolds:
        return refuse(visit, FILE_LOCKED, status=423)
    return attachment(content, form, FILE_NAMES["errors"](visit.language))


@require_safe
@desk_page(Right.SUBMIT)
def references(visit: Visit, batch_id: UUID) -> HttpResponseBase:
    """The references of what is stored with their case tokens, to keep."""
    batch = batch_with_results(visit, batch_id)
    if not batch.stored:
        raise Http404
    with transaction.atomic():
        record_rows(visit, "deliveries/{batch_id}/references", sum(getattr(batch, each) for each in STORED))
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
    yield files.csv_bytes(of, [[each(of) for each in REFERENCE_HEAD]])
    mark = files.MARKS[of].encode()
    for row in results.stream(batch, outcomes=STORED):
        yield files.csv_bytes(of, [line_of(row, of)]).removeprefix(mark)


def line_of(row: Result, of: str) -> list[str]:
    token = tokens.in_groups(row.case_token) if row.case_token else ""
    return [str(row.line), str(row.reference), token, OUTCOME_WORDS[row.outcome](of), str(row.version)]


def attachment(content: bytes, form: str, name: str) -> HttpResponse:
    """A file to be saved, which no cache keeps."""
    return HttpResponse(content, content_type=MEDIA_TYPES[form], headers=saved_as(f"{name}.{form}"))


def saved_as(name: str) -> dict[str, str]:
    """The headers of a file to be saved."""
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}


ON_A_PAGE = 200


@require_safe
@desk_page(Right.SUBMIT)
def cards(visit: Visit, batch_id: UUID) -> HttpResponse:
    """A page of cards. That the tokens were shown is written down before they are."""
    batch = batch_with_results(visit, batch_id)
    if not batch.stored:
        raise Http404
    begin = index_after(visit)
    with transaction.atomic():
        rows = results.page(batch, outcomes=STORED, after=begin, limit=ON_A_PAGE)
        record_rows(visit, "deliveries/{batch_id}/cards", len(rows))
    context = {
        "visit": visit,
        "words": CARD_WORDS,
        "has_lines": True,
        "cards": list(cards_of(batch, rows, begin)),
        "after": rows[-1].index if len(rows) == ON_A_PAGE else None,
        "back": visit.address("delivery", batch_id=batch.pk),
    }
    return render(visit.request, "desk/sending/cards.html", context)


def cards_of(batch: Batch, rows: list[results.Result], begin: int) -> Iterator[tuple[int, str]]:
    """Of each case the line of its first row, and its token as people read it. A case that an earlier page had has no card here."""
    earlier = results.tokens_until(batch, begin, {row.case_token for row in rows if row.case_token})
    lines: dict[str, int] = {}
    for row in rows:
        if row.case_token and row.case_token not in earlier:
            lines.setdefault(row.case_token, row.line)
    return ((line, tokens.in_groups(token)) for token, line in lines.items())
