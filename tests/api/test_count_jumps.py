"""Counts that are unlike earlier ones: stored, and asked about in words; and codes that were in force in an old period."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import escape
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.codelists import SETTING
from cases.services.forms import OUTREACH
from cases.services.models import CountReport
from tests.api.asserts import body, findings
from tests.api.test_count_files import send
from tests.callers import Browser, Caller
from tests.cases.services.files import csv_of

pytestmark = pytest.mark.django_db
FORM = "/api/v1/counts/OUTREACH"
LINE = {"region": "DK01", "setting": "STREET", "activity": "VISIT"}


def visits(number: int, **codes: str) -> dict[str, Any]:
    """A report of one line."""
    return {"visits": [{**LINE, **codes, "visits": number}]}


def report(caller: Caller, *numbers: int, year: int = 2024) -> None:
    """Report the first months of a year, each of which is asked about nothing."""
    for month, number in enumerate(numbers, 1):
        assert body(caller.put(f"{FORM}/{year}-{month:02d}", visits(number)), 201)["warnings"] == []


def codes(answer: dict[str, Any]) -> list[tuple[str, str]]:
    """What is asked, and where."""
    return [(each["pointer"], each["code"]) for each in answer["warnings"]]


def test_a_zero_too_many_is_stored_and_asked_about_in_the_caller_s_language(ngo: Caller) -> None:
    report(ngo, 110, 120, 130)
    answer = body(ngo.put(f"{FORM}/2024-04", visits(1200), Accept_Language="da"), 201)
    assert answer["content"]["visits"][0]["visits"] == 1200
    [asked] = answer["warnings"]
    assert (asked["pointer"], asked["measure"], asked["code"]) == ("#/visits", "visits", "total_far_above")
    assert asked["detail"] == (
        "Besøg. Tallet er meget større end i perioderne før. Passer det? Hvis ja, skal I ikke gøre noget. Ellers send hele skemaet "
        "igen med If-Match."
    )
    again = body(ngo.put(f"{FORM}/2024-04", visits(1200)))
    assert again["warnings"][0]["detail"].endswith(
        "Is it right? If it is right, do nothing. Otherwise send the whole report again with If-Match."
    )
    listed = body(ngo.get(FORM))["items"]
    assert [each["warnings"] for each in listed] == [again["warnings"], [], [], []]
    assert body(ngo.put(f"{FORM}/2024-04", visits(121), If_Match='"1"'))["warnings"] == []
    assert [each["warnings"] for each in body(ngo.get(FORM))["items"]] == [[]] * 4
    assert codes(body(ngo.put(f"{FORM}/2024-05", visits(9)), 201)) == [("#/visits", "total_far_below")]


def test_a_minimal_answer_asks_all_the_same(ngo: Caller) -> None:
    report(ngo, 110, 120, 130)
    answer = ngo.put(f"{FORM}/2024-04", visits(1200), Prefer="return=minimal")
    asked = body(answer, 201)
    assert (answer["Preference-Applied"], answer["ETag"]) == ("return=minimal", '"1"')
    assert (asked["period"], asked["version"], codes(asked)) == ("2024-04", 1, [("#/visits", "total_far_above")])
    assert "content" not in asked


def test_a_wrong_month_that_is_stored_hides_no_other_one(ngo: Caller) -> None:
    report(ngo, 11, 12, 13)
    for month in ("04", "05"):
        assert codes(body(ngo.put(f"{FORM}/2024-{month}", visits(int(f"12{month}"))), 201)) == [
            ("#/visits", "total_far_above")
        ]


BELOW = ("#/visits", "total_far_below")


def test_last_month_s_file_under_a_new_period_is_asked_about(ngo: Caller) -> None:
    report(ngo, 30)
    assert codes(body(ngo.put(f"{FORM}/2024-02", visits(30)), 201)) == [("#", "report_repeated")]
    for month, small in enumerate((visits(11), visits(11), {"visits": []}, {"visits": []}), 3):
        assert codes(body(ngo.put(f"{FORM}/2024-{month:02d}", small), 201)) == []


def test_only_current_reports_of_the_partner_and_of_the_last_twelve_periods_tell_what_is_usual(
    ngo: Caller, other_ngo: Caller
) -> None:
    report(ngo, 4, 5, 6, 7)
    for month in ("03", "04"):
        ngo.put(f"{FORM}/2024-{month}", visits(100), If_Match='"1"')
    assert codes(body(other_ngo.put(f"{FORM}/2024-05", visits(500)), 201)) == []
    assert codes(body(ngo.put(f"{FORM}/2024-05", visits(300)), 201)) == []  # three times what was corrected
    assert codes(body(ngo.put(f"{FORM}/2025-02", visits(299)), 201)) == []
    assert codes(body(ngo.put(f"{FORM}/2025-05", visits(4)), 201)) == [BELOW]  # of two that are known


def test_numbers_of_another_version_of_the_form_are_not_compared(ngo: Caller) -> None:
    report(ngo, 4, 5, 6)
    CountReport.objects.create(
        partner=ngo.partner,
        client=ngo.client,
        form="OUTREACH",
        form_version="0.9",
        period=date(2024, 4, 1),
        version=1,
        content={"visits": [{"persons": 500}]},
        recorded_at=timezone.now(),
    )
    assert codes(body(ngo.put(f"{FORM}/2024-05", visits(31)), 201)) == [("#/visits", "total_far_above")]


def test_a_file_says_of_each_period_what_is_asked(ngo: Caller) -> None:
    rows = [
        {**LINE, "table": "visits", "period": f"2024-{month:02d}", "visits": n}
        for month, n in enumerate((30, 31, 32), 1)
    ]
    jump = {**LINE, "table": "visits", "period": "2024-04", "visits": 320}
    for dry_run in ("true", "false"):
        answer = send(ngo, csv_of(OUTREACH, *rows, jump), f"?dry_run={dry_run}")
        *usual, last = body(answer)["periods"]
        assert [each["warnings"] for each in usual] == [[], [], []] and codes(last) == [("#/visits", "total_far_above")]


def test_what_is_usual_is_read_by_one_statement(ngo: Caller) -> None:
    numbers = []
    for month in range(1, 9):
        with CaptureQueriesContext(connection) as captured:
            ngo.put(f"{FORM}/2024-{month:02d}", visits(30 + month))
        numbers.append(sum("services_countreport" in each["sql"] for each in captured))
    assert len(set(numbers)) == 1


def test_a_correction_of_an_old_period_keeps_a_code_that_was_in_force_then(
    ngo: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A code is judged by the days of the period, and offered so in a template."""
    [other, *_] = [name for name in SETTING.names if name != "STREET"]
    ended = replace(SETTING.by_code["STREET"], valid_to=date(2024, 6, 30))
    begun = replace(SETTING.by_code[other], valid_from=date(2024, 7, 1))
    monkeypatch.setitem(SETTING.by_code, "STREET", ended)
    monkeypatch.setitem(SETTING.by_code, other, begun)
    assert body(ngo.put(f"{FORM}/2024-06", visits(3)), 201)["version"] == 1
    assert body(ngo.put(f"{FORM}/2024-06", visits(4), If_Match='"1"'))["version"] == 2
    place = "#/visits/0/setting"
    assert findings(ngo.put(f"{FORM}/2024-07", visits(3))) == [(place, "code_retired")]
    to_come = ngo.put(f"{FORM}/2024-06", visits(3, setting=other), If_Match='"2"')
    assert findings(to_come) == [(place, "code_not_yet_valid")]
    assert body(ngo.put(f"{FORM}/2024-07", visits(3, setting=other)), 201)["version"] == 1
    for month, offered, left_out in (("06", ended, begun), ("07", begun, ended)):
        template = Browser().get(f"/api/v1/templates/counts/OUTREACH/2024-{month}.xlsx?lang=en").content
        texts = ZipFile(BytesIO(template)).read("xl/sharedStrings.xml").decode()
        assert escape(offered.label.en) in texts and escape(left_out.label.en) not in texts


def test_of_what_is_refused_no_earlier_report_is_read(ngo: Caller) -> None:
    report(ngo, 110, 120, 130)
    row = {"period": "2024-03", **LINE, "visits": 1200}
    sendings: dict[int, Callable[[], Any]] = {
        428: lambda: ngo.put(f"{FORM}/2024-03", visits(1200)),
        412: lambda: ngo.put(f"{FORM}/2024-03", visits(1200), If_Match='"7"'),
        400: lambda: send(ngo, csv_of(OUTREACH, {**row, "table": "visits"})),
    }
    for status, sending in sendings.items():
        with CaptureQueriesContext(connection) as captured:
            assert sending().status_code == status
        assert [each for each in captured if '"period" >= ' in each["sql"]] == []
