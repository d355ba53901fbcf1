"""What became of the rows of a delivery: page by page, as one file, and as the sender's own file with what is wrong in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from msgspec import UNSET
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.batches import answers, examples
from api.batches.bodies import ResultPageBody, RowFindingBody, RowResultBody
from api.batches.parameters import BATCH_ID, FORMAT, OUTCOME, OUTCOMES, RESULT_FORMS, page_of_results
from api.batches.uploads import XLSX
from api.http import files, parameters
from api.http.authentication import principal
from api.http.negotiation import CsvOnly, FormatOnly, FormNegotiation, JSONRenderer, NdjsonOnly, language_of
from api.http.problems import ProblemError
from api.openapi.headers import CONTENT_DISPOSITION, LINK
from api.openapi.parts import Answer, Example, endpoint
from api.records import rows as own_rows
from api.records.parameters import CURSOR, LIMIT
from api.records.reads import Read, RecordView
from api.records.rows import FileForm, json_line
from cases.intake.batches import arrival, reports, results, retention
from cases.intake.models import Batch
from partners.kinds import Scope

PAGING = ("limit", "cursor")
# A line of CSV is a finding, or a row without one.
OF_ROW = ("index", "line", "sheet", "reference", "case_token", "outcome", "version")
OF_FINDING = ("rule", "class_", "field", "column", "cell", "detail", "allowed", "suggestion", "codelist")
HEAD = [*OF_ROW, *(name.removesuffix("_") for name in OF_FINDING)]
OF_RESULTS = ("not_found", "batch_running", "results_deleted")
READ = (
    "Of each row its outcome, its version and every finding, in the order of the file. As a file (`application/x-ndjson`, or "
    "`text/csv` with a line for each finding) everything comes at once; it is whole where it has as many rows as `Henvis-Rows` "
    "says, and NDJSON ends with a line `end`."
)
FILE_ABOUT = (
    "Your own file with the cells marked that are wrong, and a column that says why: mend it and send it again. Above 10,000 "
    "rows, the rejected rows in a new template. In the language of the delivery. 404 also where nothing is wrong."
)


def own_batch(request: Request, batch_id: str) -> Batch:
    """A delivery whose results are there. Raises `NotFound`, and `ProblemError` while it is worked on and once they are deleted."""
    batch = arrival.get(by=principal(request), batch_id=parameters.id_of(batch_id))
    if retention.is_at_work(batch):
        raise ProblemError("batch_running", headers=answers.retry_after(batch))
    if timezone.now() > retention.kept_until(batch):
        raise ProblemError("results_deleted")
    return batch


def lines_of(bodies: Iterable[RowResultBody]) -> Iterator[list[object]]:
    for body in bodies:
        row = [getattr(body, name) for name in OF_ROW]
        findings: list[RowFindingBody | None] = [*body.findings] or [None]
        for finding in findings:
            yield [*row, *(cell_of(finding, name) for name in OF_FINDING)]


def cell_of(finding: RowFindingBody | None, name: str) -> object:
    """A cell of a finding; empty where there is none."""
    value = getattr(finding, name, None)
    if value is UNSET:
        return None
    return own_rows.SEPARATOR.join(value) if isinstance(value, list) else value


CSV = FileForm(
    own_rows.CSV.content_type,
    "csv",
    files.csv_lines([HEAD]),
    lambda bodies: files.csv_lines(lines_of(bodies)),  # type: ignore[arg-type]
    own_rows.CSV.end,
    own_rows.CSV.broken_end,
)
NDJSON = FileForm(
    own_rows.NDJSON.content_type,
    "ndjson",
    b"",
    own_rows.NDJSON.chunk,
    lambda rows, since: json_line({"end": {"rows": rows}}),
    own_rows.NDJSON.broken_end,
)
FORMS = {form.extension: form for form in (CSV, NDJSON)}


class BatchResults(RecordView):
    """What became of each row."""

    scopes = {"GET": Scope.REFERRALS_WRITE}
    renderer_classes = (JSONRenderer, CsvOnly, NdjsonOnly)
    content_negotiation_class = FormNegotiation

    @endpoint(
        "listResults",
        "What became of each row",
        READ,
        Answer(
            200,
            "A page, or everything as a file.",
            ResultPageBody,
            [examples.RESULT_PAGE],
            [LINK, own_rows.ROWS_HEADER, CONTENT_DISPOSITION],
            also={
                CsvOnly.media_type: (str, examples.RESULTS_CSV),
                NdjsonOnly.media_type: (str, examples.RESULTS_NDJSON),
            },
        ),
        parameters=[BATCH_ID, OUTCOME, LIMIT, CURSOR, FORMAT],
        problems=OF_RESULTS,
    )
    def read(self, request: Request, batch_id: str) -> Read:
        """A page of results, or all of them as a file."""
        form = FORMS.get(request.accepted_renderer.format)
        texts = parameters.read(request, ("outcome", "format", *(() if form else PAGING)))
        for name, choices in (("format", RESULT_FORMS), ("outcome", OUTCOMES)):
            if texts.get(name, choices[0]) not in choices:
                raise parameters.value_problem(name, choices)
        batch, language = own_batch(request, batch_id), language_of(request)
        if form:
            return results_file(batch, form, [texts["outcome"]] if "outcome" in texts else OUTCOMES, language)
        rows, headers, following = page_of_results(request, batch, texts)
        items = [answers.result_body(row, batch.sheet, language, batch.columns) for row in rows]
        return Response(ResultPageBody(items, following), headers=headers), len(items)


def results_file(
    batch: Batch, form: FileForm, outcomes: Sequence[str], language: str
) -> tuple[StreamingHttpResponse, int]:
    """The file and its number of rows."""
    number = sum(getattr(batch, each) for each in outcomes)
    name = f"results-{batch.pk}.{form.extension}"
    headers = {own_rows.ROWS: str(number), "Content-Disposition": f'attachment; filename="{name}"'}
    content = own_rows.write(
        results.stream(batch, outcomes=outcomes),
        form,
        form.end(number, None),
        lambda row: answers.result_body(row, batch.sheet, language, batch.columns),
    )
    return StreamingHttpResponse(content, content_type=form.content_type, headers=headers), number


class WorkbookOnly(FormatOnly):
    """A workbook."""

    media_type, format = XLSX, "xlsx"


def errors_file(
    form: type[FormatOnly], operation_id: str, summary: str, body: object, example: Example
) -> type[APIView]:
    """The view of the sender's file with what is wrong in it, in a form. `body`: what the description says of its content."""

    class ErrorsFile(RecordView):
        """The sender's file with what is wrong in it, in the language of the delivery."""

        has_texts = False
        scopes = {"GET": Scope.REFERRALS_WRITE}
        renderer_classes = (form,)

        @endpoint(
            operation_id,
            summary,
            FILE_ABOUT,
            Answer(200, "The file.", headers=[CONTENT_DISPOSITION], also={form.media_type: (body, example)}),
            parameters=[BATCH_ID],
            problems=(*OF_RESULTS, "restricted"),
        )
        def read(self, request: Request, batch_id: str) -> Read:
            """The file as an attachment, and how many rows it has at most: the sender's own one has all."""
            batch = own_batch(request, batch_id)
            content = reports.errors_file(batch, form.format)
            media_type = own_rows.CSV.content_type if form is CsvOnly else form.media_type
            headers = {"Content-Disposition": f'attachment; filename="errors-{batch.pk}.{form.format}"'}
            return HttpResponse(content, content_type=media_type, headers=headers), batch.total or 0

    return ErrorsFile


ErrorsWorkbook = errors_file(
    WorkbookOnly,
    "readErrorsWorkbook",
    "Your file with its errors marked, for Excel",
    examples.BINARY,
    examples.WORKBOOK,
)
ErrorsCsv = errors_file(CsvOnly, "readErrorsCsv", "The same as CSV", str, examples.ERRORS_CSV)
