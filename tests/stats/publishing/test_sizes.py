"""Any number of persons: pools of synthetic ones are protected and proved."""

from __future__ import annotations

from pathlib import Path

import pytest

from sandbox.load import load
from stats.models import PUBLIC, Release
from tests.stats.publishing.town import build, proof

# Years of which nobody has published anything.
YEARS = (2011, 2012)
TABLES = ["region", "detected_by", "citizenship.continent", "age_band.age18", "gender,exploitation.form"]


@pytest.mark.django_db
@pytest.mark.parametrize("persons", [64, 97, 121, 400, 1000])
def test_a_pool_of_any_size_is_safe(keys: Path, persons: int) -> None:
    load(persons=persons, years=YEARS)
    built = build("2011-2012", PUBLIC, TABLES, as_of=None)
    assert built.passed
    assert Release.objects.get().records == {"persons": persons}
    reports = proof(built.release.pk).report
    assert all(block["passed"] and not block["failing"] for block in reports["audit"].values())
    assert reports["primaries"]
