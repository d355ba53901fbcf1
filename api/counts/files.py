"""Files of counts: the template of a form and period, sending a file, and the same file with what is wrong in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.batches.answers import refusals
from api.batches.parameters import DRY_RUN, PREFER_LATEST, read_delivery
from api.batches.uploads import MULTIPART, ODS, XLSX, upload_of
from api.counts.answers import OF_FILE, unknown_form, warning_bodies
from api.counts.bodies import CountPeriodId, CountWarningBody, FormId
from api.counts.views import period_of
from api.http import parameters
from api.http.authentication import principal
from api.http.bodies import BINARY, Body, about, one_of, schema
from api.http.negotiation import AnyNegotiation, CsvOnly, language_of
from api.http.problems import ProblemError, ProblemFinding
from api.http.public import PublicView
from api.openapi.headers import CACHE_CONTROL, ETAG_FILE
from api.openapi.parts import LANG, Answer, Example, Parameter, RequestBody, endpoint
from api.reference.members import Version
from api.reference.templates import HEADERS, WORKBOOK, file_answer, lasting_file, read_language
from cases.errors import NotFound
from cases.intake.batches.results import MOST_CODES, place_of
from cases.intake.countfiles import books
from cases.intake.countfiles.columns import labels_of
from cases.intake.countfiles.deliveries import FileResult, PeriodOutcome, PeriodResult, deliver
from cases.intake.countfiles.reading import CountFile, read_source
from cases.intake.readers.files import open_file
from cases.intake.readers.formats import MEDIA_TYPES
from cases.months import today
from cases.services.forms import FORMS, OUTREACH
from cases.services.periods import CountPeriod
from cases.services.shapes import CountForm
from partners.kinds import Scope

OutcomeOfPeriod = Annotated[str, one_of(PeriodOutcome), about("What became of the period or, in a dry run, would.")]


class CountFileInput(Body):
    """A file as a part of a form."""

    file: Annotated[str, schema(format_="binary"), about("XLSX, ODS or CSV.")]


class CountFilePeriodBody(Body):
    """A period of a file."""

    period: CountPeriodId
    outcome: OutcomeOfPeriod
    version: Version
    lines: Annotated[int, schema(format_="int32"), about("How many lines it has in all tables.")]
    warnings: Annotated[
        list[CountWarningBody], about("What is asked of it. The pointer is into the report of the period.")
    ]


class CountFileBody(Body):
    """What became of a file: all of its periods in order."""

    dry_run: bool
    periods: list[CountFilePeriodBody]


def file_body(periods: Sequence[PeriodResult], language: str, *, dry_run: bool) -> CountFileBody:
    return CountFileBody(dry_run, [period_body(each, language) for each in periods])


def period_body(result: PeriodResult, language: str) -> CountFilePeriodBody:
    warnings = warning_bodies(result.warnings, language, OF_FILE)
    return CountFilePeriodBody(result.period.id, str(result.outcome), result.version, result.lines, warnings)


def problem_of(result: FileResult) -> ProblemError:
    """What is wrong with a file: each fault at its cell."""
    findings = [
        ProblemFinding(
            ("cell", place_of(each.column, each.line)),
            each.code,
            each.detail,
            each.allowed[:MOST_CODES],
            each.replaced_by,
        )
        for each in result.faults
    ]
    return ProblemError("validation_failed", findings, total=result.total)


def csv_example() -> str:
    """The heads of a form and a line, by name and code."""
    heads = [*labels_of(OUTREACH.id)]
    cells = {
        "period": "2025-03",
        "table": "visits",
        "region": "DK01",
        "setting": "STREET",
        "activity": "VISIT",
        "visits": "12",
    }
    return "\n".join(",".join(line) for line in (heads, [cells.get(name, "") for name in heads])) + "\n"


def example_file() -> CountFileBody:
    """A month that is reported."""
    return CountFileBody(False, [CountFilePeriodBody("2025-03", str(PeriodOutcome.CREATED), 1, 14, [])])


FILE = Example("CountFile", "A month is reported", example_file)
FILE_PARTS = Example("CountFileParts", "A file", lambda: CountFileInput("period,table,region"))
FILE_CSV = Example("CountFileCsv", "One line", csv_example)


SEND = (
    "A form as a file: XLSX, ODS or CSV, as a part `file` or as the body itself, at most 1 MiB and 5,000 rows. A row is a line of "
    "a table, by code or by label, in Danish or English; one with the period and the table alone says that there was nothing. A "
    "table without a row is not known. A file may have several periods, and says all of each. All of it is stored or nothing, so "
    "that the same file again changes nothing. A period that is reported with other numbers needs its version in `version`, or "
    "`prefer=latest`. What is wrong is told by cell; what is unlike your earlier reports is stored, and stands in `warnings`."
)
MARK = (
    "The same file, answered with its rows and what is wrong with each in the first column, to be corrected and sent. Nothing is "
    "stored. 404 where nothing is wrong."
)
TEMPLATE = (
    "The columns of a form, with the period in each row. The workbook has the lists that its cells may have, and a guide. Needs no "
    "token."
)
TAKEN = (MULTIPART, XLSX, CsvOnly.media_type, ODS)
SENT = {
    MULTIPART: RequestBody(CountFileInput, [FILE_PARTS]),
    CsvOnly.media_type: RequestBody(str, [FILE_CSV]),
    XLSX: RequestBody(BINARY, [WORKBOOK]),
    ODS: RequestBody(BINARY, [WORKBOOK]),
}
REFUSALS = (
    "validation_failed",
    "file_unreadable",
    "length_required",
    "identifier_in_file",
    "agreement_missing",
    "not_found",
)
FORM = Parameter("form_id", "The form.", FormId, place="path", example="OUTREACH")
KIND = Parameter(
    "kind", "The form of the file.", {"type": "string", "enum": [*books.KINDS]}, place="path", key="count-file-kind"
)
PERIOD = Parameter(
    "period", "A period of the form.", CountPeriodId, place="path", key="count-period", example="2025-03"
)
FILES: dict[str, Any] = {XLSX: (BINARY, WORKBOOK), CsvOnly.media_type: (str, FILE_CSV)}


class CountTemplate(PublicView):
    """What is filled in, for everybody."""

    content_negotiation_class = AnyNegotiation

    @endpoint(
        "readCountTemplate",
        "Fetch the template of a form of counts",
        TEMPLATE,
        Answer(200, "The file.", headers=(ETAG_FILE, *HEADERS), also=FILES),
        Answer(304, "You have it.", headers=(ETAG_FILE, CACHE_CONTROL), key="Unchanged.file"),
        parameters=[FORM, PERIOD, KIND, LANG],
        problems=("not_found",),
    )
    def get(self, request: Request, form_id: str, period: str, kind: str) -> HttpResponse:
        """The file, in the language that is asked for."""
        language = read_language(request, parameters.read(request, ("lang",)))
        shape = shape_of(form_id, kind)
        content = template(form_id, period_of(shape, period), kind, language, today())
        return lasting_file(request, content, MEDIA_TYPES[kind], f"{form_id}_{period}_{language}.{kind}", language)


class CountFileList(APIView):
    """A file of a form."""

    scopes = {"POST": Scope.REFERRALS_WRITE}
    media_types = TAKEN

    @endpoint(
        "sendCountFile",
        "Send or check a file of counts",
        SEND,
        Answer(200, "Every period of the file.", CountFileBody, [FILE]),
        parameters=[FORM, DRY_RUN, PREFER_LATEST],
        request=SENT,
        problems=REFUSALS,
    )
    def post(self, request: Request, form_id: str) -> Response:
        """Store all that it says, or say what would become of it."""
        dry_run, latest = read_delivery(request)
        _, result = deliver_file(request._request, request, shape_of(form_id), stores=not dry_run, latest=latest)
        if result.faults:
            raise problem_of(result)
        return Response(file_body(result.periods, language_of(request), dry_run=dry_run))


class CountFileErrors(APIView):
    """A file with what is wrong in it."""

    scopes = {"POST": Scope.REFERRALS_WRITE}
    media_types = TAKEN
    content_negotiation_class = AnyNegotiation

    @endpoint(
        "markCountFile",
        "Have a file of counts marked with what is wrong in it",
        MARK,
        Answer(200, "The file.", headers=HEADERS, also=FILES),
        parameters=[FORM, KIND, PREFER_LATEST],
        request=SENT,
        problems=REFUSALS,
    )
    def post(self, request: Request, form_id: str, kind: str) -> HttpResponse:
        """The sender's rows, each with its faults in front."""
        texts = parameters.read(request, (PREFER_LATEST.name,))
        shape, language = shape_of(form_id, kind), language_of(request)
        file, result = deliver_file(request._request, request, shape, stores=False, latest=bool(texts))
        if not result.faults:
            raise NotFound
        book = books.marked_book(shape, file, result.faults, language, today())
        return file_answer(book.write(kind), MEDIA_TYPES[kind], f"{form_id}_{language}.{kind}", language)


def deliver_file(
    raw: HttpRequest, request: Request, form: CountForm, *, stores: bool, latest: bool
) -> tuple[CountFile, FileResult]:
    """The file of a request, and what became of it. Raises `ProblemError`."""
    with refusals(), upload_of(raw, settings.DATA_UPLOAD_MAX_MEMORY_SIZE) as upload:
        file = read_source(form, open_file(upload.path, media_type=upload.media_type, name=upload.name))
        return file, deliver(by=principal(request), form=form, file=file, stores=stores, latest=latest)


@lru_cache(maxsize=32)
def template(form_id: str, period: CountPeriod, kind: str, language: str, day: date) -> bytes:
    """The template of a form and period. Raises `NotFound` for a period that begins after next year: nobody fills it in yet."""
    if period.first.year > day.year + 1:
        raise NotFound
    return books.template(FORMS[form_id], period, language, day).write(kind)


def shape_of(form_id: str, kind: str = books.XLSX) -> CountForm:
    """The form of an address. Raises `ProblemError`, `NotFound`."""
    if form_id not in FORMS:
        raise unknown_form()
    if kind not in books.KINDS:
        raise NotFound
    return FORMS[form_id]
