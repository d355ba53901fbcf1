"""Published test problems whose answers nobody here computed. See the data folder's README for what they are and whence."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from stats.protection.space import LinearForm
from stats.protection.suppress.complementary import suppress
from stats.protection.views import SuppressionCandidate, Target, View
from tests.stats.protection.suppression_cases import Case, unmet

FILE = Path(os.environ.get("HENVIS_REFERENCE_DATA", "../shared/data")) / "sdc_vectors" / "suppression_reference.json"
pytestmark = [
    pytest.mark.reference,
    pytest.mark.skipif(not FILE.exists(), reason=f"no reference data at {FILE}"),
]
TOTALS = {"total", "tot", "Total"}


def cells(name: str) -> list[dict[str, Any]]:
    """A reference table."""
    found: list[dict[str, Any]] = json.loads(FILE.read_text())[name]
    return found


def problem(rows: list[dict[str, Any]], sides: tuple[str, str], count: str, groups: dict[str, set[str]]) -> Case:
    """A two-way table with its margins as a case without targets. Groups are codes that stand for others of the second side."""

    def below(row: dict[str, Any], finest: dict[str, Any]) -> bool:
        return all(
            row[side] in TOTALS or finest[side] == row[side] or finest[side] in groups.get(row[side], ())
            for side in sides
        )

    finest = [row for row in rows if all(row[side] not in TOTALS and row[side] not in groups for side in sides)]
    candidates = [
        SuppressionCandidate(
            f"{row[sides[0]]}|{row[sides[1]]}",
            LinearForm(np.array([n for n, each in enumerate(finest) if below(row, each)])),
            float(row[count]) if row[count] else 1.0,
        )
        for row in rows
    ]
    views = {"public": View("public", np.zeros(len(finest), np.int64))}
    return Case(np.array([row[count] for row in finest]), candidates, frozenset(), views, [])


def test_sdctables_test_problem_has_its_known_optimum() -> None:
    rows = cells("testproblem_OPT")
    case = problem(rows, ("region", "gender"), "Freq", {})
    [primary] = [each for each in case.candidates if each.id == "A|female"]
    target = Target(primary.id, "public", primary.form, 0, 5)
    arguments: dict[str, Any] = {**case.arguments, "hidden": {primary.id}, "targets": [target]}
    known = {each.id for each, row in zip(case.candidates, rows, strict=True) if row["sdcStatus"] in {"u", "x"}}
    assert {n for n, row in enumerate(rows, 1) if row["sdcStatus"] in {"u", "x"}} == {5, 6, 11, 12}
    found = suppress(**arguments, seed=1)
    assert found.hidden == known
    assert found.proved


def test_a_table_with_two_hidden_cells_in_every_line_still_gives_one_away() -> None:
    rows = cells("problemdata_cells")
    case = problem(rows, ("v1", "v2"), "freq", {})
    primaries = [each for each, row in zip(case.candidates, rows, strict=True) if row["sdcStatus"] == "u"]
    arguments: dict[str, Any] = {
        **case.arguments,
        "hidden": {each.id for each in primaries},
        "targets": [Target(each.id, "public", each.form, None, None, 3) for each in primaries],
    }
    found = suppress(**arguments, seed=1)
    assert found.proved
    assert found.hidden > arguments["hidden"]
    assert len(found.hidden - arguments["hidden"]) == 1


@pytest.mark.parametrize("number", [1, 2, 4, 5])
def test_the_small_counts_of_the_gausssuppression_vignette_are_protected(number: int) -> None:
    rows = cells(f"ssb_t{number}")
    case = problem(rows, ("age", "geo"), "freq", {"EU": {"Portugal", "Spain"}, "nonEU": {"Iceland"}})
    primaries = [each for each, row in zip(case.candidates, rows, strict=True) if row["primary"]]
    targets = [Target(each.id, "public", each.form, None, None, 1) for each in primaries]
    hidden = frozenset(each.id for each in primaries)
    ready = Case(case.counts, case.candidates, hidden, case.views, targets)
    arguments: dict[str, Any] = ready.arguments
    found = suppress(**arguments, seed=1)
    theirs = {each.id for each, row in zip(case.candidates, rows, strict=True) if row["suppressed"]}
    assert unmet(ready, found.hidden) == unmet(ready, theirs) == []
    assert found.proved
    assert found.cost <= ready.cost(theirs)
