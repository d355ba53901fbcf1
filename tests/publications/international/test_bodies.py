"""The tables of bodies and sources: each entry is whole, and docs/international.md says what the code says."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from cases.dimensions import table_id
from publications.international.bodies import BODIES
from publications.international.fields import SOURCES
from publications.international.shapes import BodyField, FieldState, ReceivingBody

ROOT = Path(settings.BASE_DIR)
PAGE = (ROOT / "docs/international.md").read_text()
# The page has each reason once, under a letter.
LETTERS = {reason: letter for letter, reason in re.findall(r"^\| ([A-Z]) \| (.+) \|$", PAGE, re.MULTILINE)}
FIELDS = [(body, field) for body in BODIES.values() for field in body.fields]
EACH = pytest.mark.parametrize(("body", "field"), FIELDS, ids=[f"{body.id}:{field.id}" for body, field in FIELDS])


def rows_of(section: str) -> list[str]:
    """The rows of a table of fields."""
    return re.findall(r"^\| `.+ \|$", section, re.MULTILINE)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_the_page_has_each_field_as_the_code_has_it(body: ReceivingBody) -> None:
    """A field that is added, met or given up is said there, in the same words."""
    section = PAGE.partition(f"(`{body.id}`)\n")[2].partition("\n## ")[0]
    assert rows_of(section) == [
        f"| `{field.id}` | {field.place.en} | {field.label.en} | {field.state} | {LETTERS[field.why.en]} |"
        for field in body.fields
    ]


def test_the_page_has_each_reason_once_and_no_other() -> None:
    assert set(LETTERS) == {field.why.en for _, field in FIELDS}
    assert len(set(LETTERS.values())) == len(LETTERS)


def test_of_judgments_no_person_is_spoken_of() -> None:
    reasons = [(field.source, field.why.en) for _, field in FIELDS if field.source in {"judgments", "convicted"}]
    assert {source for source, why in reasons if "citizenship" in why} == {"convicted"}


def test_the_directive_s_letters_are_all_there() -> None:
    letters = [re.search(r"\((\w)\)$", field.place.en) for field in BODIES["eu-19a"].fields]
    assert "".join(dict.fromkeys(each[1] for each in letters if each)) == "abcdefg"


@EACH
def test_a_field_is_whole(body: ReceivingBody, field: BodyField) -> None:
    source = SOURCES[field.source]
    # Stages of returns are not added: a person is counted at each one that was reached.
    assert field.breakdowns[0].tables == (("stage",) if field.id == "returns" else ("",))
    assert all(
        all(words) for words in (field.place, field.label, field.definition, field.why, source.about, source.unit)
    )
    # What no release counts is not said to be met.
    assert (source.dataset is None) == (field.state == FieldState.NOT_MET)
    assert [each.id for each in body.fields].count(field.id) == 1


@EACH
def test_a_table_that_would_answer_is_one_that_a_query_can_ask_for(body: ReceivingBody, field: BodyField) -> None:
    dataset = SOURCES[field.source].dataset
    axes = dataset.axes if dataset else {}
    for table in (table for each in field.breakdowns for table in each.tables if dataset):
        assert table_id(axis for name, axis in axes.items() if name in table.split(",")) == table


def test_every_source_is_used_and_no_figure_is_added_to_those_identified() -> None:
    assert {field.source for _, field in FIELDS} == set(SOURCES)
    without = {name for name, source in SOURCES.items() if source.dataset is None}
    assert without == {"presumed", "declined", "not_collected"}
    of_datasets = [(source.dataset, source.quantity) for source in SOURCES.values() if source.dataset]
    assert len({(dataset.id, quantity) for dataset, quantity in of_datasets}) == len(of_datasets)
    assert all(quantity in dataset.units if dataset.units else not quantity for dataset, quantity in of_datasets)


def test_an_import_contract_keeps_records_away() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (contract,) = (each for each in contracts if each.get("source_modules") == ["publications.international"])
    assert contract["type"] == "forbidden"
    assert {"cases.models", "cases.linking", "stats.counting", "stats.reading.exact_figures"} <= set(
        contract["forbidden_modules"]
    )
