"""A database of invented records says so in everything that is served of it to everybody, and any other database in nothing.

The addresses are those of the program's own table of routes: a route is walked, or it says here why nothing of it is marked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from uuid import uuid4

import pytest

from api.statistics import answers
from api.statistics.citations import FORMS
from api.statistics.parameters import FORMATS
from cases import invented
from cases.windows.models import YearReceipt
from core.answers import Answers
from deploy.demo import publications as demo_reports
from deploy.demo.publications import publish_plans
from notices.work import work
from oversight.reporting.receipts import signing
from pages.base import frame
from pages.public.table_links import short_code
from partners.roles import MemberRole
from publications.annual.labels import file_name
from publications.figures import painter
from publications.figures.drawing import draw
from publications.figures.models import ChartPicture
from publications.international.bodies import BODIES
from publications.international.files import content_of, csv_of, json_of
from stats.models import PUBLIC, AnnouncedDate
from tests.api.test_every_route import OTHERS
from tests.callers import Browser, Caller
from tests.cases.windows.world import LAST_YEAR, month
from tests.invented import ask_anew, is_marked, take_back
from tests.notices import world as notices
from tests.people.visitors import member, staff
from tests.publications.plans.world import PLAN, approver, writer
from tests.stats.published import publish

pytestmark = pytest.mark.django_db
MARCH, APRIL = datetime(2024, 3, 1, 12, tzinfo=UTC), datetime(2024, 4, 1, 12, tzinfo=UTC)
GENDERS = {"F": 72, "M": 40, "X": 0}
EXTERNAL = "2020.x2"
# Of these nothing is marked, by the beginnings of their routes: there is no record in them and nothing that is made of one.
WITHOUT = {
    "/api/v1/codelists": "labels of codes",
    "/api/v1/templates": "forms that are filled in, and rows that a partner in test mode fetches",
    "/api/v1/counts/forms": "forms that are filled in",
    "/api/v1/receipts": "the key that verifies receipts",
    "/api/v1/plans": "the plans as the ministries wrote them; an indicator of one is marked",
    "/robots.txt": "addresses",
    "/sitemap.xml": "addresses",
    "/.well-known/security.txt": "an address",
    "/openapi.json": "the description of the program",
    "/api/v1": "addresses",
    "/livez": "whether the program lives",
    "/readyz": "whether the database answers",
}
# Whoever has no token is turned away here, whatever the parameters are: they name what a partner sent.
OF_PARTNERS = (
    "/api/v1/batches",
    "/api/v1/cases",
    "/api/v1/count-files",
    "/api/v1/counts",
    "/api/v1/notices/<str:notice_id>/handed-on",
    "/api/v1/referrals",
    "/api/v1/reports",
    "/api/v1/returns",
    "/api/v1/services/<str:place>",
)
WALKED = ("/api/v1/receipts/<str:digest>", "/api/v1/plans/<str:plan_id>")
EXACT = ("/api/v1", "/api/v1/receipts", "/api/v1/plans")
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
draw_once = cache(draw)


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both databases have the same releases."""
    for module in (answers, frame):
        monkeypatch.setattr(module, "ANSWERS", Answers(2**20))


def without_mark(route: str) -> bool:
    """Whether nothing of a route is marked."""
    return route not in WALKED and any(
        route == each or (each not in EXACT and route.startswith(each)) for each in WITHOUT
    )


def publish_all(ngo: Caller, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Something of each kind that everybody may read; by the names of a route's parameters what they can be."""
    publish(PUBLIC, "2022", {"": {"": 73}, "gender": {"F": 48, "M": 25, "X": 0}}, when=MARCH)
    first = publish(PUBLIC, "2023", {"": {"": 110}, "gender": {**GENDERS, "F": 70}}, when=MARCH)
    changes: Any = (first, {"": {"": (110, 112)}, "gender": {"F": (70, 72)}})
    publish(PUBLIC, "2023", {"": {"": 112}, "gender": GENDERS}, 2, when=APRIL, changes=changes)
    draw_charts(monkeypatch)
    monkeypatch.setattr(demo_reports, "YEARS_OF_REPORTS", (2022, 2023))
    monkeypatch.setattr(demo_reports, "COMMENTS", {})
    demo_reports.publish_reports(lambda _: None, staff("author", "statistician"), staff("publisher", "approver"))
    publish_plans(lambda _: None, writer(), approver())
    user = staff("calendar", "statistician")
    AnnouncedDate.objects.create(period="2024", month=date(2101, 3, 1), user=user, entry=uuid4())
    # A crisis asks for the week that runs, which on 1 January is one of the year before: that is signed first.
    digest = receipt_of(ngo).digest
    notice = notices.create()
    notices.make_public(notice, "da", "en", "ar")
    notices.say_open(ngo.partner)
    work(at_once=True)
    number = str(notice.pk)
    return {
        "dataset": ["persons"],
        "dataset_id": ["persons"],
        "release": ["2023.p2"],
        "release_id": ["2023.p2"],
        "other": ["2023.p1"],
        "number": [number],
        "notice_id": [number],
        "tag": ["da", "en", "ar"],
        "year": ["2023"],
        "version": ["1"],
        "plan": [PLAN],
        "plan_id": [PLAN],
        "digest": [digest],
        "rest": ["2023.p2/"],
        "code": [short_code("persons", {"by": "gender", "period": "2023"})],
    }


def draw_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The charts of a year by gender, and none of the dozens of others."""
    texts: tuple[dict[str, str], ...] = ({}, {"by": "gender", "period": "2023"})
    monkeypatch.setattr(painter, "queries", lambda *_, **__: iter(texts))
    monkeypatch.setattr(painter, "draw", draw_once)
    painter.draw_missing()


def receipt_of(ngo: Caller) -> YearReceipt:
    """A signed year."""
    ngo.referral(referred_in=month(2))
    return signing.sign(member(ngo.partner, MemberRole.CASEWORKER, "mette"), LAST_YEAR)[0]


def of_partners(route: str) -> bool:
    """Whether a route is of what a partner sent, and has parameters."""
    return "<" in route and route.startswith(OF_PARTNERS)


def addresses(values: dict[str, list[str]]) -> Iterator[str]:
    """Every address of every route that is walked."""
    for route in OTHERS:
        if not without_mark(route) and not of_partners(route):
            yield from filled(route, values)


def filled(route: str, values: dict[str, list[str]]) -> Iterator[str]:
    """The addresses of a route, in each form that it has."""
    if "<form:form>" in route:
        # A PNG is drawn from the same frame as its SVG, whose text is to be read.
        language, word = route.split("/")[1:3]
        for row in ChartPicture.objects.filter(name__endswith=f"-{language}"):
            yield f"/{language}/{word}/{row.answer}/{row.name}.svg"
        return
    if "<str:file>" in route:
        language, word = route.split("/")[1:3]
        yield from (f"/{language}/{word}/2023/1/{file_name(2023, 1, language, end)}" for end in ("pdf", "json"))
        return
    # A problem has a code, and so has a short address.
    values = values | {"code": ["not_found"]} if route.startswith("/problems/") else values
    found = [route]
    for name in PARAMETER.findall(route):
        found = [PARAMETER.sub(value, each, count=1) for each in found for value in values[name]]
    forms = FORMATS if route.startswith("/api/v1/statistics/") else FORMS if route.endswith("/citation") else ()
    yield from (f"{each}?format={form}" for each in found for form in forms or ()) if forms else found


def walk(values: dict[str, list[str]]) -> dict[str, bool]:
    """Whether each address that answers everybody with content is marked."""
    found: dict[str, bool] = {}
    for address in addresses(values):
        answer = Browser().get(address)
        assert answer.status_code in {200, 301, 302, 307, 401, 405}, address
        if answer.status_code == 200:
            found[address] = is_marked(answer)
    return found


def test_every_address_is_marked(ngo: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    ask_anew()
    found = walk(publish_all(ngo, monkeypatch))
    assert [address for address, marked in found.items() if not marked] == []
    # Each kind of thing was there to be marked.
    kinds = (
        "csv",
        "xlsx",
        "list",
        "json-stat",
        "bibtex",
        "csl",
        ".svg",
        ".pdf",
        "/pdf",
        ".json",
        ".atom",
        ".ics",
        "/cap",
    )
    assert [each for each in kinds if not any(address.endswith(each) for address in found)] == []
    assert len(found) >= 80


def test_nothing_is_marked_where_records_are_not_invented(ngo: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    found = walk(publish_all(ngo, monkeypatch))
    assert [address for address, marked in found.items() if marked] == []
    assert len(found) >= 80


def test_each_reason_is_of_a_route() -> None:
    assert [each for each in WITHOUT if not any(route.startswith(each) for route in OTHERS)] == []
    assert [route for route in WALKED if route not in OTHERS] == []


@pytest.mark.parametrize("route", [each for each in OTHERS if not without_mark(each) and of_partners(each)])
def test_without_a_token_nobody_reads_what_a_partner_sent(route: str) -> None:
    assert Browser().get(PARAMETER.sub("none", route)).status_code in {401, 405}


@pytest.mark.parametrize("end", ["", "/citation"])
def test_what_others_published_is_real_in_any_database(end: str) -> None:
    ask_anew()
    for address in (f"/api/v1/releases/{EXTERNAL}{end}", *tables("period=2020")):
        answer = Browser().get(address)
        assert (answer.status_code, is_marked(answer)) == (200, False), address


def test_of_figures_that_stand_together_each_row_says_which_it_is() -> None:
    ask_anew()
    publish(PUBLIC, "2023", {"": {"": 112}}, when=MARCH)
    rows = Browser().get("/api/v1/statistics/persons?period=2020,2023&format=list&lang=da").json()
    assert {each["release"]: each["invented"] for each in rows} == {EXTERNAL: None, "2023.p1": invented.WORDS.da}
    source = Browser().get("/api/v1/statistics/persons?period=2020,2023&lang=en").json()["source"]
    assert source == "Henvis, release 2023.p1 (invented data); other sources 2020.x2"
    listed = {each["id"]: "invented" in each for each in Browser().get("/api/v1/releases").json()["items"]}
    assert (listed["2023.p1"], listed[EXTERNAL]) == (True, False)


def test_what_others_published_is_not_marked_where_the_year_before_is_ours() -> None:
    """No change is computed across the break, so that no invented figure is in the answer."""
    ask_anew()
    publish(PUBLIC, "2023", {"": {"": 112}}, when=MARCH)
    answers = [Browser().get(address) for address in tables("period=2024&measure=count,change")]
    assert [is_marked(answer) for answer in answers] == [False] * len(FORMATS)
    rows = Browser().get("/api/v1/statistics/persons?period=2024&measure=count,change&format=list&lang=da").json()
    assert [(each["change"], "invented" in each) for each in rows] == [(None, False)]
    document = Browser().get("/api/v1/statistics/persons?period=2024&measure=count,change&lang=en").json()
    (of_2024,) = document["extension"]["releases"]
    assert "2023.p1" not in document["source"] and of_2024["kind"] == "elsewhere"


@pytest.mark.parametrize("body", BODIES)
def test_a_file_for_abroad_says_it_in_each_line(body: str) -> None:
    publish(PUBLIC, "2023", {"": {"": 112}, "gender": GENDERS}, when=MARCH)
    for is_known, expected in ((False, False), (None, True)):
        invented.KNOWN.answer = is_known
        content = content_of(BODIES[body], 2023)
        lines = csv_of(content).decode().splitlines()
        assert all((invented.MARK.en in line) == expected for line in lines[1:]) and len(lines) > 1
        assert ("invented" in json.loads(json_of(content))) == expected


def test_what_a_process_knows_is_final_once_there_are_records(ngo: Caller, django_assert_num_queries: Any) -> None:
    """An empty database may become one of either kind; one with records stays what it is."""
    take_back()
    ask_anew()
    assert (invented.is_invented(), invented.KNOWN.answer) == (False, None)
    ngo.referral()
    with django_assert_num_queries(1):
        assert (invented.mark(), invented.is_invented()) == (None, False)


def tables(query: str) -> list[str]:
    """A table in each form."""
    return [f"/api/v1/statistics/persons?{query}&format={form}" for form in FORMATS]
