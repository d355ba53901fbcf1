"""What became of each row of a batch, in the order of the file, and where each finding stands as a spreadsheet shows it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from cases.intake.batches.decoding import INPUTS
from cases.intake.findings import Finding
from cases.intake.models import Batch, Outcome
from cases.intake.understanding.headers import MEMBERS
from cases.intake.understanding.sources import column_letter
from cases.linking.restriction import restriction_of_record

CHUNK = 1_000
# A token is told of what is stored: of a dry run that of an unchanged row alone, and of a restricted person never. It is looked up
# row by row: tables that are taken for small would be joined to each other first.
PAGE = f"""
SELECT w.index, w.line, w.reference, (SELECT c.token FROM cases_case c WHERE c.id = (
    SELECT r.case_id FROM cases_referral r
    WHERE r.partner_id = %(partner)s AND r.reference = w.reference AND r.version = w.version
    AND (%(stored)s AND w.outcome IN ('{Outcome.CREATED}', '{Outcome.CORRECTED}') OR w.outcome = '{Outcome.UNCHANGED}')
    AND NOT {restriction_of_record("r")}
)), w.outcome, w.version, w.findings
FROM intake_rowresult w
WHERE w.batch_id = %(batch)s AND w.index > %(after)s AND w.outcome = ANY(%(outcomes)s)
ORDER BY w.index LIMIT %(limit)s
"""
TOKENS = f"""
SELECT DISTINCT c.token FROM cases_case c
JOIN cases_referral r ON r.case_id = c.id AND r.partner_id = %(partner)s
JOIN intake_rowresult w ON w.reference = r.reference AND w.version = r.version
WHERE c.token = ANY(%(tokens)s) AND w.batch_id = %(batch)s AND w.index <= %(index)s
AND w.outcome IN ('{Outcome.CREATED}', '{Outcome.CORRECTED}', '{Outcome.UNCHANGED}')
"""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one row. `case_token`: where the row is stored, and its person not restricted."""

    index: int
    line: int
    reference: UUID | None
    case_token: str | None
    outcome: str
    version: int | None
    findings: tuple[Finding, ...]


def page(
    batch: Batch, *, outcomes: Sequence[str] = tuple(Outcome), after: int = -1, limit: int = CHUNK
) -> list[Result]:
    """The results after an index, at most so many."""
    values: dict[str, Any] = {
        "batch": batch.pk,
        "partner": batch.partner_id,
        "stored": batch.stored,
        "after": after,
        "outcomes": [str(each) for each in outcomes],
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(PAGE, values)
        return [Result(*(*row[:-1], findings_of(row[-1]))) for row in cursor.fetchall()]


def tokens_until(batch: Batch, index: int, tokens: Collection[str]) -> set[str]:
    """Those of some tokens that a row up to an index has: of rows that are stored."""
    with connection.cursor() as cursor:
        cursor.execute(TOKENS, {"batch": batch.pk, "partner": batch.partner_id, "index": index, "tokens": list(tokens)})
        return {token for (token,) in cursor.fetchall()}


def stream(batch: Batch, *, outcomes: Sequence[str] = tuple(Outcome)) -> Iterator[Result]:
    """Every result, page by page: no transaction stays open between two of them."""
    after = -1
    while results := page(batch, outcomes=outcomes, after=after):
        yield from results
        after = results[-1].index


def findings_of(data: Any) -> tuple[Finding, ...]:
    rows: Sequence[Mapping[str, Any]] = msgspec.json.decode(data) if isinstance(data, str) else data or ()
    return tuple(finding_of(each) for each in rows)


def finding_of(data: Mapping[str, Any]) -> Finding:
    """One finding. What a batch keeps beside it, such as a digest, is left out."""
    members = {name: value for name, value in data.items() if name in Finding.__slots__}
    return Finding(**{**members, **{name: tuple(data.get(name, ())) for name in ("lines", "allowed")}})


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
