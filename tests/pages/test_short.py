"""Short addresses of tables: they say the page again, are what they were, and are nobody's way to anything else."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from pages.public.table_links import LONGEST_CODE, MOST_BYTES, short_code, table_of_code
from stats.models import PUBLIC
from tests.pages.test_public import page
from tests.stats.published import publish

pytestmark = pytest.mark.django_db
TABLE = "/en/statistics/persons/"


@pytest.fixture(autouse=True)
def published() -> None:
    """Two years by gender and form, the later in two vintages."""
    cells = {"F|SEX": 40, "F|LAB": 20, "M|LAB": 40}
    tables = {"": {"": 100}, "gender": {"F": 60, "M": 40}, "exploitation.form": {"SEX": 40, "LAB": 60}}
    for year, vintage in (("2022", 1), ("2023", 1), ("2023", 2)):
        publish(PUBLIC, year, {**tables, "gender,exploitation.form": cells}, vintage)


def short(address: str) -> dict[str, str]:
    """The short addresses on a page, by what is said of them."""
    found = re.findall(r"<p>(Short link[^:]*): <a href=\"(http://testserver/t/[^\"]*)\"", page(address))
    return dict(found)


def follow(address: str, language: str = "en") -> str:
    """Where a short address leads a reader of a language."""
    response = Client(headers={"accept-language": language}).get(address)
    assert (response.status_code, response["Vary"]) == (302, "Accept-Language"), address
    return str(response["Location"])


@pytest.mark.parametrize(
    "query",
    [
        "",
        "by=gender",
        "by=gender&period=2023",
        "by=exploitation.form,gender&period=2022..2023",
        "by=gender&gender=F&period=2022,2023",
        "by=gender&exploitation=SEX&period=..2023",
        "by=gender&release=2023.p1",
        "by=gender&period=2023&asOf=2200-01-01",
        "by=gender&period=2023&show=every",
    ],
)
def test_it_leads_to_the_same_page_in_the_language_of_the_reader(query: str) -> None:
    address = f"{TABLE}?{query}" if query else TABLE
    (one, *_) = short(address).values()
    assert follow(one) == address
    assert follow(one, "da") == follow(one, "sv") == address.replace("/en/statistics/", "/da/statistik/")
    assert len(one.rpartition("/")[2]) <= 40


def test_it_is_of_the_newest_figures_or_of_the_vintage_that_is_shown() -> None:
    newest = short(f"{TABLE}?by=gender&year=2023")
    assert [follow(each) for each in newest.values()] == [
        f"{TABLE}?by=gender&period=2023",
        f"{TABLE}?by=gender&release=2023.p2",
    ]
    assert [*short(f"{TABLE}?by=gender&release=2023.p1")] == ["Short link to this vintage"]
    assert [*short(f"{TABLE}?by=gender&period=2022..2023")] == ["Short link, always to the newest figures"]


def test_a_table_is_cited_once_for_each_vintage_with_its_short_address_there() -> None:
    text = page(f"{TABLE}?by=gender&gender=F&period=2022..2023")
    cited = re.findall(r"<p>([^<]*\. Vintage [^<]*) (http://testserver/\S+)</p>", text)
    title = "Persons identified as victims of human trafficking by gender"
    for (words, address), (period, release) in zip(cited, (("2023", "2023.p2"), ("2022", "2022.p1")), strict=True):
        assert f"{title}, {period}. Vintage {release[-1]} ({release})" in words
        assert follow(address) == f"{TABLE}?by=gender&gender=F&release={release}"


@pytest.mark.parametrize(
    ("code", "address"),
    [
        ("aw1COLAkA", f"{TABLE}?by=gender&period=2023"),
        ("aw1COGYAA", f"{TABLE}?by=gender&period=2019..2023"),
        ("aQ1KO6kp4EANVGQKDGQA", f"{TABLE}?by=age_band.age18&release=2021.p1"),
    ],
)
def test_one_that_somebody_has_leads_where_it_led(code: str, address: str) -> None:
    """Codes that stand in print. No change of the program may make them mean something else."""
    assert follow(f"/t/{code}") == address


def test_one_of_a_release_that_had_another_id_leads_there_in_two_steps() -> None:
    old = follow(f"/t/{short_code('persons', {'release': '2017.e1'})}")
    response = Client().get(old)
    assert (response.status_code, response["Location"]) == (308, f"{TABLE}?release=2017.x1")
    page(f"{TABLE}?release=2017.x1")


@pytest.mark.parametrize(
    "code",
    [
        "a",
        "b",
        "x",
        "aaaa",
        "a!!!!",
        "aw1COLAk",
        "aw1COLAkAA",
        "Aw1COLAkA",
        "bw1COLAkA",
        "a" * (LONGEST_CODE + 1),
        "æ",
        "aæ",
        "a%00",
        "a=",
    ],
)
def test_what_is_none_is_a_page_that_says_so(code: str) -> None:
    assert "There is no such page" in page(f"/t/{code}", status=404) or "Siden findes ikke" in page(
        f"/t/{code}", status=404
    )


@pytest.mark.parametrize(
    ("dataset", "texts"),
    [
        ("persons", {"by": "nobody"}),
        ("persons", {"audience": "exact"}),
        ("persons", {"measure": "count"}),
        ("persons", {"period": "2023..2019"}),
        ("nobody", {}),
        ("//evil.example/", {}),
        ("persons", {"period": "2023" + "," * MOST_BYTES}),
    ],
)
def test_what_says_no_table_leads_nowhere(dataset: str, texts: dict[str, str]) -> None:
    page(f"/t/{short_code(dataset, texts)}", status=404)


def test_a_short_code_cannot_be_long() -> None:
    """A few bytes of DEFLATE can say thousands."""
    code = short_code("persons", {"by": "A" * 40_000})
    assert len(code) < LONGEST_CODE
    with pytest.raises(ValueError, match="no code"):
        table_of_code(code)
