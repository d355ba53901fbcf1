"""The web server's role in the database: what it may, and that it is refused everywhere else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import ProgrammingError, connection, transaction

from cases.classification import APPEND_ONLY, BUILD
from cases.statistics.models import PUBLIC, Release, ReleaseTable
from config import env
from config.env import WEB_ROLE
from partners.models import AuditEvent
from tests.callers import Caller, as_web_server
from tests.cases.statistics.drafts import built, exact
from tests.cases.statistics.published import staff

DOORS = {
    "henvis_exact",
    "henvis_exact_changes",
    "henvis_exact_totals",
    "henvis_proof",
    "henvis_publish",
    "henvis_withdraw",
    "henvis_produce",
    "henvis_erase",
}
READ_ONLY = (
    "cases.PublishedTable",
    "cases.Certificate",
    "cases.Publication",
    "cases.Withdrawal",
    "cases.Tombstone",
    "cases.ErasedToken",
    "cases.ErasedReference",
    "cases.PublishedChange",
    "cases.FirstWord",
)
FIGURES = ("records", "cells", "snapshots", "digest")
EXACT = "SELECT release_id, axes, codes, counts FROM henvis_exact(1, NULL, %s, 'a query', 'persons', %s, '{}', %s)"

pytestmark = pytest.mark.django_db


def table(label: str) -> str:
    """A model's table."""
    return str(apps.get_model(label)._meta.db_table)


def rows(sql: str, *parameters: str | list[str] | None) -> list[Any]:
    """What a statement yields, with the test's own rights."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        found: list[Any] = cursor.fetchall()
    return found


def as_web(sql: str, *parameters: str | list[str] | None) -> list[Any]:
    """What a statement yields to the web server's role."""
    with transaction.atomic(), as_web_server():
        return rows(sql, *parameters)


def refused(sql: str, why: str = "permission denied|must be owner") -> None:
    """The database refuses the statement to the web server's role."""
    with (
        pytest.raises(ProgrammingError, match=why),
        transaction.atomic(),
        connection.cursor() as cursor,
        as_web_server(),
    ):
        cursor.execute(sql)


@pytest.fixture
def draft() -> Release:
    """A draft that waits for approval."""
    return built(PUBLIC, "2023", user=staff("builder"))


@pytest.mark.parametrize("label", sorted(BUILD))
def test_nothing_of_the_build_can_be_read_or_written(draft: Release, label: str) -> None:
    name = table(label)
    for statement in (
        f"SELECT FROM build.{name}",
        f"SELECT count(*) FROM build.{name}",
        f"INSERT INTO build.{name} DEFAULT VALUES",
        f"DELETE FROM build.{name}",
        f"TRUNCATE build.{name}",
        f"COPY build.{name} TO STDOUT",
        f"DROP TABLE build.{name}",
    ):
        refused(statement)
    refused(f"SELECT FROM {name}", "does not exist")


@pytest.mark.parametrize("column", FIGURES)
def test_figures_of_an_exact_release_cannot_be_read(column: str) -> None:
    exact()
    refused(f"SELECT {column} FROM cases_release")
    refused(f"SELECT id FROM cases_release WHERE {column} IS NOT NULL")
    refused("SELECT * FROM cases_release")
    refused("SELECT cases_release FROM cases_release")
    refused("SELECT to_jsonb(r) FROM cases_release r")
    assert as_web("SELECT id, audience FROM cases_release") == [("2025.v1", "exact")]


@pytest.mark.parametrize("label", sorted(APPEND_ONLY.keys() - BUILD))
def test_what_is_append_only_cannot_be_emptied_or_freed_of_its_trigger(ngo: Caller, label: str) -> None:
    name = table(label)
    ngo.referral()
    for statement in (
        f"DELETE FROM {name}",
        f"TRUNCATE {name} CASCADE",
        f"DROP TRIGGER append_only ON {name}",
        f"ALTER TABLE {name} DISABLE TRIGGER append_only",
        f"ALTER TABLE {name} DISABLE TRIGGER ALL",
        f"CREATE RULE free AS ON DELETE TO {name} DO INSTEAD NOTHING",
        f"DROP TABLE {name}",
        f"ALTER TABLE {name} OWNER TO {WEB_ROLE}",
    ):
        refused(statement)
    changeable = rows(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped "
        "AND has_column_privilege(%s, attrelid, attnum, 'UPDATE')",
        name,
        WEB_ROLE,
    )
    assert [column for (column,) in changeable] == list(APPEND_ONLY[label])


@pytest.mark.parametrize("label", READ_ONLY)
def test_what_is_published_is_written_by_a_door_alone(draft: Release, label: str) -> None:
    refused(f"INSERT INTO {table(label)} DEFAULT VALUES")


def test_what_a_purge_may_the_web_server_may_not(ngo: Caller) -> None:
    ngo.referral()
    with as_web_server(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL henvis.purge = 'on'")
    refused("DELETE FROM cases_referral")


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE public.shadow ()",
        "CREATE TEMPORARY TABLE shadow ()",
        "CREATE TEMPORARY VIEW shadow AS SELECT 1",
        "CREATE FUNCTION public.shadow() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE SCHEMA shadow",
        "SET session_replication_role = replica",
        "SET log_min_messages = fatal",
        "ALTER FUNCTION henvis_publish OWNER TO henvis_web",
        "DROP FUNCTION henvis_append_only CASCADE",
        "CREATE ROLE another",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "INSERT INTO cases_release (id) VALUES ('2025.p1')",
        "UPDATE cases_buildorder SET state = 'DONE'",
        "SELECT henvis_may_approve(1)",
        "SELECT henvis_may(1, 'erase_case')",
        "SELECT henvis_keep_words('{}')",
        "UPDATE cases_firstword SET stood = false",
        "DELETE FROM cases_firstword",
        "SELECT henvis_unlink_counted('{}', '{}')",
        "SELECT henvis_erase_links('{}', '{}', '{}')",
        "SELECT henvis_audit(NULL, NULL, 'a', 'b', '{}')",
    ],
)
def test_no_way_round(statement: str) -> None:
    refused(statement)


def test_the_role_owns_nothing_and_holds_no_right_that_goes_past_rows() -> None:
    assert rows("SELECT relname FROM pg_class WHERE relowner = %s::regrole", WEB_ROLE) == []
    for right in ("TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN"):
        held = rows(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace IN ('public'::regnamespace, 'build'::regnamespace) "
            "AND has_table_privilege(%s, oid, %s)",
            WEB_ROLE,
            right,
        )
        assert held == []
    assert rows(
        "SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls FROM pg_roles WHERE rolname = %s", WEB_ROLE
    ) == [(False, False, False, False)]
    assert rows("SELECT FROM pg_auth_members WHERE member = %s::regrole", WEB_ROLE) == []


def test_of_functions_the_role_may_call_the_doors_alone() -> None:
    callable_ = rows(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prorettype <> 'trigger'::regtype "
        "AND has_function_privilege(%s, oid, 'EXECUTE')",
        WEB_ROLE,
    )
    assert {name for (name,) in callable_} == DOORS
    careless = rows(
        "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace "
        "AND coalesce(proconfig::text, '') NOT LIKE '%%search_path=pg_catalog, pg_temp%%'"
    )
    assert careless == []


def test_every_table_is_granted_or_known_to_be_of_no_use_to_the_server() -> None:
    unread = rows(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace "
        "AND NOT has_any_column_privilege(%s, oid, 'SELECT') ORDER BY 1",
        WEB_ROLE,
    )
    assert [name for (name,) in unread] == [
        "account_emailaddress",
        "account_emailconfirmation",
        "django_session",
        "oauth2_provider_devicegrant",
    ]


def test_exact_cells_come_with_their_log_row_in_one_statement() -> None:
    exact(count=7)
    assert as_web(EXACT, "research", ["2025.v1"], [""]) == [("2025.v1", "", "", "7")]
    event = AuditEvent.objects.get(action="statistics.exact")
    assert (event.client_id, event.user_id, event.subject) == (1, None, "persons")
    assert event.detail == {
        "purpose": "research",
        "query": "a query",
        "releases": ["2025.v1"],
        "compared_with": [],
        "tables": [""],
    }


@pytest.mark.parametrize("purpose", ["", None])
def test_without_a_purpose_no_cell_and_no_row(purpose: str | None) -> None:
    exact()
    with pytest.raises(Exception, match="for a purpose"), transaction.atomic():
        as_web(EXACT, purpose, ["2025.v1"], [""])
    with pytest.raises(Exception, match="for a purpose"), transaction.atomic():
        as_web("SELECT * FROM henvis_exact_totals(1, NULL, %s, '2025.v1')", purpose)
    assert not AuditEvent.objects.exists()


def test_the_door_to_exact_cells_shows_no_draft(draft: Release) -> None:
    assert as_web(EXACT, "research", [draft.pk], ["gender"]) == []
    assert as_web("SELECT * FROM henvis_exact_totals(1, NULL, 'research', %s)", draft.pk) == []


def test_totals_come_with_their_log_row() -> None:
    exact(count=7)
    ((records, cells, digest),) = as_web("SELECT * FROM henvis_exact_totals(1, NULL, 'research', '2025.v1')")
    assert (json.loads(records), json.loads(cells), digest) == ({"persons": 7}, {"persons": 1}, "d" * 64)
    assert AuditEvent.objects.get(action="statistics.exact").subject == "2025.v1"


CHANGES = "SELECT * FROM henvis_exact_changes(1, NULL, %s, 'a query', %s, %s, NULL, NULL)"


def test_exact_changes_come_with_their_log_row() -> None:
    exact(count=7)
    later = Release.objects.get(pk="2025.v1")
    ReleaseTable.objects.create(release_id="2025.v2", dataset="persons", axes="", codes=[""], counts=[9])
    later.pk, later.vintage, later.change_notes_da, later.change_notes_en = "2025.v2", 2, "Nyt.", "News."
    later.save(force_insert=True)
    assert as_web(CHANGES, "research", "2025.v2", "2025.v1") == [("persons", "", "", "7", "9")]
    event = AuditEvent.objects.get(action="statistics.exact")
    assert (event.client_id, event.subject, event.detail) == (
        1,
        "2025.v2",
        {"purpose": "research", "query": "a query", "releases": ["2025.v2"], "compared_with": ["2025.v1"]},
    )
    for purpose, release, since in (
        ("", "2025.v2", "2025.v1"),
        (None, "2025.v2", "2025.v1"),
        ("research", "x y", "2025.v1"),
    ):
        with pytest.raises(Exception, match="for a purpose"), transaction.atomic():
            as_web(CHANGES, purpose, release, since)
    assert AuditEvent.objects.filter(action="statistics.exact").count() == 1


def test_the_door_to_exact_changes_shows_no_draft(draft: Release) -> None:
    built(PUBLIC, "2023", vintage=2, user=staff("builder"))
    assert as_web(CHANGES, "research", "2023.p2", "2023.p1") == []


def test_a_table_of_the_same_name_does_not_come_in_between() -> None:
    exact(count=7)
    # The role may make none, so the owner does, in the same session: the functions do not rest on that refusal.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE partners_auditevent (LIKE public.partners_auditevent) ON COMMIT DROP")
        cursor.execute("CREATE TEMPORARY TABLE auth_user (id int, is_active bool, is_staff bool) ON COMMIT DROP")
        cursor.execute("SET LOCAL search_path = pg_temp, public")
        with as_web_server():
            cursor.execute(EXACT, ["research", ["2025.v1"], [""]])
            assert cursor.fetchall() == [("2025.v1", "", "", "7")]
        cursor.execute("SELECT count(*) FROM pg_temp.partners_auditevent")
        assert cursor.fetchone() == (0,)


def test_who_rolls_the_log_row_back_leaves_a_line_in_the_server_s_log() -> None:
    exact()
    lines: list[str] = []
    with as_web_server(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL client_min_messages = log")  # what the server's log gets comes here too
        cursor.connection.add_notice_handler(lambda line: lines.append(line.message_primary))
        with transaction.atomic():
            cursor.execute(EXACT, ["research", ["2025.v1"], [""]])
            transaction.set_rollback(True)
    assert not AuditEvent.objects.exists()
    assert "henvis: exact figures of persons read by client 1, user <NULL>" in lines


@pytest.fixture
def web() -> Iterator[psycopg.Connection[Any]]:
    """A connection of its own, as the web server has it."""
    given = settings.DATABASES["default"]
    there = {"host": given["HOST"], "port": given["PORT"], "user": given["USER"], "password": given["PASSWORD"]}
    options = f"-c role={WEB_ROLE} {env.SEARCH_PATH}"
    where = {name: value for name, value in there.items() if value}
    with psycopg.connect(dbname=connection.settings_dict["NAME"], options=options, **where) as found:
        yield found


def test_a_connection_of_the_role_is_refused_and_no_server_runs_with_another(web: psycopg.Connection[Any]) -> None:
    for label in BUILD:
        with pytest.raises(psycopg.errors.InsufficientPrivilege), web.transaction():
            web.execute(f"SELECT FROM build.{table(label)}")
    assert web.execute("SELECT current_schemas(false)").fetchone() == (["public"],)
    env.refuse_powerful_role(web)
    web.execute("RESET ROLE")
    web.execute("SET ROLE NONE")
    with pytest.raises(SystemExit, match="web server runs with the role henvis_web"):
        env.refuse_powerful_role(web)


def test_outside_of_the_loopback_an_owner_s_connection_is_refused_whatever_role_it_takes(
    web: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HENVIS_INSECURE_LOOPBACK", "0")
    with pytest.raises(SystemExit, match="owns the database"):
        env.refuse_powerful_role(web)


def test_a_migration_that_may_not_make_the_role_says_who_makes_it() -> None:
    provided = import_module("cases.migrations.0006_web_role").PROVIDED
    as_web_server_would = provided.replace(WEB_ROLE, "henvis_missing")
    refused(
        as_web_server_would,
        "role henvis_missing, with which the web server connects, is missing. Make it as a superuser",
    )
    with as_web_server(), connection.cursor() as cursor:
        cursor.execute(provided)
