"""`manage.py codelist`: the output and the exit status of each action."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cases import dictionary as d
from cases.codelists import CODELISTS
from cases.codelists.common import retire
from tests.code_changes import LAST, NOTICE, Alter, alter
from tools.codechange import constraints, record

__all__ = ["alter"]

SETTING = d.SETTING.codelist
FINE = f"{len(CODELISTS)} code lists: no objection.\n"
DROP_IN = retire(SETTING.by_code["DROP_IN"], LAST, NOTICE, "SHELTER", "STREET")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the record that may be written."""
    copy = tmp_path / "recorded.json"
    copy.write_bytes(record.FILE.read_bytes())
    monkeypatch.setattr(record.load, "__defaults__", (copy,))
    monkeypatch.setattr(record.save, "__defaults__", (copy,))
    yield copy
    monkeypatch.undo()


def output_of(capsys: pytest.CaptureFixture[str], *words: str, fails: bool = False) -> str:
    """What an action writes."""
    if fails:
        with pytest.raises(SystemExit) as ended:
            call_command("codelist", *words)
        assert ended.value.code == 1
    else:
        call_command("codelist", *words)
    return capsys.readouterr().out


@pytest.mark.django_db
def test_the_committed_state_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert output_of(capsys, "check", "--database") == FINE


def test_a_draft_is_checked_for_objections_alone(
    capsys: pytest.CaptureFixture[str], alter: Alter, monkeypatch: pytest.MonkeyPatch
) -> None:
    alter(SETTING, DROP_IN)
    version = "setting: it has changed, so it needs a version after 1.0"
    assert version in output_of(capsys, "check", "--draft", fails=True).splitlines()
    monkeypatch.setitem(vars(SETTING), "version", "1.1")
    monkeypatch.setattr(constraints, "pending_migrations", lambda: [object()])
    assert output_of(capsys, "check", "--draft") == FINE
    assert output_of(capsys, "check", fails=True).splitlines() == [
        "setting: version 1.1 is not recorded: run codelist record",
        "the migrations do not have the constraints of the models: run codelist migration",
    ]


def test_a_change_is_recorded_once_nothing_is_wrong_with_it(
    capsys: pytest.CaptureFixture[str], alter: Alter, monkeypatch: pytest.MonkeyPatch, file: Path
) -> None:
    before = file.read_bytes()
    alter(SETTING, DROP_IN)
    with pytest.raises(CommandError, match="needs a version"):
        call_command("codelist", "record")
    assert file.read_bytes() == before
    monkeypatch.setitem(vars(SETTING), "version", "1.1")
    assert output_of(capsys, "record") == "setting 1.1 is recorded.\n"
    assert json.loads(file.read_text())["setting"]["codes"]["DROP_IN"]["replaced_by"] == ["SHELTER", "STREET"]
    assert output_of(capsys, "check") == FINE
    assert output_of(capsys, "record") == ""


def test_what_the_database_has_is_told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    wrong: list[tuple[str, str]] = [("referral_gender_code", "is missing: run migrate")]
    monkeypatch.setattr(constraints, "differences", lambda: iter(wrong))
    assert output_of(capsys, "check") == FINE
    assert output_of(capsys, "check", "--database", fails=True) == "referral_gender_code is missing: run migrate\n"


def test_the_changes_are_listed(capsys: pytest.CaptureFixture[str], alter: Alter) -> None:
    line = "2026-09-01  setting 1.1  split  DROP_IN → SHELTER, STREET  –2026-12-31"
    assert line not in output_of(capsys, "changes").splitlines()
    alter(SETTING, DROP_IN)
    assert line in output_of(capsys, "changes").splitlines()
    assert line in output_of(capsys, "changes", "--since", "2026-09-01").splitlines()
    assert line not in output_of(capsys, "changes", "--since", "2026-09-02").splitlines()
    found: list[dict[str, Any]] = json.loads(output_of(capsys, "changes", "--json"))
    assert ("DROP_IN", "split") in [(each["code"], each["kind"]) for each in found]
    with pytest.raises(CommandError, match="2027-03-31"):
        call_command("codelist", "changes", "--since", "yesterday")
