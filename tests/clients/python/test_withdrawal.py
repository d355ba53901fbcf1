"""`henvis withdraw`, at the program as it is served."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from cases.models import Referral
from henvis_client import Client, Problem
from tests.clients.python.files import csv_text, rows
from tests.clients.python.machine import Machine
from tests.clients.python.register import Register


def statuses() -> list[str]:
    """The status of each version, the earliest first."""
    return [*map(str, Referral.objects.order_by("version").values_list("status", flat=True))]


def test_a_referral_is_withdrawn_once(tester: Machine, service: Register) -> None:
    reference = service.caller.referral()[1]["reference"]
    for reason in ("DUPLICATE", "duplicate", "Duplicate"):
        ending = tester.henvis("withdraw", reference, "--reason", reason)
        assert ending.code == 0 and "is withdrawn and counts no more. Its version is 2" in ending.err
    assert statuses() == ["reported", "withdrawn"]
    assert tester.henvis("withdraw", reference, "--reason", "DUPLICATE", "--json").json["referral"] == {
        "reference": reference,
        "version": 2,
    }


def test_without_a_reason_the_reasons_are_said(tester: Machine, service: Register) -> None:
    reference = service.caller.referral()[1]["reference"]
    for words in ([], ["--reason", "BECAUSE"]):
        ending = tester.henvis("withdraw", reference, *words)
        assert ending.code == 2 and "DUPLICATE (Duplicate); ENTERED_IN_ERROR" in ending.err
    assert statuses() == ["reported"]


def test_another_version_than_was_meant_is_left(tester: Machine, service: Register) -> None:
    reference = service.caller.referral()[1]["reference"]
    assert tester.henvis("withdraw", reference, "--reason", "DUPLICATE", "--version", "7").code == 3
    assert statuses() == ["reported"]
    assert tester.henvis("withdraw", reference, "--reason", "DUPLICATE", "--version", "1").code == 0


def test_what_is_not_there_is_said_in_words(tester: Machine) -> None:
    ending = tester.henvis("withdraw", str(uuid4()), "--reason", "DUPLICATE")
    assert ending.code == 2 and "no referral under that reference" in ending.err
    assert tester.henvis("withdraw", "A-17", "--reason", "DUPLICATE").code == 2


def test_an_own_key_is_asked_for_and_stays_here(tester: Machine, service: Register, tmp_path: Path) -> None:
    row = {name: value for name, value in rows(1)[0].items() if name != "reference"}
    path = tmp_path / "own.csv"
    path.write_text(csv_text([{"Sagsnummer": "A-17", **row}]))
    assert tester.henvis("send", path, "--key-column", "Sagsnummer").code == 0
    assert tester.henvis("withdraw", "--reason", "DUPLICATE", typed="A-17\n").code == 0
    assert statuses() == ["reported", "withdrawn"]
    tester.change(is_interactive=False)
    assert tester.henvis("withdraw", "--reason", "DUPLICATE").code == 2


def test_the_live_register_is_asked_about(machine: Machine, service: Register) -> None:
    service.mode = "LIVE"
    assert machine.log_in("--yes").code == 0
    reference = service.caller.referral()[1]["reference"]
    assert machine.henvis("withdraw", reference, "--reason", "DUPLICATE", typed="n\n").code == 2
    assert statuses() == ["reported"]
    assert machine.henvis("withdraw", reference, "--reason", "DUPLICATE", "--yes").code == 0


def test_a_program_withdraws_a_referral(client: Client, service: Register) -> None:
    reference = service.caller.referral()[1]["reference"]
    with pytest.raises(Problem) as problem:
        client.withdraw_referral(reference, "DUPLICATE", version=2)
    assert problem.value.code == "precondition_failed"
    assert client.withdraw_referral(reference, "DUPLICATE", version=1) == {"reference": reference, "version": 2}
