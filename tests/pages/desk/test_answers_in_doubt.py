"""Answers about words that no dictionary has: they come back on their page, and are kept once somebody says that none is a name."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest

from cases.intake.models import ColumnMapping
from tests.callers import Browser
from tests.pages.desk.sending import FILE, answer, batch_at, checked, own_header
from tests.people.visitors import strict, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    """A spool of the test's own."""
    settings.HENVIS_SPOOL = tmp_path / "spool"


@pytest.mark.parametrize("language", ["da", "en"])
def test_an_answer_about_an_unknown_word_comes_back_with_the_error_at_the_box(
    caseworker: Browser, language: str
) -> None:
    content = own_header("Vestby", "Vestby", "Østby", "Østby")
    first = checked(caseworker, content)
    second = answer(caseworker, first, content, n0="region")["Location"]
    caseworker.post("/account/language/", {"language": language, "next": FILE})
    unsure = answer(caseworker, second, content, n0="DK02", n1="DK05", latest="on")
    strict(unsure)
    page = html.unescape(unsure.content.decode())
    assert unsure.status_code == 409 and not ColumnMapping.objects.get().content["values"]
    assert {"da": "Svarene er ikke gemt", "en": "The answers are not kept"}[language] in page
    assert '<a href="#names_nobody">' in page and page.count('value="DK02" selected') == page.count("#answer-0") == 1
    assert page.count('value="DK05" selected') == page.count("#answer-1") == 1
    assert re.search(r'id="names_nobody"[^>]*aria-describedby="names_nobody-hint names_nobody-error"', page)
    assert re.search(r'id="latest"[^>]* checked', page) and "Vestby" not in page and "Østby" not in page
    assert f'name="of" value="{batch_at(second).pk}"' in page
    third = answer(caseworker, second, content, n0="DK02", n1="DK05", names_nobody="on")["Location"]
    assert {"da": "4 rækker kan sendes", "en": "4 rows can be sent"}[language] in text(caseworker.get(third))


def test_only_the_answers_about_unknown_words_are_told(caseworker: Browser) -> None:
    content = own_header("Vestby", "Vestby", "Storby", "Storby", name="Sithebe")
    first = checked(caseworker, content)
    page = answer(caseworker, first, content, n0="region").content.decode()
    assert "The answers are not kept" in page and page.count("#answer-0") == 1 and not ColumnMapping.objects.exists()
    second = answer(caseworker, first, content, n0="region", names_nobody="on")["Location"]
    asked = text(caseworker.get(second))
    assert "We have not kept the file itself: only the rows" in asked and "we have not kept it" not in asked
    page = answer(caseworker, second, content, n1="DK05").content.decode()
    assert "#answer-0" not in page and page.count("#answer-1") == 1
