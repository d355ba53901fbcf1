"""What stands on the page of a table beside its counts: shares, changes, and sentences as the annual report makes them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from core.text import Text
from publications.annual.content.compose import compose
from publications.annual.document import Paragraph
from stats.models import PUBLIC
from tests.callers import as_web_server
from tests.pages.tables import rows
from tests.pages.test_public import page
from tests.stats.published import Cells, publish, publish_erratum

pytestmark = pytest.mark.django_db
MARCH = datetime(2024, 3, 1, 12, tzinfo=UTC)
BEFORE: dict[str, Cells] = {"": {"": 80}, "gender": {"F": 60, "M": 20}, "region": {"DK01": 50, "DK02": 30}}
NOW: dict[str, Cells] = {"": {"": 100}, "gender": {"F": 67, "M": 33}, "region": {"DK01": 75, "DK02": 25}}


@pytest.fixture
def two_years() -> None:
    """2022 and 2023, both counted here."""
    publish(PUBLIC, "2022", BEFORE, when=MARCH)
    publish(PUBLIC, "2023", NOW, when=MARCH)


def findings(text: str) -> list[str]:
    """The sentences above the table of a page."""
    head = text[text.index("</h1>") : text.index("<table")]
    return re.findall(
        r'<p(?: class="lead")?>((?:20\d\d|\d+ (?:personer|persons)|Antallet|The number|Af de|Of the)[^<]*)</p>', head
    )


@pytest.mark.usefixtures("two_years")
def test_share_and_change_stand_beside_the_number() -> None:
    text = page("/en/statistics/persons/?by=gender&period=2023")
    assert rows(text)[:4] == [
        ["Gender", "Persons", "Share, %", "Change from the year before"],
        ["Total", "100", "100", "+20"],
        ["Female", "67", "67", "+7"],
        ["Male", "33", "33", "+13"],
    ]


def test_what_is_hidden_in_either_year_has_no_change_and_no_share() -> None:
    publish(PUBLIC, "2022", {"": {"": 80}, "gender": {"F": 60, "M": None, "X": None}}, when=MARCH)
    publish(PUBLIC, "2023", {"": {"": 100}, "gender": {"F": None, "M": 33, "X": None}}, when=MARCH)
    table = {row[0]: row[1:] for row in rows(page("/en/statistics/persons/?by=gender&period=2023"))}
    assert table["Female"] == ["[c]", "[c]", "[c]"]
    assert table["Male"] == ["33", "33", "[c]"]


def test_a_year_of_ours_is_not_set_against_one_that_others_counted() -> None:
    publish(PUBLIC, "2023", NOW, when=MARCH)
    text = page("/en/statistics/persons/?by=gender&period=2023")
    assert rows(text)[0] == ["Gender", "Persons", "Share, %"]
    assert "more women" not in text


@pytest.mark.usefixtures("two_years")
def test_of_several_years_shares_and_changes_are_folded_below_the_numbers() -> None:
    text = page("/en/statistics/persons/?by=gender&period=2022..2023")
    assert re.findall("<caption>([^<]*)</caption>", text) == ["Persons", "Share, %", "Change from the year before"]
    assert text.index("<table") < text.index("Shares and changes, year by year") < text.index("Share, %</caption>")
    table = rows(text)
    assert [row for row in table if row[0] == "Female"] == [
        ["Female", "60", "67"],
        ["Female", "75", "67"],
        ["Female", "[b]", "+7"],  # the year before the first is of others
    ]


@pytest.mark.usefixtures("two_years")
@pytest.mark.parametrize("query", ["by=gender&period=2023", "by=gender"])
def test_the_sentences_are_those_of_the_annual_report_and_name_their_year(query: str) -> None:
    report = compose(2023)
    for language, folder in (("da", "statistik"), ("en", "statistics")):
        (section,) = (each for each in report.documents[language].sections if each.id == "gender")
        (paragraph,) = (each.text for each in section.blocks if isinstance(each, Paragraph))
        assert findings(page(f"/{language}/{folder}/persons/?{query}")) == [f"2023: {section.heading}.", paragraph]
    assert section.heading == "About two in three victims were women"


@pytest.mark.usefixtures("two_years")
def test_the_number_of_all_persons_has_its_sentence() -> None:
    assert findings(page("/da/statistik/persons/?period=2023")) == [
        "100 personer blev vurderet udsat for menneskehandel i 2023, 20 flere end i 2022.",
        "Antallet steg med 25 pct. i forhold til 2022.",
    ]


@pytest.mark.usefixtures("two_years")
def test_where_a_person_was_met_is_said_as_one_says_it() -> None:
    assert findings(page("/da/statistik/persons/?by=region&period=2023")) == [
        "2023: Omkring tre ud af fire ofre var truffet i Region Hovedstaden.",
        "Af de 100 personer var 75 truffet i Region Hovedstaden (75 pct.) og 25 i Region Sjælland (25 pct.). "
        "Det er 25 flere ofre truffet i Region Hovedstaden og 5 færre i Region Sjælland end i 2022.",
    ]
    assert findings(page("/en/statistics/persons/?by=region&period=2023"))[0] == (
        "2023: About three in four victims were met in the Capital Region of Denmark."
    )


def test_a_breakdown_without_a_phrase_is_quoted_and_not_bent() -> None:
    publish(PUBLIC, "2023", {"": {"": 100}, "detected_by": {"POLICE": 70, "NGO": 30}}, when=MARCH)
    assert findings(page("/da/statistik/persons/?by=detected_by&period=2023")) == [
        "2023: Den største gruppe er »Politiet«: 70 af 100 personer (70 pct.)."
    ]


@pytest.mark.usefixtures("two_years")
def test_nothing_is_said_of_figures_that_an_erratum_calls_wrong() -> None:
    with as_web_server():
        publish_erratum("2022.p1", Text("Forkert.", "Wrong."))
    text = page("/en/statistics/persons/?by=gender&period=2023")
    assert findings(text)[0].startswith("2023: ") and "than in 2022" not in text
    with as_web_server():
        publish_erratum("2023.p1", Text("Forkert.", "Wrong."))
    assert findings(page("/en/statistics/persons/?by=gender&period=2023")) == []


def test_figures_of_others_and_tables_of_two_breakdowns_have_no_sentence() -> None:
    assert findings(page("/en/statistics/persons/?by=gender&period=2018")) == []
    cross: Cells = {"F|SEX": 60, "M|LAB": 40}
    tables: dict[str, Cells] = {
        "": {"": 100},
        "gender": {"F": 60, "M": 40},
        "exploitation.form": {"SEX": 60, "LAB": 40},
    }
    publish(PUBLIC, "2022", {**tables, "gender,exploitation.form": cross}, when=MARCH)
    assert findings(page("/en/statistics/persons/?by=gender,exploitation.form&period=2022")) == []


def test_of_sums_the_report_s_sentence_says_at_least_where_reports_are_missing() -> None:
    for year, count, whole in (("2022", 250, True), ("2023", 310, False)):
        publish(PUBLIC, year, {"": {"": 70}}, sums={("outreach.contacts", "contacts", ""): {"": count}}, whole=whole)
    first = {year: page(f"/en/statistics/outreach.contacts/?period={year}") for year in ("2022", "2023")}
    assert '<p class="lead">Outreach made 250 contacts in 2022.</p>' in first["2022"]
    assert '<p class="lead">Outreach made at least 310 contacts in 2023.</p>' in first["2023"]
    assert '<p class="lead">Outreach made at least 310 contacts in 2023.</p>' in page(
        "/en/statistics/outreach.contacts/"
    )
