"""An indicator of a sum of what services report: from the form to the light, and what holds where not every report has come."""

from __future__ import annotations

from typing import Any

import pytest

from publications.plans import observations
from publications.plans.models import PlanIndicator, PlanObservation
from stats.models import PUBLIC, Release
from stats.sums.datasets import QUANTITY
from tests.callers import Browser, as_web_server
from tests.people.visitors import words
from tests.publications.plans.test_staff_pages import INDICATORS, OBSERVATIONS, act, add
from tests.publications.plans.world import INDICATOR, PLAN, a_computed, approver, observed, stored, writer
from tests.stats.published import Sums, publish

pytestmark = pytest.mark.django_db
HOTLINE = "hotline.calls"
OF_CALLS = {
    **INDICATOR,
    "code": "CALLS",
    "quantity": f"{HOTLINE}/calls",
    "cell": "caller=POLICE",
    "unit": "CALL",
    "baseline_value": "100",
    "target_value": "300",
}


def publish_calls(police: int | None, vintage: int = 1, *, came: int = 12, knowing: int = 12) -> Release:
    """A release of 2023 with calls to the hotline, of 12 reports."""
    calls = {"POLICE": police, "CITIZEN": 90}
    sums: Sums = {
        (HOTLINE, "calls", ""): {"": 400},
        (HOTLINE, "calls", "caller"): calls,
        **{(HOTLINE, each, ""): {"": 20} for each in ("suspicions", "referrals_made")},
    }
    return publish(PUBLIC, "2023", {"": {"": 112}}, vintage, sums=sums, behind={HOTLINE: (12, came, knowing)})


def a_call_indicator(**changes: Any) -> PlanIndicator:
    """Calls of the police: 100 in 2021, 300 in 2025."""
    filters = {QUANTITY: "calls", "caller": "POLICE"}
    values = {"dataset": HOTLINE, "filters": filters, "unit": "CALL", "baseline_value": 100, "target_value": 300}
    return stored(a_computed("CALLS", **{**values, **changes}))


def only() -> Any:
    """The one indicator, as a program gets it."""
    with as_web_server():
        (indicator,) = Browser().get(f"/api/v1/plans/{PLAN}").json()["indicators"]
    return indicator


def test_from_the_form_to_the_light_and_a_new_vintage() -> None:
    publish_calls(310)
    add(writer(), INDICATORS, OF_CALLS)
    indicator = PlanIndicator.objects.get()
    assert (indicator.dataset, indicator.filters) == (HOTLINE, {QUANTITY: "calls", "caller": "POLICE"})
    act(approver(), INDICATORS, "publish", indicator)
    assert [(each.year, each.release) for each in observations.unobserved_years()] == [(2023, "2023.p1")]
    add(writer(), OBSERVATIONS, {"indicator": indicator.pk, "year": 2023})
    act(approver(), OBSERVATIONS, "publish", PlanObservation.objects.get())
    said = only()
    assert (said["light"], said["unit"], said["observations"][0]["value"]) == ("reached", "CALL", 310)
    page = Browser().get(f"/en/plans/{PLAN}/").content.decode()
    assert "310 calls in 2023" in page and "Who called: Police" in page
    assert observations.unobserved_years() == []
    publish_calls(250, 2)
    assert [each.release for each in observations.unobserved_years()] == ["2023.p2"]
    observed(indicator)
    assert [(each["value"], each["release"], each["superseded"]) for each in only()["observations"]] == [
        (250, "2023.p2", False),
        (310, "2023.p1", True),
    ]
    assert only()["light"] == "on_track"


@pytest.mark.parametrize(
    ("came", "knowing", "police", "told", "light"),
    [
        (11, 11, 310, "at least 310 calls in 2023", "reached"),
        (12, 11, 210, "at least 210 calls in 2023", "on_track"),
        (11, 11, 110, "at least 110 calls in 2023", "not_known"),
        (12, 12, 110, "110 calls in 2023", "behind"),
        (12, 0, 0, "not shown in 2023", "not_known"),
        (12, 12, None, "not shown in 2023", "not_known"),
    ],
)
def test_where_not_all_reports_know_it_nothing_is_said_that_they_could_turn_round(
    came: int, knowing: int, police: int | None, told: str, light: str
) -> None:
    publish_calls(police, came=came, knowing=knowing)
    observed(a_call_indicator())
    said = only()
    assert said["light"] == light
    assert said["observations"][0]["least"] == told.startswith("at least")
    page = Browser().get(f"/en/plans/{PLAN}/").content.decode()
    assert f">{told}<" in page


def test_of_what_is_to_become_less_only_behind_is_certain() -> None:
    publish_calls(110, came=11, knowing=11)
    observed(a_call_indicator(direction="DOWN", baseline_value=300, target_value=100))
    assert only()["light"] == "not_known"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"unit": "PERSONS"}, "Den er i enheden opkald"),
        ({"cell": "gender=F"}, "ikke opdelt sådan"),
        ({"measure": "share", "unit": "PER_CENT"}, "andel af alle personer"),
        ({"quantity": "", "unit": "CALL", "cell": "gender=F"}, "Den er i enheden personer"),
    ],
)
def test_a_sum_has_its_own_unit_and_its_own_cells(changes: dict[str, str], told: str) -> None:
    """A contact is no person: numbers of two units are never taken for each other."""
    assert told in words(add(writer(), INDICATORS, {**OF_CALLS, **changes}))
    assert not PlanIndicator.objects.exists()
