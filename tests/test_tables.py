"""The tables that tests begin with are those of this source, and whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from tests import tables


def administration() -> psycopg.Connection:
    """A connection to the server, beside every database of tests."""
    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)


def names() -> set[str]:
    """The databases of this test."""
    with administration() as connection:
        return {each for (each,) in connection.execute(tables.NAMES, [tables.PREFIX])}


@pytest.fixture(autouse=True)
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Names of this test alone."""
    monkeypatch.setattr(tables, "PREFIX", f"henvis_tried_{os.getpid()}_")
    yield
    with administration() as connection:
        for each in names():
            connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(each)))


@pytest.mark.parametrize("changed", ["cases/sql/records.sql", "partners/install.py", "uv.lock"])
def test_another_source_has_other_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str) -> None:
    monkeypatch.setattr(tables, "ROOT", tmp_path)
    seen = set()
    for text in ("one", "other"):
        for path in (tmp_path / "uv.lock", tmp_path / changed):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text if path == tmp_path / changed else "")
        seen.add(tables.digest())
    assert len(seen) == 2


def test_another_pepper_has_other_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    before = tables.digest()
    monkeypatch.setenv("HENVIS_PEPPER", "another")
    assert tables.digest() != before


def test_what_was_interrupted_is_taken_for_none_and_what_is_whole_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(name: str) -> None:
        raise InterruptedError(name)

    monkeypatch.setattr(tables, "migrate", stop)
    with pytest.raises(InterruptedError):
        tables.template()
    (interrupted,) = names()
    assert interrupted.endswith(tables.NEW)
    monkeypatch.setattr(tables, "migrate", lambda name: None)
    name = tables.template()
    monkeypatch.setattr(tables, "migrate", stop)
    assert tables.template() == name
    assert names() == {name}


def test_a_checkout_in_another_database_has_tables_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "migrate", lambda name: None)
    own = tables.template()
    monkeypatch.setenv("DATABASE_URL", make_conninfo(os.environ["DATABASE_URL"], dbname="postgres"))
    other = tables.template()
    assert names() == {own, other}
    assert own != other


def test_tables_of_another_source_go_once_nobody_is_at_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "migrate", lambda name: None)
    old = tables.template()
    monkeypatch.setenv("HENVIS_PEPPER", "another")
    with psycopg.connect(make_conninfo(os.environ["DATABASE_URL"], dbname=old)):
        new = tables.template()
        assert names() == {old, new}
    monkeypatch.setenv("HENVIS_PEPPER", "a third")
    assert {tables.template()} == names()
