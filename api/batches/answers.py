"""From a delivery and its results to what is answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from msgspec import UNSET
from rest_framework.request import Request

from api.batches.bodies import BatchBody, BatchCountsBody, QuestionBody, RowResultBody
from api.batches.findings import file_finding_body, finding_body
from api.batches.parameters import LATEST
from api.batches.preferences import Preferences
from api.http.authentication import principal
from api.http.language import language_of
from api.http.renderers import json_answer
from cases.intake.batches import results, storing, timing
from cases.intake.batches.decoding import INPUTS
from cases.intake.batches.places import MOST_CODES
from cases.intake.batches.results import Result
from cases.intake.entitlement import may_store
from cases.intake.models import Batch, BatchState, Outcome
from cases.intake.sources import column_letter
from cases.intake.understanding.questions import QuestionKind
from partners.credentials import Principal

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
        eta_seconds=timing.eta_of(batch, timezone.now()) if timing.is_at_work(batch) else None,
        created_at=batch.created_at.isoformat(),
        finished_at=moment_of(batch.finished_at),
        commit_until=moment_of(timing.commit_until(batch)),
        kept_until=timing.kept_until(batch).isoformat(),
        counts=counts_of(batch),
        stored=batch.stored,
        problem=batch.problem or None,
        findings=[file_finding_body(each, language, batch.columns) for each in batch.findings],
        questions=[question_body(each) for each in batch.questions],
        agreement_missing=(by is not None and batch.waits and not may_store(by)) or UNSET,
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
    if not timing.is_at_work(batch):
        return {}
    eta = timing.eta_of(batch, timezone.now()) or 0
    return {"Retry-After": str(min(max(SHORTEST, eta // 4), LONGEST))}


def answer(request: Request, batch: Batch, prefer: Preferences, more: Mapping[str, str] | None = None) -> HttpResponse:
    """The answer to who has sent or committed a delivery: 200, with the results where they are few, or 202."""
    in_background = timing.is_at_work(batch)
    headers = {**prefer.header(batch.handling, in_background=in_background), **retry_after(batch), **(more or {})}
    headers["Location"] = address_of(request, batch)
    rows = None if in_background or not tells_rows(batch, prefer) else results.stream(batch)
    body = body_of(batch, language_of(request), rows, by=principal(request))
    return json_answer(body, 202 if in_background else 200, headers)


def tells_rows(batch: Batch, prefer: Preferences) -> bool:
    """Whether the answer has the results."""
    return not prefer.is_minimal and (batch.total or 0) <= storing.MOST_AT_ONCE
