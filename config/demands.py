"""What the programs demand of a database before they start with it. Each refusal ends the program with a sentence.

Commands demand the version and the pepper. The web server also demands a weak role, limits on how long it waits, a log that keeps
no rows, and an owner that sees its transactions.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress

import psycopg

from config import env
from partners.pepper import fingerprint

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
SEEN = (
    "SELECT pg_has_role(relowner, %s, 'USAGE') FROM pg_class WHERE oid = 'public.partners_pepperfingerprint'::regclass"
)
KEPT = "SELECT to_regclass('public.partners_pepperfingerprint') IS NOT NULL"


def check(url: str) -> None:
    """For a command: end the program with a sentence where the database is away, too old, or of another pepper."""
    try:
        with env.connect(url) as database:
            env.refuse_old(database)
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
        env.refuse_powerful_role(database)
        refuse_endless_waits(database)
        refuse_telling_log(database)
        return knows_pepper(database) and is_seen(database)
    return False


def knows_pepper(database: psycopg.Connection) -> bool:
    """Whether the database keeps a pepper's fingerprint. End the program with a sentence where it is another one's, or gone."""
    if database.execute(KEPT).fetchone() != (True,):
        return False
    kept = database.execute("SELECT fingerprint FROM partners_pepperfingerprint").fetchone()
    if kept is None:
        raise SystemExit(
            "This database has lost the fingerprint of its pepper, so that nobody can tell whether HENVIS_PEPPER is the one that "
            "it was made with. Restore the whole of its backup, partners_pepperfingerprint too."
        )
    if kept[0] != fingerprint(env.required("HENVIS_PEPPER")):
        raise SystemExit(
            "HENVIS_PEPPER is not the one that this database was made with. With another one no secret fits, what was erased is "
            "taken in again, and a retry is stored twice. Start with the first one: a restored database needs the pepper of its "
            "backup. A demo keeps it in secrets.json in its home; where that is lost, remove the home for a fresh start."
        )
    return True


def is_seen(database: psycopg.Connection) -> bool:
    """True. End the program with a sentence where a build would not see since when the web server's transactions are open."""
    if database.execute(SEEN, [env.WEB_ROLE]).fetchone() != (True,):
        raise SystemExit(
            f"The owner of this database is no member of {env.WEB_ROLE}, so that a release could be counted while the web server "
            f"still writes. A superuser of PostgreSQL runs deploy/postgresql.sql in the database (see docs/deploying.md)."
        )
    return True


def refuse_endless_waits(database: psycopg.Connection) -> None:
    """End the program with a sentence where a statement, a lock or an idle transaction may take as long as it likes."""
    wrong = unlike(database, LONGEST, lambda name, value: 0 < int(value) <= LONGEST[name])
    if wrong:
        raise SystemExit(
            f"The web server's connection has {wrong} (milliseconds; 0 is for ever). Allow at most "
            f"{', '.join(f'{name} {most}' for name, most in LONGEST.items())}. The role {env.WEB_ROLE} gets shorter ones by "
            f"itself: take other ones out of DATABASE_URL, and let no pooler drop the options of a connection."
        )


def refuse_telling_log(database: psycopg.Connection) -> None:
    """End the program with a sentence where PostgreSQL would write a refused row into its log. Not on the loopback."""
    wrong = unlike(database, QUIET, lambda name, value: value in QUIET[name])
    if wrong and not env.flag("HENVIS_INSECURE_LOOPBACK"):
        raise SystemExit(
            f"The log of this PostgreSQL would keep rows and values of persons: {wrong}. Right would be "
            f"{', '.join(f'{name} = {values[0]}' for name, values in QUIET.items() if f'{name} =' in wrong)}. A superuser of "
            f"PostgreSQL runs deploy/postgresql.sql in the database (see docs/deploying.md)."
        )


def unlike(database: psycopg.Connection, names: Collection[str], right: Callable[[str, str], bool]) -> str:
    """The settings that are not right, with their values, as text."""
    found = database.execute(
        "SELECT name, setting FROM pg_settings WHERE name = ANY(%s) ORDER BY name", [list(names)]
    ).fetchall()
    return ", ".join(f"{name} = {setting}" for name, setting in found if not right(name, setting))
