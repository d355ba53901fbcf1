"""Whatever a reader says of a file has words in both languages, and whatever has words can be said."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from cases.intake.readers.refusals import FILE_WORDS, ROW_WORDS
from cases.intake.readers.strict_json import REASONS
from cases.intake.understanding.columns import COLUMN_WORDS
from cases.intake.understanding.questions import MAPPING_WORDS

WORDS = {**FILE_WORDS, **ROW_WORDS, **COLUMN_WORDS, **MAPPING_WORDS}
ROOMS = ("readers", "understanding")


def texts_in(node: ast.AST) -> Iterator[str]:
    """Every text below a node that has the form of a rule's id."""
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and each.value.isidentifier():
            yield each.value


def sources() -> Iterator[ast.AST]:
    """The modules of the rooms without their tables of words."""
    for room in ROOMS:
        for path in sorted((Path(settings.BASE_DIR) / "cases/intake" / room).glob("*.py")):
            tree = ast.parse(path.read_text())
            tree.body = [
                each
                for each in tree.body
                if not (isinstance(each, ast.Assign | ast.AnnAssign) and "WORDS" in ast.unparse(each)[:20])
            ]
            yield tree


def test_every_refusal_has_words() -> None:
    calls = [each for tree in sources() for each in ast.walk(tree) if isinstance(each, ast.Call)]
    refusals = {text for call in calls if ast.unparse(call.func) == "refusal" for text in texts_in(call.args[0])}
    assert len(refusals) > 10
    assert refusals - FILE_WORDS.keys() - REASONS.keys() == set()


def test_what_has_words_is_said() -> None:
    assert WORDS.keys() - {text for tree in sources() for text in texts_in(tree)} == set()


@pytest.mark.parametrize("rule", WORDS)
def test_words_are_sentences_in_both_languages(rule: str) -> None:
    for text in WORDS[rule]:
        assert text[0].isupper()
        assert text.endswith(".")
        # Thousands stand apart.
        assert not re.search(r"\d{4}", text)
