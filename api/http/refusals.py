"""What the statistics refuse, in HTTP's words."""

from __future__ import annotations

from api.http.problems import ProblemError, ProblemFinding
from cases.errors import NotFound
from stats.errors import QueryRefused
from stats.reading.query import LATEST


def refusal(error: QueryRefused) -> ProblemError:
    """The problem of a refused query."""
    return ProblemError(
        "invalid_parameter",
        [ProblemFinding(("parameter", v.field), v.code, v.detail, v.allowed) for v in error.violations],
    )


def no_release(name: str) -> Exception:
    """What to raise where a name is the id of no release that the caller may read."""
    return ProblemError("latest_of_many") if name == LATEST else NotFound()
