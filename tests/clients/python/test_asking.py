"""Questions of Henvis, as a person answers them: by number, code, name and yes; a bad answer loses nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from cases import dictionary as d
from cases.codelists import REGION
from henvis_client import Client
from henvis_client.cli.choices import Choices, Dictionaries
from henvis_client.questions import Question
from tests.clients.python.files import csv_text, rows
from tests.clients.python.machine import Machine
from tests.clients.python.register import Register


@pytest.fixture
def words(tmp_path: Path) -> Path:
    """A file with a misspelt column, and a word in the place of a region."""
    content = rows(3, **{d.REGION.name: "Hjemegnen"})
    path = tmp_path / "words.csv"
    path.write_text(csv_text(content).replace(d.GENDER.name, f"{d.GENDER.name}r", 1))
    return path


CODE = REGION.names[0]
LABEL = next(each.label for each in REGION.codes if each.code == CODE)


@pytest.mark.parametrize("answer", [CODE, CODE.lower(), LABEL.da, LABEL.en, LABEL.da.lower(), LABEL.da.split()[-1]])
def test_an_answer_is_a_code_or_a_label(tester: Machine, words: Path, client: Client, answer: str) -> None:
    tester.henvis("check", words, typed=f"1\n{answer}\ny\n")
    content = client.mapping().content
    assert content["values"] == {d.REGION.name: {"Hjemegnen": CODE}}
    assert content["columns"] == {f"{d.GENDER.name}r": d.GENDER.name}


def test_a_bad_answer_is_asked_again_and_loses_nothing(tester: Machine, words: Path, client: Client) -> None:
    ending = tester.henvis("check", words, typed=f"ja\nno such place\n{CODE}\ny\n")
    assert ending.code != 2
    assert ending.err.count("That is none of the answers. Try again.") == 1
    assert set(client.mapping().content["columns"].values()) == {d.GENDER.name}
    assert client.mapping().content["values"][d.REGION.name]["Hjemegnen"] == CODE


def test_who_goes_away_keeps_the_answers_so_far(tester: Machine, words: Path, client: Client) -> None:
    ending = tester.henvis("check", words, "--lang", "da", typed="ja\n")
    assert ending.code == 2
    assert "Afbrudt. Intet ligger i udbakken." in ending.err
    assert "Svarene er gemt" in ending.err
    assert client.mapping().complete["columns"] != {}


def test_who_does_not_know_is_not_asked_again(tester: Machine, words: Path, service: Register) -> None:
    ending = tester.henvis("check", words, "--lang", "da", typed="ja\n\n")
    assert ending.code == 2
    assert ending.err.count("Hjemegnen") == 1
    assert f"{CODE} {LABEL.da}" in ending.err
    assert "spørgsmål skal besvares" in ending.err
    assert "henvis check " in ending.err
    assert not service.stored


def test_a_file_that_is_sent_is_asked_about_too(tester: Machine, words: Path, service: Register) -> None:
    assert tester.henvis("send", words, typed=f"1\n{CODE}\ny\n").code == 0
    assert len(service.stored) == 3


@pytest.mark.parametrize(
    ("answer", "order"),
    [
        *((each, "day_first") for each in ("dag", "Dag først", "day", "1", "day_first")),
        *((each, "month_first") for each in ("måned", "MONTH FIRST", "2")),
    ],
)
def test_the_order_of_a_date_is_said_in_words(answer: str, order: str) -> None:
    question = Question.of({"kind": "date", "column": "A", "line": 2, "options": ["day_first", "month_first"]})
    choices = Choices.of(question, Dictionaries({"da": {}, "en": {}}), "da")
    assert choices.matches(answer) == [order]
    assert [choices.label(each) for each in choices.offer] == ["Dag først", "Måned først"]


@pytest.mark.parametrize("answer", ["db25", "2", "NACE Rev. 2.1 (DB25)"])
def test_of_which_edition_letters_are_is_asked_with_the_letter(
    tester: Machine, tmp_path: Path, client: Client, answer: str
) -> None:
    path = tmp_path / "letters.csv"
    path.write_text(csv_text(rows(2, exploitation="LABOUR", exploitation_detail="K")))
    ending = tester.henvis("check", path, typed=f"{answer}\n")
    assert ending.code == 0
    assert 'Of which edition of NACE is "K"' in ending.err and "1) NACE Rev. 2 (DB07)" in ending.err
    assert client.mapping().complete["editions"] == {d.EXPLOITATION_DETAIL.name: "DB25"}
    assert tester.henvis("check", path).code == 0


def test_yes_is_the_guess_and_what_may_be_several_is_none() -> None:
    members = {"region": {"title": "Region", "oneOf": [{"const": f"DK0{n}", "title": f"Sted {n}"} for n in (1, 2)]}}
    question = Question.of({"kind": "value", "column": "A", "line": 2, "field": "region", "guess": "DK02"})
    choices = Choices.of(question, Dictionaries({"da": members, "en": members}), "da")
    assert choices.offer == ("DK02", "DK01")
    assert [choices.matches(each) for each in ("ja", "Y", "1", "dk01 sted 1", "sted", "x")] == [
        ["DK02"],
        ["DK02"],
        ["DK02"],
        ["DK01"],
        ["DK02", "DK01"],
        [],
    ]
