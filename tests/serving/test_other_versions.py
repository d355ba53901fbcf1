"""What another version of the program made or changed is told apart in words, and left as it is."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from benchmarks.serving import free_port
from config import demands
from core.apps import WITH_TABLES
from deploy.demo import start as demo
from tests.serving.deployment import Deployment
from tests.serving.service import environment, ran
from tools.embedded.postgres import EmbeddedPostgres

Rows = list[tuple[str, str]]
FIRST: Rows = [("partners", "0001_tables"), ("people", "0001_tables")]
LATER: Rows = [*FIRST, ("cases", "0099_services")]
# As 0.3.0 and 0.13.0 leave them, whole and interrupted at the first of ours.
OLDEST: Rows = [("partners", "0001_initial"), ("partners", "0002_secret_permission"), ("cases", "0001_initial")]
BEFORE: Rows = [
    ("auth", "0001_initial"),
    ("partners", "0001_rooms"),
    ("cases", "0001_rooms"),
    ("annual", "0001_annual"),
]
MADE_BEFORE, MADE_LATER = "0.13.0 or older made", "newer version of Henvis has migrated"
# What a database has had of migrations, what is said of it, and what its owner is told to do.
OTHERS = {
    "made by 0.3.0": (OLDEST, MADE_BEFORE, "an empty database"),
    "made by 0.13.0": (BEFORE, MADE_BEFORE, "an empty database"),
    "interrupted before": (BEFORE[:2], MADE_BEFORE, "an empty database"),
    "half migrated": ([*BEFORE, *FIRST], MADE_BEFORE, "an empty database"),
    "made later": (LATER, MADE_LATER, "cases.0099_services"),
}
TABLE = "CREATE TABLE django_migrations (id bigserial, app text, name text, applied timestamptz DEFAULT now())"
PROGRAMS = {
    "migrate": (["manage.py", "migrate"], "henvis"),
    "serve": (["-m", "config.serve"], "henvis_web"),
    "demo": (["-m", "deploy.demo.start"], "henvis"),
}


def fill(connection: psycopg.Connection, rows: Rows) -> None:
    """Make Django's list of migrations, as the owner does."""
    connection.execute(TABLE)
    connection.execute("GRANT SELECT ON django_migrations TO henvis_web")
    connection.cursor().executemany("INSERT INTO django_migrations (app, name) VALUES (%s, %s)", rows)
    connection.commit()


def content(url: str) -> list[Any]:
    """The tables of a database, and the migrations that it has had."""
    with psycopg.connect(url) as connection:
        tables = "SELECT nspname, relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace WHERE relkind = 'r'"
        listed = connection.execute("SELECT * FROM django_migrations ORDER BY id").fetchall()
        return [sorted(connection.execute(tables).fetchall()), listed]


@pytest.fixture
def other(deployed: Deployment) -> Iterator[Deployment]:
    """An empty database on the same server, with the same roles."""
    urls = [urlsplit(url)._replace(path="/other").geturl() for url in (deployed.url, deployed.web_url)]
    admin = urlsplit(deployed.admin_url)._replace(path="/other").geturl()
    deployed.sql("CREATE DATABASE other OWNER henvis")
    yield Deployment(deployed.server, urls[0], urls[1], admin)
    deployed.sql("DROP DATABASE other")


@pytest.mark.parametrize("state", sorted(OTHERS))
def test_no_program_goes_on_with_the_database_of_another_version(other: Deployment, state: str, tmp_path: Path) -> None:
    rows, said, remedy = OTHERS[state]
    with psycopg.connect(other.url) as connection:
        fill(connection, rows)
    before = content(other.url)
    for program, (line, role) in PROGRAMS.items():
        home = {"HENVIS_HOME": str(tmp_path / program), "PORT": str(free_port())} if program == "demo" else {}
        done = ran([sys.executable, *line], environment(other.url if role == "henvis" else other.web_url, **home))
        assert done.returncode == 1, (program, done.stdout, done.stderr)
        assert [word for word in (said, remedy, "Nothing was changed.") if word not in done.stderr] == [], done.stderr
        assert "Traceback" not in done.stderr
        assert content(other.url) == before, program
    assert not (tmp_path / "demo/secrets.json").exists()


def test_a_demo_s_own_home_is_named_with_all_that_is_to_remove(tmp_path: Path) -> None:
    home = tmp_path / "a home"
    with EmbeddedPostgres(home, fast=True) as server, psycopg.connect(server.url) as connection:
        fill(connection, BEFORE)
    secrets = home / "secrets.json"
    secrets.write_text('{"secret_key": "a key", "pepper": "a pepper", "admin_password": "a password"}')
    before = secrets.read_bytes()
    given = {**environment("", HENVIS_HOME=str(home), PORT=str(free_port())), "DATABASE_URL": ""}
    done = ran([sys.executable, "-m", "deploy.demo.start"], given)
    assert done.returncode == 1, done.stdout + done.stderr
    for words in (MADE_BEFORE, "Nothing was changed.", f"rm -rf '{home}'"):
        assert words in done.stderr
    assert "DATABASE_URL" not in done.stderr
    assert secrets.read_bytes() == before  # nothing of the home is completed before its database is looked at
    with EmbeddedPostgres(home, fast=True) as server:
        tables, listed = content(server.url)
    assert [row[1:3] for row in listed] == BEFORE
    assert [table for table in tables if table[0] == "public"] == [("public", "django_migrations")]


def test_a_cluster_that_lies_elsewhere_is_removed_with_the_home(tmp_path: Path) -> None:
    (tmp_path / "postgres.elsewhere").write_text("/var/tmp/henvis-1\n")
    assert demo.fresh_start(tmp_path).endswith(f"rm -rf {tmp_path} /var/tmp/henvis-1")


@pytest.mark.parametrize("rows", [[], FIRST[:1], [("auth", "0001_initial"), ("sessions", "0001_initial")]])
def test_an_empty_database_and_one_that_this_version_has_begun_are_fit(other: Deployment, rows: Rows) -> None:
    """A migration that was interrupted goes on."""
    with psycopg.connect(other.url) as connection:
        demands.refuse_another_version(connection)
        fill(connection, rows)
        demands.refuse_another_version(connection)


def test_a_role_that_may_not_read_the_list_is_left_to_the_other_demands(other: Deployment) -> None:
    with psycopg.connect(other.url) as owner:
        fill(owner, BEFORE)
        owner.execute("REVOKE SELECT ON django_migrations FROM henvis_web")
    with psycopg.connect(other.web_url) as web:
        demands.refuse_another_version(web)


def test_the_migrations_are_those_that_django_finds() -> None:
    disk = MigrationLoader(None).disk_migrations.items()
    found = {key for key, migration in disk if migration.__module__.partition(".")[0] in WITH_TABLES}
    assert demands.migrations() == found
    assert not demands.FORMER & found
    assert {label for label, _ in demands.FORMER} <= {app.label for app in apps.get_app_configs()}
