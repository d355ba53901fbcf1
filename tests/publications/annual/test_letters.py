"""What staff may write is what the PDF can show: no report that was published waits for a letter."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
import typst

from publications.annual.letters import shapeless, shapes
from publications.annual.pdf.compile import pdf
from tests.publications.annual.documents import document
from tests.publications.annual.reading import text_of


def test_every_character_that_is_allowed_has_a_shape() -> None:
    letters = [chr(point) for point in sorted(shapes()) if unicodedata.category(chr(point))[0] in "LNPS"]
    assert len(letters) > 700 and {*"æøåÆØÅéßđếЖλ€§−†‡…≥–"} <= {*letters}
    text = " ".join(letters)
    assert shapeless(text) == ""
    # The compiler refuses what it cannot show.
    report = document(commentary=text)
    assert "λ" in text_of(pdf(replace(report, sections=report.sections[1:2])))


@pytest.mark.parametrize("character", ["😀", "ሰ", "س", "ก", "中", "\u202e", "\x07", "\x00", "\ufffe"])
def test_what_is_refused_is_named(character: str) -> None:
    assert shapeless(f"To {character} af tre {character}\nog én.") == character


@pytest.mark.parametrize("character", ["😀", "ሰ", "中"])
def test_the_compiler_would_refuse_it_too(character: str) -> None:
    with pytest.raises(typst.TypstError, match="could not be displayed"):
        pdf(document(commentary=character))
