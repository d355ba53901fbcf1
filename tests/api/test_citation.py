"""`GET /releases/{id}/citation`: in words, as BibTeX and as CSL-JSON; it says what is wrong with a release."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.http import HttpResponse

from partners.audit import COMMAND
from stats.counting import build as release
from stats.models import AUTHORITY, PUBLIC, ErratumDecision, Release
from stats.revisions.citation import day, day_in_words, escape
from tests.api.asserts import body, findings, problem
from tests.api.open_figures import RELEASES, TABLES, get
from tests.callers import Caller
from tests.conftest import forget_published
from tests.stats.published import publish, say_erratum, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("zero_is_known")]


# Late on the last day of a month in UTC, and the first of the next in Copenhagen.
WHEN = datetime(2024, 2, 29, 23, 30, tzinfo=UTC)
BIBTEX, CSL = "application/x-bibtex", "application/vnd.citationstyles.csl+json"
URL = "http://testserver/api/v1/releases/2023.p2"


@pytest.fixture
def second() -> Release:
    """The second vintage of 2023, published on 1 March 2024, as of 1 June."""
    publish(PUBLIC, "2023", TABLES, when=WHEN)
    return publish(PUBLIC, "2023", TABLES, 2, when=WHEN)


def cite(name: str = "2023.p2", query: str = "", **headers: str) -> HttpResponse:
    """The citation, without a token."""
    return get(f"{RELEASES}/{name}/citation{query}", **headers)


@pytest.mark.usefixtures("second")
def test_in_words_in_both_languages() -> None:
    document = body(cite())
    assert document["text"] == {
        "da": "Centret (2024). Personer vurderet udsat for menneskehandel, 2023. "
        f"Udgave 2 (2023.p2), opgjort pr. 1. juni 2024; offentlig. {URL}",
        "en": "The centre (2024). Persons identified as victims of human trafficking, 2023. "
        f"Vintage 2 (2023.p2), as of 1 June 2024; public. {URL}",
    }
    assert (document["release"], document["withdrawn"]) == ("2023.p2", False)


@pytest.mark.usefixtures("second")
def test_as_csl_json() -> None:
    (item,) = body(cite())["csl"]
    assert item == {
        "id": "henvis-2023.p2",
        "type": "dataset",
        "title": "Persons identified as victims of human trafficking, 2023",
        "author": [{"literal": "The centre"}],
        "publisher": "The centre",
        "issued": {"date-parts": [[2024, 3, 1]]},
        "version": "2",
        "URL": URL,
        "language": "en",
        "note": "Vintage 2 (2023.p2), as of 2024-06-01; public.",
    }


@pytest.mark.usefixtures("second")
def test_as_bibtex() -> None:
    text = body(cite())["bibtex"]
    assert text.startswith("@misc{henvis-2023.p2,\n")
    assert fields(text) == {
        "author": "{The centre}",
        "title": "{Persons identified as victims of human trafficking, 2023}",
        "year": "2024",
        "month": "3",
        "day": "1",
        "version": "2",
        "note": "Vintage 2 (2023.p2), as of 2024-06-01; public.",
        "url": URL,
        "language": "english",
    }


def fields(text: str) -> dict[str, str]:
    """The fields of a BibTeX entry whose braces balance."""
    depth = 0
    for mark in re.sub(r"\\[{}]", "", text):
        depth += (mark == "{") - (mark == "}")
        assert depth >= 0
    assert depth == 0
    return dict(re.findall(r"^  (\w+) = \{(.*)\},?$", text, re.MULTILINE))


@pytest.mark.usefixtures("second")
@pytest.mark.parametrize(
    ("query", "headers", "media"),
    [
        ("", {}, "application/json"),
        ("?format=json", {"Accept": BIBTEX}, "application/json"),
        ("?format=bibtex", {}, f"{BIBTEX}; charset=utf-8"),
        ("?format=csl", {}, CSL),
        ("", {"Accept": BIBTEX}, f"{BIBTEX}; charset=utf-8"),
        ("", {"Accept": CSL}, CSL),
        ("", {"Accept": f"{CSL};q=0.5, {BIBTEX}"}, f"{BIBTEX}; charset=utf-8"),
    ],
)
def test_in_the_form_that_is_asked_for(query: str, headers: dict[str, str], media: str) -> None:
    response = cite(query=query, **headers)
    assert (response.status_code, response.headers["Content-Type"]) == (200, media)
    whole: dict[str, Any] = body(cite())
    if media.startswith(BIBTEX):
        assert response.content.decode() == whole["bibtex"]
    elif media == CSL:
        assert json.loads(response.content) == whole["csl"]


@pytest.mark.usefixtures("second")
def test_anything_else_is_refused() -> None:
    assert findings(cite(query="?format=ris"), "invalid_parameter") == [("format", "value_not_allowed")]
    assert findings(cite(query="?style=apa"), "invalid_parameter") == [("?", "unknown_parameter")]
    problem(cite(Accept="text/html"), "not_acceptable")
    problem(cite("2023.p9"), "not_found")


@pytest.mark.usefixtures("second")
def test_in_danish() -> None:
    response = cite(Accept_Language="da")
    assert response.headers["Content-Language"] == "da"
    (item,) = body(response)["csl"]
    assert (item["language"], item["author"]) == ("da", [{"literal": "Centret"}])
    assert fields(body(response)["bibtex"])["language"] == "danish"


@pytest.mark.usefixtures("second")
def test_the_operator_is_a_setting(settings: Any) -> None:
    before = cite().headers["ETag"]
    forget_published()  # a process keeps the settings that it began with
    settings.HENVIS_OPERATOR = "Agency for 100 % {Counting} & Co_"
    response = cite()
    assert response.headers["ETag"] != before
    assert body(response)["text"]["da"].startswith("Agency for 100 % {Counting} & Co_ (2024).")
    assert fields(body(response)["bibtex"])["author"] == r"{Agency for 100 \% \{Counting\} \& Co\_}"
    assert body(response)["csl"][0]["publisher"] == settings.HENVIS_OPERATOR


def test_every_mark_that_tex_reads_is_escaped() -> None:
    assert escape(r"\{}~^$&%#_") == (r"\textbackslash{}\{\}\textasciitilde{}\textasciicircum{}\$\&\%\#\_")


def test_it_says_that_a_release_is_withdrawn(second: Release) -> None:
    before = cite("2023.p1").headers["ETag"]
    withdraw(Release.objects.get(pk="2023.p1"), second, when=datetime(2024, 5, 2, 9, tzinfo=UTC))
    response = cite("2023.p1")
    document = body(response)
    assert document["withdrawn"] is True
    assert "Withdrawn 2 May 2024; replaced by 2023.p2." in document["text"]["en"]
    assert "Trukket tilbage 2. maj 2024; erstattet af 2023.p2." in document["text"]["da"]
    assert document["csl"][0]["status"] == "withdrawn"
    assert "Withdrawn 2024-05-02; replaced by 2023.p2" in fields(document["bibtex"])["note"]
    assert response.headers["ETag"] != before


def test_it_says_that_a_release_has_errata(second: Release) -> None:
    before = cite().headers["ETag"]
    made = say_erratum(second)
    assert (
        f"With errata of {day_in_words(day(ErratumDecision.objects.get(erratum=made).decided_at)).en}."
        in body(cite())["text"]["en"]
    )
    assert "Med rettelser af" in body(cite())["text"]["da"]
    assert cite().headers["ETag"] != before


@pytest.mark.usefixtures("second")
def test_it_may_be_kept_and_is_told_to_stand() -> None:
    response = cite()
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert cite(If_None_Match=response.headers["ETag"]).status_code == 304
    tags = {cite(query=query).headers["ETag"] for query in ("", "?format=csl", "?format=bibtex")}
    assert len(tags | {cite(Accept_Language="da").headers["ETag"]}) == 4


def test_what_is_not_for_everybody_is_cited_for_who_may_read_it(police: Caller, centre: Caller) -> None:
    publish(AUTHORITY, "2023-Q4", TABLES)
    release.build(by=COMMAND, period="2023", depth=1)
    for caller, name, said in (
        (police, "2023-Q4.a1", "2023, quarter 4. Vintage 1 (2023-Q4.a1)"),
        (centre, "2023.v1", "exact figures, not for publication"),
    ):
        problem(cite(name), "not_found")
        response = caller.get(f"{RELEASES}/{name}/citation")
        assert said in body(response)["text"]["en"]
        assert response.headers["Cache-Control"] == "private, no-store"
    problem(police.get(f"{RELEASES}/2023.v1/citation"), "not_found")


BY_SEVERAL = [
    "Center mod Menneskehandel",
    "HopeNow",
    "Socialstyrelsen",
    "European Commission",
    "U.S. Department of State",
]
ELSEWHERE: tuple[tuple[str, list[str], str, dict[str, str], list[list[int]] | None], ...] = (
    # A day is known, a year, or nothing; and nobody published what follows from other figures.
    ("2015.x1", ["The Local"], "2016", {"year": "2016", "month": "7", "day": "6"}, [[2016, 7, 6]]),
    ("2020.x1", ["U.S. Department of State"], "2021", {"year": "2021"}, [[2021]]),
    ("2020.x2", BY_SEVERAL, "n.d.", {}, None),
    ("2024.x1", ["The centre"], "n.d.", {}, None),
)


@pytest.mark.parametrize(("name", "authors", "year", "dated", "parts"), ELSEWHERE)
def test_what_is_published_elsewhere_is_cited_with_its_sources(
    name: str, authors: list[str], year: str, dated: dict[str, str], parts: list[list[int]] | None
) -> None:
    document, known = body(cite(name)), body(get(f"{RELEASES}/{name}"))
    period, vintage = known["period"], known["vintage"]
    assert document["text"]["en"].startswith(
        f"{'; '.join(authors)} ({year}){'' if authors == ['The centre'] else ', as reproduced by the centre'}. "
        f"Persons identified as victims of human trafficking, {period}. Vintage {vintage} ({name})"
    )
    assert f"({year if year.isdigit() else 'u.å.'})" in document["text"]["da"]
    assert document["withdrawn"] is False
    entry, (item,) = fields(document["bibtex"]), document["csl"]
    assert {part: entry[part] for part in ("year", "month", "day") if part in entry} == dated
    assert item.get("issued") == (parts and {"date-parts": parts})
    assert item["author"] == [{"literal": author} for author in authors]
    assert entry["author"] == " and ".join(f"{{{author}}}" for author in authors)
    for source in known["sources"]:
        for said in (*document["text"].values(), item["note"]):
            assert source["url"] in said
    # None of ours, so it looks at no moment of ours.
    for said in (*document["text"].values(), item["note"], entry["note"]):
        assert "None" not in said and "as of" not in said and "opgjort" not in said


def test_a_source_that_is_not_there_is_not_promised() -> None:
    """2024 follows from other figures: there is no page to name."""
    text = body(cite("2024.x1"))["text"]
    assert "published elsewhere: ." not in text["en"] and "Computed from other published figures" in text["en"]
    assert "Beregnet af andre offentliggjorte tal" in text["da"]


def test_a_citation_of_an_old_release_may_be_kept_and_is_in_every_form() -> None:
    response = cite("2020.x1")
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert cite("2020.x1", If_None_Match=response.headers["ETag"]).status_code == 304
    assert cite("2020.x1", "?format=bibtex").content.decode().startswith("@misc{henvis-2020.x1,")
    assert json.loads(cite("2020.x1", "?format=csl").content)[0]["id"] == "henvis-2020.x1"
    problem(cite("2020.x3"), "not_found")
