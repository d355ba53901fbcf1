"""The crisis in the week of a code change: an area ends on its Wednesday and two begin on its Thursday. Each report is taken as it
was counted, every page offers and says the same, and what is published counts nothing twice and loses nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from html import unescape
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.utils import timezone

from cases.codelists import REGION
from cases.codelists.common import introduce, notice, retire
from cases.months import COPENHAGEN, day_words, today
from cases.services.forms import SITUATION
from cases.services.models import CountReport
from cases.services.periods import CountPeriod
from cases.services.shapes import CountPeriodKind
from notices import texts
from notices.models import Crisis
from partners.models import Partner
from partners.roles import MemberRole
from tests import callers
from tests.api import sums
from tests.api.asserts import body, findings, problem
from tests.api.calendars import stopped
from tests.api.open_figures import get
from tests.api.test_count_files import send
from tests.callers import Browser, Caller, make_caller
from tests.cases.services.files import csv_of
from tests.code_changes import Alter, alter
from tests.notices import world
from tests.pages.desk.conftest import at
from tests.plays import stage

__all__ = ["alter"]

pytestmark = pytest.mark.django_db
YEAR = today().year - 1
WEEK = CountPeriod(date.fromisocalendar(YEAR, 20, 1), CountPeriodKind.WEEK)
NEXT = WEEK.back(-1)
FORM, FILES = "/api/v1/counts/SITUATION", "/api/v1/count-files/SITUATION"
DATASET = "situation.situation"
TUESDAY, FRIDAY, LATE = (WEEK.first + timedelta(days=each) for each in (1, 4, 14))
LAST, FIRST = WEEK.first + timedelta(days=2), WEEK.first + timedelta(days=3)
OLD, NEW = "DK01", ("DK02", "DK03")
# What each partner counted in the week, by area.
COUNTED = {
    "Anna": {"DK01": 30, "DK02": 20, "DK03": 10},
    "Berta": {"DK01": 40},
    "Clara": {"DK01": 25, "DK02": 35, "DK03": 15},
    "Dora": {"DK01": 20, "DK02": 30, "DK03": 25},
}


def name_of(area: str) -> str:
    """An area as a page has it."""
    return REGION.by_code[area].label.en


def lines(**contacts: int) -> dict[str, Any]:
    """A report: how many contacts there were in each area."""
    return {"situation": [{"region": area, "contacts": number} for area, number in contacts.items()]}


def filled(**contacts: int) -> dict[str, str]:
    """The same as a form of the desk."""
    members = SITUATION.tables[0].measure_names
    answers = {"situation": "lines", "situation-lines": str(len(contacts))}
    for place, (area, number) in enumerate(contacts.items()):
        answers |= {f"situation-{place}-{each}": "" for each in members}
        answers |= {f"situation-{place}-region": area, f"situation-{place}-contacts": str(number)}
    return answers


@dataclass
class Week:
    """Four organisations in the week, and the clock, which is set to noon of a day."""

    set_to: Callable[[str], datetime]
    partners: dict[str, Caller] = field(default_factory=dict)
    desks: dict[str, Browser] = field(default_factory=dict)

    def join(self, *names: str) -> None:
        """Organisations that have been there all year, each with somebody at a desk."""
        for name in names:
            self.partners[name] = caller = make_caller("NGO", name=f"{name}'s House")
            self.desks[name] = at(caller.partner, MemberRole.CASEWORKER, name.lower())
        Partner.objects.update(created_at=datetime(YEAR, 1, 1, tzinfo=COPENHAGEN))

    def on(self, day: date) -> None:
        """It is noon of a day."""
        self.set_to(f"{day}T12:00")

    def page(self, name: str, week: CountPeriod, query: str = "") -> str:
        """The page of the form before it is filled in."""
        return str(self.desks[name].get(f"/send/counts/SITUATION/{week.id}/{query}").content.decode())

    def fills_in(self, name: str, week: CountPeriod, **contacts: int) -> str:
        """What the page says once somebody at a desk has filled it in and sent it."""
        path = f"/send/counts/SITUATION/{week.id}/send/"
        return stage.words(self.desks[name].post(path, filled(**contacts), follow=True, **stage.ENGLISH))

    def offered(self, name: str, week: CountPeriod = WEEK) -> set[str]:
        """The areas that can be chosen, which are the same on the page, in the sheet and for a program."""
        _, _, after = self.page(name, week).partition('id="situation-0-region"')
        on_page = {*re.findall(r'<option value="(\w+)"', after.partition("</select>")[0])}
        refused = self.partners[name].put(f"{FORM}/{week.id}", lines(NOWHERE=1))
        (fault,) = problem(refused, "validation_failed")["errors"]
        texts = in_sheet(get(f"/api/v1/templates/counts/SITUATION/{week.id}.xlsx?lang=en").content)
        assert on_page == {*fault["allowed"]} == {each for each in REGION.names if name_of(each) in texts}
        return on_page & {OLD, *NEW}


def in_sheet(workbook: bytes) -> set[str]:
    """The texts of a workbook."""
    strings = ZipFile(BytesIO(workbook)).read("xl/sharedStrings.xml").decode()
    return {*map(unescape, re.findall(r"<t[^>]*>([^<]*)</t>", strings))}


@pytest.fixture
def change(db: None, alter: Alter) -> None:
    """An area is split in two within the week."""
    told = notice("1.2", date(YEAR, 1, 15), "Området deles i to.", "The area is split in two.")
    new = (introduce(REGION.by_code[each], FIRST, told) for each in NEW)
    alter(REGION, retire(REGION.by_code[OLD], LAST, told, *NEW), *new)


def test_a_week_in_which_a_code_changes_is_taken_as_it_was_counted(
    change: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        week = begins(patch)
        crisis = declared()
        for happens in (on_tuesday, on_friday, after_the_week):
            happens(week)
            check_told(crisis)
        check_reports(week)
        texts.end_crisis(by=world.writer(), crisis=crisis, ended_on=WEEK.last)
        check_crisis(crisis)
    check_published()


def begins(patch: pytest.MonkeyPatch) -> Week:
    """The Monday. Tokens are by the clock of the database, which nobody stops, so that all have joined before."""
    week = Week(stopped(patch))
    week.join(*COUNTED)
    week.on(WEEK.first)
    # The owner of the tables may date a row where all records are invented, and the role of the web server may not.
    patch.setattr(callers, "as_web_server", nullcontext)
    return week


def declared() -> Crisis:
    """One member of staff declares the crisis, others read and publish a notice of it, and then everybody reads of it."""
    crisis = world.declare(started_on=WEEK.first)
    assert "Crisis: Epidemic" not in stage.front()
    made = world.create(crisis, regions=[OLD], valid_to=timezone.now() + timedelta(days=900))
    world.make_public(made, "da", "en")
    check_told(crisis)
    return crisis


def check_told(crisis: Crisis) -> None:
    """What everybody reads of the crisis and its notice, which is of the area that it was written for, before and after."""
    assert "Crisis: Epidemic" in stage.front()
    (made,) = crisis.notice_set.all()
    assert world.ENGLISH["title"] in stage.public_page("/en/notices/")
    page = stage.public_page(f"/en/notices/{made.pk}/en/")
    assert world.ENGLISH["title"] in page and name_of(OLD) in page
    (read,) = body(get(f"/api/v1/notices?region={OLD}"))["items"]
    assert (read["id"], read["regions"]) == (made.pk, [OLD])
    (told,) = body(get("/api/v1/crises"))["items"]
    assert (told["started_on"], told["forms"]) == (f"{WEEK.first}", ["SITUATION"])


def on_tuesday(week: Week) -> None:
    """The old area is there, and the new ones are not yet. Anna's program and Berta at her desk report what there was."""
    week.on(TUESDAY)
    assert week.offered("Anna") == {OLD}
    assert findings(week.partners["Anna"].put(f"{FORM}/{WEEK.id}", lines(DK02=1))) == [
        ("#/situation/0/region", "code_not_yet_valid")
    ]
    assert week.partners["Anna"].put(f"{FORM}/{WEEK.id}", lines(DK01=30)).status_code == 201
    assert "The form is reported" in week.fills_in("Berta", WEEK, DK01=40)


def on_friday(week: Week) -> None:
    """All three are of this week. Clara sends a sheet with each, and Anna's program adds what came under the new ones."""
    week.on(FRIDAY)
    assert week.offered("Clara") == {OLD, *NEW}
    rows = [{"region": area, "contacts": number} for area, number in COUNTED["Clara"].items()]
    sheet = csv_of(SITUATION, *rows, period=WEEK.id)
    assert body(send(week.partners["Clara"], sheet, path=FILES))["periods"][0]["outcome"] == "created"
    both = lines(**COUNTED["Anna"])
    assert week.partners["Anna"].put(f"{FORM}/{WEEK.id}", both, If_Match='"1"').status_code == 200


def after_the_week(week: Week) -> None:
    """Dora reports the week two weeks late, as it was. The week after it has the new areas alone, and says why."""
    week.on(LATE)
    assert week.offered("Dora") == {OLD, *NEW}
    assert "The form is reported" in week.fills_in("Dora", WEEK, **COUNTED["Dora"])
    assert week.offered("Dora", NEXT) == {*NEW}
    said = f"Not in use from {day_words(FIRST, 'en')} on. Use “{name_of('DK02')}” or “{name_of('DK03')}” instead."
    assert said in week.fills_in("Dora", NEXT, DK01=9)
    (fault,) = problem(week.partners["Dora"].put(f"{FORM}/{NEXT.id}", lines(DK01=9)), "validation_failed")["errors"]
    assert (fault["code"], fault["detail"], fault["replaced_by"]) == ("code_retired", said, [*NEW])
    sheet = csv_of(SITUATION, {"region": OLD, "contacts": 9}, period=NEXT.id)
    (fault,) = problem(send(week.partners["Dora"], sheet, path=FILES), "validation_failed")["errors"]
    assert (fault["detail"], fault["replaced_by"], fault["allowed"][:2]) == (said, [*NEW], [*NEW])
    copied = re.findall(r'<option value="(\w+)" selected>', week.page("Dora", NEXT, "?lines=earlier"))
    assert copied == [*NEW]


def check_reports(week: Week) -> None:
    """Each partner reads its week as it said it, and in its own list how it stands."""
    for name, caller in week.partners.items():
        content = body(caller.get(f"{FORM}/{WEEK.id}"))["content"]
        assert {each["region"]: each["contacts"] for each in content["situation"]} == COUNTED[name]
        states = {each["period"]: each["state"] for each in body(caller.get("/api/v1/counts"))["items"]}
        assert states[WEEK.id] == ("LATE" if name == "Dora" else "RECEIVED")
    assert CountReport.objects.filter(superseded_at=None).count() == len(COUNTED)


def check_crisis(crisis: Crisis) -> None:
    """Staff read that all have reported, and everybody that the crisis is over."""
    petra = stage.Member("petra", ("view_crisis", "view_notice"))
    page = petra.opens(f"/admin/notices/crisis/{crisis.pk}/change/")
    assert re.findall(r"(week \d+, \d+) (\d of \d)", page) == [(WEEK.words("en"), "4 of 4")]
    (told,) = body(get("/api/v1/crises"))["items"]
    assert told["ended_on"] == f"{WEEK.last}"
    assert "Crisis: Epidemic" not in stage.front()


def check_published() -> None:
    """The year is published. Of each area everybody reads what was counted in it, in each format and on the page."""
    stage.Reporters().report(YEAR, 14, region="DK04")
    ida, ole = stage.statistician(), stage.approver()
    said = ida.orders(YEAR, ["TOTAL"], sums=[DATASET], **stage.REASONS)
    assert stage.drafts() == [f"{YEAR}.p1"], said
    assert "is published" in ole.acts(f"{YEAR}.p1", "publish", {**stage.REASONS, **stage.UNANNOUNCED})
    true = sum((Counter(each) for each in COUNTED.values()), Counter[str]())
    for form in sums.FORMS:
        cells = sums.answered(DATASET, "region", form, sums.ask(DATASET, "region", form))
        found = {area: cells["contacts", "region", area] for area in REGION.names}
        assert found == {area: (true[area], "A", true[area], true[area]) for area in REGION.names}, form
        assert cells["contacts", "", ""][0] == true.total()
    page = stage.public_page(f"/en/statistics/{DATASET}/?period={YEAR}&by=region")
    for area, number in true.items():
        assert re.search(rf"{re.escape(name_of(area))} {number}\b", page), page
