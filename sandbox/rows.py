"""Lines for COPY: the columns of the three tables, in the order in which the sandbox writes them, and moments as numbers.

A month is a number of months since the year 0, a moment one of seconds since 1970 (UTC).
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from random import Random

from cases.dictionary import SCHEMA_VERSION
from sandbox.chance import NULL, uuid4
from sandbox.decks import (
    AGREED_COLUMNS,
    BLANK_COURSE,
    CONTROL_COLUMNS,
    COURSE_COLUMNS,
    DECISION_COLUMNS,
    PLACE_COLUMNS,
    SUPPORT_COLUMNS,
    VERIFIED_COLUMNS,
)
from sandbox.profile import PERSON_COLUMNS

HOUR, DAY = 3600, 86_400
FIRST_MONTH = 2000 * 12


def number_of_month(year: int, number: int) -> int:
    """The month of a year; `number` is 0 for January."""
    return year * 12 + number


def month_of_moment(moment: int) -> int:
    """The month of a moment in UTC. In Copenhagen the last two hours may belong to the next month."""
    day = datetime.fromtimestamp(moment, UTC)
    return number_of_month(day.year, day.month - 1)


@cache
def month_as_text(index: int) -> str:
    """A month's first day as COPY reads it."""
    return f"{index // 12:04}-{index % 12 + 1:02}-01"


@cache
def start_of_month(index: int) -> int:
    """A month's first moment."""
    return calendar.timegm((index // 12, index % 12 + 1, 1, 0, 0, 0))


def moment_as_text(moment: int) -> str:
    """A moment as COPY reads it."""
    return datetime.fromtimestamp(moment, UTC).isoformat()


CASE_COLUMNS = ("id", "token", "test", "token_unknown", "opened_at", "opened_by_id")
REFERRAL_COLUMNS = (
    "id", "reference", "partner_id", "client_id", "case_id", *AGREED_COLUMNS, *PLACE_COLUMNS, *CONTROL_COLUMNS,
    "version", "status", "reason_code", "schema_version", "recorded_at", "superseded_at", *PERSON_COLUMNS,
    *SUPPORT_COLUMNS,
)  # fmt: skip
ASSESSMENT_COLUMNS = (
    "id", "case_id", "partner_id", "client_id", "version", "schema_version", "recorded_at", "superseded_at",
    *DECISION_COLUMNS, *COURSE_COLUMNS, *VERIFIED_COLUMNS,
)  # fmt: skip
BLANK_VERIFIED = "\t".join(["_N"] * len(VERIFIED_COLUMNS))


@dataclass(frozen=True, slots=True)
class Desk:
    """The writing organisation: its partner, and partner and client as text."""

    partner: str
    signature: str


@dataclass(frozen=True, slots=True)
class ReferralVersion:
    """The columns of a version of a referral that differ between versions."""

    at: int
    status: str
    who: str
    support: str
    reason: str = "_Z"


@dataclass(frozen=True, slots=True)
class AssessmentVersion:
    """One version of an assessment."""

    at: int
    outcome: str
    decided_by: str
    decided_in: str
    course: str = BLANK_COURSE
    verified_columns: str = BLANK_VERIFIED


@dataclass(slots=True)
class Rows:
    """The lines of a block by table, and the number of persons that they identify."""

    persons: int
    cases: list[str] = field(default_factory=list)
    referrals: list[str] = field(default_factory=list)
    assessments: list[str] = field(default_factory=list)

    def case(self, rng: Random, token: str, *, test: bool, unknown: bool, at: int, by: Desk) -> str:
        """Add a case. Returns its id."""
        case = uuid4(rng)
        self.cases.append(f"{case}\t{token}\t{test}\t{unknown}\t{moment_as_text(at)}\t{by.partner}\n")
        return case

    def referral(self, rng: Random, case: str, desk: Desk, common: str, versions: Sequence[ReferralVersion]) -> None:
        """Add a referral with all its versions. `common`: the columns that they share, from referred_in to duration."""
        columns_of_all = f"{uuid4(rng)}\t{desk.signature}\t{case}\t{common}"
        stamps = [*(moment_as_text(version.at) for version in versions), NULL]
        for number, version in enumerate(versions):
            self.referrals.append(
                f"{uuid4(rng)}\t{columns_of_all}\t{number + 1}\t{version.status}\t{version.reason}\t{SCHEMA_VERSION}\t"
                f"{stamps[number]}\t{stamps[number + 1]}\t{version.who}\t{version.support}\n"
            )

    def assessment(self, rng: Random, case: str, desk: Desk, versions: Sequence[AssessmentVersion]) -> None:
        """Add an authority's assessment with all its versions."""
        stamps = [*(moment_as_text(version.at) for version in versions), NULL]
        for number, version in enumerate(versions):
            self.assessments.append(
                f"{uuid4(rng)}\t{case}\t{desk.signature}\t{number + 1}\t{SCHEMA_VERSION}\t{stamps[number]}\t{stamps[number + 1]}"
                f"\t{version.outcome}\t{version.decided_by}\t{version.decided_in}\t{version.course}\t{version.verified_columns}\n"
            )
