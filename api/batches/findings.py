"""Findings of deliveries in the reader's language, each with the place that a spreadsheet shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import UNSET, structs

from api.batches.bodies import RowFindingBody
from api.batches.parts import MAPPING
from api.http.problems import ProblemError, ProblemFinding, pointer
from cases.intake.batches.decoding import INPUTS
from cases.intake.batches.results import finding_of
from cases.intake.batches.wording import field_of, sentence, sentences
from cases.intake.findings import FileRefused, Finding
from cases.intake.rulebook import RULES
from cases.intake.sources import column_letter
from cases.intake.templates.columns import BY_NAME
from cases.intake.understanding.codes import CODED
from cases.intake.understanding.headers import MEMBERS
from cases.intake.understanding.mapping import IDENTIFIER, MAPPING_WORDS

# Rules about a code that is none: those that there are would have been accepted.
ABOUT_CODES = frozenset({"required", "code_expected", "code_unknown", "code_retired", "code_not_yet_valid"})
UNKNOWN_MEMBER = "unknown_member"
# A file full of wrong countries would repeat the whole list with each of its rows.
MOST_CODES = 20
# What a problem is about where it is the whole file.
WHOLE = "*"
# When a delivery that was refused may be sent again as it is.
WAITS = {"deliveries_waiting": {"Retry-After": "60"}}


def finding_body(finding: Finding, line: int | None, language: str, columns: Mapping[str, int]) -> RowFindingBody:
    """A finding on the row of a line, or on the file. `columns`: those of the file, by members of a row."""
    field = field_of(finding)
    plain = BY_NAME.get(field or "")
    column = columns.get(field or "") if finding.column is None else finding.column
    codes = allowed_codes(finding)
    is_long = finding.field in CODED and len(codes) > MOST_CODES
    return RowFindingBody(
        rule=finding.rule,
        class_=RULES[finding.rule].cls,
        field=field,
        column=plain.label(language) if plain else None,
        cell=None if column is None else place_of(column, line),
        detail=sentence(finding, language),
        allowed=likeliest(codes, finding.suggestion) if is_long else list(codes),
        codelist=codelist_of(finding.field or "") if is_long else UNSET,
        suggestion=finding.suggestion,
        lines=list(finding.lines) or UNSET,
        period=finding.period or UNSET,
        index=UNSET if finding.index is None else finding.index,
        stored_version=finding.stored_version or UNSET,
        stored_at=finding.stored_at or UNSET,
    )


def file_finding_body(entry: Mapping[str, Any], language: str, columns: Mapping[str, int]) -> RowFindingBody:
    """A finding on a file as its batch keeps it: with the line that it was found in, where it is not about the whole file."""
    line = entry.get("line")
    body = finding_body(finding_of(entry), line, language, columns)
    return structs.replace(body, cell=str(line)) if line and body.cell is None else body


def place_of(column: int | None, line: int | None) -> str:
    """Where in a file: a cell (`F12`), a column (`F`), a line (`12`), or all of it."""
    letter = "" if column is None else column_letter(column)
    return f"{letter}{line or ''}" or WHOLE


def likeliest(codes: tuple[str, ...], suggestion: str | None) -> list[str]:
    """The first codes of a long list, what was probably meant before all others."""
    first = [suggestion] if suggestion in codes else []
    return [*first, *(code for code in codes if code != suggestion)][:MOST_CODES]


def codelist_of(field: str) -> str:
    """The address of the code list of a field."""
    return f"/api/v1/codelists/{CODED[field].codelist.id}"


def allowed_codes(finding: Finding) -> tuple[str, ...]:
    """What is accepted in place of what was sent: codes, or the members of a row, what was probably meant first."""
    if finding.rule == UNKNOWN_MEMBER:
        return tuple(dict.fromkeys(filter(None, (finding.suggestion, *MEMBERS))))
    if finding.allowed or finding.rule not in ABOUT_CODES or finding.field not in INPUTS:
        return finding.allowed
    return tuple(INPUTS[finding.field].allowed())


def of_refusal(refusal: FileRefused) -> ProblemError:
    """The problem of a whole file that is refused."""
    findings = [problem_finding(*each) for each in refusal.findings]
    return ProblemError(refusal.code, findings, WAITS.get(refusal.code), total=refusal.total)


def of_mapping(refusal: FileRefused) -> ProblemError:
    """The problem of a mapping that is refused as the body of a request: there is no file that it could name."""
    findings = [finding_at(("pointer", pointer(*each.path)), each) for each, _ in refusal.findings]
    code = "identifier_in_body" if refusal.code == IDENTIFIER else "validation_failed"
    return ProblemError(code, findings, total=refusal.total)


def problem_finding(finding: Finding, line: int | None) -> ProblemFinding:
    """A row of `errors`: on a file, or on the mapping that came with it."""
    if finding.rule in MAPPING_WORDS:
        return finding_at(("pointer", pointer(MAPPING, *finding.path)), finding)
    return finding_at(("cell", place_of(finding.column, line)), finding)


def finding_at(place: tuple[str, str], finding: Finding) -> ProblemFinding:
    """The same at a place. It names the field and its column, and never what was sent."""
    field = field_of(finding)
    return ProblemFinding(
        place,
        finding.rule,
        sentences(finding),
        allowed_codes(finding),
        suggestion=finding.suggestion,
        field=field,
        column=BY_NAME[field].label if field in BY_NAME else None,
        index=finding.index,
    )
