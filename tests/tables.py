"""The tables that tests begin with: migrated once for what the migrations would do, and copied for each process that tests.

    python -m tests.tables

makes them ready before any test waits for them. To migrate takes a second of work, to copy a tenth of one.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from types import ModuleType

import psycopg
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations import RunSQL
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.serializer import serializer_factory
from django.db.migrations.state import ProjectState
from psycopg import sql

from core.apps import ROOMS

ROOT = Path(__file__).resolve().parent.parent
OURS = {"api", "config", "pages", *ROOMS}
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
    """A name for what the migrations would do: their statements and code, the models, the libraries and the pepper."""
    migrations = MigrationLoader(None).disk_migrations
    texts = [
        os.environ["HENVIS_PEPPER"],
        (ROOT / "uv.lock").read_text(),
        *(
            str(step.sql)
            for _, each in sorted(migrations.items())
            for step in each.operations
            if isinstance(step, RunSQL)
        ),
        *(path.read_text() for path in code(sys.modules[each.__module__] for each in migrations.values())),
        *described(ProjectState.from_apps(apps)),
    ]
    return sha256("\0".join(texts).encode()).hexdigest()[:16]


def code(modules: Iterator[ModuleType]) -> list[Path]:
    """The files of ours that modules consist of: their own, those they name, and those of all functions and classes named there."""
    found, waiting = dict[str, str](), list(modules)
    waiting += [each for module in waiting for each in vars(module).values() if isinstance(each, ModuleType)]
    while waiting:
        module = waiting.pop()
        if module.__name__.partition(".")[0] in OURS and module.__name__ not in found:
            found[module.__name__] = str(module.__file__)
            waiting += [sys.modules[name] for each in vars(module).values() if (name := owner(each)) in sys.modules]
    return [Path(found[name]) for name in sorted(found)]


def owner(thing: object) -> str:
    """The name of the module that a function or a class is of."""
    return str(getattr(thing, "__module__", ""))


def described(state: ProjectState) -> Iterator[str]:
    """The models of a state as a migration would write them."""
    for key, model in sorted(state.models.items()):
        words = (*model.fields.items(), *sorted(model.options.items()))
        yield ".".join(key) + "".join(f"\0{name}={serializer_factory(each).serialize()[0]}" for name, each in words)


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
