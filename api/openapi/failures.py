"""Error responses, as components: one for each status and choice of problems, with an example for each problem that it can be."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from api.http.problem_catalogue import PROBLEMS
from api.openapi import headers
from api.openapi.rows import ANYWHERE, Operation
from api.openapi.words import PROBLEM, Schema, ref, schema_ref

# Headers that a problem's answer carries beside the common ones.
CARRIES: dict[str, tuple[str, ...]] = {
    "method_not_allowed": ("Allow",),
    "not_authenticated": ("WWW-Authenticate",),
    "insufficient_scope": ("WWW-Authenticate-scope",),
    "idempotency_in_flight": ("Retry-After",),
    "precondition_failed": ("ETag-current",),
    "precondition_required": ("ETag-current",),
    "unavailable": ("Retry-After",),
}


def responses(codes: Iterable[str]) -> dict[str, Schema]:
    """References to the error responses of an operation, by status."""
    return {status: ref("responses", name(same)) for status, same in by_status(codes)}


def beside(answer: Schema, codes: Iterable[str], status: str) -> Schema:
    """An answer of this status that may be a problem instead."""
    problem = response(dict(by_status(codes))[status])
    return {
        "description": f"{answer['description']} Or: {problem['description']}",
        "headers": {name: header for name, header in answer["headers"].items() if name in problem["headers"]},
        "content": {**answer["content"], **problem["content"]},
    }


def components(rows: Iterable[Operation]) -> dict[str, Schema]:
    """Every error response of these operations."""
    found = {name(same): response(same) for row in rows for _, same in by_status(row.problems)}
    return dict(sorted(found.items()))


def by_status(codes: Iterable[str]) -> list[tuple[str, list[str]]]:
    """The problems of an operation, and those that any request can meet, by status and in the order of the catalogue."""
    meant = {*ANYWHERE, *codes}
    ordered = sorted(meant, key=lambda code: (PROBLEMS[code].status, list(PROBLEMS).index(code)))
    return [(str(status), list(same)) for status, same in groupby(ordered, key=lambda code: PROBLEMS[code].status)]


def name(codes: list[str]) -> str:
    """The component with the response that is one of these problems."""
    return ".".join(codes)


def response(codes: list[str]) -> Schema:
    """One error response."""
    carried = dict.fromkeys(header for code in codes for header in CARRIES.get(code, ()))
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
