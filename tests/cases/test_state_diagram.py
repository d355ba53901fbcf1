"""The diagram of docs/cases.md names the codes that exist: outcomes of a case and what follows them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from cases import dictionary as d
from cases.codelists.types import CodeList

PAGE = (Path(settings.BASE_DIR) / "docs/cases.md").read_text()
DIAGRAM = PAGE[PAGE.index("## From contact to return") : PAGE.index("Nothing is overwritten on the way.")]
LISTS: dict[str, CodeList] = {field.name: field.codelist for field in d.coded_fields(d.ASSESSMENT)}
# What stands before the codes of a list in the diagram; those of the outcome stand all over it.
LED_BY = {
    "reflection": "reflection: ",
    "prepared_return": "prepared_return: ",
    "residence_outcome": "residence_outcome: ",
}


def said(name: str) -> set[str]:
    """The codes of a list that mean something: not those for what is not known, not asked or does not apply."""
    return {code for code in LISTS[name].names if not code.startswith("_")}


@pytest.mark.parametrize("name", LED_BY)
def test_what_comes_after_is_named_code_by_code(name: str) -> None:
    line = DIAGRAM[DIAGRAM.index(LED_BY[name]) + len(LED_BY[name]) :].split("\n")[0].split("(")[0]
    assert [code.strip() for code in line.split(",")] == [code for code in LISTS[name].names if code in said(name)]


def test_the_outcomes_are_the_states() -> None:
    words = set(re.findall(r"[A-Z]{3,}(?:_[A-Z]+)*", DIAGRAM.split("afterwards")[0].split("reflection:")[0]))
    assert words - {"PUT"} == {"REFERRED", *said("outcome")}
