"""Years whose first count became another: 64 and then 77, 68 and 80, 72 and 73. What the first shows costs the final one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django import DjangoDbBlocker

from stats.errors import ReleaseRefused
from stats.models import PUBLIC
from stats.publishing import facts
from tests.cases.sandbox_world import load_world
from tests.stats.publishing.town import build, draw_alike, proof, publish

pytestmark = pytest.mark.django_db
COUNTS = {2020: (64, 77), 2021: (68, 80), 2022: (72, 73)}
YEARS = tuple(range(2019, 2024))
TABLES = ["region", "gender", "age_band.age18", "citizenship.continent", "exploitation.form"]
NOW = datetime(2024, 9, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def sandbox(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The published years, with the decisions that came late. What others published of them is left out: it came later still."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), load_world(years=YEARS):
        patch.setattr(settings, "HENVIS_KEYS", tmp_path_factory.mktemp("keys"))
        patch.setattr(facts, "facts_of_years", lambda first, last: ())
        yield


def final(year: int, early: list[str]) -> dict[str, dict[str, Any]]:
    """The tables of the final vintage of a year, both vintages published, where the early one has some tables. All is undone."""
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        draw_alike(patch)
        first = build(str(year), PUBLIC, early, as_of=datetime(year + 1, 4, 1, tzinfo=UTC))
        publish(first)
        last = build(str(year), PUBLIC, TABLES, as_of=NOW)
        assert publish(last) == f"{year}.p2"
        assert (*first.release.records.values(), *last.release.records.values()) == COUNTS[year]
        found = {each["axes"]: each for each in proof(last.release.pk).margins["tables"]}
        transaction.set_rollback(True)
    return found


def shares(year: int, early: list[str]) -> list[int]:
    """The persons in shown cells of each table of the final vintage, in per cent. None where that cannot be published."""
    try:
        tables = final(year, early)
    except ReleaseRefused:
        return [0] * len(TABLES)
    return [tables[name]["share"] for name in TABLES]


@pytest.mark.parametrize("year", COUNTS)
def test_an_early_total_leaves_the_final_vintage_its_tables(sandbox: None, year: int) -> None:
    tables = final(year, [""])
    after_total, after_tables = [tables[name]["share"] for name in TABLES], shares(year, TABLES)
    # Of minors there are too few in some years, whatever was published before.
    assert min(share for name, share in zip(TABLES, after_total, strict=True) if name != "age_band.age18") >= 40
    assert sum(after_total) >= sum(after_tables) + 50


def test_one_late_decision_leaves_a_final_vintage_beside_an_early_one_with_tables(sandbox: None) -> None:
    assert any(shares(2022, TABLES))
