"""The page of a delivery. It shows how it stands: how far it is, what was checked, why it was refused, or the receipt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.intake.batches import results, retention
from cases.intake.checks.confirmations import CHECK_RULES
from cases.intake.models import Batch, BatchStage, BatchState, ErrorFile, Outcome
from pages.desk.frame import Visit, desk_page, show
from pages.desk.sending.acts import has_more_wrong, has_no_column, is_no_column, lacks_references
from pages.desk.sending.columns import AnswersInDoubt, asked_columns
from pages.desk.sending.deliveries import batch_of, has_results, index_after, record_rows, state_of
from pages.desk.sending.delivery_words import DELIVERY_WORDS, NUMBERING, left_words
from pages.desk.sending.refusals import words_of_code
from pages.desk.sending.rows import asked_checks, count_words, file_lines, reasons, row_line, sendable
from pages.desk.sending.words import STAGE_WORDS, WORDS, DeliveryState
from partners.roles import Right

# So many rows stand on a page.
ON_A_PAGE = 50
# Seconds between two looks at a file that is worked on.
SECONDS = 5
Context = Mapping[str, Any]


@require_safe
@desk_page(Right.SUBMIT)
def delivery(visit: Visit, batch_id: UUID) -> HttpResponse:
    return delivery_page(visit, batch_of(visit, batch_id))


def delivery_page(visit: Visit, batch: Batch, doubts: AnswersInDoubt | None = None) -> HttpResponse:
    """The page of a delivery. `doubts`: answers to its questions that were not kept, since a word may be the name of a person."""
    state = state_of(batch)
    template, make = PAGES[state]
    context: dict[str, Any] = {
        "sending": WORDS,
        "of_delivery": DELIVERY_WORDS,
        "batch": batch,
        "state": state,
        "counts": count_words(batch),
        "is_latest": batch.prefer_latest,
        "key": uuid4(),
        "action": visit.address("file"),
    }
    context |= make(visit, batch)
    if doubts is not None and context.get("questions"):
        context |= {
            "questions": asked_columns(batch, visit.language, doubts),
            "is_unsure": True,
            "is_latest": doubts.prefer_latest,
        }
    return show(visit, template, context, status=200 if doubts is None else 409)


def progress(visit: Visit, batch: Batch) -> Context:
    """How far it is."""
    eta = retention.eta_of(batch, timezone.now())
    return {
        "seconds": SECONDS,
        "is_queued": batch.state == BatchState.QUEUED,
        "stage": STAGE_WORDS[BatchStage(batch.stage)],
        "left": left_words(eta) if eta else "",
    }


def refusal(visit: Visit, batch: Batch) -> Context:
    """Why all of it was refused, where that is. The questions that would help come alone: their answers change the rest.

    Then the rows get their references, where that is what is left to be done: anything else comes first.
    """
    if questions := asked_columns(batch, visit.language):
        return {"refusal": words_of_code(batch.problem), "questions": questions}
    lacks = lacks_references(batch) and not has_more_wrong(batch)
    code = "references_missing" if lacks and has_no_column(batch) else batch.problem
    lines = file_lines([each for each in batch.findings if not is_no_column(each)], batch.columns, visit.language)
    return {"refusal": words_of_code(code), "lines": lines, **numbering_of(lacks)}


def numbering_of(lacks: bool) -> Context:
    """What the page needs to offer references, where rows lack them."""
    return {"numbering": NUMBERING if lacks else None}


def preview(visit: Visit, batch: Batch) -> Context:
    """What was checked: what has to be corrected, what is asked, and what can be sent.

    Questions on columns come alone: before they are answered, what is wrong in the rows is mostly what was not understood.
    """
    if batch.questions:
        return {
            "has_questions": True,
            "questions": asked_columns(batch, visit.language),
            "until": retention.commit_until(batch),
        }
    notices = [each for each in batch.findings if each["rule"] not in CHECK_RULES]
    return {
        **rows_in_doubt(visit, batch),
        "until": retention.commit_until(batch),
        "notices": file_lines(notices, batch.columns, visit.language),
        **numbering_of(lacks_references(batch)),
        "checks": asked_checks(batch, visit.language),
        "reasons": reasons(),
        "can_send": bool(sendable(batch) or batch.held),
        "has_good": bool(sendable(batch)),
        "is_whole": not batch.rejected,
        "nothing_new": state_of(batch) == DeliveryState.NOTHING_NEW,
    }


def receipt(visit: Visit, batch: Batch) -> Context:
    """What became of it, and what is left to be confirmed or corrected."""
    rest = preview(visit, batch) if batch.held and retention.is_waiting(batch) else rows_in_doubt(visit, batch)
    return {**rest, "has_results": has_results(batch)}


def ending(visit: Visit, batch: Batch) -> Context:
    """That nothing of it is left."""
    return {}


def rows_in_doubt(visit: Visit, batch: Batch) -> Context:
    """A page of the rows that have to be corrected, with the files that say it too. That they were shown is written down."""
    begin = index_after(visit)
    with transaction.atomic():
        rows = results.page(batch, outcomes=[Outcome.REJECTED], after=begin, limit=ON_A_PAGE + 1)
        record_rows(visit, "deliveries/{batch_id}", len(rows[:ON_A_PAGE]))
    return {
        "lines": [row_line(each, batch, visit.language) for each in rows[:ON_A_PAGE]],
        "after": rows[ON_A_PAGE - 1].index if len(rows) > ON_A_PAGE else None,
        "is_later": begin >= 0,
        "files": sorted(ErrorFile.objects.filter(batch=batch).values_list("format", flat=True), reverse=True),
    }


PAGES: dict[DeliveryState, tuple[str, Callable[[Visit, Batch], Context]]] = {
    DeliveryState.WORKING: ("desk/sending/progress.html", progress),
    DeliveryState.REFUSED: ("desk/sending/refused.html", refusal),
    DeliveryState.NOTHING_NEW: ("desk/sending/preview.html", preview),
    DeliveryState.WAITING: ("desk/sending/preview.html", preview),
    DeliveryState.SENT: ("desk/sending/receipt.html", receipt),
    DeliveryState.CANCELLED: ("desk/sending/ended.html", ending),
    DeliveryState.EXPIRED: ("desk/sending/ended.html", ending),
}
