"""Findings of deliveries in the reader's language, each with the place that a spreadsheet shows."""

from __future__ import annotations

from msgspec import UNSET

from api.batches.bodies import RowFindingBody
from api.http.problems import ProblemError, ProblemFinding
from cases.intake.batches.rows import INPUTS
from cases.intake.findings import FileRefused, Finding
from cases.intake.rulebook import RULES
from cases.intake.sources import column_letter
from cases.intake.templates.columns import BY_NAME

# Rules about a code that is none: those that there are would have been accepted.
ABOUT_CODES = frozenset({"required", "code_expected", "code_unknown", "code_retired", "code_not_yet_valid"})
# What a problem is about where it is the whole file.
WHOLE = "*"


def finding_body(finding: Finding, line: int | None, language: str) -> RowFindingBody:
    """A finding on the row of a line, or on the file."""
    rule, column = RULES[finding.rule], BY_NAME.get(finding.field or "")
    return RowFindingBody(
        rule=finding.rule,
        class_=rule.cls,
        field=finding.field,
        column=column.label(language) if column else None,
        cell=None if finding.column is None else place_of(finding, line),
        detail=rule.detail(language),
        allowed=list(allowed_codes(finding)),
        suggestion=finding.suggestion,
        lines=list(finding.lines) or UNSET,
        period=finding.period or UNSET,
    )


def place_of(finding: Finding, line: int | None) -> str:
    """Where in a file: a cell (`F12`), a column (`F`), a line (`12`), or all of it."""
    letter = "" if finding.column is None else column_letter(finding.column)
    return f"{letter}{line or ''}" or WHOLE


def allowed_codes(finding: Finding) -> tuple[str, ...]:
    """The codes that are accepted in place of what was sent, where the finding is about a code."""
    if finding.allowed or finding.rule not in ABOUT_CODES or finding.field not in INPUTS:
        return finding.allowed
    return tuple(INPUTS[finding.field].allowed())


def of_refusal(refusal: FileRefused) -> ProblemError:
    """The problem of a whole file that is refused."""
    return ProblemError(refusal.code, [problem_finding(*each) for each in refusal.findings])


def problem_finding(finding: Finding, line: int | None) -> ProblemFinding:
    """A row of `errors`."""
    place = ("cell", place_of(finding, line))
    return ProblemFinding(place, finding.rule, RULES[finding.rule].detail, allowed_codes(finding))
