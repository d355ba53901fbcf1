"""Commands on own keys and linkage codes: what must not leave the machine does not."""

from __future__ import annotations

import csv
import stat
from pathlib import Path

import pytest

from henvis_client import own_keys
from tests.clients.python.files import csv_text, rows, wrong
from tests.clients.python.machine import Machine
from tests.clients.python.register import Register


def test_own_keys_never_leave_and_are_shown(tester: Machine, tmp_path: Path, service: Register) -> None:
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
