"""Pages of deliveries, the newest first, and of their results by row, with the cursor that all lists have."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from api.http import paging as pages
from api.http.parameters import value_problem
from cases.intake.batches import results
from cases.intake.batches.results import Result
from cases.intake.models import Batch, Outcome

OUTCOMES = tuple(map(str, Outcome))
# The number of a row in a cursor, where that of a list has an id.
MOST_INDEX = 2**31 - 1


def of_batches(
    request: HttpRequest, batches: QuerySet[Batch], texts: dict[str, str]
) -> tuple[Sequence[Batch], dict[str, str], str | None]:
    """A page, its headers, and the address of the next one. Raises `ProblemError` 400 for a bad limit or cursor."""
    cursor, size = texts.pop("cursor", None), pages.size_of(texts.get("limit"))
    if cursor is not None:
        moment, batch_id = pages.position(cursor)
        batches = batches.filter(Q(created_at__lt=moment) | Q(created_at=moment, pk__lt=batch_id))
    items = list(batches.order_by("-created_at", "-pk")[: size + 1])
    last = items[size - 1] if len(items) > size else None
    return items[:size], *pages.following(request, texts, (last.created_at, last.pk) if last else None)


def of_results(
    request: HttpRequest, batch: Batch, texts: dict[str, str]
) -> tuple[Sequence[Result], dict[str, str], str | None]:
    """A page of results, its headers, and the address of the next one. Raises `ProblemError` 400."""
    cursor, size = texts.pop("cursor", None), pages.size_of(texts.get("limit"))
    after = -1 if cursor is None else pages.position(cursor)[1].int
    outcomes = [texts["outcome"]] if "outcome" in texts else OUTCOMES
    if after > MOST_INDEX:
        raise value_problem("cursor", detail=pages.CURSOR_EXPECTED, code="invalid_cursor")
    items = results.page(batch, outcomes=outcomes, after=after, limit=size + 1)
    place = (batch.created_at, UUID(int=items[size - 1].index)) if len(items) > size else None
    return items[:size], *pages.following(request, texts, place)
