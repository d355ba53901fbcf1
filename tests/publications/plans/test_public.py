"""What everybody reads of plans: only what a second person has published, and never a number that a release hides."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.audit import Actor
from partners.models import AuditEvent
from publications.plans import observations
from publications.plans.models import ObservationDecision, PlanObservation
from publications.plans.plans import MINISTRIES, PLANS, ministries_of
from publications.plans.refusals import PlanRefused
from tests.callers import Browser, as_web_server
from tests.publications.plans.world import PLAN, a_computed, a_manual, approver, observed, publish_year, stored, writer
from tests.stats.published import withdraw

pytestmark = pytest.mark.django_db
ADDRESSES = {"da": "/da/handlingsplaner/", "en": "/en/plans/"}


def answer(plan: str = PLAN) -> Any:
    """A plan as a program gets it."""
    with as_web_server():
        return Browser().get(f"/api/v1/plans/{plan}").json()


def page(language: str = "en", plan: str = PLAN) -> str:
    """The page of a plan."""
    with as_web_server():
        got = Browser().get(f"{ADDRESSES[language]}{plan}/")
    assert got.status_code == 200
    return str(got.content.decode())


def only(plan: str = PLAN) -> Any:
    """The one indicator of a plan."""
    (indicator,) = answer(plan)["indicators"]
    return indicator


def test_the_plans_are_data_for_everybody() -> None:
    got = Browser().get("/api/v1/plans")
    items = got.json()["items"]
    assert [(each["id"], len(each["areas"]), each["budget"]) for each in items] == [
        ("2022-2025", 3, 118.2),
        ("2019-2021", 4, 63),
        ("2015-2018", 5, 108.35),
    ]
    assert len(got.json()["ministries"]) >= 8
    assert items[1]["areas"][1]["initiatives"][0]["label"]["en"] == "Identification of victims"
    assert Browser().get("/api/v1/plans", headers={"If-None-Match": got["ETag"]}).status_code == 304
    assert Browser().get("/api/v1/plans/2026-2029").status_code == 404


def test_what_no_authority_s_page_says_is_marked() -> None:
    for language, listed_as, told, after in (
        (
            "da",
            "(ingen myndigheds side)",
            "ikke bekræftet på en myndigheds side",
            "Der er ikke registreret en plan for årene efter 2025.",
        ),
        (
            "en",
            "(no authority&#x27;s page)",
            "not verified at an official page",
            "No plan is registered for the years after 2025.",
        ),
    ):
        listed = Browser().get(ADDRESSES[language]).content.decode()
        assert listed.count(listed_as) == sum(not each.is_official for each in MINISTRIES) > 0
        assert after in listed
        assert "transviden" not in listed and "dkwiki" not in listed
        assert page(language).count(told) == sum(not each.is_official for each in ministries_of(PLANS[PLAN])) > 0


def test_what_nobody_approved_is_nowhere() -> None:
    publish_year()
    stored(a_manual("WAITS"), approve=None)
    stored(a_manual("REFUSED"), approve=False)
    for approve in (None, False):
        observed(stored(a_manual(f"KNOWN-{approve}".upper())), value=12345, approve=approve)
    indicators = answer()["indicators"]
    assert {each["code"] for each in indicators} == {"KNOWN-NONE", "KNOWN-FALSE"}
    assert all(each["observations"] == [] and each["light"] == "not_known" for each in indicators)
    for text in (page(), page("da")):
        assert "WAITS" not in text and "REFUSED" not in text
        assert "12345" not in text.replace(",", "").replace(".", "") and "not observed yet" in page()


def test_a_published_observation_names_its_release_and_its_vintage() -> None:
    publish_year("2022", women=60)
    publish_year("2023", 2, women=72)
    indicator = stored(a_computed())
    for year in (2022, 2023):
        observed(indicator, year)
    said = only()
    assert [(each["year"], each["value"], each["release"], each["vintage"]) for each in said["observations"]] == [
        (2023, 72, "2023.p2", 2),
        (2022, 60, "2022.p1", 1),
    ]
    assert said["light"] == "on_track"
    assert said["query"] == {"dataset": "persons", "filters": {"gender": "F"}, "measure": "count"}
    assert "72 persons in 2023" in page() and "72 personer i 2023" in page("da")
    assert 'href="/en/releases/2023.p2/"' in page() and "2023.p2, vintage 2" in page()


def test_a_hidden_cell_is_not_shown_and_no_number_is_made_of_its_neighbours() -> None:
    """112 in all and none of another gender: what is hidden stays so, whatever was known of the year before."""
    publish_year("2022", women=60)
    publish_year("2023", women=None)
    indicator = stored(a_computed())
    for year in (2022, 2023):
        observed(indicator, year)
    said = only()
    assert [(each["year"], each["value"], each["shown"]) for each in said["observations"]] == [
        (2023, None, False),
        (2022, 60, True),
    ]
    assert said["light"] == "not_known"
    assert PlanObservation.objects.get(year=2023).value is None
    text = page()
    assert "not shown in 2023" in text and ">not shown<" in text
    assert "vises ikke i 2023" in page("da")


def test_a_share_is_read_as_it_is_published() -> None:
    publish_year("2023", women=72)
    share = {"measure": "share", "unit": "PER_CENT", "baseline_value": 50, "target_value": 70}
    observed(stored(a_computed("SHARE", **share)))
    assert only()["observations"][0]["value"] == 64
    assert "64 per cent in 2023" in page()


def test_the_whole_is_an_indicator_too() -> None:
    publish_year("2023")
    observed(stored(a_computed("ALL", filters={})))
    assert only()["observations"][0]["value"] == 112


def test_a_later_vintage_adds_an_observation_and_takes_none_away() -> None:
    publish_year("2023", 1, women=60)
    indicator = stored(a_computed())
    observed(indicator)
    publish_year("2023", 2, women=85)
    assert only()["light"] == "behind"
    observed(indicator)
    rows = only()["observations"]
    assert [(each["value"], each["vintage"], each["superseded"]) for each in rows] == [(85, 2, False), (60, 1, True)]
    assert only()["light"] == "reached"
    assert "60 persons (replaced by a later observation)" in page()


def test_of_a_release_that_is_withdrawn_the_value_goes() -> None:
    publish_year("2022", 1, women=85)
    first = publish_year("2023", 1, women=85)
    indicator = stored(a_computed())
    observed(indicator, 2022)
    observed(indicator)
    assert only()["light"] == "reached"
    withdraw(first, publish_year("2023", 2, women=60))
    row, before = only()["observations"]
    # What is known of the year before does not stand in for it.
    assert (row["value"], row["withdrawn"], only()["light"]) == (None, True, "not_known")
    assert "the release is withdrawn" in page() and before["value"] == 85
    observed(indicator)
    assert [each["value"] for each in only()["observations"]] == [60, None, 85]
    assert only()["light"] == "behind"


def test_an_observation_that_the_release_does_not_say_is_not_published() -> None:
    """Somebody wrote round the pages: the approver's own act reads the release again."""
    publish_year("2023", women=None)
    indicator = stored(a_computed())
    forged = observations.observation_of(indicator, 2023)
    forged.value, forged.user_id = 72, writer().pk
    forged.save()
    with pytest.raises(PlanRefused):
        observations.decide_observation(by=Actor.of(approver()), observation=forged, approve=True)
    assert not ObservationDecision.objects.exists()
    assert only()["observations"] == []
    observations.decide_observation(by=Actor.of(approver()), observation=forged, approve=False, reason="WRONG")
    assert observed(indicator).value is None


def test_what_others_published_is_no_observation_of_a_release() -> None:
    """Of the years before our first release others have published figures, which have no vintage of ours."""
    with pytest.raises(PlanRefused):
        observed(stored(a_computed(filters={})), 2019)


@pytest.mark.parametrize("plan", [*PLANS])
@pytest.mark.parametrize("language", [*ADDRESSES])
def test_each_page_is_whole(plan: str, language: str) -> None:
    publish_year()
    observed(stored(a_computed()))
    observed(stored(a_manual()), value=17)
    with as_web_server(), CaptureQueriesContext(connection) as statements:
        got = Browser().get(f"{ADDRESSES[language]}{plan}/")
    text = got.content.decode()
    assert len([each for each in statements if "plans_" in each["sql"]]) == 2
    levels = [int(each) for each in re.findall(r"<h(\d)", text.partition("<main")[2].partition("</main>")[0])]
    assert levels[0] == 1 and all(after <= before + 1 for before, after in pairwise(levels))
    assert text.count("<table") == text.count("<caption>")
    assert re.findall(r"<td(?! data-name=)[^>]*>", text) == []
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(set(ids)) == len(ids)
    # Each light stands in words behind its shape.
    lights = re.findall(r'<span class="plan-light \w+"><span aria-hidden="true">.</span>([^<]+)</span>', text)
    assert len(lights) == len(re.findall(r'<span class="plan-light ', text)) and all(len(each) > 3 for each in lights)
    assert f'<html lang="{language}">' in text
    for area in PLANS[plan].areas:
        assert area.label(language) in text


def test_the_list_leads_to_each_plan_and_every_page_to_the_list() -> None:
    for language, address in ADDRESSES.items():
        text = Browser().get(address).content.decode()
        assert all(f'href="{address}{plan}/"' in text for plan in PLANS)
        assert re.findall(r"<td(?! data-name=)[^>]*>", text) == [] and text.count("<table") == text.count("<caption>")
        front = Browser().get(f"/{language}/").content.decode()
        assert f'href="{address}"' in front
    assert Browser().get("/en/plans/2026-2029/").status_code == 404


def test_every_act_is_in_the_audit() -> None:
    publish_year()
    observed(stored(a_computed()))
    events = (
        AuditEvent.objects.filter(action__startswith="plan")
        .order_by("at")
        .values_list("action", "subject", "user__username")
    )
    assert [*events] == [
        ("planindicator.add", f"{PLAN}/WOMEN", "plan-writer"),
        ("planindicator.decide", f"{PLAN}/WOMEN", "plan-approver"),
        ("planobservation.add", f"{PLAN}/WOMEN/2023", "plan-writer"),
        ("planobservation.decide", f"{PLAN}/WOMEN/2023", "plan-approver"),
    ]
