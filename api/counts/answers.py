"""What is answered of count reports: made from what is stored, with what is asked of it.

An address that names no form is answered with the forms that there are, which everybody may know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import UNSET

from api.counts.bodies import BODIES, INPUTS, LINES, WRITTEN_BODIES, CountReportRowBody, CountWarningBody
from api.http.parameters import WRONG
from api.http.problems import ProblemError, ProblemFinding, pointer
from cases.services.forms import FORMS
from cases.services.jumps import CountWarning, warnings_of_reports
from cases.services.models import CountReport
from core.text import Text, in_one

# What to do, for programs: the words of the question are those of the desk too.
OF_REPORT = Text(
    "Hvis ja, skal I ikke gøre noget. Ellers send hele skemaet igen med If-Match.",
    "If it is right, do nothing. Otherwise send the whole report again with If-Match.",
)
OF_FILE = Text(
    "Hvis ja, lad det stå. Ellers ret rækkerne, og send filen igen, med periodens version, hvis den er gemt.",
    "If it is right, leave it. Otherwise correct the rows and send the file again, with the version of the period if it is stored.",
)


def warning_bodies(warnings: Sequence[CountWarning], language: str, then: Text = OF_REPORT) -> list[CountWarningBody]:
    """What is asked and what to do, in one language."""
    return [
        CountWarningBody(
            pointer(*filter(None, [each.table])), each.measure, each.code, in_one(each.detail, then)(language)
        )
        for each in warnings
    ]


def head_of(report: CountReport) -> dict[str, Any]:
    """What an answer says of a report beside its numbers."""
    return {
        "form": report.form,
        "period": report.of_period.id,
        "version": report.version,
        "form_version": report.form_version,
        "recorded_at": report.recorded_at.isoformat(),
    }


def content_body(report: CountReport) -> Any:
    form = report.form
    tables = {name: [LINES[form, name](**line) for line in lines] for name, lines in report.present_content.items()}
    return INPUTS[form](**tables)


def report_body(report: CountReport) -> Any:
    return BODIES[report.form](**head_of(report), content=content_body(report))


def written_body(report: CountReport, warnings: Sequence[CountWarning], language: str, *, minimal: bool) -> Any:
    """A report as a write is answered, with what is asked of it."""
    return WRITTEN_BODIES[report.form](
        **head_of(report),
        warnings=warning_bodies(warnings, language),
        content=UNSET if minimal else content_body(report),
    )


def row_bodies(reports: Iterable[CountReport], language: str) -> list[CountReportRowBody]:
    """Reports of one form without their numbers, each with what is asked of it now, the latest first.

    `reports`: in the order of their periods.
    """
    rows = [
        CountReportRowBody(
            each.form, each.of_period.id, each.version, each.recorded_at.isoformat(), warning_bodies(warnings, language)
        )
        for each, warnings in warnings_of_reports(reports)
    ]
    return rows[::-1]


PLACE = ("parameter", "form_id")
# A form and perhaps a period, as the routes have them.
OF_FORM = re.compile(r"/api/v1/counts/([^/]+)(?:/[^/]+)?/?")


def unknown_form() -> ProblemError:
    """404 with the forms."""
    return ProblemError("not_found", [ProblemFinding(PLACE, "value_not_allowed", WRONG, (*FORMS,))])


def names_no_form(path: str) -> bool:
    """Whether an address without a route is that of a report but for its form."""
    match = OF_FORM.fullmatch(path)
    return match is not None and match[1] not in FORMS
