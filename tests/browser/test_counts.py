"""Counts of services in a real browser: on a telephone in both languages, by keyboard, as a sheet without scripts, and by staff."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.intake.countfiles.columns import labels_of
from cases.months import later, month_id, today
from cases.services.forms import FORMS, OUTREACH
from cases.services.jumps import REPEATED, TEXTS
from cases.services.periods import CountPeriod
from deploy.demo import household as demo_people
from tests.browser.conftest import Stage

pytestmark = pytest.mark.browser


def row(*cells: str) -> str:
    """A row of the sheet of outreach, as a Danish spreadsheet writes it."""
    return ";".join((*cells, *[""] * (len(labels_of(OUTREACH.id)) - len(cells))))


def test_a_caseworker_reports_by_form_and_by_sheet_and_staff_see_who_has(stage: Stage) -> None:
    day = today() - timedelta(days=today().weekday() + 60)
    forms = [(form.id, CountPeriod.holding(form.period, day).id) for form in FORMS.values()]
    month = forms[0][1]
    codes = {"region": "DK01", "setting": "STREET", "activity": "VISIT"}
    numbers = {"visits": "32", "addresses": "5"}
    right = [row(month, "Besøg", "Region Hovedstaden", "STREET", "VISIT", *numbers.values()), row(month, "Kontakter")]
    found = stage.walk(
        "counts",
        who=demo_people.MANAGER,
        forms=forms,
        week=dict(forms)["SITUATION"],
        wrong=[right[0], row(month, "Besøg", "Hovedstad", "STREET", "VISIT", "tolv", "5")],
        right=right,
        next=month_id(later(CountPeriod.holding(OUTREACH.period, day).first, 1)),
        codes=codes,
        numbers=numbers,
    )
    assert (found["faults"], found["staff"]) == ({}, [])
    assert "The situation in a crisis, week" in found["byKeyboard"]
    assert found["file"]["marked"] == "Fejl" and "Tallene er indberettet" in found["file"]["said"]
    assert found["file"]["lines"] == 1
    question, said = found["asked"]
    assert question == TEXTS[REPEATED].da and "Skemaet er indberettet" in said
