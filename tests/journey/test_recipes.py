"""The recipes of docs/recipes/, carried out in one copy of the source: what they paste is pasted, what they run is run.

The field comes last: it fills the database with a sandbox.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker

from tests.journey.recipes import carry_out
from tests.journey.test_code_change import PROGRAMS, ROOT, Tree, command, copied, step

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(shutil.which("make") is None, reason="no make on this machine: the recipes run it"),
]
RECIPES = ROOT / "docs/recipes"
NAME = f"henvis_recipes_{os.getpid()}"
FIELD = "travelled_by"
PERSONS, YEAR = 200, "2022"


@pytest.fixture(scope="module")
def tree(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Tree]:
    """A copy of the source, with the programs and with a copy of the tests' database, which is migrated and empty.

    A `pytest` in it works on that database, and migrates it.
    """
    server = os.environ["DATABASE_URL"]
    with django_db_blocker.unblock():
        template = connections["default"].settings_dict["NAME"]
        connections.close_all()  # what somebody is in cannot be copied
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE test_{NAME} TEMPLATE {template}")
    tree = copied(urlsplit(server)._replace(path=f"/{NAME}").geturl(), tmp_path_factory.mktemp("recipes") / "copy")
    (tree.path / ".venv").symlink_to(PROGRAMS.parent)
    shutil.copytree(ROOT / "docs", tree.path / "docs", ignore=shutil.ignore_patterns("node_modules"))
    # Many programs start there: what the first one compiles is for all of them.
    environment = {name: value for name, value in tree.environment.items() if name != "PYTHONDONTWRITEBYTECODE"}
    yield replace(tree, environment={**environment, "PYTEST_ADDOPTS": "--reuse-db"})
    with psycopg.connect(server, autocommit=True) as connection:
        # Not by force: that ends autovacuum too, which only a superuser may. Without it PostgreSQL asks autovacuum to leave.
        connection.execute(f"DROP DATABASE test_{NAME}")


@pytest.mark.parametrize("recipe", ["code", "role", "endpoint", "output-format", "dataset"])
def test_a_recipe_works_by_copy_and_paste(tree: Tree, recipe: str) -> None:
    assert " passed" in carry_out(RECIPES / f"{recipe}.md", tree)


def test_a_new_field_loads_and_is_counted(tree: Tree) -> None:
    assert "What is left" in carry_out(RECIPES / "field.md", tree)
    assert FIELD in json.dumps(json.loads((tree.path / "openapi.json").read_text())["components"]["schemas"])
    migrations, lists, *_, sent, figures = on_tests(tree).run(
        command("makemigrations", "--check", "--dry-run"),
        command("codelist", "check"),
        command("migrate", "--verbosity=0"),
        command("sandbox", f"--persons={PERSONS}", f"--years={YEAR}", "--verbosity=0"),
        command("release", "build", YEAR, "--depth=1", f"--dimensions={FIELD},gender"),
        step("told_of", field=FIELD, code="AIR"),
        step("counted", axis=FIELD, period=YEAR),
    )
    assert (migrations["status"], lists["status"]) == (0, 0)
    before, now, wrong = sent["answers"]
    assert (before["status"], now["status"], now["body"][FIELD]) == (201, 201, "AIR")
    assert [(row["code"], row["pointer"]) for row in wrong["errors"]] == [("code_unknown", f"#/{FIELD}")]
    total = figures.pop("TOTAL")
    assert (total, sum(figures.values())) == (PERSONS, PERSONS)
    assert min(figures[code] for code in ("AIR", "ROAD", "_U")) > 0


def on_tests(tree: Tree) -> Tree:
    """The copy, working on the database that its tests have."""
    server = urlsplit(tree.environment["DATABASE_URL"])
    return replace(
        tree, environment={**tree.environment, "DATABASE_URL": server._replace(path=f"/test_{NAME}").geturl()}
    )
