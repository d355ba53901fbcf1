"""A query that the statistics refuse, in HTTP's words."""

from __future__ import annotations

from api.problems import Finding, ProblemError
from cases.statistics.errors import QueryRefused


def refusal(refused: QueryRefused) -> ProblemError:
    """The problem of a refused query."""
    return ProblemError(
        "invalid_parameter",
        [Finding(("parameter", v.field), v.code, v.detail, v.allowed) for v in refused.violations],
    )
