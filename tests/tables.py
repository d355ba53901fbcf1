"""The tables that tests begin with: migrated once for each state of the source, and copied for each process that tests.

    python -m tests.tables

makes them ready before any test waits for them. To migrate takes ten seconds of work and more, to copy a tenth of one.
"""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connection
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
OF_SOURCE = ("api", "cases", "config", "pages", "partners")
READ = {".py", ".sql", ".json"}
PREFIX = "henvis_tables_"
NEW = "_new"
NAMES = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
UNUSED = f"{NAMES} EXCEPT SELECT datname FROM pg_stat_activity"
# What everybody may do in a database stands beside it, and no copy takes that along.
RIGHTS = "REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC"


def template() -> str:
    """The name of a database with all tables and the rows of migrations alone, made first if it is not there.

    Whoever comes meanwhile waits for it. One that is of another state of the source goes. A checkout that tests in another
    database of the same server has others.
    """
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as administration:
        prefix = f"{PREFIX}{sha256(administration.info.dbname.encode()).hexdigest()[:8]}_"
        name = prefix + digest()
        administration.execute("SELECT pg_advisory_lock(hashtext(%s))", [prefix])
        if (name,) not in administration.execute(NAMES, [prefix]).fetchall():
            make(administration, name, administration.execute(UNUSED, [prefix]).fetchall())
    return name


def digest() -> str:
    """A name for whatever a migration may read: the source, the libraries and the pepper."""
    source = [each for room in OF_SOURCE for each in (ROOT / room).rglob("*") if each.suffix in READ]
    texts = (str(each.relative_to(ROOT)).encode() + each.read_bytes() for each in (ROOT / "uv.lock", *sorted(source)))
    return sha256(b"\0".join((os.environ["HENVIS_PEPPER"].encode(), *texts))).hexdigest()[:16]


def make(administration: psycopg.Connection, name: str, others: list[tuple[str]]) -> None:
    """Migrate a database, which has its name once it is ready: one that was interrupted is taken for none.

    The others go first. One that is in use goes the next time.
    """
    new = sql.Identifier(f"{name}{NEW}")
    for (each,) in others:
        administration.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(each)))
    administration.execute(sql.SQL("CREATE DATABASE {}").format(new))
    migrate(f"{name}{NEW}")
    administration.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(new, sql.Identifier(name)))


def migrate(name: str) -> None:
    """Migrate a database of the same server."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def close() -> None:
    """Take from everybody, in the database of this connection, what its template has taken."""
    with connection.cursor() as cursor:
        cursor.execute(RIGHTS.format(connection.ops.quote_name(connection.settings_dict["NAME"])))


if __name__ == "__main__":
    import tests.conftest  # noqa: F401 (the environment)

    template()
