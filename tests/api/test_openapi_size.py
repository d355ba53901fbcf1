"""openapi.json is small: for the operations that it has, and for those that there were when that was promised."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings

from api.docs.description import document

PATH = Path(settings.BASE_DIR) / "openapi.json"
LARGE = "Say once what repeats. Where everything is said once, raise the allowance here and in docs/decisions/0036."
# Bytes without blanks: what is said once for all operations, and what each one brings along.
SHARED, EACH = 93_000, 4_330
# The committed file has blanks and lines.
COMMITTED = 1.5
# What was promised of as many operations as there were then; and 350 000 of the committed file.
PROMISED_OPERATIONS, PROMISED = 31, 200_000


def allowance(operations: int) -> int:
    """The most bytes that a description of so many operations takes."""
    size = SHARED + EACH * operations
    return min(size, PROMISED) if operations <= PROMISED_OPERATIONS else size


def test_it_is_small() -> None:
    allowed = allowance(sum(len(methods) for methods in json.loads(PATH.read_text())["paths"].values()))
    assert len(document().encode()) < allowed, LARGE
    assert PATH.stat().st_size < COMMITTED * allowed, LARGE


def test_the_promise_is_kept_and_the_next_operation_has_room_all_the_same() -> None:
    """A limit that is all but reached would refuse the next operation, whatever its size."""
    assert allowance(PROMISED_OPERATIONS) <= PROMISED
    assert COMMITTED * allowance(PROMISED_OPERATIONS) < 350_000
    assert allowance(PROMISED_OPERATIONS + 1) >= PROMISED + EACH
    assert allowance(2 * PROMISED_OPERATIONS) < 2 * PROMISED
