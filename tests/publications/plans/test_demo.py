"""The demo has an indicator of each kind, and says of both that they are invented."""

from __future__ import annotations

import pytest

from deploy.demo.publications import publish_plans
from publications.plans.choices import SOURCES
from publications.plans.models import PlanIndicator, PlanObservation
from tests.callers import Browser
from tests.publications.plans.world import PLAN, approver, publish_year, writer

pytestmark = pytest.mark.django_db


def test_one_of_each_kind_marked_as_invented_and_written_once() -> None:
    publish_year("2022", women=60)
    publish_year("2023", women=72)
    said: list[str] = []
    for _ in range(2):
        publish_plans(said.append, writer(), approver())
    indicators = Browser().get(f"/api/v1/plans/{PLAN}").json()["indicators"]
    assert {each["source"] for each in indicators} == set(SOURCES)
    assert [len(each["observations"]) for each in indicators] == [2, 2]
    assert [each["light"] for each in indicators] == ["on_track", "behind"]
    for row in PlanIndicator.objects.all():
        assert row.label_da.startswith("Demotal: ") and row.label_en.startswith("Demo figure: ")
        assert "Opdigtet" in row.definition_da and "Invented" in row.definition_en
    assert PlanObservation.objects.count() == 4
    assert len(said) == 2
