"""Danish as an authority writes it: words that stand on no page, with what stands there instead."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from core.apps import ROOMS
from tests.architecture.trees import tree_of

ROOT = Path(settings.BASE_DIR)
PACKAGES = (
    "api",
    "clients",
    "deploy",
    "pages",
    "tools",
    *ROOMS,
)
# By a regular expression: what is written instead.
INSTEAD = {
    r"hemmelighed": "API-nøgle",
    r"indsatser(ne)?\b": "tilbud",
    r"[Vv]i har ikke fundet": "Der er ikke registreret",
    r"\b[Vv]entede?\b.*indberet|\b[Ss]kema\w* ventes\b|uden at være ventet": "forventet, modtaget, modtaget derudover",
    r"[Hh]jemsend": "hjemrejse",
    r"vurderet som of": "vurderet udsat for menneskehandel",
    r"dkwiki|transviden": "a page of an authority",
}
# What is quoted: names of plans and reports, and the earlier labels of codes.
QUOTED = {
    "publications/plans/plans.py": "hjemsend",
    "cases/codelists/assessment.py": "som offer",
}

LAW = re.compile(r"\b(sær)?lov(en|ens)?\b|\w+slov(en|ens)?\b|forordningen\w*")
SOURCE = re.compile(r"§ ?\d|artikel \d|lov nr\. \d")
# A permission, "gælder loven også" after the law was named, and what the law of the day demands of an agreement.
WITHOUT_SOURCE = {"har lov til", "giver ikke lov til", "Loven gælder også", "Kræver loven andet", "medmindre loven"}


def texts() -> Iterator[tuple[str, str]]:
    """Every text of the source, and every template, with the file that it stands in."""
    for path in (path for room in PACKAGES for path in (ROOT / room).rglob("*.[chp][sty]*")):
        file = path.relative_to(ROOT).as_posix()
        if path.suffix in {".html", ".csv"}:
            yield file, path.read_text()
        elif path.suffix == ".py":
            constants = (node.value for node in ast.walk(tree_of(path)) if isinstance(node, ast.Constant))
            yield from ((file, each) for each in constants if isinstance(each, str))


@pytest.mark.parametrize("word", INSTEAD)
def test_a_word_of_no_authority_stands_nowhere(word: str) -> None:
    places = [
        (file, text)
        for file, text in texts()
        if re.search(word, text) and not (file in QUOTED and QUOTED[file] in text.lower())
    ]
    assert places == [], INSTEAD[word]


def test_what_is_said_of_a_law_names_its_section() -> None:
    """A message that gives the law as its reason says where it stands, so that who is refused can look."""
    places = [
        (file, text)
        for file, text in texts()
        if text.endswith(".") and LAW.search(text) and not SOURCE.search(text)
        and not any(each in text for each in WITHOUT_SOURCE)
    ]  # fmt: skip
    assert places == []
