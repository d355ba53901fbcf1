"""`henvis login`: the test client first, and secrets that nobody else reads."""

from __future__ import annotations

import json
import stat

import pytest

from tests.clients.python.machine import Machine
from tests.clients.python.register import Register


def test_the_test_client_comes_first(machine: Machine) -> None:
    ending = machine.log_in()
    assert ending.code == 0
    assert "Log in with the TEST client first" in ending.err
    assert f"The profile test is kept: {machine.service.name}, TEST" in ending.err
    assert "imported" not in ending.out
    assert machine.service.secret not in ending.out + ending.err
    assert machine.henvis("whoami").code == 0
    assert "TEST client first" not in machine.log_in("--profile", "second").err


def test_the_live_client_without_a_test_profile_is_asked_about(machine: Machine, service: Register) -> None:
    service.mode = "LIVE"
    ending = machine.log_in(answers="n\n")
    assert ending.code == 2
    assert "Better try the TEST client first" in ending.err
    assert machine.around.profiles.read() == {}
    assert machine.log_in(answers="y\n").code == 0
    assert list(machine.around.profiles.read()) == ["live"]


def test_after_the_test_client_it_is_not_and_is_not_used_unasked(tester: Machine, service: Register) -> None:
    service.mode = "LIVE"
    ending = tester.log_in()
    assert "without --profile it is test" in ending.err
    assert list(tester.around.profiles.read()) == ["test", "live"]
    assert tester.henvis("whoami", "--json").json["profile"] == "test"
    assert tester.henvis("whoami", "--json", "--profile", "live").json["profile"] == "live"
    tester.set_variables(HENVIS_PROFILE="live")
    assert tester.henvis("whoami", "--json").json["profile"] == "live"


def test_the_secret_is_kept_where_only_its_owner_reads(tester: Machine) -> None:
    path = tester.around.home / "profiles.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert tester.service.secret not in repr(tester.around.profiles.read())


def test_the_secret_of_the_environment_is_not_kept(machine: Machine) -> None:
    machine.set_variables(HENVIS_CLIENT_SECRET=machine.service.secret)
    machine.change(is_interactive=False)
    ending = machine.henvis("login", "--address", "http://localhost", "--client-id", machine.service.id, "--json")
    assert ending.json["mode"] == "TEST"
    assert "The secret is not kept" in ending.err
    assert machine.service.secret not in (machine.around.home / "profiles.json").read_text()
    assert machine.henvis("whoami").code == 0
    machine.set_variables(HENVIS_CLIENT_SECRET="")
    assert machine.henvis("whoami", "--json").json["error"]["code"] == "no_secret"


def test_without_anybody_to_ask_it_says_what_is_missing(machine: Machine) -> None:
    machine.change(is_interactive=False)
    ending = machine.henvis("login", "--address", "http://localhost", "--client-id", machine.service.id)
    assert ending.code == 2
    assert "HENVIS_CLIENT_SECRET" in ending.err
    assert machine.henvis("login").code == 2


def test_no_option_takes_a_secret() -> None:
    from henvis_client.cli import command_in

    def options(command: object) -> set[str]:
        inner = getattr(command, "commands", {}).values()
        names = {name for each in command.params for name in each.opts}  # type: ignore[attr-defined]
        return names.union(*(options(each) for each in inner))

    assert not {name for name in options(command_in("en")) if "secret" in name or "pass" in name or name == "--key"}


@pytest.mark.parametrize("name", ["Live", "../live", "", "x" * 41])
def test_a_name_of_a_profile_is_a_plain_word(machine: Machine, name: str) -> None:
    ending = machine.log_in("--profile", name)
    assert (ending.code, list(machine.around.profiles.read())) in [(2, []), (0, ["test"])]


def test_who_is_not_logged_in_is_told(machine: Machine) -> None:
    for words in (["whoami"], ["outbox", "list"], ["jobs", "watch"], ["key", "fingerprint"]):
        ending = machine.henvis(*words)
        assert ending.code == 2
        assert "henvis login" in ending.err


def test_a_profile_that_is_not_there_is_told_with_those_that_are(tester: Machine) -> None:
    assert "There is: test" in tester.henvis("whoami", "--profile", "live").err


def test_a_profile_of_the_same_address_has_the_same_own_keys(tester: Machine) -> None:
    tester.log_in("--profile", "other")
    keys = {each.own_key for each in tester.around.profiles.read().values()}
    assert len(keys) == 1
    assert json.loads((tester.around.home / "profiles.json").read_text())["profiles"][0]["own_key"] in keys


def test_a_wrong_secret_keeps_nothing(machine: Machine, service: Register) -> None:
    ending = machine.henvis("login", typed=f"http://localhost\n{service.id}\nhv_test_wrong\n")
    assert ending.code == 3
    assert machine.around.profiles.read() == {}
