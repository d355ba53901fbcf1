"""Who the victims are, on the front page: sentences and charts of the newest year of ours, and nothing that is not published."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from core.text import Text
from publications.figures import painter
from stats.models import PUBLIC
from tests.callers import as_web_server
from tests.pages.test_charts import draw_once
from tests.pages.test_public import page
from tests.stats.published import Cells, publish, publish_erratum

pytestmark = pytest.mark.django_db
MARCH, APRIL = datetime(2024, 3, 1, 12, tzinfo=UTC), datetime(2024, 4, 1, 12, tzinfo=UTC)
TABLES: dict[str, Cells] = {
    "": {"": 100},
    "gender": {"F": 67, "M": 33},
    "exploitation.form": {"SEX": 52, "LAB": 48},
    "citizenship.continent": {"AFRICA": 30, "ASIA": 25, "EUROPE": 45},
}


def section(text: str) -> str:
    """The section of a front page; empty where there is none."""
    found = re.search(r'<section aria-labelledby="victims">(.*?)<section aria-labelledby="years">', text, re.DOTALL)
    return found[1] if found else ""


def draw_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw the three charts of 2023."""
    texts = tuple({"by": axis, "period": "2023"} for axis in TABLES if axis)
    monkeypatch.setattr(painter, "queries", lambda *_, **__: iter(texts))
    monkeypatch.setattr(painter, "draw", draw_once)
    painter.draw_missing()


def test_gender_form_and_continent_are_said_in_plain_words_each_with_its_chart_and_its_table(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publish(PUBLIC, "2023", TABLES, when=MARCH)
    draw_charts(monkeypatch)
    text = section(page("/da/"))
    assert "Hvem er ofrene? 2023</h2>" in text
    assert re.findall("<strong>([^<]*)</strong>", text) == [
        "Omkring to ud af tre ofre var kvinder.",
        "Lidt over halvdelen af ofrene var handlet til seksuel udnyttelse.",
        "Næsten halvdelen af ofrene var statsborgere i lande i Europa.",
    ]
    assert [len(re.findall("<figure", each)) for each in text.split("<h3")[1:]] == [1, 1, 1]
    addresses = re.findall(r'<a href="(/da/statistik/persons/\?[^"]*)">Se tabellen', text)
    assert addresses == [f"/da/statistik/persons/?by={axis}&period=2023" for axis in TABLES if axis]
    assert {Client().get(each).status_code for each in addresses} == {200}


def test_until_they_are_drawn_the_words_stand_alone_and_then_the_page_is_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publish(PUBLIC, "2023", TABLES, when=MARCH)
    before = Client().get("/en/")
    assert "<figure" not in section(before.content.decode())
    draw_charts(monkeypatch)
    after = Client(headers={"if-none-match": before["ETag"]}).get("/en/")
    assert after.status_code == 200 and section(after.content.decode()).count("<figure") == 3


def test_what_is_hidden_is_said_to_be_hidden_and_is_never_a_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    hidden: Cells = {"F": None, "M": None, "X": 60}
    publish(PUBLIC, "2023", {"": {"": 100}, "gender": hidden}, when=MARCH)
    draw_charts(monkeypatch)
    text = section(page("/da/"))
    assert "Tallet for kvinder og mænd vises ikke af hensyn til personerne." in text
    assert not re.search(r"\b0 (kvinder|mænd|\(0)", text)
    assert "0 kvinder" not in text and text.count("<h3") == 1


def test_changes_are_told_where_we_counted_both_years_and_the_release_has_no_erratum() -> None:
    publish(PUBLIC, "2022", {"": {"": 80}, "gender": {"F": 60, "M": 20}}, when=MARCH)
    publish(PUBLIC, "2023", {"": {"": 100}, "gender": {"F": 67, "M": 33}}, when=MARCH)
    assert "Det er 7 flere kvinder og 13 flere mænd end i 2022." in section(page("/da/"))
    with as_web_server():
        publish_erratum("2022.p1", Text("Forkert.", "Wrong."))
    assert "Af de 100 personer" in section(page("/da/")) and "end i 2022" not in section(page("/da/"))
    with as_web_server():
        publish_erratum("2023.p1", Text("Forkert.", "Wrong."))
    assert section(page("/da/")) == ""


def test_without_figures_of_ours_nothing_is_said() -> None:
    assert section(page("/da/")) == ""
