"""Whatever may be stored can be entered by the form: what a record prefills is read as the same record."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast
from uuid import uuid4

import pytest
from django.http import QueryDict

from cases import dictionary as d
from cases.intake.submit import COLUMNS
from cases.intake.versions import values_of
from cases.models import Referral
from pages.desk.frame import Visit
from pages.desk.records.fields import sections
from pages.desk.records.sending import form_of as read_post
from pages.desk.records.sending import read_form
from partners.kinds import Mode
from partners.roles import MemberRole
from tests.callers import Browser, Caller, referral
from tests.cases.sandbox_world import load_world
from tests.pages.desk.conftest import at
from tests.pages.desk.records.forms import filled, form_at, form_of
from tests.people.visitors import text

pytestmark = pytest.mark.django_db
VISIT = cast("Visit", SimpleNamespace(mode=Mode.LIVE))


def sent_unchanged(values: dict[str, Any], language: str) -> QueryDict:
    """What the form of a record sends when nothing is changed in it."""
    data = QueryDict(mutable=True)
    data["reference"] = str(uuid4())
    for field in (field for section in sections(values, {}, language) for field in section.fields):
        chosen = [each.code for group in field.groups for each in group.options if each.is_chosen]
        data.setlist(field.name, chosen or [field.text])
    return data


def test_every_referral_of_the_sandbox_can_be_entered_and_is_stored_the_same() -> None:
    with load_world(persons=150, years=(2023, 2024)) as world:
        records = [row for row in world.referrals if row["superseded_at"] is None]
    assert len(records) > 150
    for number, row in enumerate(records):
        stored = SimpleNamespace(**row)
        result = read_form(VISIT, read_post(sent_unchanged(values_of(stored, d.REFERRAL), ("da", "en")[number % 2])))
        assert not result.row.errors, result.errors
        assert {name: result.row.values[name] for name in COLUMNS} == {name: row[name] for name in COLUMNS}


SPECIAL: tuple[dict[str, object], ...] = (
    {},
    {"services_needed": [], "services_given": ["_N"], "means_of_control": ..., "recruiter": ..., "duration": "_U"},
    {
        "exploitation_also": ["_U", "_O"],
        "exploitation_detail": "_Z",
        "previously_referred": "_N",
        "referred_in": "2000-01",
    },
    {"age_band": "Y15T17", "minor_when_exploited": "YES", "unaccompanied_minor": "YES", "guardian_assigned": "_U"},
    {"citizenship": "_STATELESS", "exploited_in": "NOT_YET", "minor_when_exploited": "_Z", "age_band": "_U"},
)


@pytest.mark.parametrize("changes", SPECIAL, ids=range(len(SPECIAL)))
def test_the_form_and_the_api_store_the_same_content(ngo: Caller, changes: dict[str, object]) -> None:
    browser = at(ngo.partner, MemberRole.CASEWORKER)
    ngo.referral(**changes)
    form = filled(form_at(browser, "/send/one/"), **changes)
    answer = browser.post("/send/one/", form)
    if answer.status_code == 200:
        form |= form_of(text(answer), "/send/one/")
        answer = browser.post("/send/one/", {**form, "confirm": ["RARE_BUT_TRUE"]})
    assert answer.status_code == 302
    by_api, by_form = Referral.objects.order_by("recorded_at").values(*COLUMNS)
    assert by_api == by_form


@pytest.mark.parametrize("changes", SPECIAL, ids=range(len(SPECIAL)))
def test_a_page_as_it_stands_sends_what_is_stored(ngo: Caller, changes: dict[str, object]) -> None:
    browser = at(ngo.partner, MemberRole.CASEWORKER)
    _, body = ngo.referral(**changes)
    place = browser.post("/send/records/find/", {"key": body["reference"]})["Location"]
    assert browser.post(f"{place}correct/", form_at(browser, f"{place}correct/"))["Location"] == place
    assert "Nothing has changed" in text(browser.get(place))
    assert Referral.objects.count() == 1


def test_the_fields_that_nobody_chose_are_those_that_nobody_sent(browser_of_ngo: Browser) -> None:
    minimal = {each.name: ... for each in d.REFERRAL if not each.required}
    answer = browser_of_ngo.post("/send/one/", filled(form_at(browser_of_ngo, "/send/one/"), **minimal))
    assert answer.status_code == 302
    assert referral(**minimal).keys() == {each.name for each in d.REFERRAL if each.required}


@pytest.fixture
def browser_of_ngo(ngo: Caller) -> Browser:
    """A caseworker's browser."""
    return at(ngo.partner, MemberRole.CASEWORKER)
