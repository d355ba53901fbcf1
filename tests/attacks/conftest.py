"""The table at the end of the battery, and who reports to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management.color import no_style
from django.db import connection

from tests.api.conftest import logged  # noqa: F401 (a fixture)
from tests.attacks.population import population
from tests.attacks.scores import KEY, Report, Scored, table
from tests.attacks.world import World, drawn_keys, establish, issue_all
from tests.worlds import rolled_back


@pytest.fixture
def report(record_property: Any) -> Report:
    """Takes what an attack came to; it is in the table at the end."""

    def take(scored: Scored) -> None:
        record_property(KEY, scored.row)

    return take


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the table. Rows come with the tests' reports, so they cross from the workers of xdist by themselves."""
    done = [each for kind in ("passed", "failed") for each in terminalreporter.getreports(kind)]
    rows = [value for each in done for name, value in getattr(each, "user_properties", ()) if name == KEY]
    if rows:
        terminalreporter.section("attacks")
        for line in table(list(dict.fromkeys(rows))):
            terminalreporter.write_line(line)


@pytest.fixture(autouse=True)
def alone(request: pytest.FixtureRequest) -> None:
    """A test that does not ask for the planted persons has none of them, though in its process they may be planted."""
    if request.node.get_closest_marker("django_db") and "world" not in request.fixturenames:
        request.getfixturevalue("db")
        tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for each in connection.ops.sql_flush(no_style(), tables):
                cursor.execute(each)
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The planted persons and their releases."""
    with pytest.MonkeyPatch.context() as patch, rolled_back(django_db_blocker):
        patch.setattr("django.conf.settings.HENVIS_KEYS", tmp_path_factory.mktemp("keys"))
        drawn_keys(patch)
        made = establish(population())
        issue_all()
        yield made
