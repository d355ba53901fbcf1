"""Examples of deliveries, made from the dictionary. Fixed ids and moments: the description is the same at every run."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET, structs

from api.batches.answers import finding_body
from api.batches.bodies import (
    BatchBody,
    BatchCountsBody,
    BatchFileInput,
    BatchPageBody,
    CommitInput,
    ConfirmationInput,
    MappingInput,
    PublicReportBody,
    ResultPageBody,
    RowResultBody,
)
from api.batches.parameters import EXAMPLE_ID
from api.batches.uploads import MULTIPART, ODS, XLSX
from api.http import files
from api.http.negotiation import CsvOnly
from api.openapi.headers import PLACE, URI, Header
from api.openapi.parts import Example, RequestBody
from api.records.examples import FIRST, REFERENCE
from cases import dictionary as d
from cases.codelists import CONFIRMATION_REASON
from cases.intake import rules
from cases.intake.checks.rows import IMPROBABLE
from cases.intake.findings import Finding
from cases.intake.models import BatchStage, BatchState, Handling, Outcome

BINARY: dict[str, Any] = {"type": "string", "format": "binary"}
LATER, MONTH_LATER = "2025-04-04T09:14:27.318204+00:00", "2025-05-03T09:14:27.318204+00:00"
LOCATION = Header(
    "Location",
    "The address of the delivery.",
    URI,
    f"{PLACE[: -len('referrals')]}batches/{EXAMPLE_ID}",
    key="Location-batch",
)


def csv_row() -> str:
    """The least that a new row says, under its header."""
    whole = rules.example(d.REFERRAL)
    row = {"reference": REFERENCE, **{each.name: whole[each.name] for each in d.REFERRAL if each.required}}
    return files.csv_lines([*zip(*row.items(), strict=True)]).decode()


def rejected_row() -> RowResultBody:
    """A row with an error in a column of a workbook."""
    finding = Finding("code_unknown", d.GENDER.name, column=5)
    return RowResultBody(
        1, 3, "Henvisninger", REFERENCE, None, Outcome.REJECTED, None, [finding_body(finding, 3, "en", {})]
    )


def created_row() -> RowResultBody:
    """A row that opened a case."""
    return RowResultBody(0, 2, "Henvisninger", REFERENCE, d.CASE_TOKEN.example, Outcome.CREATED, 1, [])


def batch(**changes: Any) -> BatchBody:
    """A delivery of one row that is stored."""
    whole = BatchBody(
        id=EXAMPLE_ID,
        state=BatchState.DONE,
        dry_run=False,
        handling=Handling.STRICT,
        prefer=None,
        format="xlsx",
        stage=None,
        done=1,
        total=1,
        eta_seconds=None,
        created_at=FIRST,
        finished_at=FIRST,
        commit_until=None,
        kept_until=MONTH_LATER,
        counts=BatchCountsBody(1, 0, 0, 0, 0),
        stored=True,
        problem=None,
        findings=[],
        questions=[],
        results=[created_row()],
    )
    return structs.replace(whole, **changes)


def batch_in_review() -> BatchBody:
    """Strict, with a row that is rejected."""
    return batch(
        state=BatchState.NEEDS_REVIEW,
        done=2,
        total=2,
        counts=BatchCountsBody(1, 0, 0, 1, 0),
        stored=False,
        commit_until=LATER,
        results=[rejected_row()],
    )


def running() -> BatchBody:
    """A large one on its way."""
    return batch(
        state=BatchState.RUNNING,
        format="ndjson",
        stage=BatchStage.CHECKING,
        done=40_000,
        total=100_000,
        eta_seconds=6,
        finished_at=None,
        counts=BatchCountsBody(0, 0, 0, 0, 0),
        stored=False,
        results=UNSET,
    )


def cancellation() -> BatchBody:
    """Nothing waits of it any more."""
    return batch(state=BatchState.CANCELLED, counts=BatchCountsBody(0, 0, 0, 0, 0), stored=False, results=UNSET)


def confirmation() -> ConfirmationInput:
    """Of all rows that a check asks about."""
    return ConfirmationInput(IMPROBABLE[0].code, CONFIRMATION_REASON.names[0])


BATCH = Example("Batch", "One row, stored", batch)
BATCH_IN_REVIEW = Example("Batch.review", "One of two rows is rejected: nothing is stored", batch_in_review)
BATCH_RUNNING = Example("Batch.running", "It is worked on", running)
BATCH_CANCELLED = Example("Batch.cancelled", "Cancelled", cancellation)
BATCH_PAGE = Example("BatchPage", "None yet", lambda: BatchPageBody([], None))
RESULT_PAGE = Example("ResultPage", "A row that is stored", lambda: ResultPageBody([created_row()], None))
RESULTS_CSV = Example("ResultsCsv", "The header", lambda: files.csv_lines([["index", "line", "sheet"]]).decode())
RESULTS_NDJSON = Example("ResultsNdjson", "No rows, and the line that ends a file", lambda: '{"end":{"rows":0}}\n')
WORKBOOK = Example("ErrorsWorkbook", "Its first bytes", lambda: "PK")
ERRORS_CSV = Example("ErrorsCsv", "The header", lambda: files.csv_lines([["reference", "version"]]).decode())
COMMIT_INPUT = Example("CommitInput", "A check is confirmed", lambda: CommitInput(UNSET, [confirmation()]))
MAPPING = Example(
    "Mapping",
    "A column and a word",
    lambda: MappingInput({"Landsdel": d.REGION.name}, {d.REGION.name: {"Sjælland": "DK02"}}),
)
PUBLIC_REPORT = Example(
    "PublicReport", "A row is wrong", lambda: PublicReportBody(BatchCountsBody(0, 0, 0, 1, 0), [], [], [rejected_row()])
)
CSV_LINES = Example("BatchCsv", "One row, required fields only", csv_row)
FILE_PARTS = Example("BatchFile", "A file", lambda: BatchFileInput("reference,referred_in"))
# What is sent, by media type; the form that generators of clients take is the first one. JSON is said in words: where it stands
# beside files, openapi-generator's client for Python sends it, empty, and openapi-python-client's breaks on an array. They cannot
# read a choice between an array and an object either, nor a form that operations share.
SENT = {
    MULTIPART: RequestBody(BatchFileInput, [FILE_PARTS]),
    CsvOnly.media_type: RequestBody(str, [CSV_LINES]),
    XLSX: RequestBody(BINARY, [WORKBOOK]),
    ODS: RequestBody(BINARY, [WORKBOOK]),
}
