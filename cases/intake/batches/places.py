"""Where a finding stands, as a spreadsheet shows it, and what is accepted there instead."""

from __future__ import annotations

from cases.intake.batches.decoding import INPUTS
from cases.intake.findings import Finding
from cases.intake.sources import column_letter
from cases.intake.understanding.headers import MEMBERS

# Rules about a code that is none: those that there are would have been accepted.
ABOUT_CODES = frozenset({"required", "code_expected", "code_unknown", "code_retired", "code_not_yet_valid"})
UNKNOWN_MEMBER = "unknown_member"
# A file full of wrong countries would repeat the whole list with each of its rows.
MOST_CODES = 20
# What a problem is about where it is the whole file.
WHOLE = "*"


def place_of(column: int | None, line: int | None) -> str:
    """Where in a file: a cell (`F12`), a column (`F`), a line (`12`), or all of it."""
    letter = "" if column is None else column_letter(column)
    return f"{letter}{line or ''}" or WHOLE


def likeliest(codes: tuple[str, ...], suggestion: str | None) -> list[str]:
    """The first codes of a long list, what was probably meant before all others."""
    first = [suggestion] if suggestion in codes else []
    return [*first, *(code for code in codes if code != suggestion)][:MOST_CODES]


def allowed_codes(finding: Finding) -> tuple[str, ...]:
    """What is accepted in place of what was sent: codes, or the members of a row, what was probably meant first."""
    if finding.rule == UNKNOWN_MEMBER:
        return tuple(dict.fromkeys(filter(None, (finding.suggestion, *MEMBERS))))
    if finding.allowed or finding.rule not in ABOUT_CODES or finding.field not in INPUTS:
        return finding.allowed
    return tuple(INPUTS[finding.field].allowed())
