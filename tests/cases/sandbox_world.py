"""A loaded sandbox as plain Python, and the counting rule written a second time without SQL and without our resolver."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from cases.dictionary import REFERRAL, coded_fields
from cases.models import Assessment, Case, Referral
from cases.services.models import CountReport
from partners.models import Partner
from sandbox.load import SandboxSummary, load
from stats.published import Figure

Row = dict[str, Any]
KNOWN_NOT = {"_U", "_N", "_Z"}
ATTRIBUTES = ("gender", "age_band", "citizenship", "exploitation", "exploitation_detail")
FIELDS = {field.name: field for field in coded_fields(REFERRAL)}
RANDOM_COLUMNS = {"partner_id", "client_id", "opened_by_id"}


@dataclass(frozen=True)
class World:
    """All rows of the three tables of records, those of count reports, and the partners by id."""

    summary: SandboxSummary
    partners: dict[Any, Partner]
    cases: list[Row]
    referrals: list[Row]
    assessments: list[Row]
    reports: list[Row]

    def digest(self) -> str:
        """A digest of the content; partners are told by name and mode, because their ids are random."""
        tables = (self.cases, self.referrals, self.assessments, self.reports)
        lines = sorted(self._line(row) for table in tables for row in table)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def _line(self, row: Row) -> str:
        partner = str(self.partners[row.get("partner_id") or row["opened_by_id"]])
        return repr([partner, *((name, value) for name, value in row.items() if name not in RANDOM_COLUMNS)])

    def live_cases(self) -> set[Any]:
        """The ids of the cases that are not test data."""
        return {case["id"] for case in self.cases if not case["test"]}

    def identified(self, as_of: datetime | None = None) -> list[Row]:
        """Persons identified: year and attributes, by the counting rule."""
        referrals, assessments = by_case(current(self.referrals, as_of)), by_case(current(self.assessments, as_of))
        return [
            person(found, referrals[case])
            for case in self.live_cases()
            if (found := [row for row in assessments[case] if row["outcome"] == "IDENTIFIED"])
        ]


@contextmanager
def load_world(**options: Any) -> Iterator[World]:
    """Load a sandbox, read it, and roll it back."""
    with transaction.atomic():
        summary = load(**options)
        yield World(
            summary,
            {partner.pk: partner for partner in Partner.objects.all()},
            rows_of(Case),
            rows_of(Referral),
            rows_of(Assessment),
            rows_of(CountReport),
        )
        transaction.set_rollback(True)


def rows_of(model: type[Model]) -> list[Row]:
    """Every row of a table."""
    return [dict(row) for row in model._default_manager.values()]


def current(rows: list[Row], as_of: datetime | None) -> list[Row]:
    """The versions that are current now or were so at a moment."""
    if as_of is None:
        return [row for row in rows if row["superseded_at"] is None]
    return [
        row
        for row in rows
        if row["recorded_at"] <= as_of and (row["superseded_at"] is None or row["superseded_at"] > as_of)
    ]


def by_case(rows: list[Row]) -> dict[Any, list[Row]]:
    """Rows by their case."""
    grouped: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["case_id"]].append(row)
    return grouped


def person(found: list[Row], referrals: list[Row]) -> Row:
    """One identified person: its earliest month of decision, and attributes as verified or as the first in rank says."""
    decision = min(found, key=lambda row: row["decided_in"])
    reported = sorted((row for row in referrals if row["status"] != "withdrawn"), key=rank, reverse=True)
    attributes: Row = {"year": decision["decided_in"].year, "month": decision["decided_in"]}
    for name in ATTRIBUTES:
        verified = {row[f"verified_{name}"] for row in found if row[f"verified_{name}"] not in KNOWN_NOT}
        assert len(verified) <= 1, "authorities contradict each other"
        attributes[name] = verified.pop() if verified else reported[0][name]
    return attributes


def rank(row: Row) -> tuple[bool, Any, int]:
    """Consent, then the latest month, then completeness."""
    return (
        row["consent"] == "GIVEN",
        row["referred_in"],
        sum(value not in KNOWN_NOT for value in row.values() if isinstance(value, str)),
    )


def falls_in(attributes: Row, figure: Figure) -> bool:
    """Whether a person belongs to a published figure's cell; a code may be one of a level."""
    return figure.first <= attributes["year"] <= figure.last and all(
        rolled_up(name, attributes[name], attributes["month"]) & set(codes) for name, codes in figure.cell
    )


def rolled_up(name: str, code: str, month: Any) -> set[str]:
    """The code and what it rolls up to."""
    return {code, *(level.parent_of(code, month) for level in FIELDS[name].codelist.levels)}
