"""Parameters of deliveries: what they are called, what they may be, and how they are read; and pages of deliveries and of results.

Deliveries are paged with the newest first, their results by row, with the cursor that all lists have.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from api.http import idempotency, parameters
from api.http.negotiation import CsvOnly, JSONRenderer, NdjsonOnly
from api.http.reading import DETAILS
from api.openapi.parts import Parameter
from cases.intake.batches import results
from cases.intake.batches.results import Result
from cases.intake.models import Batch, Outcome

EXAMPLE_ID = "0b9f4c52-6d1e-4a7b-9c3f-52e8d7a1b604"
YES_NO = ("true", "false")
LATEST = "latest"
RESULT_FORMS = (JSONRenderer.format, NdjsonOnly.format, CsvOnly.format)
BATCH_ID = Parameter(
    "batch_id", "The `id` of the delivery.", {"type": "string", "format": "uuid"}, place="path", example=EXAMPLE_ID
)
DRY_RUN = Parameter(
    "dry_run",
    "`true`: what would become of each row, and nothing is stored. It has no default.",
    {"type": "string", "enum": list(YES_NO)},
    required=True,
    example="true",
)
PREFER_LATEST = Parameter(
    "prefer",
    "`latest`: a row without a `version` corrects whatever version is stored.",
    {"type": "string", "enum": [LATEST]},
    # Programs that are generated call no two parameters alike but for a capital.
    key="prefer-latest",
)
OUTCOME = Parameter("outcome", "Only rows that came to this.", {"type": "string", "enum": [*map(str, Outcome)]})
FORMAT = Parameter(
    "format",
    "A page (`json`), or everything as a file without `limit` and `cursor`. It goes before Accept.",
    {"type": "string", "enum": list(RESULT_FORMS)},
    key="results.format",
)
KEY = Parameter(
    "Idempotency-Key",
    "A new UUID for each new delivery, also for a dry run; the same one on a retry.",
    {"type": "string", "pattern": f'^("{idempotency.CHARACTERS}"|{idempotency.CHARACTERS})$'},
    place="header",
    required=True,
    key="Idempotency-Key-batch",
    example="5e0d7c64-92f1-4b0a-8f3d-1c6b7a9e2d45",
)
PREFER = Parameter(
    "Prefer",
    "`handling=strict` (all or nothing, the default) or `handling=lenient`; `respond-async`; `return=minimal` (RFC 7240).",
    str,
    place="header",
    key="Prefer-batch",
)
PREFER_COMMIT = Parameter(
    "Prefer",
    "`handling=strict` or `handling=lenient`, where the body says neither; `return=minimal` (RFC 7240).",
    str,
    place="header",
    key="Prefer-commit",
)


def read_delivery(request: HttpRequest) -> tuple[bool, bool]:
    """Whether it is a dry run, and whether the latest version is meant. Raises `ProblemError` 400."""
    texts = parameters.read(request, (DRY_RUN.name, PREFER_LATEST.name))
    if DRY_RUN.name not in texts:
        raise parameters.value_problem(DRY_RUN.name, YES_NO, DETAILS["required"], "required")
    if texts[DRY_RUN.name] not in YES_NO:
        raise parameters.value_problem(DRY_RUN.name, YES_NO)
    if texts.get(PREFER_LATEST.name, LATEST) != LATEST:
        raise parameters.value_problem(PREFER_LATEST.name, [LATEST])
    return texts[DRY_RUN.name] == YES_NO[0], PREFER_LATEST.name in texts


OUTCOMES = tuple(map(str, Outcome))
# The number of a row in a cursor, where that of a list has an id.
MOST_INDEX = 2**31 - 1


def page_of_batches(
    request: HttpRequest, batches: QuerySet[Batch], texts: dict[str, str]
) -> tuple[Sequence[Batch], dict[str, str], str | None]:
    """A page, its headers, and the address of the next one. Raises `ProblemError` 400 for a bad limit or cursor."""
    cursor, size = texts.pop("cursor", None), parameters.size_of(texts.get("limit"))
    if cursor is not None:
        moment, batch_id = parameters.position(cursor)
        batches = batches.filter(Q(created_at__lt=moment) | Q(created_at=moment, pk__lt=batch_id))
    items = list(batches.order_by("-created_at", "-pk")[: size + 1])
    last = items[size - 1] if len(items) > size else None
    return items[:size], *parameters.next_link(request, texts, (last.created_at, last.pk) if last else None)


def page_of_results(
    request: HttpRequest, batch: Batch, texts: dict[str, str]
) -> tuple[Sequence[Result], dict[str, str], str | None]:
    """A page of results, its headers, and the address of the next one. Raises `ProblemError` 400."""
    cursor, size = texts.pop("cursor", None), parameters.size_of(texts.get("limit"))
    after = -1 if cursor is None else parameters.position(cursor)[1].int
    outcomes = [texts["outcome"]] if "outcome" in texts else OUTCOMES
    if after > MOST_INDEX:
        raise parameters.value_problem("cursor", detail=parameters.CURSOR_EXPECTED, code="invalid_cursor")
    items = results.page(batch, outcomes=outcomes, after=after, limit=size + 1)
    place = (batch.created_at, UUID(int=items[size - 1].index)) if len(items) > size else None
    return items[:size], *parameters.next_link(request, texts, place)
