"""Commands on files: what they print, what they end with, and what they keep."""

from __future__ import annotations

import csv
import json
import stat
from pathlib import Path

import pytest

from cases import dictionary as d
from henvis_client import own_keys
from tests.clients.python.files import csv_text, ndjson, rows, wrong
from tests.clients.python.machine import Machine, help_in
from tests.clients.python.standin import StandIn


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A file in order."""
    return ndjson(tmp_path / "good.ndjson", rows(3))


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A file of three rows, the second of which is wrong."""
    content = rows(3)
    return ndjson(tmp_path / "bad.ndjson", [content[0], wrong(content[1]), content[2]])


def test_a_check_names_rows_as_excel_does(tester: Machine, bad: Path, service: StandIn) -> None:
    ending = tester.henvis("check", bad)
    assert ending.code == 1
    line = next(line for line in ending.out.splitlines() if "Not in the list" in line)
    assert line.strip("│┃ ").split("│")[0].strip() == "3"
    for word in ("B3", "Region", "DK02", "error"):
        assert word in line
    assert "Some rows are to be corrected" in ending.err
    assert "TEST: nothing of it is counted" in ending.err
    assert "henvis errors " in ending.err
    assert service.stored == {}


def test_it_says_the_same_in_danish_and_in_json(tester: Machine, bad: Path) -> None:
    danish = tester.henvis("check", bad, "--lang", "da")
    assert "skal rettes" in danish.out
    assert "TEST: intet af det tælles." in danish.err
    body = tester.henvis("check", bad, "--json").json
    assert body["batch"]["counts"]["rejected"] == 1
    assert "results" not in body["batch"]
    assert [row["line"] for row in body["rows"]] == [3]


def test_a_file_in_order_is_stored(tester: Machine, good: Path, service: StandIn) -> None:
    assert tester.henvis("check", good).code == 0
    ending = tester.henvis("send", good)
    assert ending.code == 0
    assert "All rows are stored" in ending.err
    assert len(service.stored) == 3
    again = tester.henvis("send", good, "--json").json
    assert again["batch"]["counts"]["unchanged"] == 3


def test_strict_stores_nothing_lenient_what_is_right(tester: Machine, bad: Path, service: StandIn) -> None:
    ending = tester.henvis("send", bad)
    assert ending.code == 1
    assert "Nothing is stored" in ending.err
    assert service.stored == {}
    ending = tester.henvis("send", bad, "--lenient")
    assert ending.code == 1
    assert "What was right is stored" in ending.err
    assert len(service.stored) == 2
    assert tester.around.outbox(tester.around.profiles.choose(None)).paths() == []


def test_live_is_asked_about(tester: Machine, good: Path, service: StandIn) -> None:
    service.mode = "LIVE"
    tester.log_in()
    tester.set_variables(HENVIS_PROFILE="live")
    ending = tester.henvis("send", good, typed="n\n")
    assert ending.code == 2
    assert "LIVE register for NGO" in ending.err
    assert service.stored == {}
    assert tester.henvis("send", good, "--json").json["error"]["code"] == "confirmation_needed"
    tester.change(is_interactive=False)
    assert tester.henvis("send", good).code == 2
    assert tester.around.outbox(tester.around.profiles.choose("live")).paths() == []
    assert tester.henvis("send", good, "--yes").code == 0
    assert len(service.stored) == 3


def test_a_network_that_is_away_keeps_the_file(tester: Machine, good: Path, service: StandIn) -> None:
    network = tester.around.transport
    tester.lose_network()
    ending = tester.henvis("send", good)
    assert ending.code == 4
    assert "Kept encrypted in the outbox (1)" in ending.err
    assert "in the outbox already" in tester.henvis("send", good).err
    body = tester.henvis("outbox", "list", "--json").json
    assert [each["name"] for each in body["waiting"]] == ["good.ndjson"]
    assert "good.ndjson" in tester.henvis("outbox", "list").out
    assert tester.henvis("outbox", "send", "--json").json["waiting"] == 1
    assert tester.henvis("check", good).code == 4
    tester.change(transport=network)
    done = tester.henvis("outbox", "send", "--json").json
    assert (done["waiting"], done["sent"][0]["kept"], done["sent"][0]["batch"]["stored"]) == (0, False, True)
    assert set(service.writes.values()) == {1}
    assert "empty" in tester.henvis("outbox", "send").err
    assert tester.henvis("jobs", "watch", "--json").json["batch"]["id"] == done["sent"][0]["batch"]["id"]


def test_what_waits_goes_first(tester: Machine, good: Path, bad: Path, service: StandIn) -> None:
    network = tester.around.transport
    tester.lose_network()
    tester.henvis("send", good)
    tester.change(transport=network)
    ending = tester.henvis("send", bad)
    assert ending.code == 1
    assert "From the outbox: good.ndjson was sent" in ending.err
    assert len(service.stored) == 3


def test_what_waits_can_be_deleted(tester: Machine, good: Path) -> None:
    tester.lose_network()
    tester.henvis("send", good)
    assert tester.henvis("outbox", "clear", typed="n\n").code == 2
    assert tester.henvis("outbox", "clear", "--json").json["error"]["code"] == "confirmation_needed"
    assert tester.henvis("outbox", "clear", typed="y\n").code == 0
    assert tester.henvis("outbox", "list", "--json").json["waiting"] == []


def test_a_refused_file_says_where(tester: Machine, tmp_path: Path) -> None:
    path = tmp_path / "rows.json"
    path.write_text('["120485-1234"]')
    ending = tester.henvis("send", path)
    assert ending.code == 3
    assert "A CPR number." in ending.out
    assert "120485" not in ending.out + ending.err
    assert tester.henvis("send", path, "--json").json["error"]["errors"][0]["column"] == "A"
    assert tester.henvis("outbox", "list", "--json").json["waiting"] == []


def test_a_large_file_is_followed(machine: Machine, good: Path, service: StandIn) -> None:
    service.at_once = 2
    machine.log_in()
    ending = machine.henvis("send", good)
    assert ending.code == 0
    assert "henvis jobs watch" in ending.err
    assert machine.henvis("jobs", "list").code == 0
    assert len(machine.henvis("jobs", "list", "--json").json["batches"]) == 1


def test_checks_are_confirmed(tester: Machine, tmp_path: Path, service: StandIn) -> None:
    path = ndjson(tmp_path / "held.ndjson", rows(2, gender="X"))
    body = tester.henvis("send", path, "--json").json
    assert body["exit_code"] == 1
    assert "henvis commit" in tester.henvis("send", path).err
    identity = body["batch"]["id"]
    assert tester.henvis("commit", identity, "--confirm", "rare").code == 2
    assert tester.henvis("commit", identity, "--confirm", "rare=CHECKED").code == 0
    assert len(service.stored) == 2


def test_files_are_written_for_their_owner_and_never_over_others(tester: Machine, good: Path, tmp_path: Path) -> None:
    identity = tester.henvis("check", good, "--json").json["batch"]["id"]
    path = tmp_path / "errors.csv"
    assert tester.henvis("errors", identity, "--format", "csv", "--output", path).code == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert tester.henvis("errors", identity, "--output", path).code == 2
    assert tester.henvis("errors", identity, "--output", path, "--force").code == 0
    assert tester.henvis("errors", identity, "--format", "docx").code == 2
    assert tester.henvis("errors", identity, "--output", tmp_path / "nowhere" / "x").code == 2
    template = tmp_path / "t.csv"
    assert tester.henvis("template", "--format", "csv", "--lang", "da", "-o", template).code == 0
    assert template.read_text() == "reference;da"


def test_without_an_account(machine: Machine, good: Path, bad: Path, tmp_path: Path) -> None:
    assert machine.henvis("check", good, "--public").code == 2
    assert machine.henvis("check", good, "--public", "--address", "http://localhost").code == 0
    machine.set_variables(HENVIS_ADDRESS="http://localhost")
    assert machine.henvis("check", bad, "--public").code == 1
    assert machine.henvis("template", "-o", tmp_path / "t.xlsx").code == 0


def test_own_keys_never_leave_and_are_shown(tester: Machine, tmp_path: Path, service: StandIn) -> None:
    content = rows(3)
    for n, row in enumerate(content):
        row["reference"] = f"Anna-{n}"
    content[1] = wrong(content[1])
    path = tmp_path / "own.csv"
    path.write_text(csv_text(content).replace("reference", "Sag", 1))
    ending = tester.henvis("check", path, "--key-column", "sag")
    assert ending.code == 1
    assert "Anna-1" in ending.out
    body = tester.henvis("send", path, "--key-column", "Sag", "--json").json
    assert [row["own_key"] for row in body["rows"]] == ["Anna-1"]
    assert b"".join(service.bodies).count(b"Anna") == 0
    secret = tester.around.profiles.choose(None).key_secret
    assert body["rows"][0]["reference"] == str(own_keys.reference_of(secret, "Anna-1"))
    for place in tester.around.home.rglob("*"):
        assert not place.is_file() or b"Anna" not in place.read_bytes()
    assert tester.henvis("send", path, "--key-column", "Nope").code == 2


def test_colleagues_share_the_secret_of_own_keys(tester: Machine, tmp_path: Path) -> None:
    mark = tester.henvis("key", "fingerprint", "--json").json["own_key"]
    path = tmp_path / "key.txt"
    ending = tester.henvis("key", "export", path)
    assert ending.code == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text().strip() not in ending.out + ending.err
    assert tester.henvis("key", "export", path).code == 2
    assert tester.henvis("key", "import", path, "--json").json["own_key"] == mark
    other = tmp_path / "other.txt"
    other.write_text(own_keys.export_text(bytes(32)))
    assert tester.henvis("key", "import", other).code == 0
    rows_file = tmp_path / "own.csv"
    rows_file.write_text(csv_text(rows(1)).replace("reference", "Sag", 1))
    tester.henvis("check", rows_file, "--key-column", "Sag")
    ending = tester.henvis("key", "import", path, typed="n\n")
    assert (ending.code, "counted again" in ending.err) == (2, True)
    assert tester.henvis("key", "import", path, "--yes").code == 0
    for text in ("no key", mark):
        other.write_text(text)
        assert tester.henvis("key", "import", other).code == 2
    assert tester.henvis("key", "import", tmp_path / "missing").code == 2


def test_linkage_codes_are_made_offline(machine: Machine, tmp_path: Path) -> None:
    machine.lose_network()
    key = tmp_path / "key.txt"
    assert machine.henvis("link", "--new-key", key).code == 0
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert machine.henvis("link", "--new-key", key).code == 2
    key.write_text(bytes(range(32)).hex())
    code = "c279fa87c47f036986c74314483fc483a7046d4b405302853952ad03c2413b31"
    ending = machine.henvis("link", "--key-file", key, typed="Okafor\nBlessing\n1998-04-23\n")
    assert ending.out.strip() == code
    assert "Okafor" not in ending.out + ending.err
    persons = tmp_path / "persons.csv"
    persons.write_text("sag;family_name;given_names;date_of_birth\n1;Okafor;Blessing;1998-04-23\n2;Okafor;;1998\n")
    machine.set_variables(HENVIS_LINKAGE_KEY=bytes(range(32)).hex())
    ending = machine.henvis("link", persons)
    assert ending.code == 1
    assert [*csv.DictReader(ending.out.splitlines())] == [{"sag": "1", "linkage_code": code}]
    assert "row 3" in ending.err
    assert machine.henvis("link", persons, "--json").json["wrong_lines"] == [3]
    output = tmp_path / "codes.csv"
    machine.henvis("link", persons, "--output", output)
    assert code in output.read_text()


@pytest.mark.parametrize("words", [["link"], ["link", "missing.csv"], ["link", "--key-file", "missing"]])
def test_without_a_key_there_is_no_code(machine: Machine, words: list[str]) -> None:
    assert machine.henvis(*words).code == 2
    machine.set_variables(HENVIS_LINKAGE_KEY="too short")
    assert machine.henvis("link").code == 2


def test_a_file_of_persons_needs_its_columns(machine: Machine, tmp_path: Path) -> None:
    machine.set_variables(HENVIS_LINKAGE_KEY="0" * 64)
    (tmp_path / "persons.csv").write_text("name\nAnna\n")
    assert "family_name" in machine.henvis("link", tmp_path / "persons.csv").err


@pytest.fixture
def asks(tmp_path: Path) -> Path:
    """A file with a column that Henvis does not know."""
    content = rows(2)
    for row in content:
        row["Landsdel"] = row.pop(d.REGION.name)
    path = tmp_path / "asks.csv"
    path.write_text("\ufeff" + csv_text(content))
    return path


def test_what_is_asked_is_answered_once(tester: Machine, asks: Path, service: StandIn) -> None:
    ending = tester.henvis("check", asks, typed="\n")
    assert ending.code == 0
    assert 'Which field is the column "Landsdel"?' in ending.err
    assert service.mapping["columns"] == {"Landsdel": "region"}
    assert "Which field" not in tester.henvis("check", asks).err
    assert tester.henvis("send", asks).code == 0


def test_guesses_are_accepted_where_it_is_said(tester: Machine, asks: Path, service: StandIn) -> None:
    tester.change(is_interactive=False)
    body = tester.henvis("check", asks, "--json").json
    assert (body["exit_code"], len(body["batch"]["questions"])) == (1, 1)
    ending = tester.henvis("send", asks)
    assert (ending.code, service.stored) == (1, {})
    assert "--accept-guesses" in ending.err
    assert "region" in ending.out
    assert tester.henvis("check", asks, "--accept-guesses", "--json").json["exit_code"] == 0
    assert tester.henvis("send", asks).code == 0


def test_who_does_not_know_changes_nothing(tester: Machine, asks: Path, service: StandIn) -> None:
    ending = tester.henvis("check", asks, typed="\n")
    assert ending.code == 0
    service.mapping["columns"] = {}
    service.asking, original = (lambda rows: {**original(rows), "questions": [NO_GUESS]}), service.asking  # type: ignore[method-assign]
    assert tester.henvis("check", asks, typed="\n").code == 1
    assert tester.henvis("check", asks, "--accept-guesses").code == 1
    assert service.mapping["columns"] == {}


NO_GUESS = {"kind": "value", "column": 0, "line": 2, "field": "region", "guess": None, "options": []}


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
