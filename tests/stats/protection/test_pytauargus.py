"""A second opinion: the τ-ARGUS engine on the same tables. It shares no code with this project."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from stats.protection.space import Space
from stats.protection.suppress.complementary import suppress
from tests.stats.protection.suppression_cases import Case, dimension, people, small_case

pytestmark = pytest.mark.reference
batch = pytest.importorskip("pytauargus.batch", reason="pytauargus is not installed")
protect = pytest.importorskip("pytauargus.protect", reason="pytauargus is not installed").protect
SPACE = Space((dimension("a", 6), dimension("b", 4)))
PRIMARY, SECONDARY = "U", "M"


def theirs(counts: np.ndarray[Any, Any], folder: Path) -> Any:
    """The same persons given to the engine: fewer than five are unsafe, its own optimal suppression."""
    persons = np.repeat(np.arange(SPACE.size), counts)
    a, b = np.unravel_index(persons, SPACE.shape)
    records = {"a": [f"a{n}" for n in a], "b": [f"b{n}" for n in b], "one": [1] * len(persons)}
    return protect(
        records,
        tables=[["a", "b"]],
        response="one",
        safety_rules="FREQ(5,0)",
        suppress="OPT(1)",
        workdir=str(folder),
    )


def name(row: dict[str, Any]) -> str:
    """The id of a cell of theirs."""
    return ";".join(f"{side}={row[side]}" for side in ("a", "b") if row[side] != "Total") or "TOTAL"


def ids(result: Any, status: str) -> set[str]:
    """Their cells of a status."""
    return {name(row) for row in result.tables[0].rows if row["status"] == status}


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine writes logs to wherever it runs, whatever its folder is."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture(params=range(1, 5))
def case(request: pytest.FixtureRequest) -> Case:
    """Tables whose cells are all in use: the engine leaves out an empty code."""
    return small_case(SPACE, people(SPACE, 150, request.param))


def test_it_agrees_on_the_primary_cells(case: Case, tmp_path: Path) -> None:
    assert ids(theirs(case.counts, tmp_path), PRIMARY) == case.hidden


def test_it_finds_no_unsafe_cell_in_our_pattern(case: Case, tmp_path: Path) -> None:
    arguments: dict[str, Any] = case.arguments
    audited = audit(case, suppress(**arguments, seed=1).hidden, tmp_path)
    assert audited
    assert not [cell for cell in audited if cell["unsafe"]]


def test_it_objects_to_the_primary_cells_alone(tmp_path: Path) -> None:
    counts = np.full(SPACE.size, 9)
    counts[5] = 2
    case = small_case(SPACE, counts)
    assert [cell["unsafe"] for cell in audit(case, case.hidden, tmp_path)] == [True]


def audit(case: Case, hidden: frozenset[str], folder: Path) -> list[dict[str, Any]]:
    """Their audit of our pattern: their complementary cells are set safe, ours are hidden."""
    result = theirs(case.counts, folder)
    rows = [(row, name(row)) for row in result.tables[0].rows]
    lines = [f"{row['a']};{row['b']};S" for row, cell in rows if row["status"] == SECONDARY and cell not in hidden]
    lines += [
        f"{row['a']};{row['b']};M" for row, cell in rows if row["status"] != PRIMARY and cell in hidden - case.hidden
    ]
    changes = folder / "ours.hst"
    changes.write_text("\n".join(lines).replace("Total", "") + "\n")
    if lines:
        done = result.engine.apply_apriori(batch.Apriory(str(changes), 1, ";"))
        assert done["status_ok"] == len(lines)
    found: list[dict[str, Any]] = result.engine.audit(0)
    return found
