"""The web server's role in the database: what it may, and that it is refused everywhere else."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from config import env
from config.columns import APPEND_ONLY, BUILD
from config.env import WEB_ROLE
from stats.models import Release
from tests.callers import Caller, as_web_server
from tests.stats.drafts import exact
from tests.stats.web_role import as_web, draft, refused, rows, table

GUARDED = {
    "henvis_exact",
    "henvis_exact_changes",
    "henvis_exact_totals",
    "henvis_proof",
    "henvis_preview",
    "henvis_publish",
    "henvis_schedule",
    *("henvis_grounds", "henvis_refuse_draft", "henvis_ask_withdrawal", "henvis_decide_withdrawal"),
    *("henvis_counted_fact", "henvis_take_back"),
    "henvis_withdraw",
    *("henvis_produce", "henvis_erase", "henvis_restrict", "henvis_lift_restriction", "henvis_empty_rehearsal"),
    *("henvis_retention", "henvis_keep_counts"),
    "henvis_decide",
    "henvis_change_role",
    "henvis_report_basis",
    "henvis_publish_report",
    "henvis_confirm_address",
    "henvis_decide_succession",
    "henvis_published_umbrellas",
    *("henvis_international_basis", "henvis_is_published_figure", "henvis_send_abroad"),
    # Of the triggers that run with the rights of who writes: none acts, and each tells what the role can see.
    "henvis_owns",
    "henvis_manages",
    "henvis_has_mandate",
    "henvis_successor",
    "henvis_check_merger",
    "henvis_is_open",
    "henvis_announced_release",
    "henvis_take_address_down",
    "henvis_has_ended",
    # With the rights of who calls: each does and tells what the role may do and see by statements of its own.
    "henvis_return_state",
    "henvis_open_until",
    "henvis_shorten_openings",
}
# The library's and ours of jobs: policies of its tables decide what they do for the role (tests/jobs/test_rights.py).
OF_JOBS = {
    "henvis_begin_job",
    "henvis_cancel_job",
    "henvis_retry_job",
    "henvis_resume_jobs",
    "procrastinate_defer_jobs_v1",
    "procrastinate_fetch_job_v2",
    "procrastinate_finish_job_v1",
    "henvis_put_back",
    "procrastinate_register_worker_v1",
    "procrastinate_unregister_worker_v1",
    "procrastinate_update_heartbeat_v1",
    "procrastinate_prune_stalled_workers_v1",
}
# What triggers ask that run with the rights of who writes; none of it reads or writes a row.
HELPERS = {"henvis_take_moment", "henvis_moment", "henvis_may_date", "henvis_refuse"}
READ_ONLY = (
    "statistics.PublishedTable",
    *(f"statistics.PublishedSum{what}" for what in ("Table", "Told", "Coverage")),
    "statistics.Certificate",
    "statistics.Publication",
    "statistics.Withdrawal",
    "statistics.ScheduledPublication",
    *("statistics.DraftRefusal", "statistics.WithdrawalRequest", "statistics.WithdrawalDecision"),
    "statistics.ScheduleEnd",
    "statistics.PreReleaseAccess",
    *(f"erased.{name}" for name in ("Tombstone", "ErasedToken", "ErasedReference", "ExpiredYear")),
    "statistics.PublishedChange",
    "reporting.FirstReport",
    "annual.ReportDraft",
    "annual.ReportPublication",
    "annual.ReportEdition",
    "notices.NoticeSheet",
)
FIGURES = ("records", "cells", "snapshots", "digest")
pytestmark = pytest.mark.django_db
__all__ = ["draft"]


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
    refused(f"SELECT {column} FROM statistics_release")
    refused(f"SELECT id FROM statistics_release WHERE {column} IS NOT NULL")
    refused("SELECT * FROM statistics_release")
    refused("SELECT statistics_release FROM statistics_release")
    refused("SELECT to_jsonb(r) FROM statistics_release r")
    assert as_web("SELECT id, audience FROM statistics_release") == [("2025.v1", "exact")]


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
    # A restriction ends by a function alone.
    ends = {"superseded_at"} if label != "linking.RestrictedCase" else set()
    assert [column for (column,) in changeable] == [word for word in APPEND_ONLY[label] if word in ends]


@pytest.mark.parametrize("label", READ_ONLY)
def test_what_is_published_is_written_by_a_guarded_function_alone(draft: Release, label: str) -> None:
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
        "INSERT INTO statistics_release (id) VALUES ('2025.p1')",
        "UPDATE statistics_buildorder SET state = 'DONE'",
        "SELECT henvis_publish_due(1)",
        "SELECT henvis_make_public('2025.p1', 1, '', '', '{}')",
        "SELECT henvis_check_grounds('2025.p1', now(), '', '')",
        "UPDATE statistics_announceddate SET status = 'CANCELLED'",
        "SELECT henvis_staff_may(1, 'erased', 'erase_case')",
        "SELECT henvis_keep_first_reports('{}')",
        "UPDATE reporting_firstreport SET stood = false",
        "DELETE FROM reporting_firstreport",
        "INSERT INTO django_admin_log DEFAULT VALUES",
        "SELECT henvis_unlink_counts('{}', '{}')",
        "SELECT henvis_erase_links('{}', '{}', '{}')",
        "SELECT henvis_audit(NULL, NULL, 'a', 'b', '{}')",
    ],
)
def test_no_way_round(statement: str) -> None:
    refused(statement)


def test_the_role_owns_nothing_and_holds_no_right_that_goes_past_rows() -> None:
    assert rows("SELECT relname FROM pg_class WHERE relowner = %s::regrole", WEB_ROLE) == []
    # Whoever fills the table of rows that wait tells the planner how full it is.
    allowed = {"MAINTAIN": [("intake_stagedrow",)]}
    for right in ("TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN"):
        held = rows(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace IN ('public'::regnamespace, 'build'::regnamespace) "
            "AND has_table_privilege(%s, oid, %s)",
            WEB_ROLE,
            right,
        )
        assert held == allowed.get(right, [])
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
    assert {name for (name,) in callable_} == GUARDED | HELPERS | OF_JOBS
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
        "django_admin_log",
        "django_session",
        "oauth2_provider_devicegrant",
        "procrastinate_periodic_defers",
    ]


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


def test_no_server_runs_on_a_restored_database_that_lets_everybody_make_temporary_tables(
    web: psycopg.Connection[Any],
) -> None:
    web.execute("RESET ROLE")
    web.execute("SET ROLE NONE")
    web.execute(f"GRANT TEMPORARY ON DATABASE {connection.settings_dict['NAME']} TO PUBLIC")
    web.execute(f"SET ROLE {WEB_ROLE}")
    with pytest.raises(SystemExit, match="makes temporary tables"):
        env.refuse_powerful_role(web)
    web.rollback()
    web.execute(f"SET ROLE {WEB_ROLE}")
    env.refuse_powerful_role(web)


def test_outside_of_the_loopback_an_owner_s_connection_is_refused_whatever_role_it_takes(
    web: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HENVIS_INSECURE_LOOPBACK", "0")
    with pytest.raises(SystemExit, match="owns the database"):
        env.refuse_powerful_role(web)


def test_a_migration_that_may_not_make_the_role_says_who_makes_it() -> None:
    provided = import_module("partners.migrations.0001_tables").PROVIDED
    as_web_server_would = provided.replace(WEB_ROLE, "henvis_missing")
    refused(
        as_web_server_would,
        "role henvis_missing, with which the web server connects, is missing. Make it as a superuser",
    )
    with as_web_server(), connection.cursor() as cursor:
        cursor.execute(provided)
