"""Count reports by the API: reported once, corrected by version, refused in words, and read by their partner alone."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.utils import timezone
from msgspec import to_builtins

from api.counts import examples
from api.http.reading import MOST_BYTES_OF_COUNTS
from cases.months import later, month_id, this_month, today
from cases.services.content import MOST_LINES
from cases.services.forms import FORMS
from cases.services.models import CountReport
from cases.services.periods import CountPeriod
from cases.services.shapes import CountPeriodKind
from partners.kinds import Mode
from partners.models import Partner
from tests.api.asserts import body, findings, problem
from tests.callers import Browser, Caller, make_caller
from tests.cases.windows.world import set_window
from tests.notices import world

pytestmark = pytest.mark.django_db
OUTREACH = "/api/v1/counts/OUTREACH"
MARCH = f"{OUTREACH}/2025-03"
LINE = {"region": "DK01", "setting": "STREET", "activity": "VISIT"}
SENT = {"visits": [{**LINE, "visits": 12, "addresses": 5}]}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_reported_and_read_again(ngo: Caller, form: str) -> None:
    path = f"/api/v1/counts/{form}/{examples.PERIODS[FORMS[form].period]}"
    sent = to_builtins(examples.content(FORMS[form]))
    first = ngo.put(path, sent)
    stored = body(first, 201)
    assert (first["Location"].endswith(path), first["ETag"], stored["version"]) == (True, '"1"', 1)
    for table, lines in sent.items():
        assert [each | line for each, line in zip(stored["content"][table], lines, strict=True)] == stored["content"][
            table
        ]
    assert stored.pop("warnings") == []
    assert body(ngo.put(path, sent)) == {**stored, "warnings": []}
    assert body(ngo.get(path)) == stored
    [row] = body(ngo.get(f"/api/v1/counts/{form}"))["items"]
    assert row["version"] == 1
    assert CountReport.objects.count() == 1


def test_a_correction_needs_the_version_and_keeps_the_one_before(ngo: Caller) -> None:
    ngo.put(MARCH, SENT)
    changed = {"visits": [{**LINE, "visits": 13}]}
    problem(ngo.put(MARCH, changed), "precondition_required")
    problem(ngo.put(MARCH, changed, If_Match='"2"'), "precondition_failed")
    assert ngo.put(MARCH, changed, If_Match='"1"')["ETag"] == '"2"'
    problem(ngo.put(MARCH, SENT, If_None_Match="*"), "precondition_failed")
    first, second = CountReport.objects.order_by("version")
    assert first.superseded_at == second.recorded_at
    assert ngo.get(MARCH, If_None_Match='"2"').status_code == 304


def test_nothing_in_a_month_is_said_by_an_empty_table(ngo: Caller) -> None:
    assert body(ngo.put(MARCH, {"visits": [], "contacts": []}), 201)["content"] == {"visits": [], "contacts": []}
    answer = ngo.put(f"{OUTREACH}/2025-02", {})
    assert findings(answer) == [("#", "required")]
    assert problem(answer, "validation_failed")["errors"][0]["allowed"] == ["visits", "contacts"]


def test_faults_are_told_by_place_with_the_codes_that_are_allowed(ngo: Caller) -> None:
    answer = ngo.put(MARCH, {"visits": [{**LINE, "region": "Sjælland", "visits": -1}]})
    assert findings(answer) == [("#/visits/0/region", "code_unknown"), ("#/visits/0/visits", "number_expected")]
    assert "DK02" in problem(answer, "validation_failed")["errors"][0]["allowed"]
    assert "Sjælland" not in answer.content.decode()


def test_what_is_sent_in_another_shape_is_told_what_there_is(ngo: Caller) -> None:
    (of_list,) = problem(ngo.put(MARCH, [LINE]), "validation_failed")["errors"]
    assert (of_list["code"], of_list["pointer"]) == ("object_expected", "#")
    assert of_list["detail"] == "The body is an object with the tables of the form."
    sent = {"visit": [], "visits": [{**LINE, "visits": 1.5, "addresses": 10**20, "name": "x"}]}
    of_form, of_line, *numbers = problem(ngo.put(MARCH, sent), "validation_failed")["errors"]
    assert (of_form["code"], of_form["allowed"]) == ("unknown_member", ["visits", "contacts"])
    assert (of_line["pointer"], of_line["allowed"]) == ("#/visits/0", [*LINE, "visits", "addresses"])
    places = [(each["pointer"], each["code"]) for each in numbers]
    assert places == [(f"#/visits/0/{name}", "number_expected") for name in ("visits", "addresses")]


@pytest.mark.parametrize(
    ("period", "code"), [("2025-13", "period_expected"), ("2025", "period_expected"), ("2014-12", "form_not_in_use")]
)
def test_a_period_is_one_of_the_form(ngo: Caller, period: str, code: str) -> None:
    assert findings(ngo.put(f"{OUTREACH}/{period}", SENT), "invalid_parameter") == [("period", code)]


def test_a_month_that_has_not_begun_is_not_reported(ngo: Caller) -> None:
    answer = ngo.put(f"{OUTREACH}/{month_id(later(this_month(), 1))}", SENT)
    assert findings(answer, "invalid_parameter") == [("period", "period_in_future")]


def test_a_closed_year_takes_no_report(ngo: Caller) -> None:
    set_window(ngo.partner, 2025, new_until=date(2025, 2, 1), corrections_until=date(2025, 3, 1))
    assert findings(ngo.put(MARCH, SENT), "invalid_parameter") == [("period", "period_closed_for_new")]


def test_another_partner_s_report_is_not_there(ngo: Caller, other_ngo: Caller) -> None:
    ngo.put(MARCH, SENT)
    problem(other_ngo.get(MARCH), "not_found")
    assert body(other_ngo.get(OUTREACH)) == {"items": []}


@pytest.mark.parametrize(
    "path", ["counts/outreach", "counts/OUTRAECH/2025-03", "templates/counts/outreach/2025-03.csv"]
)
def test_a_form_that_is_not_there_is_answered_with_those_that_are(ngo: Caller, path: str) -> None:
    (row,) = problem(ngo.get(f"/api/v1/{path}"), "not_found")["errors"]
    assert (row["parameter"], row["allowed"]) == ("form_id", [*FORMS])
    assert "errors" not in problem(ngo.get(f"{MARCH}/versions"), "not_found")


def test_who_may_only_read_reports_nothing() -> None:
    reader = make_caller("NGO", mode=Mode.TEST, scopes=["referrals:read"])
    problem(reader.put(MARCH, SENT), "insufficient_scope")


def test_forms_are_public() -> None:
    items = Browser().get("/api/v1/counts/forms").json()["items"]
    assert [each["id"] for each in items] == [*FORMS]


def test_in_a_crisis_its_form_is_expected_each_week_until_it_is_reported(ngo: Caller, police: Caller) -> None:
    for each in (ngo, police):
        Partner.objects.filter(pk=each.partner.pk).update(mode="LIVE", created_at=timezone.now() - timedelta(days=60))
    monday = today() - timedelta(days=today().weekday())
    world.declare(started_on=monday - timedelta(days=13))
    weeks = [CountPeriod(monday - timedelta(days=7 * n), CountPeriodKind.WEEK).id for n in (0, 1, 2)]
    ngo.put(f"/api/v1/counts/SITUATION/{weeks[1]}", {"situation": [{"region": "DK01", "contacts": 3}]})
    expected = [each for each in body(ngo.get("/api/v1/counts"))["items"] if each["form"] == "SITUATION"]
    assert [each["period"] for each in expected] == weeks
    assert (expected[0]["state"], expected[2]["state"]) == ("NOT_DUE", "MISSING") and expected[1]["first_at"]
    assert "SITUATION" not in police.get("/api/v1/counts").content.decode()


def test_as_many_lines_as_a_report_may_have_are_read(ngo: Caller) -> None:
    """5,000 lines with every dimension take near 1 MiB; one referral takes 64 KiB at most."""
    line = {"region": "Sjælland", "setting": "STREET", "activity": "VISIT", "visits": 12, "addresses": 5}
    sent = json.dumps({"visits": [line | {"visits": number} for number in range(MOST_LINES)]}).encode()
    assert 64 * 1024 < len(sent) < MOST_BYTES_OF_COUNTS
    answer = ngo.put(MARCH, sent)
    assert problem(answer, "validation_failed")["errors"][0]["code"] == "code_unknown"
    problem(ngo.put(MARCH, b" " * (MOST_BYTES_OF_COUNTS + 1)), "payload_too_large")
    assert ngo.put(MARCH, json.dumps(SENT).encode().ljust(MOST_BYTES_OF_COUNTS)).status_code == 201
