"""Query parameters: unknown ones, repeated ones and wrong values are refused, never ignored."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.http import HttpRequest

from api.problems import Finding, ProblemError
from cases.codelists.types import Text

UNKNOWN = Text("Parameteren bruges ikke her; de mulige står i allowed.", "The parameter is not used here; see allowed.")
REPEATED = Text("Parameteren står flere gange.", "The parameter stands more than once.")
WRONG = Text("Værdien er ikke tilladt her.", "The value is not allowed here.")
FORMATS = ("json",)


def read(request: HttpRequest, names: Collection[str]) -> dict[str, str]:
    """The parameters, each at most once and all of them known. Raises `ProblemError` 400; no name or value is repeated back."""
    query = request.GET
    findings = [
        Finding(("parameter", name), "repeated_parameter", REPEATED)
        for name, values in query.lists()
        if name in names and len(values) > 1
    ]
    if any(name not in names for name in query):
        findings.append(Finding(("parameter", "?"), "unknown_parameter", UNKNOWN, tuple(names)))
    if findings:
        raise ProblemError("invalid_parameter", findings)
    return {name: query[name] for name in query}


def wrong(
    name: str, allowed: Iterable[str] = (), detail: Text = WRONG, code: str = "value_not_allowed"
) -> ProblemError:
    """A 400 on the value of one parameter."""
    return ProblemError("invalid_parameter", [Finding(("parameter", name), code, detail, tuple(allowed))])
