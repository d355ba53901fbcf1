"""What programs that nobody here wrote have published: p-tables, perturbed tables, suppressed tables."""

from __future__ import annotations

import csv
import json
import os
from bisect import bisect_left
from collections import defaultdict
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from stats.protection.audit.auditor import audit
from stats.protection.audit.intervals import intervals
from stats.protection.perturbation import Noise
from stats.protection.space import IntArray, LinearForm
from stats.protection.views import Constraint, View
from tests.stats.protection.auditing import view

FOLDER = Path(os.environ.get("HENVIS_REFERENCE_DATA", "../shared/data")) / "sdc_vectors"
pytestmark = [
    pytest.mark.reference,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="no published reference data; see HENVIS_REFERENCE_DATA"),
]


def loaded(name: str) -> Any:
    """A file of the folder: JSON, or the rows of a table."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    if name.endswith(".json"):
        return json.loads(text)
    return list(csv.DictReader(text.splitlines(), delimiter=";" if name.endswith(".txt") else ","))


# What is published besides the cells' own words: unions of rows or columns, and the words for totals.
TOTALS = ("total", "tot", "Total")
UNIONS = {"EU": ("Portugal", "Spain"), "nonEU": ("Iceland",)}


class Suppressed:
    """A published table of two dimensions, as an auditor sees it."""

    def __init__(self, name: str, first: str, second: str, count: str, hidden: str) -> None:
        listed = loaded("suppression_reference.json")[name]
        self.atoms = [self._atoms({row[key] for row in listed}) for key in (first, second)]
        self.forms = {f"{row[first]}|{row[second]}": self._form(row[first], row[second]) for row in listed}
        self.counts = {f"{row[first]}|{row[second]}": row[count] for row in listed}
        self.hidden = [f"{r[first]}|{r[second]}" for r in listed if r[hidden] in (True, "u", "x")]

    @property
    def view(self) -> View:
        """Somebody who knows nothing besides."""
        return view(len(self.atoms[0]) * len(self.atoms[1]))

    def shown(self, also_hidden: tuple[str, ...] = ()) -> list[Constraint]:
        """The cells that are shown."""
        hidden = {*self.hidden, *also_hidden}
        return [
            Constraint(c, form, self.counts[c], self.counts[c]) for c, form in self.forms.items() if c not in hidden
        ]

    def determined(self, also_hidden: tuple[str, ...] = ()) -> list[str]:
        """The hidden cells that the auditor finds to be determined."""
        hidden = [(name, self.forms[name]) for name in (*self.hidden, *also_hidden)]
        report = audit(
            views={"public": self.view},
            shown=self.shown(also_hidden),
            targets=(),
            hidden=hidden,
            undetermined_in=["public"],
        )
        return [name for _, name in report.determined_cells]

    @staticmethod
    def _atoms(codes: set[str]) -> list[str]:
        return sorted(codes - {*TOTALS, *UNIONS})

    def _form(self, first: str, second: str) -> LinearForm:
        places = [self._places(code, atoms) for code, atoms in zip((first, second), self.atoms, strict=True)]
        return LinearForm(np.array([a * len(self.atoms[1]) + b for a in places[0] for b in places[1]]))

    @staticmethod
    def _places(code: str, atoms: list[str]) -> list[int]:
        meant = atoms if code in TOTALS else UNIONS.get(code, (code,))
        return [atoms.index(atom) for atom in meant]


SDC_TABLE = partial(Suppressed, first="region", second="gender", count="Freq", hidden="sdcStatus")
PROBLEM = partial(Suppressed, "problemdata_cells", "v1", "v2", "freq", "sdcStatus")
VIGNETTE = partial(Suppressed, first="age", second="geo", count="freq", hidden="suppressed")
TABLES = {
    "testproblem_OPT": partial(SDC_TABLE, "testproblem_OPT"),
    "testproblem_GAUSS": partial(SDC_TABLE, "testproblem_GAUSS"),
    "problemdata": PROBLEM,
    **{name: partial(VIGNETTE, name) for name in ("ssb_t1", "ssb_t2", "ssb_t4", "ssb_t5")},
}


@pytest.mark.parametrize("name", TABLES)
def test_intervals_of_published_tables(name: str) -> None:
    table, expected = TABLES[name](), loaded("suppression_intervals_lp.json")[name]
    assert sorted(expected) == sorted(table.hidden)
    found = intervals(table.view, table.shown(), [table.forms[cell] for cell in expected])
    assert [list(each) for each in found] == list(expected.values())


def test_a_cell_that_two_hidden_ones_in_every_row_and_column_do_not_hide() -> None:
    """47 exactly, although every row and column has two hidden cells or more; one more hidden cell repairs it."""
    table = PROBLEM()
    assert table.determined() == ["w|b"]
    assert table.determined(("x|b",)) == []
    repaired = loaded("suppression_intervals_lp.json")["problemdata_plus_xb"]
    found = intervals(table.view, table.shown(("x|b",)), [table.forms[cell] for cell in repaired])
    assert [list(each) for each in found] == list(repaired.values())


@pytest.mark.parametrize("name", [name for name in TABLES if name != "problemdata"])
def test_published_suppressions_pass_and_no_cell_can_be_shown_of_the_minimal_one(name: str) -> None:
    table = TABLES[name]()
    assert table.determined() == []
    if name == "testproblem_OPT":
        every = table.hidden
        for shown in every:
            table.hidden = [cell for cell in every if cell != shown]
            assert set(table.determined()) == set(table.hidden)


def perturbed(table: list[dict[str, Any]], count: int, key: float) -> int:
    """The noise of a count by a p-table: of its row (the last is for all larger ones) the first bound that the key is not above."""
    by_count = defaultdict(list)
    for row in table:
        by_count[int(row["i"])].append(row)
    rows = by_count[min(count, max(by_count))]
    return int(rows[bisect_left([float(row["ub"]) for row in rows], key)]["v"])


def test_the_21_cells_of_the_cell_key_package() -> None:
    table, records = loaded("cellkey_ptable_D5V3js2pstay05.csv"), loaded("cellkey_microdata.csv")
    expected = loaded("cellkey_expected.csv")
    assert len(expected) == 21
    for cell in expected:
        own = [
            float(record["rec_key"])
            for record in records
            if cell["sex"] in (record["sex"], "Total") and cell["age"] in (record["age"], "Total")
        ]
        key = sum(own) % 1
        assert len(own) == int(cell["uwc"])
        assert key == pytest.approx(float(cell["ckey"]), abs=1e-9)
        assert len(own) + perturbed(table, len(own), key) == int(cell["puwc"])


def test_the_example_of_the_handbook() -> None:
    example = loaded("handbook_ckm_example.json")
    rows = [dict(zip(example["columns"], row, strict=True)) for row in example["ptable"]]
    table = [{"i": row["original"], "v": row["noise"], "ub": row["upper"]} for row in rows]
    key = sum(example["record_keys"]) % 1
    assert key == pytest.approx(example["cell_key"])
    assert perturbed(table, example["count"], key) == example["noise"]
    assert example["count"] + example["noise"] == example["published"]


def moments(rows: list[tuple[int, float]]) -> tuple[float, float, float]:
    """Sum, mean and variance of noise by its probabilities."""
    return sum(p for _, p in rows), sum(v * p for v, p in rows), sum(v * v * p for v, p in rows)


def test_reference_tables_of_noise_have_the_moments_that_they_promise() -> None:
    for table in loaded("ptable_reference.json"):
        for check in table["check"]:
            rows = [(row["v"], row["p"]) for row in table["table"] if row["i"] == check["i"]]
            total, mean, variance = moments(rows)
            assert [total, mean] == pytest.approx([1, 0], abs=1e-5)
            assert variance == pytest.approx(check["p_var"], abs=1e-4)
            assert variance <= table["params"]["V"] + 1e-4


@pytest.mark.parametrize(
    ("name", "p", "variance"),
    [("tauargus_20160511_szenario_5a.txt", "p_ij", 2.001), ("tauargus_ptab_freq.txt", "p", 3)],
)
def test_tables_of_the_other_program(name: str, p: str, variance: float) -> None:
    by_count = defaultdict(list)
    for row in loaded(name):
        by_count[int(row["i"])].append((int(row["v"]), float(row[p])))
    assert by_count.pop(0) == [(0, 1.0)]
    for rows in by_count.values():
        assert list(moments(rows)) == pytest.approx([1, 0, variance], abs=1e-3)


def test_two_programs_agree_on_a_table() -> None:
    ours, theirs = loaded("tauargus_ptab_freq.txt"), loaded("cellkey_ptable_D5V3js2pstay05.csv")
    assert [(row["i"], row["j"], row["v"]) for row in ours] == [(row["i"], row["j"], row["v"]) for row in theirs]
    for one, other in zip(ours, theirs, strict=True):
        assert float(one["p"]) == pytest.approx(float(other["p"]), abs=1e-6)


def test_our_noise_is_that_of_the_prototype() -> None:
    for table in loaded("own_symmetric_ptables.json")["tables"]:
        noise = Noise.of(table["D"], table["V"])
        assert noise.probabilities == pytest.approx(table["p"], abs=1e-9)
        assert noise.b == pytest.approx(table["b"], abs=1e-9)


def test_the_counts_of_the_microdata() -> None:
    """The example behind the vignette's tables gives their counts."""
    table, atoms = VIGNETTE("ssb_t1"), loaded("ssb_example1_2014.csv")
    counts: IntArray = np.zeros(len(table.view.floors), dtype=np.int64)
    for row in atoms:
        counts[table.forms[f"{row['age']}|{row['geo']}"].plus] += int(row["freq"])
    assert {name: form.value(counts) for name, form in table.forms.items()} == table.counts
