"""Examples of count reports, made from the table of forms: the first code of each list, and numbers that keep the rules."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

from api.counts.bodies import (
    BODIES,
    INPUTS,
    LINES,
    WRITTEN_BODIES,
    CountExpectationBody,
    CountExpectationsBody,
    CountFormsBody,
    CountReportRowBody,
    CountReportsBody,
    camel,
    form_body,
)
from api.openapi.parts import Example
from api.records.examples import FIRST
from cases.services.forms import FORMS, OUTREACH
from cases.services.shapes import CountForm, CountPeriodKind, CountTable

PERIODS = {CountPeriodKind.WEEK: "2025-W12", CountPeriodKind.MONTH: "2025-03", CountPeriodKind.YEAR: "2025"}
# The first number of a line is the whole of which others are parts.
NUMBERS = (12, 5, 4, 1, 1)


def example_line(form: CountForm, table: CountTable) -> Any:
    codes = {each.name: each.codelist.names[0] for each in table.dimensions}
    return LINES[form.id, table.name](**codes, **dict(zip(table.measure_names, NUMBERS, strict=False)))


def content(form: CountForm) -> Any:
    """A line of each table."""
    return INPUTS[form.id](**{table.name: [example_line(form, table)] for table in form.tables})


def head(form: CountForm) -> dict[str, Any]:
    """What is answered beside the numbers."""
    period = PERIODS[form.period]
    return {"form": form.id, "period": period, "version": 1, "form_version": form.version, "recorded_at": FIRST}


def body(form: CountForm) -> Any:
    """A stored report."""
    return BODIES[form.id](**head(form), content=content(form))


def written_report(form: CountForm) -> Any:
    """A report as a write is answered that prefers it so."""
    return WRITTEN_BODIES[form.id](**head(form), warnings=[])


def reports(form: CountForm) -> CountReportsBody:
    return CountReportsBody([CountReportRowBody(form.id, PERIODS[form.period], 1, FIRST, [])])


def expectations() -> CountExpectationsBody:
    """A month that was reported in time."""
    due_at = "2025-04-15T00:00:00+02:00"
    return CountExpectationsBody([CountExpectationBody("OUTREACH", "2025-03", due_at, "RECEIVED", FIRST)])


@cache
def input_of(form_id: str) -> Example:
    return Example(f"{camel(form_id)}Input", "A line of each table", partial(content, FORMS[form_id]))


@cache
def report_of(form_id: str) -> Example:
    return Example(f"{camel(form_id)}Report", "Reported", partial(body, FORMS[form_id]))


@cache
def written_of(form_id: str) -> Example:
    return Example(f"{camel(form_id)}Written", "Under Prefer: return=minimal", partial(written_report, FORMS[form_id]))


@cache
def reports_of(form_id: str) -> Example:
    return Example(f"{camel(form_id)}Reports", "One is reported", partial(reports, FORMS[form_id]))


FORMS_LIST = Example("CountForms", "One of the forms", lambda: CountFormsBody([form_body(OUTREACH, "en")]))
EXPECTATIONS = Example("CountExpectations", "A month that came in time", expectations)
