"""`henvis stats` at the program as it is served."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from api.statistics.parameters import FORMATS
from henvis_client.cli.surroundings import Surroundings
from tests.clients.python.machine import Machine, help_in
from tests.clients.python.register import Register

HERE = ["--address", "http://localhost"]


@pytest.fixture
def reader(around: Surroundings, service: Register) -> Machine:
    """A machine without an account."""
    return Machine(around, service)


def test_published_figures_need_no_account(reader: Machine) -> None:
    ending = reader.henvis("stats", "get", "persons", "--period", "2019..2020", *HERE)
    assert ending.code == 0
    assert len([*csv.DictReader(ending.out.lstrip("\ufeff").splitlines())]) == 2


def test_they_are_json_or_a_file(reader: Machine, tmp_path: Path) -> None:
    body = reader.henvis("stats", "get", "persons", "--by", "gender", "--period", "2020", "--json", *HERE).json
    assert body["table"]["class"] == "dataset"
    path = tmp_path / "table.xlsx"
    assert reader.henvis("stats", "get", "persons", "--period", "2020", "--format", "xlsx", "-o", path, *HERE).code == 0
    assert path.read_bytes().startswith(b"PK")


def test_a_wrong_query_says_what_is_there(reader: Machine) -> None:
    ending = reader.henvis("stats", "get", "persons", "--where", "gender=F", "--period", "1066", *HERE)
    assert ending.code == 3
    assert ending.err
    assert reader.henvis("stats", "get", "persons", "--where", "gender", *HERE).code == 2
    assert reader.henvis("stats", "get", "persons").code == 2


def test_exact_figures_need_an_account(reader: Machine) -> None:
    assert reader.henvis("stats", "get", "persons", "--purpose", "research", *HERE).code == 2


def test_the_help_names_the_forms_that_there_are(reader: Machine) -> None:
    text = " ".join(help_in("en", ["stats", "get"]).split())
    assert all(re.search(rf"\b{form}\b", text) for form in FORMATS)


def test_own_figures_are_counted_at_this_moment(tester: Machine, service: Register, tmp_path: Path) -> None:
    for gender in ("F", "F", "M"):
        service.caller.referral(gender=gender, referred_in="2025-03")
    asked = ["stats", "own", "--by", "gender", "--period", "2025"]
    lines = [*csv.DictReader(tester.henvis(*asked).out.lstrip("\ufeff").splitlines())]
    assert {line["gender"]: line["count"] for line in lines} == {"F": "2", "M": "1", "X": "0", "_U": "0"}
    path = tmp_path / "own.csv"
    assert tester.henvis(*asked, "--no-zeros", "--where", "gender=F", "-o", path).code == 0
    assert path.read_text(encoding="utf-8-sig").splitlines()[1:] == ["F,Female,2"]
    assert tester.henvis(*asked, "--json").json["figures"]["total"] == 3
    assert tester.henvis("stats", "own", "--by", "nothing").code == 3
