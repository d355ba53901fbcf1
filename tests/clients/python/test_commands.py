"""Commands on files: what they print, what they end with, and what they keep."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from cases import dictionary as d
from cases.codelists import CONFIRMATION_REASON
from henvis_client import Client
from henvis_client.cli import main
from tests.clients.python.files import csv_text, held, identifying, ndjson, rows, wrong
from tests.clients.python.machine import Machine, help_in
from tests.clients.python.register import Register
from tests.clients.python.transports import Changing


def test_a_check_names_rows_as_excel_does(tester: Machine, service: Register, tmp_path: Path) -> None:
    content = rows(3)
    path = tmp_path / "rows.csv"
    path.write_text(csv_text([content[0], wrong(content[1]), content[2]]))
    ending = tester.henvis("check", path)
    assert ending.code == 1
    lines = ending.out.splitlines()
    place = lines.index("Row 3")
    assert lines[place + 1].startswith("  C3 Region: ")
    assert "Did you mean" not in ending.out  # a code that is allowed is no guess at what was meant
    assert "DK02 Region Zealand" in ending.out
    assert "This was a check, and nothing is stored: 1 row to be corrected." in ending.err
    assert "  2 rows would be created" in lines
    assert "TEST: nothing of it is counted" in ending.err
    assert "henvis errors " in ending.err
    assert not service.stored


def test_it_says_the_same_in_danish_and_in_json(tester: Machine, bad: Path) -> None:
    danish = tester.henvis("check", bad, "--lang", "da")
    assert "Det var et tjek, og intet er gemt: 1 række skal rettes." in danish.err
    assert "2 rækker ville blive oprettet" in danish.out
    assert "TEST: intet af det tælles." in danish.err
    body = tester.henvis("check", bad, "--json").json
    assert body["batch"]["counts"]["rejected"] == 1
    assert "results" not in body["batch"]
    assert [row["line"] for row in body["rows"]] == [2]


def test_a_file_in_order_is_stored(tester: Machine, good: Path, service: Register) -> None:
    assert tester.henvis("check", good).code == 0
    ending = tester.henvis("send", good)
    assert ending.code == 0
    assert "All rows are stored" in ending.err
    assert len(service.stored) == 3
    again = tester.henvis("send", good, "--json").json
    assert again["batch"]["counts"]["unchanged"] == 3


def test_strict_stores_nothing_lenient_what_is_right(tester: Machine, bad: Path, service: Register) -> None:
    ending = tester.henvis("send", bad)
    assert ending.code == 1
    assert "Nothing is stored yet: 1 row to be corrected." in ending.err
    assert "2 rows can be created" in ending.out
    assert not service.stored
    ending = tester.henvis("send", bad, "--lenient")
    assert ending.code == 1
    assert "What was right is stored; 1 row to be corrected." in ending.err
    assert "2 rows created" in ending.out
    assert len(service.stored) == 2
    assert tester.around.outbox(tester.around.profiles.choose(None)).paths() == []


def test_what_is_right_is_stored_by_the_command_that_is_shown(tester: Machine, bad: Path, service: Register) -> None:
    ending = tester.henvis("send", bad)
    (words,) = (line.split()[1:] for line in ending.err.splitlines() if "henvis commit" in line)
    assert tester.henvis(*words).code == 1
    assert len(service.stored) == 2


def test_live_is_asked_about(tester: Machine, good: Path, service: Register) -> None:
    service.mode = "LIVE"
    tester.log_in()
    tester.set_variables(HENVIS_PROFILE="live")
    ending = tester.henvis("send", good, typed="n\n")
    assert ending.code == 2
    assert f"LIVE register for {service.name}" in ending.err
    assert not service.stored
    assert tester.henvis("send", good, "--json").json["error"]["code"] == "confirmation_needed"
    tester.change(is_interactive=False)
    assert tester.henvis("send", good).code == 2
    assert tester.around.outbox(tester.around.profiles.choose("live")).paths() == []
    assert tester.henvis("send", good, "--yes").code == 0
    assert len(service.stored) == 3


def test_a_refused_file_says_where(tester: Machine, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(csv_text([identifying(rows(1)[0])]))
    ending = tester.henvis("send", path)
    assert ending.code == 3
    assert "C2" in ending.out
    assert "120485" not in ending.out + ending.err
    assert tester.henvis("send", path, "--json").json["error"]["code"] == "identifier_in_file"
    assert tester.henvis("outbox", "list", "--json").json["waiting"] == []


def test_a_large_file_is_followed(machine: Machine, good: Path, service: Register) -> None:
    service.is_busy = True
    machine.log_in()
    ending = machine.henvis("send", good)
    assert ending.code == 0
    assert "henvis jobs watch" in ending.err
    assert machine.henvis("jobs", "list").code == 0
    assert len(machine.henvis("jobs", "list", "--json").json["batches"]) == 1


def test_checks_are_confirmed(tester: Machine, tmp_path: Path, service: Register) -> None:
    path = ndjson(tmp_path / "held.ndjson", [*map(held, rows(2))])
    body = tester.henvis("send", path, "--json").json
    assert body["exit_code"] == 1
    identity = body["batch"]["id"]
    (rule,) = {finding["rule"] for row in body["rows"] for finding in row["findings"]}
    again = tester.henvis("send", path)
    assert f" --confirm {rule}=" in " ".join(again.err.split())
    assert all(reason in again.out for reason in CONFIRMATION_REASON.names)
    assert tester.henvis("commit", identity, "--confirm", rule).code == 2
    assert tester.henvis("commit", identity, "--confirm", f"{rule}={CONFIRMATION_REASON.names[0]}").code == 0
    assert len(service.stored) == 2


def test_what_is_asked_about_a_whole_file_is_confirmed_too(tester: Machine, tmp_path: Path, service: Register) -> None:
    path = ndjson(tmp_path / "alike.ndjson", rows(25))
    ending = tester.henvis("send", path)
    assert (ending.code, len(service.stored)) == (1, 0)
    assert "Nothing is stored yet: " in ending.err
    assert "checks of the whole file to be confirmed." in ending.err
    assert " rows to be" not in ending.err
    words = [line.split()[1:] for line in ending.err.splitlines() if line.strip().startswith("henvis commit")][-1]
    assert words.count("--confirm") >= 2
    assert tester.henvis(*words).code == 0
    assert len(service.stored) == 25


def test_a_confirmation_shows_every_column_that_it_covers(tester: Machine, tmp_path: Path) -> None:
    path = ndjson(tmp_path / "unknown.ndjson", rows(25, **{d.GENDER.name: "_U", d.REGION.name: "_U"}))
    asked = tester.henvis("send", path, "--json").json["batch"]["findings"]
    details = [each["detail"] for each in asked if each["rule"] == "unknown_share_high"]
    assert len(details) == 2
    out = " ".join(tester.henvis("send", path).out.split())
    # Once among the findings, and once above the command that confirms them.
    assert [out.count(detail) for detail in details] == [2, 2]


def test_files_are_written_for_their_owner_and_never_over_others(tester: Machine, bad: Path, tmp_path: Path) -> None:
    identity = tester.henvis("check", bad, "--json").json["batch"]["id"]
    path = tmp_path / "errors.csv"
    assert tester.henvis("errors", identity, "--format", "csv", "--output", path).code == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert tester.henvis("errors", identity, "--output", path).code == 2
    assert tester.henvis("errors", identity, "--output", path, "--force").code == 0
    assert tester.henvis("errors", identity, "--format", "docx").code == 2
    assert tester.henvis("errors", identity, "--output", tmp_path / "nowhere" / "x").code == 2
    template = tmp_path / "t.csv"
    assert tester.henvis("template", "--format", "csv", "--lang", "da", "-o", template).code == 0
    assert "Region" in template.read_text(encoding="utf-8-sig")


def test_a_file_without_findings_has_no_file_of_them(tester: Machine, good: Path) -> None:
    identity = tester.henvis("check", good, "--json").json["batch"]["id"]
    assert "There is no file with findings" in tester.henvis("errors", identity).err
    assert tester.henvis("errors", "00000000-0000-4000-8000-000000000000").code == 3


def test_without_an_account(machine: Machine, good: Path, bad: Path, tmp_path: Path) -> None:
    assert machine.henvis("check", good, "--public").code == 2
    assert machine.henvis("check", good, "--public", "--address", "http://localhost").code == 0
    machine.set_variables(HENVIS_ADDRESS="http://localhost")
    assert machine.henvis("check", bad, "--public").code == 1
    assert machine.henvis("template", "-o", tmp_path / "t.xlsx").code == 0


@pytest.fixture
def asks(tmp_path: Path) -> Path:
    """A file with a column that is misspelt."""
    content = rows(2)
    for row in content:
        row["Regionn"] = row.pop(d.REGION.name)
    path = tmp_path / "asks.csv"
    path.write_text("\ufeff" + csv_text(content))
    return path


def test_what_is_asked_is_answered_once(tester: Machine, asks: Path, client: Client) -> None:
    ending = tester.henvis("check", asks, typed="1\n")
    assert ending.code == 0
    assert "1) region Region (guess)" in ending.err
    assert 'Which field is the column "Regionn"?' in ending.err
    assert client.mapping().content["columns"] == {"Regionn": "region"}
    assert "Which field" not in tester.henvis("check", asks).err
    assert tester.henvis("send", asks).code == 0


def test_guesses_are_accepted_where_it_is_said(tester: Machine, asks: Path, client: Client, service: Register) -> None:
    tester.change(is_interactive=False)
    body = tester.henvis("check", asks, "--json").json
    assert (body["exit_code"], len(body["batch"]["questions"])) == (2, 1)
    ending = tester.henvis("send", asks)
    assert (ending.code, service.stored) == (2, set())
    assert "--accept-guesses" in ending.err
    assert tester.henvis("check", asks, "--accept-guesses", "--json").json["exit_code"] == 0
    assert tester.henvis("send", asks).code == 0
    assert client.mapping().content["columns"] == {"Regionn": "region"}


def without_guesses(body: dict[str, Any]) -> dict[str, Any]:
    """A batch whose questions have no likely answer."""
    return {**body, "questions": [{**each, "guess": None} for each in body["questions"]]}


def test_who_does_not_know_changes_nothing(tester: Machine, asks: Path, client: Client, service: Register) -> None:
    tester.change(transport=Changing(service, without_guesses))
    assert tester.henvis("check", asks, typed="\n").code == 2
    assert tester.henvis("check", asks, "--accept-guesses").code == 2
    assert client.mapping().complete["columns"] == {}


def test_own_columns_and_words_are_said_once(tester: Machine, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    text = csv_text(rows(2)).replace(";region;", ";Landsdel;", 1).replace("DK01", "Hjemegnen")
    path.write_text(text)
    assert tester.henvis("check", path).code == 3
    assert "Nothing is said" in tester.henvis("mapping", "show", "--lang", "en").out
    assert tester.henvis("mapping", "column", "Landsdel", d.REGION.label.da).code == 0
    value = ("mapping", "value", "region", "Hjemegnen", "region hovedstaden")
    asked = tester.henvis(*value, typed="n\n")
    assert asked.code == 2 and "Hjemegnen" in asked.err
    assert tester.henvis(*value, "--json").code == 2
    assert tester.henvis(*value, "--names-nobody").code == 0
    ending = tester.henvis("mapping", "dates", d.REFERRED_IN.label.da, "dag", "--json")
    assert ending.json["mapping"]["dates"] == {"referred_in": "day_first"}
    industries = ("mapping", "edition", d.EXPLOITATION_DETAIL.label.da, "db25")
    assert tester.henvis(*industries, "--json").json["mapping"]["editions"] == {d.EXPLOITATION_DETAIL.name: "DB25"}
    shown = tester.henvis("mapping", "show").out
    assert "Hjemegnen" in shown and "NACE Rev. 2.1 (DB25)" in shown
    assert tester.henvis("check", path).code == 0
    assert tester.henvis("mapping", "column", "Landsdel", "nothing").code == 3


@pytest.mark.parametrize("words", [["send"], ["nothing"], ["send", "x.csv", "--prefer", "oldest"], ["send", "x.csv"]])
def test_wrong_usage_ends_with_2(tester: Machine, words: list[str]) -> None:
    assert tester.henvis(*words).code == 2


@pytest.mark.parametrize("words", [[], ["send"], ["outbox"], ["key", "import"]])
def test_the_help_is_in_both_languages(words: list[str]) -> None:
    danish, english = help_in("da", words), help_in("en", words)
    assert danish != english
    assert "\x1f" not in danish + english


def test_a_progress_bar_is_for_people_alone(tester: Machine, good: Path) -> None:
    ending = tester.henvis("send", good, "--json")
    assert json.loads(ending.out)
    assert "Sending" not in ending.err


def test_what_is_wrong_is_cut_short_on_a_screen(tester: Machine, tmp_path: Path) -> None:
    path = ndjson(tmp_path / "bad.ndjson", [wrong(row) for row in rows(60)])
    lines = tester.henvis("check", path).out.splitlines()
    place = lines.index("Most often:")
    assert lines[place + 1].startswith("  60 rows: Region: ")
    assert lines[place + 2 : place + 4] == ["In the rows:", "Row 1"]
    assert len([line for line in lines if line.startswith("Row ")]) == 10
    assert lines[-1].startswith("… and 50 rows more.")
    assert len(tester.henvis("check", path, "--json").json["rows"]) == 60


def test_the_program_runs_in_the_language_of_the_system(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("HENVIS_CLIENT_HOME", str(tmp_path))
    for language, word in (("da_DK.UTF-8", "Tjek en fil"), ("en_GB.UTF-8", "Check a file"), ("C", "Check a file")):
        monkeypatch.setenv("LC_ALL", language)
        monkeypatch.setattr("sys.argv", ["henvis", "check", "--help"])
        with pytest.raises(SystemExit):
            main()
        assert word in capsys.readouterr().out
    for words in (["whoami", "--lang=da"], ["whoami", "--lang", "da"], ["--lang", "da", "whoami"]):
        monkeypatch.setattr("sys.argv", ["henvis", *words])
        with pytest.raises(SystemExit) as caught:
            main()
        assert caught.value.code == 2
        assert "Begynd med `henvis login`" in capsys.readouterr().err
