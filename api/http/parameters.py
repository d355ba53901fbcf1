"""Query parameters: unknown ones, repeated ones and wrong values are refused, never ignored. And ids in paths."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from django.http import HttpRequest

from api.http.problems import ProblemError, ProblemFinding
from cases.errors import NotFound
from core.text import UUID_FORM, Text

UNKNOWN = Text(
    "Parameteren bruges ikke her; allowed nævner dem, der bruges, hvis der er nogen.",
    "The parameter is not used here; allowed lists those that are, if there are any.",
)
REPEATED = Text("Parameteren står flere gange.", "The parameter stands more than once.")
WRONG = Text("Værdien er ikke tilladt her.", "The value is not allowed here.")
# The query parameters that some address of ours has: those that are described.
NAMES: set[str] = set()


def read(request: HttpRequest, names: Collection[str], lists: Collection[str] = ()) -> dict[str, str]:
    """The parameters, each at most once and all of them used here. Raises `ProblemError` 400.

    `lists`: those whose value is a list, between commas: what stands twice is one list.

    No value is repeated back, and no name but those of parameters that some address of ours has.
    """
    query = request.GET
    findings = [
        ProblemFinding(("parameter", name), "repeated_parameter", REPEATED)
        for name, values in query.lists()
        if name in names and name not in lists and len(values) > 1
    ]
    surplus = dict.fromkeys(name if name in NAMES else "?" for name in query if name not in names)
    findings += [ProblemFinding(("parameter", name), "unknown_parameter", UNKNOWN, tuple(names)) for name in surplus]
    if findings:
        raise ProblemError("invalid_parameter", findings)
    return {name: ",".join(map(str, values)) for name, values in query.lists()}


def value_problem(
    name: str, values: Iterable[str] = (), detail: Text = WRONG, code: str = "value_not_allowed"
) -> ProblemError:
    """A 400 on the value of one parameter."""
    return ProblemError("invalid_parameter", [ProblemFinding(("parameter", name), code, detail, tuple(values))])


def id_of(text: str) -> UUID:
    """The id in a path, in either case. What is no id is as unknown as one that is not there: raises `NotFound`."""
    if not UUID_FORM.fullmatch(text.lower()):
        raise NotFound
    return UUID(text)
