"""Erasing persons of a town, and what its releases counted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import pytest

from cases.models import Case
from oversight.rights.erasure import erase_data
from oversight.rights.person import data_of_case
from stats.counting import verification
from stats.models import SnapshotRecord
from stats.publishing import build as building
from stats.publishing import insiders, sources
from stats.publishing.planning import ProtectionResult, ReleasePlan
from tests.callers import as_web_server
from tests.oversight.rights.world import contents, officer

GENDER = ["gender"]
NEVER = (
    "public.statistics_release",
    "public.statistics_publishedtable",
    "public.statistics_certificate",
    "public.statistics_publication",
    "build.statistics_releasetable",
    "build.statistics_protectedtable",
    "build.statistics_proof",
)


def erased(*people: Case) -> None:
    """Erase persons as the web server does. A town's tokens are none that one could type."""
    for case in people:
        with as_web_server():
            erase_data(by=officer(), data=data_of_case(case), reason_code="REQUESTED")


def frozen() -> dict[str, list[str]]:
    """Everything of every release but the records that it counted."""
    rows = contents()
    return {table: rows[table] for table in NEVER}


def counted(release_id: str) -> set[UUID]:
    """The ids of the records that a release counted."""
    return set(SnapshotRecord.objects.filter(release_id=release_id).values_list("record", flat=True))


def spied(monkeypatch: pytest.MonkeyPatch) -> list[ReleasePlan]:
    """The plans that are carried out from now on."""
    plans: list[ReleasePlan] = []
    protect = building.protect

    def spy(plan: ReleasePlan) -> ProtectionResult:
        plans.append(plan)
        return protect(plan)

    monkeypatch.setattr(building, "protect", spy)
    return plans


def outcomes(found: Iterable[verification.Check]) -> dict[str, bool | None]:
    """Which checks passed."""
    return {each.name: each.passed for each in found}


def records_in(release_id: str) -> tuple[sources.CountedRecord, ...]:
    """The records of a release."""
    return sources.records_of(release_id)


def known_of(release_id: str, record: UUID) -> set[Any]:
    """Who knows a record by having referred her."""
    return {who for who, ids in insiders.referred_by(records_in(release_id)).items() if record in ids}
