"""The public certificate: two points for every hidden cell, checked by adding up; whatever is changed in it is found."""

from __future__ import annotations

import ast
import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.statistics.protection import verify
from cases.statistics.protection.audit import certificate
from cases.statistics.protection.audit.certificate import CertifiedFact, GivenAway, PublicCell, VintagePairs
from cases.statistics.protection.audit.knowledge import Contradiction
from cases.statistics.protection.audit.search import Search
from cases.statistics.protection.space import AtomicDimension, Box, IntArray, Partition, Space
from cases.statistics.protection.verify.certificate import FORMAT, check_certificate
from cases.statistics.protection.verify.checks import READABLE
from cases.statistics.protection.verify.files import verify_files
from cases.statistics.protection.verify.tables import cells_of, compare_with_certificates, table_of
from tests.cases.statistics.protection.auditing import grid

RELEASE, EARLIER = "2023.p2", "2023.p1"
TIME = AtomicDimension("period", ("2023 first", "2023 second"), ())


def town() -> Space:
    """Two vintages of a year, by gender and by region."""
    gender = AtomicDimension("gender", ("F", "M"), (Partition("gender", ("F", "M"), (0, 1)),))
    region = AtomicDimension("region", ("N", "S", "W"), (Partition("region", ("N", "S", "W"), (0, 1, 2)),))
    return Space((TIME, gender, region))


def cell(space: Space, release: str, codes: dict[str, str], value: int | None) -> PublicCell:
    """A cell of the vintage of a release."""
    box = space.cell(codes)
    return PublicCell(release, Box(f"{release};{box.id}", ((0, (int(release == RELEASE),)), *box.sides)), value)


def table(space: Space, release: str, counts: dict[tuple[str, str], int | None]) -> list[PublicCell]:
    """A table by gender and region, with what it shows."""
    return [cell(space, release, {"gender": gender, "region": region}, n) for (gender, region), n in counts.items()]


SHOWN = {("F", "N"): None, ("F", "S"): None, ("F", "W"): 9, ("M", "N"): None, ("M", "S"): None, ("M", "W"): 0}


def published(space: Space) -> list[PublicCell]:
    """A release of which a square is hidden, beside its margins; and the total of an earlier one."""
    margins = [({}, 40), ({"gender": "F"}, 16), ({"gender": "M"}, 24)]
    margins += [({"region": "N"}, 11), ({"region": "S"}, 20), ({"region": "W"}, 9)]
    return [
        *(cell(space, RELEASE, codes, value) for codes, value in margins),
        *table(space, RELEASE, SHOWN),
        cell(space, EARLIER, {}, 38),
    ]


def proof(**more: Any) -> dict[str, Any]:
    """The certificate of the town's release."""
    space = town()
    given: dict[str, Any] = {
        "facts": facts(space),
        "vintages": [VintagePairs(0, ((0, 1),), 3, 1)],
        "cells": published(space),
    } | more
    return certificate.public_certificate(
        RELEASE, [certificate.block_certificate(release=RELEASE, space=space, **given)]
    )


def facts(space: Space) -> list[CertifiedFact]:
    """One fact: at least two women in the north."""
    box = Box("yearbook", ((0, (1,)), *space.cell({"gender": "F", "region": "N"}).sides))
    return [CertifiedFact("yearbook", box, 2, None)]


def failed(found: dict[str, Any]) -> list[str]:
    """The names of the checks that fail."""
    return [each.name for each in check_certificate(found) if not each.passed]


def test_every_hidden_cell_has_its_exact_interval_and_the_certificate_holds() -> None:
    found = json.loads(json.dumps(proof()))
    (block,) = found["blocks"]
    hidden = {entry["id"].removeprefix(f"{RELEASE};"): (entry["low"], entry["high"]) for entry in block["hidden"]}
    assert hidden == {
        "gender=F;region=N": (2, 7),
        "gender=F;region=S": (0, 5),
        "gender=M;region=N": (4, 9),
        "gender=M;region=S": (15, 20),
    }
    assert all(entry["exact"] and not entry["given_away_by_facts"] for entry in block["hidden"])
    assert len(check_certificate(found)) == 7 and failed(found) == []


def test_a_cell_that_facts_give_away_gets_points_without_them() -> None:
    box = Box("newspaper", ((0, (1,)), *town().cell({"gender": "F", "region": "N"}).sides))
    found = proof(facts=[CertifiedFact("newspaper", box, 3, 3)])
    (block,) = found["blocks"]
    assert all(entry["given_away_by_facts"] and entry["low"] < entry["high"] for entry in block["hidden"])
    assert failed(found) == []
    assert check_certificate(found)[-1].detail.startswith(f"given away: {RELEASE};gender=F;region=N, ")
    block["hidden"][0]["given_away_by_facts"] = False
    assert failed(found) == ["a cell whose points leave facts out is marked as given away by facts"]


def test_what_the_published_cells_give_away_has_no_certificate() -> None:
    space = town()
    cells = [each for each in published(space) if each.box.id != f"{RELEASE};gender=F;region=N"]
    with pytest.raises(GivenAway) as raised:
        proof(cells=[*cells, cell(space, RELEASE, {"gender": "F", "region": "N"}, 4)])
    assert len(raised.value.cells) == 3
    with pytest.raises(Contradiction, match=f"{RELEASE}: {RELEASE};gender=F"):
        proof(cells=[*published(space), cell(space, RELEASE, {"gender": "F"}, 17)])


def test_where_nothing_bounds_a_cell_two_values_are_enough() -> None:
    found = proof(cells=table(town(), RELEASE, SHOWN), facts=(), vintages=())
    assert not any(entry["exact"] for entry in found["blocks"][0]["hidden"])
    assert failed(found) == []


def test_where_the_extremes_are_not_found_two_values_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Search, "extreme", Mock(side_effect=TimeoutError))
    found = proof()
    assert not any(entry["exact"] for entry in found["blocks"][0]["hidden"])
    assert failed(found) == []


def change(path: str, value: Callable[[Any], Any]) -> Callable[[dict[str, Any]], None]:
    """A change of one place of a certificate's block."""

    def apply(block: dict[str, Any]) -> None:
        *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        at: Any = block
        for step in way:
            at = at[step]
        at[last] = value(at[last])

    return apply


HOLDS = "every published cell holds at every point"
CHANGED = "what changed between vintages holds"
TWO = "the two points of a hidden cell differ there, and are as stated"
FORGED = {
    "a shown cell": (change("cells.1.value", lambda n: n + 1), HOLDS),
    "an earlier release's cell": (change("cells.12.value", lambda n: n + 1), HOLDS),
    "a base": (change("bases.0.values.0.1", lambda n: n + 1), HOLDS),
    "a point": (change("points.0.change", lambda pairs: [*pairs, [11, 1]]), HOLDS),
    "a point under zero": (change("points.0.change", lambda pairs: [*pairs, [11, -1]]), "no count is under zero"),
    "a fact": (change("facts.0.low", lambda _: 3), "every fact holds at every point that it is to hold at"),
    "a fact's other end": (change("facts.0.high", lambda _: 6), "every fact holds at every point that it is to hold at"),
    "fewer records added": (change("vintages.0.removed", lambda n: n + 1), CHANGED),
    "more than there are": (change("vintages.0", lambda v: v | {"added": 42, "removed": 40}), CHANGED),
    "a stated value": (change("hidden.0.high", lambda n: n + 1), TWO),
    "one point for both": (change("hidden.0", lambda e: e | {"high": e["low"], "points": e["points"][:1] * 2}), TWO),
    "one point": (change("hidden.0.points", lambda points: points[:1]), TWO),
    "no proof of a cell": (change("hidden", lambda e: e[1:]), "every hidden cell has two points, and no other cell"),
    "a proof twice": (change("hidden", lambda e: [*e, e[0]]), "every hidden cell has two points, and no other cell"),
    "a hidden cell more": (change("cells.1.value", lambda _: None), "every hidden cell has two points, and no other cell"),
    "half a person": (change("bases.0.values.0.1", lambda n: n + 0.5), READABLE),
    "true": (change("bases.0.values.0.1", lambda _: True), READABLE),
    "a place that there is not": (change("bases.0.values.0.0", lambda _: 12), READABLE),
    "an atom that there is not": (change("cells.1.sides.0.1", lambda _: [2]), READABLE),
    "an atom twice": (change("cells.1.sides.0.1", lambda _: [1, 1]), READABLE),
    "nothing": (lambda block: block.clear(), READABLE),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGED)
def test_whatever_is_changed_is_found(name: str) -> None:
    found = json.loads(json.dumps(proof()))
    forge, expected = FORGED[name]
    forge(found["blocks"][0])
    assert expected in failed(found)


@pytest.mark.parametrize(
    "found", [{}, {"format": "another"}, {"format": FORMAT, "release": "x", "blocks": 1}, [], None]
)
def test_what_is_no_certificate_fails_one_check(found: Any) -> None:
    assert [each.name for each in check_certificate(found)] == [READABLE]


def test_a_certificate_of_nothing_proves_nothing() -> None:
    assert failed({"format": FORMAT, "release": "x", "blocks": []}) == [READABLE]


def test_the_format_has_one_name() -> None:
    assert certificate.FORMAT == FORMAT


GENDER = [("TOTAL", "40,A"), ("F", "16,A"), ("M", "24,A")]
HEAD = "release,period,gender,gender_label,count,status\r\n"
CSV = HEAD + "".join(f"{RELEASE},2023,{code},Label,{said}\r\n" for code, said in GENDER)
HIDDEN = f"release,period,gender,gender_label,region,region_label,count,status\r\n{RELEASE},2023,F,Kvinde,N,Nord,,Q\r\n"
STAT = {
    "id": ["measure", "period", "gender"],
    "dimension": {
        "measure": {"category": {"index": {"count": 0, "share": 1}}},
        "period": {"category": {"index": {"2023": 0}}},
        "gender": {"category": {"index": {"M": 1, "F": 0}}},
    },
    "value": [16, None, 40, 60],
    "status": {"1": "Q"},
    "extension": {"releases": [{"id": RELEASE, "period": "2023"}]},
}


def as_list(text: str) -> str:
    """A table of CSV as the list of objects that the API answers with."""
    rows = csv.DictReader(io.StringIO(text))
    return json.dumps([{**row, "count": int(row["count"]) if row["count"] else None} for row in rows])


@pytest.mark.parametrize("text", [CSV, HIDDEN], ids=["shown", "hidden"])
def test_a_list_of_objects_is_the_same_table_as_csv(text: str) -> None:
    assert cells_of(as_list(text)) == cells_of(text)
    assert table_of(as_list(text)).sides == table_of(text).sides


@pytest.mark.parametrize(
    "text",
    ["[]", "[1]", '[{"release": "2023.p1"}]', as_list(CSV).replace("40", "40.5"), as_list(CSV).replace("40", "null")],
)
def test_a_list_that_is_no_table_of_counts_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        table_of(text)


def test_tables_are_read_as_csv_and_as_json_stat() -> None:
    assert cells_of(CSV) == {
        (RELEASE, f"{RELEASE};TOTAL"): 40,
        (RELEASE, f"{RELEASE};gender=F"): 16,
        (RELEASE, f"{RELEASE};gender=M"): 24,
    }
    assert cells_of(HIDDEN) == {(RELEASE, f"{RELEASE};gender=F;region=N"): None}
    assert cells_of(json.dumps(STAT)) == {
        (RELEASE, f"{RELEASE};gender=F"): 16,
        (RELEASE, f"{RELEASE};gender=M"): None,
    }
    altered = (CSV.replace("40,A", said) for said in (",A", "40,Q", "40,P", "forty,A"))
    moved = (CSV.replace(",2023,", ",2022,"), json.dumps(STAT).replace('"2023"', '"2022"'))
    for wrong in (
        "",
        "{}",
        "a,b\n1,2\n",
        *moved,
        *altered,
        CSV.split("\r")[0],
        f"{CSV}{RELEASE},2023,F,Label,17,A\r\n",
    ):
        with pytest.raises(ValueError):
            cells_of(wrong)


Alter = Callable[[str], str]
MISSING, SAME = "no row of the table is missing", "the values are the same"
ALTERED: dict[str, tuple[Alter, str]] = {
    "a value": (lambda text: text.replace("40,A", "41,A"), SAME),
    "a value that is hidden": (lambda text: text.replace("16,A", ",Q"), SAME),
    "a row less": (lambda text: text.replace(f"{RELEASE},2023,M,Label,24,A\r\n", ""), MISSING),
    "a code that there is not": (lambda text: text.replace(",M,", ",X,"), "every cell of the table is in the certificates"),
    "a release without a certificate": (
        lambda text: f"{text}{EARLIER},2023,TOTAL,Label,38,A\r\n",
        "every release of the table has its certificate",
    ),
    "a row less of several axes": (
        lambda _: "\r\n".join([HIDDEN.split("\r")[0], *(f"{RELEASE},2023,{g},g,{r},r,,Q" for g, r in ("FN", "FS", "MN"))]),
        MISSING,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ALTERED)
def test_whatever_is_altered_in_a_table_is_found(name: str) -> None:
    alter, expected = ALTERED[name]
    found = proof()
    assert all(each.passed for each in compare_with_certificates([found], table_of(CSV)))
    altered = compare_with_certificates([found], table_of(alter(CSV)))
    assert expected in [each.name for each in altered if not each.passed]
    same = compare_with_certificates([found], table_of(as_list(alter(CSV))))
    assert same == altered


def test_a_cell_that_two_blocks_say_differently_is_found() -> None:
    found = proof()
    found["blocks"].append(deepcopy(found["blocks"][0]))
    found["blocks"][1]["cells"][0]["value"] = 41
    assert not compare_with_certificates([found], table_of(CSV))[0].passed


def test_a_table_that_was_filtered_has_a_row_for_the_one_code(tmp_path: Path) -> None:
    """The order of a cell's codes in its id does not matter."""
    head = "release,period,region,region_label,gender,gender_label,count,status\r\n"
    table = head + f"{RELEASE},2023,N,Nord,F,Kvinde,,Q\r\n"
    assert all(each.passed for each in compare_with_certificates([proof()], table_of(table)))


def test_files_are_checked_and_the_outcome_is_the_exit_status(tmp_path: Path) -> None:
    paths = {name: tmp_path / name for name in ("certificate.json", "gender.csv", "hidden.csv", "wrong.csv")}
    texts = (json.dumps(proof()), CSV, HIDDEN, CSV.replace("40", "41"))
    for path, text in zip(paths.values(), texts, strict=True):
        path.write_text(text, encoding="utf-8", newline="")
    first, *tables, wrong = map(str, paths.values())
    said: list[str] = []
    assert verify_files([first, *tables], said.append) == 0
    assert len(said) == 8 + 2 * 5 and all(line.startswith("passed") for line in said)
    assert verify_files([first, wrong], said.append) == 1
    assert any(line.startswith("FAILED  wrong.csv: the values are the same") for line in said)
    for paths_given in ([], [str(tmp_path / "none")], [tables[0]], [first, first], [first, str(tmp_path / "none")]):
        assert verify_files(paths_given, said.append) == 1


def test_an_answer_over_several_periods_is_checked_with_the_certificates_of_all(tmp_path: Path) -> None:
    said: list[str] = []
    space, before = town(), "2022.p1"
    earlier = certificate.block_certificate(release=before, space=space, cells=[cell(space, before, {}, 38)])
    given = {"p1.json": certificate.public_certificate(before, [earlier]), "p2.json": proof()}
    for name, found in given.items():
        (tmp_path / name).write_text(json.dumps(found), encoding="utf-8")
    series = f"release,period,count,status\r\n{before},2022,38,A\r\n{RELEASE},2023,40,A\r\n"
    (tmp_path / "series.csv").write_text(series, encoding="utf-8")
    one, two, table = (str(tmp_path / name) for name in (*given, "series.csv"))
    assert verify_files([one, two, table], said.append) == 0
    assert verify_files([table, two, one], said.append) == 0
    assert verify_files([two, table], said.append) == 1
    assert said[-4].startswith(f"FAILED  series.csv: every release of the table has its certificate ({before})")


BARE = [sys.executable, "-E", "-S"]  # no variables of ours, no installed packages


def stranger(folder: Path, *files: str) -> subprocess.CompletedProcess[str]:
    """The verifier as a stranger runs it, who has copied its folder and has a Python without any package."""
    command = [*BARE, "-m", "verify", *files]
    return subprocess.run(command, cwd=folder, env={}, capture_output=True, text=True, check=False)


def test_a_stranger_runs_a_copy_of_the_folder_with_a_bare_python(tmp_path: Path) -> None:
    without_packages = subprocess.run([*BARE, "-c", "import numpy"], capture_output=True, check=False)
    assert without_packages.returncode == 1
    shutil.copytree(
        Path(str(verify.__file__)).parent, tmp_path / "verify", ignore=shutil.ignore_patterns("__pycache__")
    )
    for name, text in {
        "proof.json": json.dumps(proof()),
        "gender.csv": CSV,
        "wrong.csv": CSV.replace("40", "41"),
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    done = stranger(tmp_path, "proof.json", "gender.csv")
    assert (done.returncode, done.stderr) == (0, "") and done.stdout.count("passed") == 8 + 5
    done = stranger(tmp_path, "proof.json", "wrong.csv")
    assert (done.returncode, done.stderr) == (1, "") and "FAILED  wrong.csv: the values are the same" in done.stdout


def test_the_verifier_imports_the_standard_library_and_itself() -> None:
    files = list(Path(str(verify.__file__)).parent.glob("*.py"))
    assert len(files) > 3
    for file in files:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        assert {node.level for node in froms} <= {0, 1}
        names = {node.module or "" for node in froms if not node.level}
        names |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.data(), st.integers(2, 3), st.integers(2, 4))
def test_certificates_of_random_tables_hold(data: st.DataObject, rows: int, columns: int) -> None:
    """Whatever is hidden: either it has a certificate that holds, or it is named as given away."""
    space = grid(rows, columns)
    truth: IntArray = np.array(data.draw(st.lists(st.integers(0, 6), min_size=space.size, max_size=space.size)))
    boxes = [box for axes in ([], ["a"], ["b"], ["a", "b"]) for box in space.table(axes)]
    hidden = data.draw(st.sets(st.sampled_from([box.id for box in boxes])))
    counts = {box.id: int(truth[space.members(box)].sum()) for box in boxes}
    cells = [PublicCell("r", box, None if box.id in hidden else counts[box.id]) for box in boxes]
    try:
        found = certificate.public_certificate(
            "r", [certificate.block_certificate(release="r", space=space, cells=cells)]
        )
    except GivenAway as given_away:
        assert set(given_away.cells) <= hidden
        return
    assert failed(found) == []
    for entry in found["blocks"][0]["hidden"]:
        assert entry["low"] <= counts[entry["id"]]
        assert not entry["exact"] or counts[entry["id"]] <= entry["high"]
