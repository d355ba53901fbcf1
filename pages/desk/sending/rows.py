"""Findings as a page shows them: where in the file, in a sentence, and what is accepted instead, in the words of the lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from cases.codelists.common import label_of
from cases.intake.batches.places import MOST_CODES, allowed_codes, likeliest, place_of
from cases.intake.batches.results import Result, finding_of
from cases.intake.batches.wording import field_of, sentence_on_desk
from cases.intake.findings import Finding, FindingClass
from cases.intake.models import Batch
from cases.intake.rulebook import RULES
from cases.intake.templates.columns import BY_NAME
from cases.intake.understanding.codes import CODED


class FindingLine(NamedTuple):
    """A finding. `where`: the cell as the spreadsheet shows it, of the file that was sent. `choices`: the words that are accepted.

    `has_more`: these are not all.
    """

    where: str
    words: str
    choices: Sequence[str]
    has_more: bool

    @property
    def is_row(self) -> bool:
        """Whether it is of a row and of no column of it."""
        return self.where.isdecimal()

    @property
    def is_column(self) -> bool:
        """Whether it is of a column and of no row of it."""
        return self.where.isalpha()


class RowLine(NamedTuple):
    """A row of the file: its number as the spreadsheet shows it, and all that is said of it."""

    line: int
    findings: Sequence[FindingLine]


def row_line(row: Result, batch: Batch, language: str) -> RowLine:
    """A row with what must be corrected or confirmed in it."""
    serious = [each for each in row.findings if is_serious(each)]
    return RowLine(row.line, [finding_line(each, row.line, batch.columns, language) for each in serious])


def is_serious(finding: Finding) -> bool:
    """Whether a finding is more than a notice."""
    return RULES[finding.rule].cls != FindingClass.NOTICE


def finding_line(finding: Finding, line: int | None, columns: Mapping[str, int], language: str) -> FindingLine:
    """A finding on the row of a line, or on the file."""
    column = columns.get(field_of(finding) or "") if finding.column is None else finding.column
    codes = allowed_codes(finding)
    return FindingLine(
        "" if column is None and line is None else place_of(column, line),
        sentence_on_desk(finding, language),
        [words_of(finding.field or "", each, language) for each in likeliest(codes, finding.suggestion)],
        len(codes) > MOST_CODES,
    )


def words_of(field: str, code: str, language: str) -> str:
    """A code or a member of a row as a spreadsheet of ours has it."""
    if field in CODED:
        return label_of(CODED[field].codelist, code)(language)
    return BY_NAME[code].label(language) if code in BY_NAME else code


def file_lines(findings: Iterable[Mapping[str, Any]], columns: Mapping[str, int], language: str) -> list[FindingLine]:
    """What is said of the whole file, as its batch keeps it."""
    return [finding_line(finding_of(each), each.get("line"), columns, language) for each in findings]
