"""The paths of count reports: each form has its own, and its own kind of period."""

from __future__ import annotations

from msgspec import to_builtins

from api.counts import examples
from cases.services.forms import FORMS
from cases.services.shapes import CountForm
from tests.callers import Caller

COUNTS = "/api/v1/counts/"


def form_of(path: str) -> CountForm | None:
    """The form in a path, or None where it is of no form."""
    return FORMS.get(path.removeprefix(COUNTS).partition("/")[0])


def with_period(path: str) -> str:
    """A path with a period of its form."""
    form = form_of(path)
    return path.replace("{period}", examples.PERIODS[form.period]) if form else path


def report(caller: Caller, path: str) -> None:
    """Report the form of a path, where it is of one."""
    form = form_of(path)
    if form is not None:
        caller.put(f"{COUNTS}{form.id}/{examples.PERIODS[form.period]}", to_builtins(examples.content(form)))
