"""A file of counts on the desk: the sheet to fill in, what a file says before anything is stored, and storing it.

Nothing of a file is kept between the two steps. The page carries what it shows, as the page of a form carries what was filled in,
with the version that each period had. So the second step stores what was seen, once, or says that it has changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.codelists.common import label_of
from cases.errors import AgreementMissing, RulesBroken, Stale
from cases.intake.batches.results import MOST_CODES, place_of
from cases.intake.countfiles import books, deliveries, reading
from cases.intake.countfiles.columns import dimensions_of
from cases.intake.countfiles.deliveries import FileResult, PeriodOutcome, PeriodResult
from cases.intake.countfiles.reading import CellFault, CountFile
from cases.intake.findings import FileRefused
from cases.intake.readers.files import open_file
from cases.intake.readers.spool import FileToSpool
from cases.months import today
from cases.services import submit
from cases.services.content import ContentRefused, sum_of
from cases.services.forms import FORMS
from cases.services.shapes import CountForm
from core.text import Text
from pages.desk import reads
from pages.desk.counts import file_fields
from pages.desk.counts.lists import recent_periods
from pages.desk.counts.page import CountPage, write_down_report
from pages.desk.counts.words import CHANGED, FILE_WORDS, KIND_WORDS, NO_FILE, NOT_OURS, OUTCOMES, STORED
from pages.desk.frame import Visit, desk_page, go, refuse, show
from pages.desk.sending.delivery_words import DELIVERY_WORDS
from pages.desk.sending.files import END, attachment, file_of_form
from pages.desk.sending.refusals import refusal_words
from pages.desk.sending.rows import FindingLine, RowLine, finding_line
from partners.roles import Right


class SeenTable(NamedTuple):
    """A table of a period as the page shows it: its name, how many lines it has, and each number in all."""

    label: Text
    lines: Text | int
    sums: Sequence[tuple[Text, Text | int]]


class SeenPeriod(NamedTuple):
    """A period of a file as the page shows it, with what is asked of it."""

    words: str
    outcome: Text
    tables: Sequence[SeenTable]
    questions: Sequence[Text]


@require_safe
@desk_page(Right.READ)
def sheet(visit: Visit, form: str, period: str, kind: str) -> HttpResponse:
    """The sheet of a form and period: what is reported, which is a read, or an empty one."""
    page = CountPage.of(visit, form, period)
    if kind not in books.KINDS:
        raise Http404
    where, how = (page.form, page.period), (visit.language, today())
    with transaction.atomic():
        report = submit.current_report(visit.by, *where)
        if report is not None:
            reads.write_down(visit, "count.sheet", 1)
    book = (
        books.reported_book(*where, report.present_content, report.version, *how)
        if report
        else books.template(*where, *how)
    )
    return attachment(book.write(kind), kind, f"{form}_{period}_{visit.language}")


@csrf_exempt  # asked for by `take`, as for files of referrals
@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Right.SUBMIT)
def file(visit: Visit, form: str) -> HttpResponse:
    """The page; of a form with a file, what the file says."""
    shape = shape_of(form)
    if visit.request.method != "POST":
        return answer(visit, shape)
    with file_of_form(visit.request) as upload:
        return take(visit.request, visit, shape, upload)


@csrf_protect
def take(request: HttpRequest, visit: Visit, form: CountForm, upload: FileToSpool) -> HttpResponse:
    """Read a file, and show what it says or what is wrong with it."""
    if upload.path is None or END not in request.POST:
        return answer(visit, form, why=NO_FILE, status=400)
    try:
        source = open_file(upload.path, media_type=upload.media_type, name=upload.name)
        of_file = reading.read_source(form, source)
        result = deliveries.deliver(by=visit.by, form=form, file=of_file, stores=False, latest=True)
    except FileRefused as refusal:
        words = refusal_words(refusal)
        lines = [finding_line(each, line, {}, visit.language) for each, line in refusal.findings]
        return answer(visit, form, refusal=words, findings=lines)
    except AgreementMissing as error:
        return refuse(visit, refusal_words(error).both)
    if result.faults:
        return answer(visit, form, **fault_context(visit, form, of_file, result, source.format))
    return answer(visit, form, **period_context(visit, form, result))


def shape_of(form: str) -> CountForm:
    """The form of an address. Raises `Http404`."""
    if form not in FORMS:
        raise Http404
    return FORMS[form]


def answer(visit: Visit, form: CountForm, *, status: int = 200, **more: Any) -> HttpResponse:
    periods = [(each.words(visit.language), sheets(visit, form, each.id)) for each in recent_periods(form)]
    context = {
        "say": FILE_WORDS,
        "of_delivery": DELIVERY_WORDS,
        "form": form,
        "periods": periods,
        "here": visit.address("count_file", form=form.id),
        "back": visit.address("counts"),
        **more,
    }
    return show(visit, "desk/count_file.html", context, status=status)


def sheets(visit: Visit, form: CountForm, period: str) -> list[tuple[str, str]]:
    """The sheet of a period in each of its kinds: what it is called, and where it is."""
    return [
        (KIND_WORDS[kind], visit.address("count_sheet", form=form.id, period=period, kind=kind)) for kind in books.KINDS
    ]


def fault_context(visit: Visit, form: CountForm, file: CountFile, result: FileResult, kind: str) -> dict[str, Any]:
    """What is wrong, row by row, and the way to have it written into the file."""
    back = books.CSV if kind == books.CSV else books.XLSX
    return {
        "rows": [*rows_of(form, result.faults, visit.language)],
        "has_more": result.total > len(result.faults),
        "cells": file_fields.field_of_file(file),
        "marked": visit.address("marked_counts", form=form.id, kind=back),
    }


def rows_of(form: CountForm, faults: Sequence[CellFault], language: str) -> Iterator[RowLine]:
    for line, those in groupby(faults, key=lambda each: each.line or 0):
        yield RowLine(line, [fault_line(form, each, language) for each in those])


def fault_line(form: CountForm, fault: CellFault, language: str) -> FindingLine:
    """A fault with what is accepted, in the words of the lists."""
    labels = {
        code: label_of(each.codelist, code)(language)
        for each in dimensions_of(form.id).values()
        for code in each.codelist.names
        if code in fault.allowed
    } | {table.name: table.label(language) for table in form.tables}
    choices = [labels.get(each, each) for each in fault.allowed]
    where = place_of(fault.column, fault.line)
    return FindingLine(where, fault.detail(language), choices[:MOST_CODES], len(choices) > MOST_CODES)


def period_context(visit: Visit, form: CountForm, result: FileResult) -> dict[str, Any]:
    """What the file says, and the form that sends it."""
    periods = [seen_period(form, each, visit.language) for each in result.periods]
    return {
        "seen": periods,
        "asks": any(each.questions for each in periods),
        "content": file_fields.field_of_periods(form, result.periods),
        "store": visit.address("store_counts", form=form.id),
        "is_new": any(each.outcome != PeriodOutcome.UNCHANGED for each in result.periods),
    }


def seen_period(form: CountForm, result: PeriodResult, language: str) -> SeenPeriod:
    """A period in words. Of what is reported just so nothing is asked."""
    tables = [seen_table(form, name, result) for name in form.by_name]
    questions = [each.detail for each in result.warnings if result.outcome != PeriodOutcome.UNCHANGED]
    return SeenPeriod(result.period.words(language), OUTCOMES[result.outcome], tables, questions)


def seen_table(form: CountForm, name: str, result: PeriodResult) -> SeenTable:
    """A table with its numbers in all."""
    shape, lines = form.by_name[name], result.content.get(name)
    if not lines:
        return SeenTable(shape.label, FILE_WORDS["unknown" if lines is None else "nothing"], ())
    sums = ((each, sum_of(result.content, name, each.name)) for each in shape.measures)
    return SeenTable(
        shape.label, len(lines), [(each.label, FILE_WORDS["partly"] if sum_ is None else sum_) for each, sum_ in sums]
    )


@require_POST
@desk_page(Right.SUBMIT)
def store(visit: Visit, form: str) -> HttpResponse:
    """Store what was shown: every period of the file, or none. 409 where one of them has changed meanwhile."""
    shape = shape_of(form)
    try:
        periods_seen = file_fields.periods_in(shape, visit.request.POST.get("content", ""))
        with transaction.atomic():
            results = deliveries.store_seen(by=visit.by, form=shape, versions_seen=periods_seen)
            for each in results:
                if each.outcome != PeriodOutcome.UNCHANGED:
                    write_down_report(visit, shape, each.period, each.outcome == PeriodOutcome.CREATED)
    except Stale:
        return refuse(visit, CHANGED)
    except RulesBroken as error:
        return refuse(visit, error.violations[0].detail)
    except AgreementMissing as error:
        return refuse(visit, refusal_words(error).both)
    except (ContentRefused, ValueError):
        return refuse(visit, NOT_OURS, status=400)
    return go(visit, "counts", stored_words(shape, results))


def stored_words(form: CountForm, results: Sequence[PeriodResult]) -> Text:
    periods = {at: ", ".join(each.period.words(at) for each in results) for at in Text._fields}
    return Text(*(words.format(form=form.label(at), periods=periods[at]) for at, words in STORED._asdict().items()))


@require_POST
@desk_page(Right.SUBMIT)
def marked_file(visit: Visit, form: str, kind: str) -> HttpResponse:
    """The rows that the page carries, with what is wrong written in front of each. They are guarded and checked as a file is."""
    shape = shape_of(form)
    if kind not in books.KINDS:
        raise Http404
    try:
        of_file = reading.read_table(shape, file_fields.table_in(visit.request.POST.get("cells", "")))
        result = deliveries.deliver(by=visit.by, form=shape, file=of_file, stores=False, latest=True)
    except (FileRefused, AgreementMissing, ValueError):
        return refuse(visit, NOT_OURS, status=400)
    book = books.marked_book(shape, of_file, result.faults, visit.language, today())
    return attachment(book.write(kind), kind, f"{form}_{visit.language}")
