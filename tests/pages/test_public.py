"""Pages for everybody: what they say of figures is what the API answers, in the language of the address."""

from __future__ import annotations

import csv
import html
import io
import re
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.test import Client

from core.text import Text
from stats.models import AUTHORITY, PUBLIC
from stats.reading import catalogue
from tests.callers import as_web_server
from tests.pages.tables import rows
from tests.stats.published import Cells, Told, publish, publish_erratum

pytestmark = pytest.mark.django_db
MARCH = datetime(2024, 3, 1, 12, tzinfo=UTC)
# 100 persons: M is told by the symbol, X has more than 9, and of _U nothing is certain but that.
GENDER: Cells = {"F": 60, "M": None, "X": None, "_U": None}
FORM: Cells = {"SEXUAL_ANY": 70, "LABOUR_ANY": 30, "OTHER_ANY": 0, "_U": 0}
TOLD = {"gender": {"M": (0, 9), "X": (10, 30), "_U": (10, None)}}

DANISH, ENGLISH = ["Excel", "CSV til dansk Excel", "CSV", "JSON-stat"], ["Excel", "CSV", "JSON-stat"]


@pytest.fixture
def published() -> None:
    """The year 2023."""
    publish(PUBLIC, "2023", {"": {"": 100}, "gender": GENDER}, symbols={"gender": 9}, told=TOLD, when=MARCH)


def page(address: str, *, status: int = 200) -> str:
    """The text of a page."""
    response = Client(headers={"accept": "text/html"}).get(address)
    assert (response.status_code, response["Content-Type"]) == (status, "text/html; charset=utf-8")
    return html.unescape(response.content.decode())


@pytest.mark.parametrize(
    ("language", "address"), [("da-DK", "/da/"), ("en-GB,da;q=0.5", "/en/"), ("fr", "/da/"), ("", "/da/")]
)
def test_the_front_page_is_in_the_language_of_the_reader(language: str, address: str) -> None:
    response = Client(headers={"accept-language": language}).get("/")
    assert (response.status_code, response["Location"], response["Vary"]) == (302, address, "Accept-Language")


@pytest.mark.usefixtures("published")
def test_the_headline_is_the_newest_firm_year_and_what_it_differs_by() -> None:
    publish(PUBLIC, "2022", {"": {"": 73}}, when=MARCH)
    danish, english = page("/da/"), page("/en/")
    assert "100 personer blev vurderet udsat for menneskehandel i 2023. Det er 27 flere end i 2022." in danish
    assert (
        "100 persons were identified as victims of human trafficking in 2023. That is 27 more than in 2022." in english
    )
    by_year = {row[0]: row[1:] for row in rows(english)}
    assert by_year["2023"] == ["100", "+27", "2023.p1"]
    assert by_year["2022 [b]"] == ["73", "[b]", "2022.p1"]
    assert by_year["2024 [b]"] == ["78†", "[b]", "other sources"]
    assert key(english)["[b]"].startswith("Break in the series: another counted the period before")
    assert re.search(
        r"Break in the series: 2021 was published by [^()]+ \(2021\.x2\), 2022 was counted in Henvis", english
    )
    assert "Computed from other published figures" in english


@pytest.mark.usefixtures("published")
def test_the_headline_compares_no_year_of_ours_with_one_of_another_producer() -> None:
    text = page("/en/")
    assert "100 persons were identified as victims of human trafficking in 2023." in text
    assert "more than in 2022" not in text
    assert {row[0]: row[1:] for row in rows(text)}["2023 [b]"] == ["100", "[b]", "2023.p1"]


def test_without_releases_of_ours_there_are_those_of_others() -> None:
    assert "112 persons were identified as victims of human trafficking in 2023." in page("/en/")


@pytest.mark.usefixtures("published")
def test_of_hidden_figures_a_page_tells_what_everybody_is_told() -> None:
    text = page("/en/statistics/persons/?by=gender&period=2023")
    assert rows(text) == [
        ["Gender", "Persons", "Share, %"],
        ["Total", "100", "100"],
        ["Female", "60", "60"],
        ["Male", "0–9", "[c]"],
        ["Transgender or other", "[c] 10–30", "[c]"],
        ["Not known", "[c] ≥10", "[c]"],
    ]
    assert "3 of 5 figures are hidden: they could show fewer than 5 persons" in text
    assert key(text) == {
        "0–9": "Hidden: it is small or protects another small number; between 0 and 9",
        "[c] ≥10, [c] 10–30": "Hidden: a small number could be computed from it; what it may be stands there",
        "[c]": "Hidden: it could show fewer than 5 persons, or such a number could be computed from it",
    }


def test_the_key_says_of_each_hidden_figure_why_just_it_is_hidden() -> None:
    """Only by what is told of it: where it may be small, nobody learns whether it is."""
    told: dict[str, Told] = {"gender": {"F": (103, 112), "M": (2, 11), "X": (0, None)}}
    cells: Cells = {"F": None, "M": None, "X": None, "_U": 300}
    publish(PUBLIC, "2023", {"": {"": 500}, "gender": cells}, symbols={"gender": 1}, told=told)
    assert key(page("/en/statistics/persons/?by=gender&period=2023")) == {
        "[c] 2–11": "Hidden: it could be fewer than 5 persons, or such a number could be computed from it; between 2 and 11",
        "[c] 103–112": "Hidden: a small number could be computed from it; between 103 and 112",
        "[c]": "Hidden: it could show fewer than 5 persons, or such a number could be computed from it",
    }
    danish = key(page("/da/statistik/persons/?by=gender&period=2023"))
    assert danish["[c] 103–112"] == "Skjult: et lille tal kunne beregnes af det; mellem 103 og 112"


def key(text: str) -> dict[str, str]:
    """The key of a page: its marks and their meanings."""
    return dict(re.findall(r"<dt>([^<]*)</dt>\s*<dd>([^<]*)</dd>", text))


@pytest.mark.usefixtures("published")
def test_every_figure_of_a_page_is_that_of_the_download_beside_it() -> None:
    text = page("/en/statistics/persons/?by=gender&period=2023")
    (address,) = re.findall(r'href="http://testserver(/api/[^"]*format=csv&lang=en)"', text)
    answer = Client(headers={"accept-language": "da"}).get(address)
    figures = {row["gender_label"]: row["count"] for row in csv.DictReader(io.StringIO(answer.content.decode()))}
    shown = {row[0]: row[1] for row in rows(text)[1:]}
    assert shown.keys() == figures.keys()
    assert {name: count for name, count in figures.items() if count} == {
        name: count for name, count in shown.items() if count.isdecimal()
    }


def test_a_table_of_two_sides_has_numbers_alone_and_each_once() -> None:
    tables: dict[str, Cells] = {"": {"": 40}, "gender": {"F": 40}, "region": {"DK01": 40}}
    publish(PUBLIC, "2022", {**tables, "region,gender": {"DK01|F": 40}})
    text = page("/en/statistics/persons/?by=gender&region=DK01&period=2022")
    assert text.count("<table") == 1 and "Share, %" not in text
    assert "Share, %" in page("/en/statistics/persons/?by=gender&period=2022")


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("place", ["", "{}/persons/?by=gender&period=2023"])
def test_what_is_downloaded_is_in_the_language_of_the_page_and_excel_is_first(place: str) -> None:
    for language, folder, names in (("da", "statistik", DANISH), ("en", "statistics", ENGLISH)):
        links = re.findall(r'href="([^"]*)" download>([^<]*)<', page(f"/{language}/{place.format(folder)}"))
        assert [name for _, name in links] == names
        answers = [Client(headers={"accept-language": "sv"}).get(address) for address, _ in links]
        assert {(each.status_code, each["Content-Language"]) for each in answers} == {(200, language)}


@pytest.mark.usefixtures("published")
def test_what_is_picked_stands_in_the_address_and_nothing_else() -> None:
    response = Client().get("/da/statistik/persons/?rows=gender&columns=&period=2023")
    assert (response.status_code, response["Location"]) == (302, "/da/statistik/persons/?by=gender&period=2023")
    response = Client().get("/da/statistik/persons/?rows=gender&columns=exploitation.form&period=")
    assert response["Location"] == "/da/statistik/persons/?by=gender,exploitation.form"


@pytest.mark.usefixtures("published")
def test_what_is_not_published_can_be_seen_and_says_why() -> None:
    text = page("/en/statistics/persons/?by=gender&period=2023")
    assert re.search(r'<optgroup label="Not published for the period" disabled>.*<option value="region">Region<', text)
    assert re.search(r'<option value="gender" selected>Gender<', text)
    assert re.search(
        r'<optgroup label="Not published together with the first breakdown" disabled>.*<option value="exploitation">',
        text,
    )


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    "query", ["by=region&period=2023", "by=nonsense", "by=gender&period=1850", "period=2023&year=2023", "gender=Q"]
)
def test_a_table_that_is_not_there_has_a_page_that_says_so_and_leads_on(query: str) -> None:
    text = page(f"/da/statistik/persons/?{query}", status=404)
    assert "allowed" not in text and "Tabellen findes ikke" in text and '<select class="form-select" id="rows"' in text


@pytest.mark.parametrize("path", ["/da/statistik/referrals/", "/en/statistics/nobody/", "/en/nowhere/", "/nowhere"])
def test_an_address_that_is_none_has_a_page_for_browsers_and_a_problem_for_programs(path: str) -> None:
    assert re.search("Siden findes ikke|There is no such page", page(path, status=404))
    response = Client(headers={"accept": "application/json"}).get(path)
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.usefixtures("published")
def test_the_other_language_has_the_same_page() -> None:
    text = page("/da/statistik/persons/?by=gender&period=2023")
    assert '<a href="/en/statistics/persons/?by=gender&period=2023" lang="en" hreflang="en">' in text


@pytest.mark.usefixtures("published")
def test_figures_for_authorities_are_on_no_page() -> None:
    publish(AUTHORITY, "2023-Q1", {"": {"": 31}, "gender": {"F": 31}}, when=MARCH)
    assert "2023-Q1" not in page("/en/statistics/persons/?by=gender")
    page("/en/statistics/persons/?by=gender&period=2023-Q1", status=404)


@pytest.mark.usefixtures("published")
def test_a_long_table_leaves_out_who_is_not_there_and_shows_it_when_asked() -> None:
    publish(PUBLIC, "2022", {"": {"": 40}, "citizenship": {"DK": 30, "RO": 10}}, when=MARCH)
    text = page("/en/statistics/persons/?by=citizenship&period=2022")
    assert [row[0] for row in rows(text)] == ["Citizenship", "Total", "Denmark", "Romania"]
    (address,) = re.findall(r'<a href="([^"]*)">Show every row', text)
    assert len(rows(page(address))) > 200


@pytest.mark.usefixtures("published")
def test_a_subject_is_found_by_what_people_call_it() -> None:
    assert "Gender" in page("/en/statistics/")
    assert ">Køn</a>" in page("/da/statistik/?q=kvinder")
    nothing = page("/da/statistik/?q=fodbold")
    assert "Intet emne passer" in nothing and ">Køn</a>" not in nothing


@pytest.mark.usefixtures("published")
def test_a_search_goes_along_to_the_other_language() -> None:
    assert '<a href="/en/statistics/?q=k%C3%B8n+alder" lang="en"' in page("/da/statistik/?q=%20k%C3%B8n%20alder")
    assert '<a href="/en/statistics/" lang="en"' in page("/da/statistik/?q=")


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("address", "statements"),
    [("/da/", 6), ("/en/statistics/", 4), ("/da/statistik/persons/?by=gender&period=2023", 4)],
)
def test_any_cache_may_keep_a_page_and_who_has_it_need_not_read_it_again(
    address: str, statements: int, django_assert_max_num_queries: object
) -> None:
    catalogue.PUBLISHED.read()
    with django_assert_max_num_queries(statements):  # type: ignore[operator]
        response = Client().get(address)
    assert response["Cache-Control"] == "public, max-age=60" and not response.cookies and "Vary" not in response
    again = Client(headers={"if-none-match": response["ETag"]}).get(address)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", response["ETag"])


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    "address", ["/da/", "/en/statistics/", "/da/statistik/persons/?by=gender", "/en/releases/2023.p1/"]
)
def test_an_erratum_and_another_number_to_call_change_the_tag(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tags = [Client().get(address)["ETag"]]
    with as_web_server():
        publish_erratum("2023.p1", Text("Forkert.", "Wrong."))
    tags.append(Client().get(address)["ETag"])
    monkeypatch.setattr(settings, "HENVIS_HELP_NUMBERS", ["12 34 56 78"])
    tags.append(Client().get(address)["ETag"])
    assert len({*tags}) == 3


@pytest.mark.usefixtures("published")
def test_two_breakdowns_and_a_filter_are_a_table_of_two() -> None:
    cells = {"F|SEX": 40, "F|LAB": 20, "M|LAB": 40}
    tables: dict[str, Cells] = {
        "": {"": 100},
        "gender": {"F": 60, "M": 40},
        "exploitation.form": {"SEX": 40, "LAB": 60},
    }
    publish(PUBLIC, "2022", {**tables, "gender,exploitation.form": cells}, when=MARCH)
    text = page("/en/statistics/persons/?by=exploitation.form&gender=F&period=2022")
    assert [row[:2] for row in rows(text)][:2] == [["Form of exploitation, three groups", "Persons"], ["Total", "60"]]
    assert [row[1] for row in rows(text)[2:4]] == ["40", "20"]
    assert "Only Gender: <strong>Female</strong>" in text


@pytest.mark.usefixtures("published")
def test_a_page_of_one_release_says_so_and_leads_to_the_newest() -> None:
    text = page("/en/statistics/persons/?by=gender&release=2023.p1")
    assert '<option value="2023" selected>' in text
    assert re.search(
        'particular vintage of the figures. <a href="/en/statistics/persons/.by=gender">Show the newest', text
    )


def test_an_empty_parameter_takes_no_breakdown_away() -> None:
    led = Client().get("/da/statistik/persons/?by=gender&period=")
    assert led["Location"] == "/da/statistik/persons/?by=gender"


@pytest.mark.usefixtures("published")
def test_who_follows_an_address_of_the_api_in_a_browser_reads_the_page() -> None:
    person = Client(headers={"sec-fetch-dest": "document", "accept-language": "da", "accept": "text/html,*/*;q=0.8"})
    led = person.get("/api/v1/statistics/persons?by=gender&year=2023")
    assert (led.status_code, led["Location"]) == (302, "/da/statistik/persons/?by=gender&year=2023")
    assert person.get(led["Location"]).status_code == 200
    english = person.get("/api/v1/statistics/persons?lang=en&by=gender")
    assert english["Location"] == "/en/statistics/persons/?by=gender"
    assert person.get("/api/v1/statistics")["Location"] == "/da/statistik/"
    # Who names a form wants a file.
    assert person.get("/api/v1/statistics/persons?by=gender&year=2023&format=csv")["Content-Type"].startswith(
        "text/csv"
    )


def test_an_address_that_says_more_than_the_page_shows_leads_to_one_that_does_not() -> None:
    led = Client().get("/en/statistics/persons/?by=gender&audience=exact&measure=change&x=1")
    assert led["Location"] == "/en/statistics/persons/?by=gender"
