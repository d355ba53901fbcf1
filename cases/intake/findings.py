"""Findings: what is said of a row, a column or a whole file that was sent. No finding has a value that was sent.

A finding names a rule; `cases.intake.rulebook` has the words, the class and the page of each rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from cases.errors import DomainError


class FindingClass(StrEnum):
    """What a finding does to its row: an error blocks it, a check holds it until somebody confirms it, a notice does neither.

    A delivery check is a check of the whole file or of a period, confirmed in the same way.
    """

    ERROR = "error"
    CHECK = "check"
    DELIVERY = "delivery_check"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that a row or a file breaks.

    `field`: the member of a row (a field of the dictionary, `reference` or `version`). `column`: the column of the file, from 0,
    where it has columns. `lines`: other rows that it is about. `allowed`: the codes that are accepted, nearest first.
    `suggestion`: the code that was probably meant. `period`: the year or month that a delivery check is about. `index`: a row of
    JSON, or an entry of the object of a mapping, from 0. `path`: where in a mapping. `stored_version` and `stored_at`: the version
    that is stored under the reference, and since when (RFC 3339).
    """

    rule: str
    field: str | None = None
    column: int | None = None
    lines: tuple[int, ...] = ()
    allowed: tuple[str, ...] = ()
    suggestion: str | None = None
    period: str | None = None
    index: int | None = None
    path: tuple[str, ...] = ()
    stored_version: int | None = None
    stored_at: str | None = None


class FileRefused(DomainError):
    """A whole file is refused, and nothing of it is kept. `code` is a problem of the API's catalogue.

    `total`: how many findings there are, where not all of them are named. `batch_id`: the delivery that says so too, once there
    is one.
    """

    def __init__(
        self, code: str, findings: Sequence[tuple[Finding, int | None]] = (), *, total: int | None = None
    ) -> None:
        """Name the problem, and what is wrong: each finding with the line of the file, or None where it is about all of it."""
        super().__init__(code)
        self.code = code
        self.findings = tuple(findings)
        self.total = len(self.findings) if total is None else total
        self.batch_id: UUID | None = None
