"""Reading the environment: typed, and refusing what cannot be meant."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured

from config import demands, env

NAME = "HENVIS_TEST_VARIABLE"


def test_what_is_required_must_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, " ")
    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.require(NAME)
    monkeypatch.setenv(NAME, " here ")
    assert env.require(NAME) == env.text(NAME) == "here"


@pytest.mark.parametrize(("value", "meant"), [("1", True), ("Yes", True), ("off", False), ("", False)])
def test_flags(monkeypatch: pytest.MonkeyPatch, value: str, meant: bool) -> None:
    monkeypatch.setenv(NAME, value)
    assert env.flag(NAME) is meant
    monkeypatch.setenv(NAME, "perhaps")
    with pytest.raises(ImproperlyConfigured, match="neither true nor false"):
        env.flag(NAME)


def test_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)
    assert env.number(NAME, 8000) == 8000
    for value, limits in (("-1", "of at least 0"), ("70000", "between 0 and 65535"), ("²", "of at least 0")):
        monkeypatch.setenv(NAME, value)
        with pytest.raises(ImproperlyConfigured, match=f"{NAME} must be a whole number {limits}"):
            env.number(NAME, 1, most=65535 if "and" in limits else None)


def test_lists_and_paths(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, " a, ,b ")
    assert env.listing(NAME) == ["a", "b"]
    monkeypatch.setenv(NAME, "~/x")
    assert env.path(NAME, Path("y")) == Path.home() / "x"
    monkeypatch.delenv(NAME)
    assert env.listing(NAME, ("c",)) == ["c"]
    assert env.path(NAME, Path("y")) == Path.cwd() / "y"


@pytest.mark.parametrize(
    ("url", "name", "user", "password", "host", "port"),
    [
        ("postgresql://u:p%40%2F@db.example:6432/henvis", "henvis", "u", "p@/", "db.example", "6432"),
        ("postgres://henvis@/henvis?host=%2Ftmp%2Fsocket&port=5432", "henvis", "henvis", "", "/tmp/socket", "5432"),
        ("postgresql://%2Fvar%2Frun/n%C3%A6vn?user=x", "nævn", "x", "", "/var/run", ""),
        ("postgresql://u@[::1]/d", "d", "u", "", "::1", ""),
    ],
)
def test_a_database_url(url: str, name: str, user: str, password: str, host: str, port: str) -> None:
    settings = env.database(url)
    assert [settings[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [name, user, password, host, port]


def test_options_of_a_database_url() -> None:
    options = env.database("postgresql://h/d?sslmode=verify-full")["OPTIONS"]
    path = "-c search_path=public,build"
    ours = {"server_side_binding": True, "prepare_threshold": 1, **env.PATIENCE}
    assert options == {**ours, "sslmode": "verify-full", "options": path}
    given = env.database("postgresql://h/d?options=-c%20work_mem=8MB&connect_timeout=9")["OPTIONS"]
    assert given == {**ours, "connect_timeout": "9", "options": f"-c work_mem=8MB {path}"}


def test_the_web_server_s_role_has_limits_which_the_url_may_replace() -> None:
    limits = "-c statement_timeout=30s -c lock_timeout=5s -c idle_in_transaction_session_timeout=30s"
    for url in (
        "postgresql://henvis_web@/d?options=-c%20lock_timeout=9s",
        "postgresql:///d?user=henvis_web&options=-c%20lock_timeout=9s",
    ):
        assert env.database(url)["OPTIONS"]["options"] == f"{limits} -c lock_timeout=9s -c search_path=public,build"


def test_an_owner_acts_as_the_web_server() -> None:
    url = env.acting_as_web("postgresql://henvis:p%40ss@/henvis?host=%2Ftmp%2Fa%20b&options=-c%20work_mem=8MB")
    found = env.database(url)
    assert (found["USER"], found["PASSWORD"], found["HOST"]) == ("henvis", "p@ss", "/tmp/a b")
    assert found["OPTIONS"]["options"] == f"{env.LIMITS} -c work_mem=8MB -c role=henvis_web -c search_path=public,build"


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("mysql://u:secret@h/d", "must begin with postgresql://"),
        ("postgresql://u:secret@h/", "names no database"),
        ("postgresql://u:secret@h/d?sslmod=require", "not known: sslmod"),
        ("postgresql://u:se/cret@h/d", "a port that is no number"),
    ],
)
def test_a_database_url_that_cannot_be_meant_is_refused_without_quoting_it(url: str, why: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=why) as error:
        env.database(url)
    assert "cret" not in str(error.value)


def test_a_server_that_is_too_old_or_away_ends_the_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="cannot be reached"):
        demands.check(f"postgresql:///henvis?host={tmp_path}")

    class Connection:
        class info:  # noqa: N801 - the driver's name
            server_version = 160_004

        def __enter__(self) -> Connection:
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def execute(self, _: str) -> Connection:
            return self

        def fetchone(self) -> tuple[bool]:
            return (False,)  # no table of ours

    monkeypatch.setattr(psycopg, "connect", lambda *_, **__: Connection())
    with pytest.raises(SystemExit, match=r"needs PostgreSQL 17 or newer; DATABASE_URL leads to 16\.4"):
        demands.check("postgresql:///henvis")
    Connection.info.server_version = 170_000
    demands.check("postgresql:///henvis")
