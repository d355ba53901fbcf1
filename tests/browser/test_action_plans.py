"""Action plans in a real browser: read by everybody, and observed by one member of staff and published by another."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Stage

pytestmark = pytest.mark.browser
PLAN, COMPUTED = "2022-2025", "DEMO-WOMEN"
# What the two indicators of the demo are called: the one that is computed, and the one that is typed in.
NAMES = ("women identified as victims", "courses for police and prosecution")


def test_everybody_finds_a_plan_and_its_figures_by_keyboard_and_without_scripts(stage: Stage) -> None:
    found = stage.walk("plans_public", plan=PLAN, indicator=COMPUTED, release="2023.p1")
    assert found["faults"] == {}
    page = f"/en/plans/{PLAN}/"
    assert found["keyboard"] == ["/en/plans/", page, page, "/en/releases/2023.p1/"]
    assert found["scriptless"][0] in {"★", "●", "▼", "○"}


def test_one_observes_another_publishes_and_everybody_reads_it(stage: Stage) -> None:
    found = stage.walk("plans", plan=PLAN, computed=COMPUTED, names=NAMES, year="2021")
    assert found["faults"] == []
    assert "2021.p1" in found["asked"]
    assert (found["published"], found["refused"]) == ("Published: 1.", "Refused: 1.")
    assert "2021.p1, vintage 1" in found["read"] and found["others"] == 0
