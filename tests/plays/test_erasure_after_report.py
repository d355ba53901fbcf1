"""The erasure after the report: what was published stays to the last byte, and what comes later says that it counts her no more."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.utils import timezone

from cases.models import Case
from partners.roles import MemberRole
from publications.figures import painter
from stats.counting import erasures
from stats.models import PUBLIC
from stats.publishing import checks
from tests.api.asserts import body
from tests.api.calendars import expect
from tests.callers import Browser, assessment, make_caller
from tests.pages.desk.conftest import at
from tests.pages.tables import rows
from tests.people.visitors import staff
from tests.plays import stage
from tests.publications.annual.world import approve_all, draft_by, publish_report
from tests.stats.publishing.town import Town, build
from tests.stats.records import NOTES

pytestmark = pytest.mark.django_db
YEAR = 2012
MOMENT = re.compile(rb"\d{4}-?\d\d-?\d\dT\d\d:?\d\d:?\d\d[^\s<]*")
PERSON = "/admin/erased/tombstone/person/"
# Every public address that tells a figure, a release, a day or a report.
PAGES = (
    "/{language}/",
    "/{language}/{releases}/",
    "/{language}/{releases}/{year}.p1/",
    "/{language}/{statistics}/persons/?period={year}",
    "/{language}/{statistics}/persons/?by=gender&period={year}",
    "/{language}/{calendar}/",
    "/{language}/{calendar}.ics",
    "/{language}/{calendar}.atom",
    "/{language}/{releases}.atom",
    "/{language}/{report}/{year}/",
)
WORDS = {
    "da": {"releases": "udgivelser", "statistics": "statistik", "calendar": "kalender", "report": "rapport"},
    "en": {"releases": "releases", "statistics": "statistics", "calendar": "calendar", "report": "report"},
}
API = (
    "/api/v1/statistics",
    "/api/v1/statistics/persons?year={year}",
    "/api/v1/statistics/persons?by=gender&year={year}",
    "/api/v1/statistics/persons?by=gender&year={year}&format=csv",
    "/api/v1/releases",
    "/api/v1/releases/{year}.p1",
    "/api/v1/releases/{year}.p1/certificate",
    "/api/v1/releases/{year}.p1/citation",
    "/sitemap.xml",
)


def everything(year: int) -> dict[str, bytes]:
    """What everybody reads of a year, by address: pages, charts, tables, feeds, the calendar and the report with its files."""
    addresses = [each.format(year=year, language=of, **words) for of, words in WORDS.items() for each in PAGES]
    found = {each: read(each) for each in (*addresses, *(each.format(year=year) for each in API))}
    pages = b" ".join(found.values()).decode(errors="replace")
    files = re.findall(r'href="(/(?:da|en)/(?:figurer|charts|rapport|report)/[^"]+\.(?:svg|png|pdf|json))"', pages)
    assert {each.rpartition(".")[2] for each in files} == {"svg", "png", "pdf", "json"}, files
    return {**found, **{each: read(each) for each in files}}


def read(address: str) -> bytes:
    """What stands at a public address."""
    answer = Browser().get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    content: bytes = answer.getvalue()
    # The calendar's feeds say when they were read.
    return MOMENT.sub(b"", content) if "kalender." in address or "calendar." in address else content


def erases(officer: stage.Member, token: str) -> None:
    """Look at what is held of a person and erase it, as she asked."""
    looked = officer.does(PERSON, {"act": "look", "token": token})
    assert "1 referral" in looked
    page = officer.browser.post(PERSON, {"act": "look", "token": token}).content.decode()
    seen = page.partition('name="fingerprint" value="')[2].partition('"')[0]
    form = {"act": "erase", "token": token, "reason": "REQUESTED", "fingerprint": seen, "confirm": "on"}
    assert "The erasure is called" in officer.does(PERSON, form)
    assert not Case.objects.filter(token=token).exists()


def test_a_person_of_a_published_year_is_erased(monkeypatch: pytest.MonkeyPatch) -> None:
    year = YEAR
    Town().year(year)
    centre, ole = make_caller("CENTRE"), stage.approver()
    # A partner referred one woman in April, and nobody else. Then it is expected to report every month since.
    lone = make_caller("NGO", name="Lone House")
    _, row = lone.referral(referred_in=f"{year}-04", gender="F")
    expect(lone, since=date(year, 4, 1))
    place = f"/api/v1/cases/{row['case_token']}/assessment"
    centre.put(place, assessment(outcome="IDENTIFIED", decided_in=f"{year}-06"))
    build(str(year), PUBLIC, ["gender"], as_of=timezone.now(), change_notes=None)
    assert "is published" in ole.acts(f"{year}.p1", "publish", {**stage.REASONS, **stage.UNANNOUNCED})
    monkeypatch.setattr(painter, "queries", lambda *_, **__: iter([{"by": "gender", "period": str(year)}]))
    painter.draw_missing()
    writer = staff("writer", "statistician")
    draft = draft_by(writer, year)
    approve_all(draft, writer)
    publish_report(draft, staff("publisher", "approver"))
    before = everything(year)
    assert stage.total(year) == 88

    eva = stage.Member("eva", ("view_tombstone", "produce_case", "erase_case"))
    erases(eva, row["case_token"])

    # Nothing that was published is another than it was, nor is it counted or drawn again.
    painter.draw_missing()
    after = everything(year)
    assert {each for each in before if after.get(each) != before[each]} == set()
    assert not [each.name for each in checks.verify(f"{year}.p1") if each.passed is False]
    # Her partner's month is no nil month: not for its programs, and not on the desk.
    april = next(each for each in body(lone.get("/api/v1/reports"))["items"] if each["period"] == f"{year}-04")
    assert (april["state"], april["referrals"]) == ("REPORTED", 0)
    page = at(lone.partner, MemberRole.CASEWORKER, "liv").get(f"/send/year/{year}/", **stage.ENGLISH).content.decode()
    assert [f"April {year}", "0", "0", ""] in rows(page)
    # A later vintage counts her no more, and says that some were erased, not who nor how many.
    build(str(year), PUBLIC, [""], as_of=timezone.now(), change_notes=NOTES)
    assert stage.drafts() == [f"{year}.p2"]
    assert erasures.CHANGE_NOTE.en in ole.acts(f"{year}.p2", "publish")
    published = ole.acts(f"{year}.p2", "publish", {**stage.REASONS, **stage.UNANNOUNCED})
    assert f"Vintage 2 of {year} for the public is published" in published
    assert stage.total(year) == 87
    assert erasures.CHANGE_NOTE.en in stage.public_page(f"/en/releases/{year}.p2/")
    assert f"Replaced by {year}.p2" in stage.public_page(f"/en/releases/{year}.p1/")
