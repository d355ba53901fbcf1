"""Tables that readers hold beside certificates: files, whole answers, and a stranger with a bare Python."""

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

import pytest

from stats.protection import verify
from stats.protection.audit import certificate
from stats.protection.verify.certified_cells import compare_with_certificates
from stats.protection.verify.files import verify_files
from stats.protection.verify.tables import table_of
from tests.stats.protection.certified import EARLIER, RELEASE, cell, proof, town

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
    assert table_of(as_list(text)).cells == table_of(text).cells
    assert table_of(as_list(text)).sides == table_of(text).sides


@pytest.mark.parametrize(
    "text",
    ["[]", "[1]", '[{"release": "2023.p1"}]', as_list(CSV).replace("40", "40.5"), as_list(CSV).replace("40", "null")],
)
def test_a_list_that_is_no_table_of_counts_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        table_of(text)


def test_tables_are_read_as_csv_and_as_json_stat() -> None:
    assert table_of(CSV).cells == {
        (RELEASE, f"{RELEASE};TOTAL"): 40,
        (RELEASE, f"{RELEASE};gender=F"): 16,
        (RELEASE, f"{RELEASE};gender=M"): 24,
    }
    assert table_of(HIDDEN).cells == {(RELEASE, f"{RELEASE};gender=F;region=N"): None}
    assert table_of(json.dumps(STAT)).cells == {
        (RELEASE, f"{RELEASE};gender=F"): 16,
        (RELEASE, f"{RELEASE};gender=M"): None,
    }
    altered = (CSV.replace("40,A", said) for said in (",A", "40,Q", "40,P", "forty,A"))
    moved = (CSV.replace(",2023,", ",2022,"), json.dumps(STAT).replace('"2023"', '"2022"'))
    for wrong in (
        "",
        "{}",
        '{"id": []}',
        '{"dimension": {}}',
        "a,b\n1,2\n",
        *moved,
        *altered,
        CSV.split("\r")[0],
        f"{CSV}{RELEASE},2023,F,Label,17,A\r\n",
    ):
        with pytest.raises(ValueError):
            table_of(wrong)


Alter = Callable[[str], str]
OWN = "every cell of the table is in the certificate of its release"
MISSING, SAME = "no row of the table is missing", "the values are the same"
ALTERED: dict[str, tuple[Alter, str]] = {
    "a value": (lambda text: text.replace("40,A", "41,A"), SAME),
    "a value that is hidden": (lambda text: text.replace("16,A", ",Q"), SAME),
    "a row less": (lambda text: text.replace(f"{RELEASE},2023,M,Label,24,A\r\n", ""), MISSING),
    "a code that there is not": (lambda text: text.replace(",M,", ",X,"), OWN),
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


def test_a_cell_is_in_the_certificate_of_its_release() -> None:
    """Where it is hidden, that of another release has no two points for it."""
    total = [proof() | {"release": EARLIER}, proof(cells=[cell(town(), RELEASE, {}, 40)])]
    failures = [each for each in compare_with_certificates(total, table_of(CSV)) if not each.passed]
    assert [(each.name, each.detail) for each in failures] == [(OWN, f"{RELEASE};gender=F, {RELEASE};gender=M")]


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
    *lines, verdict = said
    assert len(lines) == 18 + 2 * 8 and all(line.startswith("passed") for line in lines)
    assert verdict == "VERIFIED: 34 checks of 3 files passed\n"
    said.clear()
    assert verify_files([first, wrong], said.append) == 1
    assert any(line.startswith("FAILED  wrong.csv: the values are the same") for line in said)
    verdict = "NOT VERIFIED: 1 of 26 checks failed; the first: wrong.csv: the values are the same"
    assert said[-1].startswith(verdict)
    assert [verify_files(["--quiet", *given], said.append) for given in ([first, *tables], [first, wrong])] == [0, 1]
    assert said[-2] == "VERIFIED: 34 checks of 3 files passed\n" and said[-1].startswith(verdict)
    assert not said[-3].startswith("passed")
    for paths_given in ([], [str(tmp_path / "none")], [tables[0]], [first, first], [first, str(tmp_path / "none")]):
        assert verify_files(paths_given, said.append) == 1


def test_an_answer_over_several_periods_is_checked_with_the_certificates_of_all(tmp_path: Path) -> None:
    said: list[str] = []
    space, before = town(), "2022.p1"
    earlier = certificate.block_certificate(release=before, space=space, cells=[cell(space, before, {}, 38)], told={})
    given = {"p1.json": certificate.public_certificate(before, [earlier]), "p2.json": proof()}
    for name, found in given.items():
        (tmp_path / name).write_text(json.dumps(found), encoding="utf-8")
    series = f"release,period,count,status\r\n{before},2022,38,A\r\n{RELEASE},2023,40,A\r\n"
    (tmp_path / "series.csv").write_text(series, encoding="utf-8")
    one, two, table = (str(tmp_path / name) for name in (*given, "series.csv"))
    assert verify_files([one, two, table], said.append) == 0
    assert verify_files([table, two, one], said.append) == 0
    assert verify_files([two, table], said.append) == 1
    assert said[-8].startswith(f"FAILED  series.csv: every release of the table has its certificate ({before})")


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
    assert (done.returncode, done.stderr) == (0, "") and done.stdout.count("\npassed") == 17 + 8
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
