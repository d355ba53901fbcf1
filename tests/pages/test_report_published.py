"""A report that two persons published, from the figures of releases to its page and its PDF."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from core.text import Text
from deploy.demo import publications as demo
from publications.annual import editions
from publications.annual.labels import file_name
from stats.models import PUBLIC, Erratum, ErratumDecision, Release, ReviewSign, ReviewSignEnd
from tests.callers import as_web_server
from tests.pages.test_report import seen
from tests.people.visitors import signed_in, staff, words
from tests.publications.annual.documents import MARKUP
from tests.publications.annual.reading import pieces, squeeze, text_of
from tests.stats.published import publish, withdraw

pytestmark = pytest.mark.django_db
MARCH = datetime(2024, 3, 1, 12, tzinfo=UTC)
ADDRESSES = {"da": "/da/rapport/2023/", "en": "/en/report/2023/"}


@pytest.fixture(autouse=True)
def reports(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reports of 2022 and 2023, with a comment. Of 2023 a gender is hidden."""
    monkeypatch.setattr(demo, "YEARS_OF_REPORTS", (2022, 2023))
    monkeypatch.setattr(demo, "COMMENTS", {"gender:comment": Text(f"{MARKUP}\n\n- æ\n- ø", f"{MARKUP}\n\n- å\n- ß")})
    for vintage in (1, 2):
        publish(PUBLIC, "2022", {"": {"": 73}, "gender": {"F": 48, "M": 25}}, vintage, when=MARCH)
    told = {"gender": {"M": (0, 9), "X": (31, 40)}}
    tables: Any = {"": {"": 112}, "gender": {"F": 72, "M": None, "X": None}}
    publish(PUBLIC, "2023", tables, symbols={"gender": 9}, told=told, when=MARCH)
    demo.publish_reports(lambda _: None, staff("author", "statistician"), staff("publisher", "approver"))


def get(address: str, **headers: str) -> Any:
    """What the web server answers, with the rights that it has."""
    with as_web_server():
        return Client(headers=headers).get(address)


def pdf_address(language: str, ending: str = "pdf") -> str:
    """Where a file of the first version is."""
    return f"{ADDRESSES[language]}1/{file_name(2023, 1, language, ending)}"


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_page_and_the_pdf_say_the_same(language: str) -> None:
    document = editions.document(2023, language)
    assert document is not None
    page = squeeze(seen(get(ADDRESSES[language]).content.decode()))
    pdf = squeeze(text_of(get(pdf_address(language)).content))
    said = {squeeze(piece) for piece in pieces(document)}
    assert len(said) > 60 and squeeze(MARKUP) in said
    assert {piece for piece in said if piece not in page} == set()
    assert {piece for piece in said if piece not in pdf} == set()


@pytest.mark.parametrize("address", [*ADDRESSES.values(), "/da/rapport/", "/da/rapport/2022/1/", pdf_address("da")])
def test_any_cache_may_keep_it_and_it_costs_few_statements(address: str, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(2):
        answer = get(address)
    assert answer["Cache-Control"] == "public, max-age=60" and not answer.cookies and "Vary" not in answer
    with django_assert_max_num_queries(1):
        again = get(address, **{"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("replaced", [False, True])
def test_a_report_of_figures_that_were_withdrawn_says_so_above_them(
    django_assert_max_num_queries: Any, *, replaced: bool
) -> None:
    before = get(ADDRESSES["en"])
    assert "Figures in this report are withdrawn" not in before.content.decode()
    replacement = publish(PUBLIC, "2023", {"": {"": 56}}, 2) if replaced else None
    withdraw(Release.objects.get(pk="2023.p1"), replacement, "Talt to gange.\nCounted twice.")
    with django_assert_max_num_queries(2):
        page = get(ADDRESSES["en"], **{"if-none-match": before["ETag"]}).content.decode()
    assert page.index("Figures in this report are withdrawn") < page.index('class="report-contents"')
    assert '<a href="/en/releases/2023.p1/">2023.p1</a>: Counted twice.' in page
    assert "Talt to gange." in get(ADDRESSES["da"]).content.decode()
    assert "are withdrawn" not in get("/en/report/2022/").content.decode()


def test_who_withdraws_is_told_of_the_reports_that_stand() -> None:
    desk = signed_in(staff("second", "approver"))
    for year, reports_named in ((2023, ["2023"]), (2022, ["2022", "2023"])):
        asked = words(desk.get(f"/admin/statistics/release/{year}.p{2 if year == 2022 else 1}/withdraw/"))
        assert re.findall(r"the annual report (\d{4})", asked) == reports_named
    assert "the annual report" not in words(desk.get("/admin/statistics/release/2022.p1/withdraw/"))


def test_a_report_is_not_warned_of_for_a_vintage_that_none_of_its_figures_is_from() -> None:
    withdraw(Release.objects.get(pk="2022.p1"), None)
    for year in (2022, 2023):
        assert "are withdrawn" not in get(f"/en/report/{year}/").content.decode()
    withdraw(Release.objects.get(pk="2022.p2"), None)
    for year in (2022, 2023):
        assert "are withdrawn" in get(f"/en/report/{year}/").content.decode()


def test_a_report_tells_of_errata_and_reviews_since_of_the_releases_that_it_is_from(
    django_assert_max_num_queries: Any,
) -> None:
    warned = ("Errata since the report was made", "Figures in this report are under review")
    before = get(ADDRESSES["en"])
    assert not any(each in before.content.decode() for each in warned)
    erratum = Erratum.objects.create(
        release_id="2023.p1",
        text_da="Tallet er 111.",
        text_en="It is 111.",
        of_total=True,
        user=staff("writer", "statistician"),
    )
    assert not any(each in get(ADDRESSES["en"]).content.decode() for each in warned)  # nobody has approved it
    ErratumDecision.objects.create(erratum=erratum, approved=True, user=staff("reader", "approver"))
    sign = ReviewSign.objects.create(release_id="2023.p1", user=staff("doubter", "approver"))
    with django_assert_max_num_queries(2):
        page = get(ADDRESSES["en"], **{"if-none-match": before["ETag"]}).content.decode()
    for each in warned:
        assert page.index(each) < page.index('class="report-contents"')
    assert '<a href="/en/releases/2023.p1/">2023.p1</a>: It is 111.' in page
    assert 'Use it with caution: <a href="/en/releases/2023.p1/">2023.p1</a>.' in page
    assert "Tallet er 111." in get(ADDRESSES["da"]).content.decode()
    assert not any(each in get("/en/report/2022/").content.decode() for each in warned)
    ReviewSignEnd.objects.create(sign=sign, user=staff("doubtless", "approver"))
    assert warned[1] not in get(ADDRESSES["en"]).content.decode()


def test_the_releases_below_a_table_lead_to_their_pages() -> None:
    page = get(ADDRESSES["en"]).content.decode()
    notes = "".join(re.findall(r'<div class="table-notes">.*?</div>', page, re.DOTALL))
    for name in ("2023.p1", "2021.x2"):
        assert f'<a href="/en/releases/{name}/">{name}</a>' in notes
    assert get("/en/releases/2021.x2/").status_code == 200


def test_who_downloads_the_figures_can_check_them_by_the_colophon() -> None:
    content = get(pdf_address("da", "json")).content
    digest = hashlib.sha256(content).hexdigest()
    assert digest in text_of(get(pdf_address("da")).content) and digest in seen(get(ADDRESSES["da"]).content.decode())
    assert json.loads(content)["year"] == 2023


def test_the_pdf_of_the_page_is_the_one_whose_digest_it_tells() -> None:
    digest = hashlib.sha256(get(pdf_address("en")).content).hexdigest()
    assert digest in get(ADDRESSES["en"]).content.decode()


def test_the_sitemap_has_both_years() -> None:
    text = get("/sitemap.xml").content.decode()
    assert len(re.findall(r"<loc>[^<]+/(?:rapport|report)/202[23]/</loc>", text)) == 4
