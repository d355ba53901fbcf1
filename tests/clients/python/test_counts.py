"""`henvis counts`: forms, files and reports of counts, at the program as it is served."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from cases.intake.countfiles.columns import PERIOD
from cases.services.forms import OUTREACH
from cases.services.models import CountReport
from henvis_client import Client, NetworkError, Problem
from tests.api.calendars import expect
from tests.cases.services.files import NO_CONTACTS, VISIT, csv_of
from tests.cases.services.world import assign
from tests.clients.python.conftest import Connect
from tests.clients.python.machine import Machine
from tests.clients.python.register import Register
from tests.clients.python.transports import Losing

MONTH = {**VISIT, "visits": 12}


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A file of two months; in the second one there was no contact."""
    path = tmp_path / "outreach.csv"
    rows = (MONTH, {**MONTH, PERIOD: "2025-04", "visits": 7}, {**NO_CONTACTS, PERIOD: "2025-04"})
    path.write_bytes(csv_of(OUTREACH, *rows))
    return path


def test_a_file_is_checked_sent_and_read_back(tester: Machine, sheet: Path) -> None:
    checked = tester.henvis("counts", "check", "outreach", sheet)
    assert (checked.code, CountReport.objects.count()) == (0, 0)
    assert "nothing is stored yet" in checked.err and "would be stored" in checked.out
    sent = tester.henvis("counts", "send", "OUTREACH", sheet)
    assert sent.code == 0 and "All counts of the file are stored." in sent.err
    assert "stored already, unchanged" in tester.henvis("counts", "send", "OUTREACH", sheet).out
    assert CountReport.objects.count() == 2
    march = tester.henvis("counts", "show", "outreach", "2025-03")
    assert "Outreach, 2025-03, version 1" in march.out
    assert all(text in march.out for text in ("Visit to the place", "12", "Contacts: not known."))
    assert "Contacts: nothing to report." in tester.henvis("counts", "show", "outreach", "2025-04").out
    report = tester.henvis("counts", "show", "outreach", "2025-04", "--json").json["report"]
    assert (report["version"], report["content"]["visits"][0]["visits"]) == (1, 7)


def test_a_correction_is_meant_or_names_its_version(tester: Machine, sheet: Path) -> None:
    assert tester.henvis("counts", "send", "outreach", sheet).code == 0
    sheet.write_bytes(csv_of(OUTREACH, {**MONTH, "visits": 13}))
    refused = tester.henvis("counts", "send", "outreach", sheet)
    assert refused.code == 3 and f"henvis counts errors OUTREACH {sheet}" in refused.err
    assert tester.henvis("counts", "send", "outreach", sheet, "--prefer", "latest").code == 0
    assert CountReport.objects.count() == 3


def test_what_is_wrong_comes_by_cell_and_in_the_own_file(tester: Machine, sheet: Path, tmp_path: Path) -> None:
    assert tester.henvis("counts", "errors", "outreach", sheet).code == 2
    sheet.write_bytes(csv_of(OUTREACH, {**MONTH, "visits": "many"}))
    refused = tester.henvis("counts", "send", "outreach", sheet)
    assert refused.code == 3 and "F2: " in refused.out and not CountReport.objects.exists()
    marked = tmp_path / "marked.csv"
    ending = tester.henvis("counts", "errors", "outreach", sheet, "--format", "csv", "-o", marked)
    assert ending.code == 0 and "A whole number" in marked.read_text(encoding="utf-8-sig")


def test_what_is_unlike_earlier_months_is_stored_and_asked_about(tester: Machine, sheet: Path) -> None:
    months = [{**MONTH, PERIOD: f"2025-{month:02d}", "visits": 100 + month} for month in range(1, 4)]
    sheet.write_bytes(csv_of(OUTREACH, *months, {**MONTH, PERIOD: "2025-04", "visits": 1200}))
    ending = tester.henvis("counts", "send", "outreach", sheet)
    assert ending.code == 0 and "2025-04: Visits." in ending.out
    assert CountReport.objects.count() == 4


def test_templates_and_forms_need_no_account(machine: Machine, tmp_path: Path) -> None:
    here = ["--address", "http://localhost"]
    path = tmp_path / "form.xlsx"
    assert machine.henvis("counts", "template", "outreach", "2025-03", "-o", path, *here).code == 0
    assert path.read_bytes().startswith(b"PK")
    assert "HOTLINE" in machine.henvis("counts", "forms", *here).out
    refused = machine.henvis("counts", "template", "outreach", "2025", "-o", tmp_path / "other", *here)
    assert refused.code != 0 and not (tmp_path / "other").exists()


def test_what_is_not_there_is_said_in_words(tester: Machine, sheet: Path) -> None:
    assert "Nothing is reported of that period" in tester.henvis("counts", "show", "outreach", "2025-03").err
    unknown = tester.henvis("counts", "send", "nothing", sheet)
    assert unknown.code != 0 and unknown.err


def test_what_is_expected_is_listed(machine: Machine, service: Register) -> None:
    service.mode = "LIVE"
    assert machine.log_in("--yes").code == 0
    assert "No forms of counts are expected" in machine.henvis("counts", "list").err
    expect(service.caller, since=date(2025, 3, 1))
    assign(service.caller.partner, OUTREACH, date(2025, 3, 1))
    ending = machine.henvis("counts", "list")
    assert "OUTREACH" in ending.out and "missing" in ending.out


def test_a_long_table_says_that_it_is_cut(machine: Machine, service: Register) -> None:
    service.mode = "LIVE"
    machine.log_in("--yes")
    expect(service.caller, since=date(2019, 1, 1))
    assign(service.caller.partner, OUTREACH, date(2019, 1, 1))
    ending = machine.henvis("counts", "list")
    count = len(machine.henvis("counts", "list", "--json").json["counts"])
    assert f"… and {count - 50} more." in ending.err


def test_the_live_register_is_asked_about(machine: Machine, service: Register, sheet: Path) -> None:
    service.mode = "LIVE"
    assert machine.log_in("--yes").code == 0
    assert machine.henvis("counts", "send", "outreach", sheet, typed="n\n").code == 2
    assert not CountReport.objects.exists()
    assert machine.henvis("counts", "send", "outreach", sheet, "--yes").code == 0


def test_a_lost_network_says_that_the_same_may_be_sent_again(tester: Machine, sheet: Path) -> None:
    tester.lose_network()
    ending = tester.henvis("counts", "send", "outreach", sheet)
    assert ending.code == 4 and "is not stored twice" in ending.err


def test_a_program_reports_reads_and_corrects(client: Client) -> None:
    content: dict[str, Any] = {"visits": [{key: value for key, value in MONTH.items() if key != "table"}]}
    for _ in range(2):
        assert client.put_counts("OUTREACH", "2025-03", content)["version"] == 1
    with pytest.raises(Problem) as problem:
        client.put_counts("OUTREACH", "2025-03", {"visits": []})
    assert problem.value.status == 428
    assert client.put_counts("OUTREACH", "2025-03", {"visits": []}, version=1)["version"] == 2
    assert client.count_report("OUTREACH", "2025-03")["content"]["visits"] == []
    assert [(each["period"], each["version"]) for each in client.count_reports("OUTREACH")] == [("2025-03", 2)]


def test_a_file_is_stored_once_on_a_network_that_loses_answers(
    service: Register, connect: Connect, sheet: Path
) -> None:
    for seed in range(10):
        with suppress(NetworkError):
            connect(Losing(service, 60, seed)).send_counts("OUTREACH", sheet)
    assert CountReport.objects.count() == 2


def test_an_answer_that_was_lost_is_asked_for_again(connect: Connect, service: Register, sheet: Path) -> None:
    lost: list[httpx.Request] = []

    def lose_first(request: httpx.Request) -> httpx.Response:
        answer = service.handle_request(request)
        answer.read()
        if request.url.path.startswith("/api/v1/count-files") and not lost:
            lost.append(request)
            raise httpx.ReadTimeout("lost")
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)

    result = connect(httpx.MockTransport(lose_first)).send_counts("OUTREACH", sheet)
    assert {each["outcome"] for each in result["periods"]} == {"unchanged"} and lost
