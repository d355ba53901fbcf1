"""The tables that tests begin with are those of this source, and whole."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from core.apps import ROOMS
from tests import tables

NAME = "import django; django.setup(); from tests import tables; print(tables.digest())"
READ = ("config", "api", "pages", "tools", *ROOMS, "uv.lock", "tests/tables.py")


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


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what a name is made of."""
    place = tmp_path_factory.mktemp("tree")
    for each in READ:
        (place / each).parent.mkdir(exist_ok=True)
        (shutil.copytree if (tables.ROOT / each).is_dir() else shutil.copy)(tables.ROOT / each, place / each)
    return place


@pytest.fixture(scope="module")
def unchanged(tree: Path) -> str:
    """The name of the source as it stands."""
    return name_of(tree)


def name_of(tree: Path) -> str:
    """The name of the tables of a tree."""
    done = subprocess.run([sys.executable, "-c", NAME], cwd=tree, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@contextmanager
def changed(file: Path, old: str, new: str) -> Iterator[None]:
    """A file with another text."""
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
    yield
    file.write_text(text)


def test_a_comment_in_the_source_changes_no_tables(tree: Path, unchanged: str) -> None:
    comment = "from __future__ import annotations", "from __future__ import annotations  # a comment"
    with changed(tree / "cases/models.py", *comment), changed(tree / "partners/roles.py", *comment):
        assert name_of(tree) == unchanged


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("cases/models.py", "token = models.CharField(max_length=11)", "token = models.CharField(max_length=12)"),
        (
            "partners/roles.py",
            "STAFF_ROLES: dict[str, Role] = {",
            "STAFF_ROLES: dict[str, Role] = {'guest': Role(Text('Gæst', 'Guest'), Text('.', '.'), ()),",
        ),
        ("cases/sql/versions.sql", "-- ", "-- Now "),
        ("publications/figures/migrations/0001_tables.py", "SELECT", "SELECT, INSERT"),
    ],
)
def test_another_source_has_other_tables(tree: Path, unchanged: str, path: str, old: str, new: str) -> None:
    with changed(tree / path, old, new):
        assert name_of(tree) != unchanged


def test_what_a_migration_calls_is_a_part_of_it() -> None:
    assert {tables.ROOT / "core/keys.py", tables.ROOT / "core/install.py"} <= set(
        tables.code(iter([import_module("partners.migrations.0001_tables")]))
    )


def test_other_libraries_have_other_tables(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = tables.digest()
    monkeypatch.setattr(tables, "ROOT", tmp_path)
    (tmp_path / "uv.lock").write_text("another")
    assert tables.digest() != before


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
