"""What each program demands of a database before it starts. A refusal ends the program with a sentence.

Commands demand the version of PostgreSQL, tables that this program made, and the pepper. The web server also demands a weak role,
limits on how long it waits, a log that keeps no rows, and an owner that sees its transactions.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path

import psycopg

from config import env
from core.apps import WITH_TABLES
from core.keys import fingerprint

# Without one of these a request can hold a thread of the web server for ever. Milliseconds.
LONGEST = {
    "statement_timeout": 60_000,
    "lock_timeout": 30_000,
    "idle_in_transaction_session_timeout": 60_000,
}
# What keeps a row, a value or a statement out of the log of PostgreSQL, by setting: the values that do. A setting of an extension
# that is not loaded is none.
QUIET: dict[str, tuple[str, ...]] = {
    "log_min_messages": ("log", "fatal", "panic"),
    "log_error_verbosity": ("terse",),
    "log_min_error_statement": ("log", "fatal", "panic"),
    "log_statement": ("none", "ddl"),
    "log_parameter_max_length": ("0",),
    "log_parameter_max_length_on_error": ("0",),
    "auto_explain.log_min_duration": ("-1",),
    "pgaudit.log_parameter": ("off",),
}
# A session of another role shows when its transaction began to members of that role alone.
OWNER_IS_MEMBER = (
    "SELECT pg_has_role(relowner, %s, 'USAGE') FROM pg_class WHERE oid = 'public.partners_pepperfingerprint'::regclass"
)
HAS_FINGERPRINT = "SELECT to_regclass('public.partners_pepperfingerprint') IS NOT NULL"
# Django's list of the migrations that a database has had, as (app, name). Its table comes with the first one.
LISTED = "SELECT coalesce(has_table_privilege(to_regclass('public.django_migrations'), 'SELECT'), false)"
APPLIED = "SELECT app, name FROM public.django_migrations WHERE app = ANY(%s)"
# The app whose folder has another name than its tables.
LABELS = {"stats": "statistics"}
# The first migrations of 0.13.0 and before: every database of these has one of them. No app has a migration of that name any more.
FORMER = {*((label, "0001_initial") for label in ("partners", "cases", "api")), ("partners", "0001_rooms")}
MADE_BEFORE = (
    "Henvis 0.13.0 or older made this database. Its migrations were others, and this version cannot go on with it.",
    "Give DATABASE_URL an empty database, or run the version that made this one.",
)
MADE_LATER = (
    "A newer version of Henvis has migrated this database. Of its migrations this version does not know",
    "Run the newer version, or restore the backup from before it.",
)


def check(url: str, remedy: str = "") -> None:
    """For a command: end the program with a sentence where the database is away, too old, another version's, or of another pepper.

    `remedy`: what to do about another version's database, where the caller knows better.
    """
    try:
        with env.connect(url) as database:
            env.refuse_old(database)
            refuse_another_version(database, remedy)
            knows_pepper(database)
    except psycopg.Error as error:
        raise SystemExit(f"The database of DATABASE_URL cannot be reached: {str(error).strip()}") from None


def check_served(url: str) -> bool:
    """For the web server: end the program with a sentence where the database or the role is not as it must be.

    False where that could not be seen, and must be asked again: the database is away, or not yet migrated so far that it knows its
    pepper.
    """
    with suppress(psycopg.OperationalError), env.connect(url) as database:
        env.refuse_old(database)
        refuse_another_version(database)
        env.refuse_powerful_role(database)
        refuse_endless_waits(database)
        refuse_log_of_rows(database)
        return knows_pepper(database) and owner_sees_server(database)
    return False


def refuse_keys(environment: Collection[str]) -> None:
    """End the program with a sentence where the web server is told where the keys are. It serves what they seal, and needs none."""
    if "HENVIS_KEYS" in environment:
        raise SystemExit(
            "HENVIS_KEYS is for commands and the worker of upkeep: there are the keys of protected releases and the one that signs "
            "receipts. The web server does not start with it; take it out of its environment (see docs/deploying.md)."
        )


def migrations() -> set[tuple[str, str]]:
    """Every migration of this program, as (app, name)."""
    root = Path(__file__).parent.parent
    files = (file for package in WITH_TABLES for file in (root / package).glob("**/migrations/[0-9]*.py"))
    return {(LABELS.get(room := file.parent.parent.name, room), file.stem) for file in files}


def refuse_another_version(database: psycopg.Connection, remedy: str = "") -> None:
    """End the program with a sentence where another version of it made the tables, or changed them. Nothing is written.

    A role that may not read the list of migrations has no right to the tables either, and the next demand fails.
    """
    if database.execute(LISTED).fetchone() == (True,):
        ours = migrations()
        rows = database.execute(APPLIED, [sorted({label for label, _ in ours})])
        if strange := of_another_version(set(rows), ours):
            what, usual = strange
            raise SystemExit(f"{what} Nothing was changed. {remedy or usual}")


def of_another_version(rows_applied: set[tuple[str, str]], ours: set[tuple[str, str]]) -> tuple[str, str] | None:
    """What another version of the program has done to a database, and what to do about it; None where this one can go on."""
    if rows_applied & FORMER:
        return MADE_BEFORE
    unknown = ", ".join(f"{label}.{name}" for label, name in sorted(rows_applied - ours))
    return (f"{MADE_LATER[0]}: {unknown}.", MADE_LATER[1]) if unknown else None


def knows_pepper(database: psycopg.Connection) -> bool:
    """Whether the database has a pepper's fingerprint. End the program with a sentence where it is another one's, or lost."""
    if database.execute(HAS_FINGERPRINT).fetchone() != (True,):
        return False
    row = database.execute("SELECT fingerprint FROM partners_pepperfingerprint").fetchone()
    if row is None:
        raise SystemExit(
            "This database has lost the fingerprint of its pepper, so that nobody can tell whether HENVIS_PEPPER is the one that "
            "it was made with. Restore the whole of its backup, partners_pepperfingerprint too."
        )
    if row[0] != fingerprint(env.require("HENVIS_PEPPER")):
        raise SystemExit(
            "HENVIS_PEPPER is not the one that this database was made with. With another pepper no secret is valid, erased persons "
            "are taken in again, and a retry is stored twice. Start with the first pepper: a restored database needs that of its "
            "backup. A demo keeps it in secrets.json in its home; where that is lost, remove the home for a fresh start."
        )
    return True


def owner_sees_server(database: psycopg.Connection) -> bool:
    """True. End the program with a sentence where the owner cannot see how long transactions of the web server are open."""
    if database.execute(OWNER_IS_MEMBER, [env.WEB_ROLE]).fetchone() != (True,):
        raise SystemExit(
            f"The owner of this database is no member of {env.WEB_ROLE}, so that a release could be counted while the web server "
            f"still writes. A superuser of PostgreSQL runs deploy/postgresql.sql in the database (see docs/deploying.md)."
        )
    return True


def refuse_endless_waits(database: psycopg.Connection) -> None:
    """End the program with a sentence where a statement, a lock or an idle transaction may take as long as it likes."""
    wrong = wrong_settings(database, LONGEST, lambda name, value: 0 < int(value) <= LONGEST[name])
    if wrong:
        raise SystemExit(
            f"The web server's connection has {wrong} (milliseconds; 0 is for ever). Allow at most "
            f"{', '.join(f'{name} {most}' for name, most in LONGEST.items())}. The role {env.WEB_ROLE} gets shorter ones by "
            f"itself: take other ones out of DATABASE_URL, and let no pooler drop the options of a connection."
        )


def refuse_log_of_rows(database: psycopg.Connection) -> None:
    """End the program with a sentence where PostgreSQL would write a refused row into its log. Not on the loopback."""
    wrong = wrong_settings(database, QUIET, lambda name, value: value in QUIET[name])
    if wrong and not env.flag("HENVIS_INSECURE_LOOPBACK"):
        raise SystemExit(
            f"The log of this PostgreSQL would keep rows and values of persons: {wrong}. Right would be "
            f"{', '.join(f'{name} = {values[0]}' for name, values in QUIET.items() if f'{name} =' in wrong)}. A superuser of "
            f"PostgreSQL runs deploy/postgresql.sql in the database (see docs/deploying.md)."
        )


def wrong_settings(database: psycopg.Connection, names: Collection[str], right: Callable[[str, str], bool]) -> str:
    """The settings that have a wrong value, with the value, as text."""
    settings_found = database.execute(
        "SELECT name, setting FROM pg_settings WHERE name = ANY(%s) ORDER BY name", [list(names)]
    ).fetchall()
    return ", ".join(f"{name} = {setting}" for name, setting in settings_found if not right(name, setting))
