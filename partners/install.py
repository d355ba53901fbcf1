"""The steps of migrations that Django has none for: functions from files of SQL, triggers, and what the web server's role may do.

Functions stand in ``<app>/sql/<topic>.sql``, each once and whole, so that SQL is read, linted and reviewed as SQL. They are bound
late: one text serves every table, whichever migration makes it. Tables are not like that, so their triggers and rights stand in
the migration that makes them, and a later change of them is another migration.
"""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunSQL

ROOT = Path(__file__).resolve().parent.parent
# The role of the web server. It owns nothing, cannot enter the schema `build`, and does what is granted here, table by table.
WEB = "henvis_web"
NAMES = re.compile(r"^CREATE OR REPLACE FUNCTION (\w+)", re.MULTILINE)


def digest_of(path: Path) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of a file."""
    return sha256(path.read_bytes()).hexdigest()[:16]


class InstallSQL(RunSQL):
    """Runs ``folder/sql/name``, for functions alone. Backwards it drops them.

    One migration installs a file. Where the file changes, a new migration installs it and the earlier one no longer does;
    the digest makes that impossible to forget.
    """

    def __init__(self, folder: str, name: str, *, digest: str) -> None:
        """Name the file and its digest."""
        self.path, self.digest = ROOT / folder / "sql" / name, digest
        text = self.path.read_text(encoding="utf-8")
        # The body of a function in SQL names tables that later migrations make.
        super().__init__(
            f"SET LOCAL check_function_bodies = off;\n{text}",
            "".join(f"DROP FUNCTION {each};" for each in reversed(NAMES.findall(text))),
        )

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Run the file. Raises ``ValueError`` where it is not the one that the migration was written for."""
        if digest_of(self.path) != self.digest:
            raise ValueError(f"{self.path.relative_to(ROOT)} has changed: write a migration that installs it.")
        super().database_forwards(app_label, schema_editor, from_state, to_state)


def steps(*statements: str) -> RunSQL:
    """Statements about tables of the same migration: backwards they go with their tables."""
    return RunSQL("\n".join(f"{each};" for each in statements), RunSQL.noop)


def into_build(*tables: str) -> RunSQL:
    """Put tables into the schema `build`, which the web server's role cannot enter."""
    return steps(*(f"ALTER TABLE {table} SET SCHEMA build" for table in tables))


def append_only(*tables: str, but: str | None = None) -> RunSQL:
    """Refuse UPDATE and DELETE. `but`: a column that may be set from null, once."""
    argument = f"'{but}'" if but else ""
    return steps(
        *(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION henvis_append_only({argument})"
            for table in tables
        )
    )


def never_emptied(*tables: str) -> RunSQL:
    """Refuse TRUNCATE, of which a trigger of rows does not hear."""
    return steps(
        *(
            f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION henvis_never_emptied()"
            for table in tables
        )
    )


def before_insert(name: str, function: str, *tables: str) -> RunSQL:
    """Ask a function before a row is added."""
    return steps(
        *(
            f"CREATE TRIGGER {name} BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()"
            for table in tables
        )
    )


def at_the_end(name: str, function: str, *tables: str) -> RunSQL:
    """Ask a function of every updated row when the transaction ends."""
    return steps(
        *(
            f"CREATE CONSTRAINT TRIGGER {name} AFTER UPDATE ON {table} DEFERRABLE INITIALLY DEFERRED "
            f"FOR EACH ROW EXECUTE FUNCTION {function}()"
            for table in tables
        )
    )


def moments(*tables: str) -> RunSQL:
    """The database says when a version was recorded and superseded."""
    return steps(
        *(
            f"CREATE TRIGGER set_moment BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION henvis_set_moments()"
            for table in tables
        )
    )


def moment(table: str, column: str, of: str | None = None, events: str = "INSERT") -> RunSQL:
    """The database sets a column: to the transaction's moment, to its beginning (`begun`), or to what the clock says (`now`)."""
    arguments = f"'{column}'" + (f", '{of}'" if of else "")
    return steps(
        f"CREATE TRIGGER set_moment BEFORE {events} ON {table} FOR EACH ROW EXECUTE FUNCTION henvis_set_moment({arguments})"
    )


def grant(rights: str, *tables: str) -> RunSQL:
    """What the web server's role may do with tables."""
    return steps(f"GRANT {rights} ON {', '.join(tables)} TO {WEB}")


def kept(table: str, why: str) -> RunSQL:
    """Refuse to go back while a table holds rows that would be forgotten for good. The last step: backwards it is the first."""
    return RunSQL(
        RunSQL.noop,
        f"DO $$ BEGIN IF EXISTS (SELECT FROM {table}) THEN RAISE EXCEPTION '{why}'; END IF; END $$",
    )
