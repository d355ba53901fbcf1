"""What is sent and answered of deliveries."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType
from msgspec import field as member

from api.http.bodies import Body, Count, Moment, Uri, about, one_of, schema, value
from api.openapi.schemas import enumeration
from api.reference.members import CODES, CaseToken, Reference
from cases.codelists import CONFIRMATION_REASON
from cases.intake.findings import FindingClass
from cases.intake.models import BatchStage, BatchState, Handling, Outcome
from cases.intake.understanding.industries import NaceEdition
from cases.intake.understanding.questions import QuestionKind
from cases.intake.understanding.texts import DateOrder

Number = Annotated[int, Meta(ge=0), schema(format_="int32")]
Positive = Annotated[int, Meta(ge=1), schema(format_="int32")]
OutcomeName = Annotated[str, value("RowOutcome", lambda: enumeration(map(str, Outcome)))]
StageName = Annotated[str, value("BatchStage", lambda: enumeration(map(str, BatchStage)))]
HandlingName = Annotated[str, one_of(Handling)]
# Generators give the texts of each map an inner type of one name, so that of two maps one has a type of its own.
EditionName = Annotated[str, value("NaceEdition", lambda: enumeration(map(str, NaceEdition)))]


class MappingInput(Body, forbid_unknown_fields=True, omit_defaults=True):
    """How a partner's own columns and words are read."""

    columns: Annotated[dict[str, str], about("The member of a row for each header of yours.")] = member(
        default_factory=dict
    )
    values: Annotated[dict[str, dict[str, str]], about("Of a field: the code for each word of yours.")] = member(
        default_factory=dict
    )
    dates: Annotated[
        dict[str, Annotated[str, one_of(DateOrder)]], about("Of a month: what stands first in its dates.")
    ] = member(default_factory=dict)
    editions: Annotated[
        dict[str, EditionName],
        about("Of a field with industries: by which edition of NACE its letters are read, where the file names none."),
    ] = member(default_factory=dict)
    names_nobody: Annotated[
        bool,
        about(
            "You have looked at the new words: none names a person. Required where a new word is not in the dictionary. Never "
            "returned."
        ),
    ] = False


class BatchFileInput(Body):
    """A file in parts."""

    file: Annotated[str, schema(format_="binary"), about("XLSX, ODS, CSV, JSON or NDJSON.")]
    mapping: Annotated[MappingInput, about("Beside what is stored; it is remembered.")] | UnsetType = UNSET


class QuestionBody(Body):
    """What was guessed, or only you know: answer it in the mapping, and send the file again under a new Idempotency-Key."""

    kind: Annotated[
        str,
        one_of(QuestionKind),
        about(
            "Which field a column is, what a word means, how dates are written, of which edition letters of industries are."
        ),
    ]
    column: Annotated[str, about("The letter of the column.")]
    line: Number
    field: str | None
    guess: str | None
    options: Annotated[
        list[str], about("Answers to choose from, the likely ones first; none where a long code list has all.")
    ]


class RowFindingBody(Body, kw_only=True):
    """One rule that a row or the file breaks. No value that was sent is repeated."""

    rule: Annotated[str, about("Stable. All of them: /problems/")]
    class_: Annotated[
        str,
        one_of(FindingClass),
        about(
            "`error` blocks the row; `check` holds it until it is confirmed; `delivery_check` holds the whole of a strict "
            "delivery, and nothing of a lenient one."
        ),
    ] = member(name="class")
    field: str | None
    column: Annotated[str | None, about("The column as your file or a template calls it.")]
    cell: Annotated[
        str | None,
        about("The cell as a spreadsheet calls it, such as `F12`, or a column (`F`), or a line (`12`)."),
    ]
    detail: Annotated[str, about("The column, what is wrong, and what was probably meant: a sentence for people.")]
    allowed: Annotated[list[str], about("Codes that are accepted; of a long list 20, what was probably meant first.")]
    codelist: (
        Annotated[str, schema(format_="uri-reference"), about("Where all of them are, if `allowed` has not all.")]
        | UnsetType
    ) = UNSET
    suggestion: Annotated[str | None, about("The code that was probably meant.")]
    lines: Annotated[list[Number], about("Other lines that it is about.")] | UnsetType = UNSET
    period: Annotated[str, about("The year or month that it is about.")] | UnsetType = UNSET
    index: Annotated[Number, about("Of JSON: the row, from 0.")] | UnsetType = UNSET
    stored_version: Annotated[Positive, about("The version that is stored.")] | UnsetType = UNSET
    stored_at: Annotated[Moment, about("Since when.")] | UnsetType = UNSET


class RowResultBody(Body):
    """What became of a row, or would become of it: in a dry run, and while `stored` of the delivery is false."""

    index: Annotated[Number, about("Counts rows from 0.")]
    line: Annotated[Number, about("The line of the file, or row of the sheet, from 1.")]
    sheet: str | None
    reference: Reference | None
    case_token: CaseToken | None
    outcome: OutcomeName
    version: Positive | None
    findings: list[RowFindingBody]


class BatchCountsBody(Body):
    """How many rows came to each outcome, or would: in a dry run, and while `stored` is false."""

    created: Count
    corrected: Count
    unchanged: Count
    rejected: Count
    held: Count


class BatchBody(Body, kw_only=True):
    """A delivery."""

    id: Annotated[str, schema(format_="uuid")]
    state: Annotated[
        str,
        one_of(BatchState),
        about("In `needs_review` nothing more is stored until you commit, or send a mended file."),
    ]
    dry_run: bool
    handling: HandlingName
    prefer: Annotated[str | None, about("`latest` where rows correct whatever version is stored.")]
    format: str
    stage: Annotated[StageName | None, about("What is done now; null where nothing is.")]
    done: Annotated[Count, about("Rows that are checked.")]
    total: Count | None
    eta_seconds: Count | None
    created_at: Moment
    finished_at: Moment | None
    commit_until: Annotated[Moment | None, about("Until when its rows wait for a commit: a day from `created_at`.")]
    kept_until: Annotated[Moment, about("Until when results and error files are kept.")]
    counts: BatchCountsBody
    stored: Annotated[bool, about("Whether rows of it are stored.")]
    problem: Annotated[str | None, about("The problem for which the whole file was refused: /problems/{code}.")]
    findings: Annotated[list[RowFindingBody], about("Of the file as a whole.")]
    questions: Annotated[list[QuestionBody], about("Nothing is stored while there are any.")]
    agreement_missing: (
        Annotated[bool, about("True: rows wait that are not stored before the agreement is confirmed.")] | UnsetType
    ) = UNSET
    results: Annotated[list[RowResultBody], about("In the answer to a POST of 5,000 rows or fewer.")] | UnsetType = (
        UNSET
    )


class BatchPageBody(Body):
    """A page of deliveries."""

    items: list[BatchBody]
    next: Uri | None


class ResultPageBody(Body):
    """A page of results."""

    items: list[RowResultBody]
    next: Uri | None


class ConfirmationInput(Body, forbid_unknown_fields=True):
    """That a check is confirmed: the rows are right as they are."""

    rule: Annotated[str, Meta(min_length=1, max_length=48)]
    reason_code: Annotated[str, CODES[CONFIRMATION_REASON.id]]
    indexes: Annotated[list[Number], about("Of which rows; without it, of all.")] | UnsetType = UNSET


class CommitInput(Body, forbid_unknown_fields=True):
    """What is stored of a delivery that waits."""

    handling: HandlingName | UnsetType = UNSET
    confirmations: list[ConfirmationInput] | UnsetType = UNSET


class PublicReportBody(Body):
    """What a delivery of this file would be told."""

    counts: BatchCountsBody
    findings: list[RowFindingBody]
    questions: list[QuestionBody]
    results: list[RowResultBody]
