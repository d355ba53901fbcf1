"""The one table of datasets: what each row says, and that nobody outside of the statistics knows a dataset by name."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

from django.conf import settings

from cases.dimensions import DATASETS, PRINCIPAL, Aggregation, ProtectionScheme, Unit, protected_datasets
from cases.linking.records import RECORDS, SOME_RECORDS
from core.apps import ROOMS
from stats.publishing.choice import PROTECTED

PACKAGES = (
    "api",
    "benchmarks",
    "config",
    "deploy",
    "tools",
    *ROOMS,
)
NAMES = {"PERSONS", "PRESUMED", "REFERRALS"}


def test_each_dataset_has_a_unit_and_a_query_of_its_records() -> None:
    assert {each.unit for each in DATASETS.values()} == set(Unit)
    assert RECORDS.keys() == SOME_RECORDS.keys() == DATASETS.keys()


def test_a_count_and_a_sum_add_up_and_a_share_and_a_rate_do_not() -> None:
    assert [measure for measure in Aggregation if replace(PRINCIPAL, measure=measure).additive] == [
        Aggregation.COUNT,
        Aggregation.SUM,
    ]


def test_protected_releases_are_of_the_dataset_whose_row_says_so() -> None:
    protected = [each for each in DATASETS.values() if each.protection == ProtectionScheme.SMALL_CELLS]
    assert protected == [*protected_datasets()] == [PROTECTED]


def test_outside_of_the_statistics_no_dataset_is_known_by_name() -> None:
    root = Path(settings.BASE_DIR)
    found = {
        str(path.relative_to(root))
        for room in PACKAGES
        for path in (root / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom)
        and node.module == "cases.dimensions"
        and NAMES & {each.name for each in node.names}
    }
    assert found == {"cases/linking/records.py", "stats/reading/external.py"}
