"""Counts that are unlike earlier ones, on the desk: asked about before they are stored, and stored as they were shown."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from cases.codelists import SETTING
from cases.services.forms import OUTREACH
from cases.services.models import CountReport
from partners.models import AuditEvent, Partner
from tests.callers import Browser
from tests.cases.services.files import NO_CONTACTS, csv_of
from tests.cases.services.files import VISIT as ROW
from tests.cases.windows.world import set_window
from tests.pages.desk.test_count_files import store, upload
from tests.pages.desk.test_counts import LIST, VISIT, lines, said, sent
from tests.people.visitors import strict, text

pytestmark = pytest.mark.django_db
APRIL = f"{LIST}OUTREACH/2024-04/"
ASKED = "The number is much larger than in the periods before. Is it right?"


@pytest.fixture
def reported(caseworker: Browser) -> None:
    """Three months of the same size."""
    for month, number in enumerate((110, 120, 130), 1):
        assert sent(caseworker, filled(number), f"{LIST}OUTREACH/2024-0{month}/").status_code == 302


def filled(number: int) -> dict[str, str]:
    """A form that is filled in."""
    return {**lines("visits", {**VISIT, "visits": number}), "contacts": "nothing"}


def stored() -> list[int]:
    """The visits of April, version by version."""
    rows = CountReport.objects.filter(period=date(2024, 4, 1)).order_by("version")
    return [row.content["visits"][0]["visits"] for row in rows]


def mark(page: str) -> str:
    """The yes of a page: the value of its button."""
    match = re.search(r'<button[^>]*name="yes" value="(\w+)"', page)
    assert match
    return match[1]


def test_two_months_and_a_gap_are_enough_to_be_asked(caseworker: Browser) -> None:
    for month, number in enumerate((110, 120), 1):
        assert sent(caseworker, filled(number), f"{LIST}OUTREACH/2024-0{month}/").status_code == 302
    assert ASKED in said(text(sent(caseworker, filled(1200), APRIL))) and stored() == []


def test_a_number_is_asked_about_and_stored_when_said_yes(reported: None, caseworker: Browser) -> None:
    asked = sent(caseworker, filled(1200), APRIL)
    strict(asked)
    page = text(asked)
    assert asked.status_code == 200 and ASKED in said(page) and "Nothing is stored yet." in said(page)
    assert 'href="#table-visits"' in page and 'value="1200"' in page and stored() == []
    # Enter in a field says no yes: the first button of the form is the plain one.
    form = page[page.index(f'action="{APRIL}send/"') :]
    first = re.search(r"<button[^>]*>", form)
    assert first and "name=" not in first[0]
    assert sent(caseworker, {**filled(1200), "yes": mark(page)}, APRIL).status_code == 302
    assert stored() == [1200] and AuditEvent.objects.filter(action="count.send").count() == 4
    # What is stored just so is asked about no more, and what is usual never.
    assert sent(caseworker, {**filled(1200), "version": "1"}, APRIL).status_code == 302
    assert sent(caseworker, {**filled(120), "version": "1"}, APRIL).status_code == 302
    assert stored() == [1200, 120]


def test_a_yes_is_to_the_numbers_that_were_shown_and_to_no_others(reported: None, caseworker: Browser) -> None:
    yes = mark(text(sent(caseworker, filled(1200), APRIL)))
    again = text(sent(caseworker, {**filled(12000), "yes": yes}, APRIL))
    assert ASKED in said(again) and mark(again) != yes and stored() == []
    assert (
        sent(caseworker, {**filled(120), "yes": yes}, APRIL).status_code == 302
    )  # corrected, so that nothing is asked
    assert stored() == [120]


def test_what_cannot_be_stored_is_refused_before_anything_is_asked(
    reported: None, caseworker: Browser, shelter: Partner
) -> None:
    stale = sent(caseworker, {**filled(1200), "version": "7"}, APRIL)
    assert stale.status_code == 409 and ASKED not in said(stale.content.decode())
    set_window(shelter, 2024, new_until=date(2024, 2, 1), corrections_until=date(2024, 3, 1))
    closed = said(text(sent(caseworker, filled(1200), APRIL)))
    assert "The year is closed" in closed and ASKED not in closed and stored() == []


def test_an_answer_that_has_ended_since_is_still_offered_in_its_period(
    caseworker: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SETTING.by_code, "STREET", replace(SETTING.by_code["STREET"], valid_to=date(2024, 6, 30)))
    for month, offered in (("06", True), ("07", False)):
        page = text(caseworker.get(f"{LIST}OUTREACH/2024-{month}/"))
        assert ('value="STREET"' in page) == offered
    assert sent(caseworker, filled(12), f"{LIST}OUTREACH/2024-06/").status_code == 302
    ended = sent(caseworker, filled(12), f"{LIST}OUTREACH/2024-07/")
    assert "Not in use from 1 Jul 2024 on." in said(text(ended))


def test_the_same_report_under_a_new_period_is_asked_about_in_danish(reported: None, caseworker: Browser) -> None:
    answer = caseworker.post(f"{APRIL}send/", filled(130), headers={"Accept-Language": "da"})
    assert "Alle tal er de samme som i den forrige periode, I indberettede. Passer det?" in said(
        answer.content.decode()
    )
    assert stored() == []


def test_a_file_is_asked_about_where_it_is_seen(reported: None, caseworker: Browser) -> None:
    def file(number: int) -> bytes:
        return csv_of(OUTREACH, {**ROW, "visits": number}, NO_CONTACTS, period="2024-04")

    seen = upload(caseworker, file(1200))
    strict(seen)
    page = said(text(seen))
    assert ASKED in page and "Yes, the numbers are right. Send them" in page and "Send the numbers" not in page
    assert stored() == []
    assert store(caseworker, seen).status_code == 302 and stored() == [1200]
    assert ASKED not in text(upload(caseworker, file(1200)))
    usual = said(text(upload(caseworker, file(121))))
    assert ASKED not in usual and "Send the numbers" in usual
