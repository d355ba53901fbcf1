"""From a delivery, its results and its findings to what is answered.

Findings are in the reader's language, each with the place that a spreadsheet shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from msgspec import UNSET, structs
from rest_framework.request import Request

from api.batches.bodies import BatchBody, BatchCountsBody, QuestionBody, RowFindingBody, RowResultBody
from api.batches.parameters import LATEST
from api.batches.uploads import MAPPING
from api.http.authentication import principal
from api.http.negotiation import json_answer, language_of
from api.http.problems import ProblemError, ProblemFinding, pointer
from api.http.request_headers import Preferences
from cases.errors import Stale
from cases.intake.batches import results, retention, storing
from cases.intake.batches.arrival import KeyInFlight, KeyReused
from cases.intake.batches.committing import NothingWaits
from cases.intake.batches.decoding import INPUTS
from cases.intake.batches.holding import BatchBusy
from cases.intake.batches.results import MOST_CODES, Result, allowed_codes, finding_of, likeliest, place_of
from cases.intake.batches.wording import field_of, sentence, sentences
from cases.intake.findings import FileRefused, Finding
from cases.intake.models import Batch, BatchState, Outcome
from cases.intake.readers.spool import TooLarge
from cases.intake.rulebook import RULES
from cases.intake.templates.columns import BY_NAME
from cases.intake.understanding.codes import CODED
from cases.intake.understanding.mapping import IDENTIFIER
from cases.intake.understanding.questions import MAPPING_WORDS, QuestionKind
from cases.intake.understanding.sources import column_letter
from partners.credentials import Principal
from partners.organisations import agreements

# When a delivery that was refused may be sent again as it is.
WAITS = {"deliveries_waiting": {"Retry-After": "60"}}


def finding_body(finding: Finding, line: int | None, language: str, columns: Mapping[str, int]) -> RowFindingBody:
    """A finding on the row of a line, or on the file. `columns`: those of the file, by members of a row."""
    field = field_of(finding)
    plain = BY_NAME.get(field or "")
    column = columns.get(field or "") if finding.column is None else finding.column
    codes = allowed_codes(finding)
    is_long = finding.field in CODED and len(codes) > MOST_CODES
    return RowFindingBody(
        rule=finding.rule,
        class_=RULES[finding.rule].cls,
        field=field,
        column=plain.label(language) if plain else None,
        cell=None if column is None else place_of(column, line),
        detail=sentence(finding, language),
        allowed=likeliest(codes, finding.suggestion) if is_long else list(codes),
        codelist=codelist_of(finding.field or "") if is_long else UNSET,
        suggestion=finding.suggestion,
        lines=list(finding.lines) or UNSET,
        period=finding.period or UNSET,
        index=UNSET if finding.index is None else finding.index,
        stored_version=finding.stored_version or UNSET,
        stored_at=finding.stored_at or UNSET,
    )


def file_finding_body(entry: Mapping[str, Any], language: str, columns: Mapping[str, int]) -> RowFindingBody:
    """A finding on a file as its batch keeps it: with the line that it was found in, where it is not about the whole file."""
    line = entry.get("line")
    body = finding_body(finding_of(entry), line, language, columns)
    return structs.replace(body, cell=str(line)) if line and body.cell is None else body


def codelist_of(field: str) -> str:
    """The address of the code list of a field."""
    return f"/api/v1/codelists/{CODED[field].codelist.id}"


def finding_of_refusal(refusal: FileRefused) -> ProblemError:
    """The problem of a whole file that is refused."""
    findings = [problem_finding(*each) for each in refusal.findings]
    return ProblemError(refusal.code, findings, WAITS.get(refusal.code), total=refusal.total)


def finding_of_mapping(refusal: FileRefused) -> ProblemError:
    """The problem of a mapping that is refused as the body of a request: there is no file that it could name."""
    findings = [finding_at(("pointer", pointer(*each.path)), each) for each, _ in refusal.findings]
    code = "identifier_in_body" if refusal.code == IDENTIFIER else "validation_failed"
    return ProblemError(code, findings, total=refusal.total)


def problem_finding(finding: Finding, line: int | None) -> ProblemFinding:
    """A row of `errors`: on a file, or on the mapping that came with it."""
    if finding.rule in MAPPING_WORDS:
        return finding_at(("pointer", pointer(MAPPING, *finding.path)), finding)
    return finding_at(("cell", place_of(finding.column, line)), finding)


def finding_at(place: tuple[str, str], finding: Finding) -> ProblemFinding:
    """The same at a place. It names the field and its column, and never what was sent."""
    field = field_of(finding)
    return ProblemFinding(
        place,
        finding.rule,
        sentences(finding),
        allowed_codes(finding),
        suggestion=finding.suggestion,
        field=field,
        column=BY_NAME[field].label if field in BY_NAME else None,
        index=finding.index,
    )


RETRY_SOON = {"Retry-After": "1"}


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what is refused into problems."""
    try:
        yield
    except FileRefused as refusal:
        raise finding_of_refusal(refusal) from None
    except TooLarge:
        raise ProblemError("payload_too_large") from None
    except KeyInFlight:
        raise ProblemError("idempotency_in_flight", headers=RETRY_SOON) from None
    except KeyReused:
        raise ProblemError("idempotency_key_reused") from None
    except BatchBusy:
        raise ProblemError("batch_running", headers=RETRY_SOON) from None
    except Stale:
        # Somebody has changed the mapping at the moment in which the delivery was to add to it.
        raise ProblemError("unavailable", headers=RETRY_SOON) from None
    except NothingWaits:
        raise ProblemError("nothing_waits") from None


# Seconds between two looks at a delivery that is worked on.
SHORTEST, LONGEST = 1, 30


def body_of(
    batch: Batch, language: str, rows: Iterable[Result] | None = None, *, by: Principal | None = None
) -> BatchBody:
    """A delivery as it is answered; `rows`: its results, where they are answered too; `by`: who asks for this one alone."""
    return BatchBody(
        id=str(batch.pk),
        state=batch.state,
        dry_run=batch.dry_run,
        handling=batch.handling,
        prefer=LATEST if batch.prefer_latest else None,
        format=batch.format,
        stage=batch.stage if batch.state == BatchState.RUNNING else None,
        done=batch.done,
        total=batch.total,
        eta_seconds=retention.eta_of(batch, timezone.now()) if retention.is_at_work(batch) else None,
        created_at=batch.created_at.isoformat(),
        finished_at=moment_of(batch.finished_at),
        commit_until=moment_of(retention.commit_until(batch)),
        kept_until=retention.kept_until(batch).isoformat(),
        counts=counts_of(batch),
        stored=batch.stored,
        problem=batch.problem or None,
        findings=[file_finding_body(each, language, batch.columns) for each in batch.findings],
        questions=[question_body(each) for each in batch.questions],
        agreement_missing=(by is not None and batch.waits and not agreements.may_store(by)) or UNSET,
        results=UNSET if rows is None else [result_body(row, batch.sheet, language, batch.columns) for row in rows],
    )


def question_body(question: Mapping[str, Any]) -> QuestionBody:
    return QuestionBody(
        question["kind"],
        column_letter(question["column"]),
        question["line"],
        question["field"],
        question["guess"],
        list(question["options"] or codes_of(question)),
    )


def codes_of(question: Mapping[str, Any]) -> Sequence[str]:
    """Every code of the field of a question on a word, where the list is no long one."""
    codes = tuple(INPUTS[question["field"]].allowed()) if question["kind"] == QuestionKind.VALUE else ()
    return codes if len(codes) <= MOST_CODES else ()


def moment_of(moment: datetime | None) -> str | None:
    """A moment, where there is one."""
    return moment.isoformat() if moment else None


def counts_of(batch: Batch) -> BatchCountsBody:
    """How many rows came to each outcome."""
    return BatchCountsBody(*(getattr(batch, outcome) for outcome in Outcome))


def result_body(row: Result, sheet: str, language: str, columns: Mapping[str, int]) -> RowResultBody:
    """The result of a row. `columns`: those of the file, by members of a row."""
    return RowResultBody(
        index=row.index,
        line=row.line,
        sheet=sheet or None,
        reference=str(row.reference) if row.reference else None,
        case_token=row.case_token,
        outcome=row.outcome,
        version=row.version,
        findings=[finding_body(each, row.line, language, columns) for each in row.findings],
    )


def address_of(request: Request, batch: Batch) -> str:
    """The absolute address of a delivery."""
    return f"{request.scheme}://{request.get_host()}/api/v1/batches/{batch.pk}"


def retry_after(batch: Batch) -> dict[str, str]:
    """When it is worth looking again, where it is worked on."""
    if not retention.is_at_work(batch):
        return {}
    eta = retention.eta_of(batch, timezone.now()) or 0
    return {"Retry-After": str(min(max(SHORTEST, eta // 4), LONGEST))}


def answer(request: Request, batch: Batch, prefer: Preferences, more: Mapping[str, str] | None = None) -> HttpResponse:
    """The answer to who has sent or committed a delivery: 200, with the results where they are few, or 202."""
    in_background = retention.is_at_work(batch)
    headers = {**prefer.header(batch.handling, in_background=in_background), **retry_after(batch), **(more or {})}
    headers["Location"] = address_of(request, batch)
    rows = None if in_background or not has_rows(batch, prefer) else results.stream(batch)
    body = body_of(batch, language_of(request), rows, by=principal(request))
    return json_answer(body, 202 if in_background else 200, headers)


def has_rows(batch: Batch, prefer: Preferences) -> bool:
    """Whether the answer has the results."""
    return not prefer.is_minimal and (batch.total or 0) <= storing.MOST_AT_ONCE
