"""The annual report as pages: what the PDF says, at an address that stays."""

from __future__ import annotations

import hashlib
import html
import json
import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from core.text import NO_TEXT, Text
from publications.annual import editions
from publications.annual.document import Document
from publications.annual.editions import ReportVersion
from publications.annual.labels import LABELS, block_numbers
from tests.pages.tables import rows
from tests.publications.annual.documents import MARKUP, WORDS, document
from tests.publications.annual.reading import pieces, squeeze

pytestmark = pytest.mark.django_db
PDF, DATA = b"%PDF-1.7 of {} {}", b'{{"year": {}, "language": "{}"}}'
CORRECTION = Text("Tallet for Sjælland var forkert.", "The figure for Zealand was wrong.")


def digests(kind: bytes, version: int) -> dict[str, str]:
    """The digests of the files of a version."""
    return {each: hashlib.sha256(content(kind, version, each)).hexdigest() for each in ("da", "en")}


def content(kind: bytes, version: int, language: str) -> bytes:
    """The invented bytes of a file."""
    return kind.decode().format(version, language).encode()


def version(number: int, correction: Text = NO_TEXT) -> ReportVersion:
    """A version that was published."""
    at = datetime(2024, 3, 13 + number, 9, tzinfo=UTC)
    return ReportVersion(number, at, correction, digests(DATA, number), digests(PDF, number))


@pytest.fixture(autouse=True)
def two_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    """The report of 2023, and its correction."""
    every = [version(1), version(2, CORRECTION)]

    def report(year: int, language: str, number: int | None = None) -> Document:
        """A version of the invented report."""
        of = every[(number or len(every)) - 1]
        return document(language, correction=of.correction(language), version=of.version)

    monkeypatch.setattr(editions, "years", lambda: [2023])
    monkeypatch.setattr(editions, "versions", lambda year: every if year == 2023 else [])
    monkeypatch.setattr(editions, "document", report)
    monkeypatch.setattr(editions, "pdf", lambda year, language, number: content(PDF, number, language))
    monkeypatch.setattr(editions, "data", lambda year, language, number: content(DATA, number, language))


def read(address: str) -> str:
    """What a reader gets."""
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def seen(page: str) -> str:
    """The text of a page, without what is not read."""
    body = re.sub(r"<(script|title|svg)\b.*?</\1>", lambda found: text_of_drawing(found[0]), page, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", " ", body))


def text_of_drawing(element: str) -> str:
    """Of a drawing its letters, of anything else nothing."""
    return " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", element))


@pytest.mark.parametrize(("language", "address"), [("da", "/da/rapport/2023/"), ("en", "/en/report/2023/")])
def test_a_page_says_all_that_the_report_says_in_its_order(language: str, address: str) -> None:
    page = read(address)
    text, report = squeeze(seen(page)), document(language, correction=CORRECTION(language), version=2)
    assert [piece for piece in pieces(report) if squeeze(piece) not in text] == []
    for label in block_numbers(report).values():
        assert squeeze(f"{label}.") in text
    order = [text.index(squeeze(each)) for each in (CORRECTION(language), LABELS["contents"](language))]
    sections = [page.index(f'<h2 id="{each.id}"') for each in report.sections]
    assert order == sorted(order) and sections == sorted(sections)
    assert rows(page)[0] == [WORDS["gender"](language), WORDS["persons"](language)]


def test_commentary_is_text_and_never_markup() -> None:
    assert html.escape(MARKUP, quote=True) in read("/da/rapport/2023/")


def test_each_version_stays_and_the_older_one_says_that_there_is_a_newer() -> None:
    first, newest = read("/da/rapport/2023/1/"), read("/da/rapport/2023/")
    assert CORRECTION.da in newest and CORRECTION.da not in first
    assert 'Der er en nyere udgave af rapporten: <a href="/da/rapport/2023/2/">Udgave 2, 15. marts 2024</a>' in first
    assert "nyere udgave" not in newest and '<a href="/da/rapport/2023/1/">Udgave 1, 14. marts 2024</a>' in newest
    assert '<link rel="canonical" href="http://testserver/da/rapport/2023/2/">' in newest


def test_the_switch_of_languages_leads_to_the_same_version() -> None:
    (address,) = re.findall(r'<a href="([^"]+)" lang="en"', read("/da/rapport/2023/1/"))
    assert address == "/en/report/2023/1/" and "Edition 1, 14 March 2024" in read(address)


@pytest.mark.parametrize("language", ["da", "en"])
def test_its_files_are_those_whose_digests_the_page_tells(language: str) -> None:
    page = read({"da": "/da/rapport/2023/", "en": "/en/report/2023/"}[language])
    for kind, ending in ((PDF, "pdf"), (DATA, "json")):
        (address,) = set(re.findall(rf'href="(/[^"]+\.{ending})"', page))
        answer = Client().get(address)
        assert answer.content == content(kind, 2, language)
        digest = hashlib.sha256(answer.content).hexdigest()
        assert answer["ETag"] == f'"{digest}"' and address.rpartition("/")[2] in answer["Content-Disposition"]
        assert Client(headers={"if-none-match": answer["ETag"]}).get(address).status_code == 304
    assert digests(PDF, 2)[language] in seen(page)


@pytest.mark.parametrize(
    "address",
    [
        "/da/rapport/2022/",
        "/da/rapport/2023/3/",
        "/da/rapport/99999999999999999999/",
        "/da/rapport/2023/99999999999999999999/",
        "/da/rapport/2023/2/human-trafficking-in-denmark-2023-edition-2.pdf",
        "/da/rapport/2023/1/menneskehandel-i-danmark-2023-udgave-2.pdf",
        "/da/rapport/2023/3/menneskehandel-i-danmark-2023-udgave-3.pdf",
        "/da/rapport/2023/2/menneskehandel-i-danmark-2023-udgave-2.exe",
    ],
)
def test_where_no_report_is_there_is_a_page_that_says_so(address: str) -> None:
    answer = Client(headers={"accept": "text/html"}).get(address)
    assert answer.status_code == 404 and "Siden findes ikke" in answer.content.decode()


def test_the_list_leads_to_each_year(monkeypatch: pytest.MonkeyPatch) -> None:
    assert '<a href="/da/rapport/2023/">Menneskehandel i Danmark 2023</a>' in read("/da/rapport/")
    monkeypatch.setattr(editions, "years", list)
    assert "Der er endnu ingen årsrapport." in read("/da/rapport/")


def test_a_search_engine_reads_what_the_report_is() -> None:
    page = read("/da/rapport/2023/1/")
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    data = json.loads(text)
    assert (data["@type"], data["datePublished"], data["version"]) == ("Report", "2024-03-14", "1")
    assert data["encoding"]["sha256"] == digests(PDF, 1)["da"]
    assert Client().get(data["encoding"]["contentUrl"].removeprefix("http://testserver")).status_code == 200
    assert '<meta property="og:title" content="Menneskehandel i Danmark 2023">' in page


def test_a_page_is_kept_until_another_version_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    before = Client().get("/da/rapport/2023/1/")
    assert before["Cache-Control"] == "public, max-age=60"
    again = Client(headers={"if-none-match": before["ETag"]}).get("/da/rapport/2023/1/")
    assert (again.status_code, again.content) == (304, b"")
    every = [*editions.versions(2023), version(3)]
    monkeypatch.setattr(editions, "versions", lambda year: every)
    assert Client().get("/da/rapport/2023/1/")["ETag"] != before["ETag"]


def test_a_finder_of_pages_finds_the_report_in_both_languages() -> None:
    assert {f"http://testserver{path}" for path in ("/da/rapport/2023/", "/en/report/2023/", "/da/rapport/")} <= {
        *re.findall(r"<loc>([^<]+)</loc>", read("/sitemap.xml"))
    }
    assert '<a href="/da/rapport/">Årsrapport</a>' in read("/da/statistik/")


@pytest.mark.parametrize("language", ["da", "en"])
def test_what_is_on_a_page_has_an_anchor_of_its_own(language: str) -> None:
    ids = re.findall(r' id="([^"]+)"', read({"da": "/da/rapport/2023/", "en": "/en/report/2023/"}[language]))
    assert len(ids) == len(set(ids)) >= 10
