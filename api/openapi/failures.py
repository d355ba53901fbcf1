"""Error responses: one for each status of an operation, with an example for each problem that it can be."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from api.catalogue import PROBLEMS
from api.openapi import headers
from api.openapi.words import PROBLEM, Schema, ref, schema_ref

# Headers that a problem's answer carries beside the common ones.
CARRIES: dict[str, tuple[str, ...]] = {
    "not_authenticated": ("WWW-Authenticate",),
    "insufficient_scope": ("WWW-Authenticate-scope",),
    "idempotency_in_flight": ("Retry-After",),
    "precondition_failed": ("ETag-current",),
    "precondition_required": ("ETag-current",),
    "unavailable": ("Retry-After",),
}


def responses(codes: Iterable[str]) -> dict[str, Schema]:
    """The error responses of an operation, by status."""
    ordered = sorted(set(codes), key=lambda code: (PROBLEMS[code].status, list(PROBLEMS).index(code)))
    grouped = groupby(ordered, key=lambda code: PROBLEMS[code].status)
    return {str(status): response(list(same)) for status, same in grouped}


def response(codes: list[str]) -> Schema:
    """One error response."""
    carried = dict.fromkeys(name for code in codes for name in CARRIES.get(code, ()))
    content = {
        "schema": schema_ref("Problem"),
        "examples": {code: ref("examples", example_name(code)) for code in codes},
    }
    return {
        "description": ". ".join(PROBLEMS[code].title.en for code in codes) + ".",
        "headers": headers.of(*carried, "Content-Language"),
        "content": {PROBLEM: content},
    }


def example_name(code: str) -> str:
    """The component with a problem's example."""
    return f"Problem.{code}"
