"""What is picked beside a table: periods from one to another, breakdowns as rows and columns, and why something cannot be."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from django.test import Client

from stats.models import AUTHORITY, PUBLIC
from tests.pages.tables import rows
from tests.pages.test_public import page
from tests.stats.published import Cells, publish

pytestmark = pytest.mark.django_db
BOTH: Cells = {"F|SEX": 40, "F|LAB": 20, "M|LAB": 40}
GENDER: dict[str, Cells] = {"": {"": 100}, "gender": {"F": 60, "M": 40}}
TABLE = "/en/statistics/persons/"


@pytest.fixture(autouse=True)
def published() -> None:
    """Years by gender, one of them by form as well, and a pool that has both together alone."""
    publish(PUBLIC, "2021", GENDER)
    publish(PUBLIC, "2022", {**GENDER, "exploitation.form": {"SEX": 40, "LAB": 60}, "gender,exploitation.form": BOTH})
    publish(PUBLIC, "2023", GENDER)
    publish(PUBLIC, "2019-2023", {**GENDER, "gender,exploitation.form": BOTH}, offered={"gender": False})


def picked(**form: str) -> str:
    """The query of the address that a form leads to."""
    response = Client().get(f"{TABLE}?{urlencode({'rows': 'gender', 'columns': '', **form})}")
    assert response.status_code == 302
    return str(response["Location"]).partition("by=gender")[2]


@pytest.mark.parametrize(
    ("begin", "end", "query"),
    [
        ("2021", "2023", "&period=2021..2023"),
        ("2023", "2021", "&period=2021..2023"),
        ("2022", "", "&period=2022"),
        ("2022", "2022", "&period=2022..2022"),
        ("2022", "newest", "&period=2022.."),
        ("", "2021", "&period=..2021"),
        ("", "newest", ""),
        ("", "", ""),
        ("2021,2023", "", "&period=2021,2023"),
    ],
)
def test_two_periods_are_a_range_in_the_address(begin: str, end: str, query: str) -> None:
    assert picked(period=begin, until=end) == query


@pytest.mark.parametrize(
    ("query", "begin", "end"),
    [
        ("", "All years", "This period only"),
        ("&period=2022", "2022", "This period only"),
        ("&period=2021..2023", "2021", "2023"),
        ("&period=2022..", "2022", "The newest"),
        ("&period=..2022", "All years", "2022"),
        ("&period=2010..2022", "2010", "2022"),
        ("&period=2021,2023", "2021, 2023", "This period only"),
        ("&release=2022.p1", "2022", "This period only"),
    ],
)
def test_the_form_has_what_the_address_says_and_sends_it_again(query: str, begin: str, end: str) -> None:
    text = page(f"{TABLE}?by=gender{query}")
    selects = {name: re.findall(r"<option[^>]* selected>([^<]*)", inner) for name, inner in selects_of(text)}
    assert (selects["period"], selects["until"]) == ([begin], [end])
    sent = dict(re.findall(r'name="(period|until)">.*?<option value="([^"]*)" selected>', text))
    if "release" not in query:
        assert picked(**sent) == query


def selects_of(text: str) -> list[tuple[str, str]]:
    """The names of the choices of a page, and what is in them."""
    return re.findall(r'<select[^>]* name="(\w+)">(.*?)</select>', text, re.DOTALL)


def test_years_beside_each_other_are_columns_and_their_figures_those_of_each() -> None:
    assert rows(page(f"{TABLE}?by=gender&period=2021..2023"))[:3] == [
        ["Gender", "2021", "2022", "2023"],
        ["Total", "100", "100", "100"],
        ["Female", "60", "60", "60"],
    ]
    assert rows(page(f"{TABLE}?by=gender&period=2021,2023"))[0] == ["Gender", "2021", "2023"]


def test_files_of_several_years_are_of_these_years() -> None:
    text = page(f"{TABLE}?by=gender&period=2021..2023")
    links = re.findall(r'href="http://testserver(/api/[^"]*)" download', text)
    assert links and all("period=2021..2023" in link for link in links)
    assert {Client().get(link).status_code for link in links} == {200}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("period=2022,2019-2023", "Perioder af én slags"),
        ("period=2021..2022,2022", "ikke overlapper"),
        ("period=2023..2021", "En række af år"),
        ("period=2006,2023", "Perioden er ikke udgivet"),
    ],
)
def test_periods_that_cannot_be_one_table_have_a_page_that_says_why(query: str, words: str) -> None:
    assert words in page(f"/da/statistik/persons/?by=gender&{query}", status=404)


def test_a_period_that_has_nothing_by_the_breakdown_says_so_and_cannot_be_picked() -> None:
    text = page(f"{TABLE}?by=exploitation.form&period=2022")
    for name in ("period", "until"):
        inner = dict(selects_of(text))[name]
        assert re.search(
            r'<optgroup label="Not published with this breakdown" disabled>.*<option value="2021">2021<', inner
        )
        assert re.search(r'<option value="2022"( selected)?>2022<', inner)
    assert '<option value="2019-2023">' in dict(selects_of(text))["period"]
    assert "2019-2023" not in dict(selects_of(text))["until"]


def test_a_breakdown_that_is_there_beside_another_alone_can_be_picked_and_leads_to_both() -> None:
    text = page(f"{TABLE}?period=2019-2023")
    assert re.search(r'<option value="gender">Gender<', dict(selects_of(text))["rows"])
    assert re.search(r'<optgroup [^>]*disabled>.*<option value="region">', dict(selects_of(text))["rows"])
    refused = page(f"{TABLE}?by=gender&period=2019-2023", status=404)
    (address,) = re.findall(rf'<li><a href="({TABLE}[^"]*)">Persons[^<]* by gender and form', refused)
    assert "trafficking by gender, 2023</a>" in refused
    assert rows(page(address))[0][0] == "Gender"


def test_a_period_that_has_the_table_comes_first_and_one_that_holds_the_period_before_others() -> None:
    refused = page(f"{TABLE}?by=gender,exploitation.form&period=2021", status=404)
    offered = re.findall(rf'<li><a href="({TABLE}[^"]*)">([^<]*)</a>', refused)
    assert [label.rpartition(", ")[2] for _, label in offered[:2]] == ["2019–2023", "2022"]
    assert offered[0][0] == f"{TABLE}?by=gender,exploitation.form&period=2019-2023"
    for address, _ in offered:
        page(address)


def test_rows_and_columns_stand_as_they_were_picked() -> None:
    led = Client().get(f"{TABLE}?rows=exploitation.form&columns=gender&period=2022")
    assert led["Location"] == f"{TABLE}?by=exploitation.form,gender&period=2022"
    turned, straight = rows(page(led["Location"])), rows(page(f"{TABLE}?by=gender,exploitation.form&period=2022"))
    assert straight[0][1:3] == ["Total", "Sexual exploitation, all"] and turned[0][1:3] == ["Total", "Female"]
    assert [row[1:] for row in turned[1:]] == [
        list(column) for column in zip(*(row[1:] for row in straight[1:]), strict=True)
    ]
    assert re.search(r'<option value="exploitation.form" selected>', dict(selects_of(page(led["Location"])))["rows"])


def test_what_is_for_authorities_cannot_be_picked() -> None:
    publish(AUTHORITY, "2023-Q1", {"": {"": 31}})
    assert "2023-Q1" not in page(f"{TABLE}?period=2021..2023")
    page(f"{TABLE}?period=2023-Q1..2023-Q4", status=404)
