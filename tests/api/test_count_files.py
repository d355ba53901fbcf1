"""Files of counts by the API: stored whole or not at all, once, and answered in the sender's own file."""

from __future__ import annotations

from typing import Any

import pytest

from cases.intake.countfiles.columns import PERIOD
from cases.intake.readers.formats import MEDIA_TYPES
from cases.services.forms import OUTREACH
from cases.services.models import CountReport
from partners.kinds import Mode
from tests.api.asserts import body, problem
from tests.api.workbooks import read, values
from tests.callers import Browser, Caller, make_caller
from tests.cases.services.files import NO_CONTACTS, VISIT, csv_of

pytestmark = pytest.mark.django_db
FILES = "/api/v1/count-files/OUTREACH"
YEAR = [{**VISIT, "visits": month, PERIOD: f"2025-{month:02d}"} for month in range(1, 13)]


def send(caller: Caller, content: bytes, query: str = "?dry_run=false", path: str = FILES) -> Any:
    """Send a CSV."""
    return caller.browser.generic(
        "POST", f"{path}{query}", content, content_type="text/csv", headers={"Authorization": f"Bearer {caller.token}"}
    )


def faults(answer: Any) -> list[tuple[str, str]]:
    """The cell and the code of each fault."""
    return [(each["cell"], each["code"]) for each in problem(answer, "validation_failed")["errors"]]


def test_a_year_of_months_is_one_file_and_the_same_file_changes_nothing(ngo: Caller) -> None:
    content = csv_of(OUTREACH, *YEAR)
    tried = body(send(ngo, content, "?dry_run=true"))
    assert ({each["outcome"] for each in tried["periods"]}, CountReport.objects.count()) == ({"created"}, 0)
    stored = body(send(ngo, content))
    assert [each["period"] for each in stored["periods"]] == [each[PERIOD] for each in YEAR]
    again = body(send(ngo, content))
    assert {(each["outcome"], each["version"]) for each in again["periods"]} == {("unchanged", 1)}
    assert CountReport.objects.count() == len(YEAR)
    assert body(ngo.get("/api/v1/counts/OUTREACH/2025-07"))["content"] == {
        "visits": [{"region": "DK01", "setting": "STREET", "activity": "VISIT", "visits": 7, "addresses": None}]
    }


def test_one_fault_in_a_year_keeps_all_of_it_out(ngo: Caller) -> None:
    content = csv_of(OUTREACH, *YEAR[:11], {**YEAR[11], "addresses": 99})
    assert faults(send(ngo, content)) == [("G13", "addresses_above_visits")]
    assert not CountReport.objects.exists()


def test_a_correction_names_its_version_or_says_that_the_latest_is_meant(ngo: Caller) -> None:
    send(ngo, csv_of(OUTREACH, *YEAR))
    changed = {**YEAR[2], "visits": 5}
    assert faults(send(ngo, csv_of(OUTREACH, changed))) == [("O2", "version_missing")]
    assert faults(send(ngo, csv_of(OUTREACH, {**changed, "version": 7}))) == [("O2", "version_stale")]
    assert body(send(ngo, csv_of(OUTREACH, {**changed, "version": 1})))["periods"][0]["outcome"] == "corrected"
    latest = send(ngo, csv_of(OUTREACH, {**changed, "visits": 6}), "?dry_run=false&prefer=latest")
    [period] = body(latest)["periods"]
    assert period == {"period": "2025-03", "outcome": "corrected", "version": 3, "lines": 1, "warnings": []}


def test_what_is_wrong_is_written_into_the_sender_s_rows(ngo: Caller) -> None:
    content = csv_of(OUTREACH, YEAR[0], {**YEAR[1], "visits": "many"})
    book = values(read(send(ngo, content, "", f"{FILES}/errors.xlsx"))[0])
    assert (book[0][0], book[1][0], book[2][6]) == ("Errors", None, "many")
    assert book[2][0].startswith("A whole number from 0 to 99,999.")
    problem(send(ngo, csv_of(OUTREACH, YEAR[0]), "", f"{FILES}/errors.csv"), "not_found")


def test_a_file_with_an_identifier_is_refused_without_repeating_it(ngo: Caller) -> None:
    answer = send(ngo, csv_of(OUTREACH, {**VISIT, "visits": "070190-1234"}))
    assert [each["cell"] for each in problem(answer, "identifier_in_file")["errors"]] == ["F2"]
    assert b"070190" not in answer.content


def test_a_template_is_for_everybody_and_a_file_for_who_may_write(ngo: Caller, other_ngo: Caller) -> None:
    for kind in ("xlsx", "csv"):
        answer = Browser().get(f"/api/v1/templates/counts/OUTREACH/2025-03.{kind}?lang=da")
        assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, MEDIA_TYPES[kind])
    visitor: Any = Browser()
    problem(visitor.get("/api/v1/templates/counts/OUTREACH/2025.csv"), "invalid_parameter")
    problem(visitor.get("/api/v1/templates/counts/NONE/2025.csv"), "not_found")
    problem(visitor.get("/api/v1/templates/counts/OUTREACH/2999-12.xlsx"), "not_found")
    reader = make_caller("NGO", mode=Mode.TEST, scopes=["referrals:read"])
    problem(send(reader, csv_of(OUTREACH, NO_CONTACTS)), "insufficient_scope")
    # The same file of another partner is its own report.
    for each in (ngo, other_ngo):
        assert body(send(each, csv_of(OUTREACH, YEAR[0])))["periods"][0]["outcome"] == "created"
