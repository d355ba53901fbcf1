"""The steps of migrations that Django lacks: functions from files of SQL, triggers, and what the web server's role may do.

A function stands once and whole in ``<app>/sql/<topic>.sql``, so that SQL is read and reviewed as SQL. PostgreSQL looks up the
tables in a body only when it runs, so one text serves every table, whichever migration creates it. Triggers and rights belong to
tables, so they stand in the migration that creates the table; a later change of them is another migration.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, ClassVar

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import CreateModel, RunSQL
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState

ROOT = Path(__file__).resolve().parent.parent
# The role of the web server. It owns nothing, cannot enter the schema `build`, and does what is granted here, table by table.
WEB = "henvis_web"
# Of a database whose records are invented this table has a row, and its history is made up (`henvis_may_date`).
HISTORY = "history:public.cases_inventeddata"
NAMES = re.compile(r"^CREATE OR REPLACE FUNCTION (\w+)", re.MULTILINE)


def digest_of(path: Path) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of a file."""
    return sha256(path.read_bytes()).hexdigest()[:16]


class InstallSQL(RunSQL):
    """Runs ``folder/sql/name``, which creates functions and grants them. Backwards it drops them.

    When the file changes, a new migration installs it again: `after` is the digest of the text that it replaces. The digest makes
    the migration impossible to forget. There is one text, the present one, so that a database which begins now gets it from the
    first migration already, and the later ones find nothing to change. Only the first one drops the functions again.
    """

    # By the file: the digests of the texts that another replaced.
    REPLACED: ClassVar[dict[Path, set[str]]] = defaultdict(set)

    def __init__(self, folder: str, name: str, *, digest: str, after: str | None = None) -> None:
        """Name the file, its digest, and that of the text before."""
        self.path, self.digest, self.after = ROOT / folder / "sql" / name, digest, after
        if after:
            self.REPLACED[self.path].add(after)
        text = self.path.read_text(encoding="utf-8")
        # The body of a function in SQL names tables that later migrations create. A test checks all bodies once all are there.
        super().__init__(
            f"SET LOCAL check_function_bodies = off;\n{text}",
            "".join(f"DROP FUNCTION {each};" for each in reversed(NAMES.findall(text)) if not after),
        )

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Run the file. Raises ``ValueError`` where it is not the one that the migration was written for, and none came after."""
        if digest_of(self.path) != self.digest and self.digest not in self.REPLACED[self.path]:
            raise ValueError(f"{self.path.relative_to(ROOT)} has changed: write a migration that installs it.")
        super().database_forwards(app_label, schema_editor, from_state, to_state)


class CreateModels(Operation):
    """Creates the models of a room at once.

    Django renders again, with each model that comes, all that it is related to and what is related to those. A model that comes
    changes none that stands there, so here it alone is rendered. What is created together may refer to each other.
    """

    category = OperationCategory.ADDITION

    def __init__(self, *models: CreateModel) -> None:
        self.models = models

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add the models to the state, and render them where the others are rendered."""
        apps = state.__dict__.pop("apps", None)
        for each in self.models:
            each.state_forwards(app_label, state)
        if apps:
            apps.render_multiple([state.models[app_label, each.name_lower] for each in self.models])
            state.__dict__["apps"] = apps

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for each in self.models:
            each.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Take the tables away."""
        for each in reversed(self.models):
            each.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """The line in the description of a migration."""
        return f"Create models {', '.join(each.name for each in self.models)}"


def steps(*statements: str, back: Sequence[str] = ()) -> RunSQL:
    """Statements. Without a way back there is nothing to undo: what they made goes with the tables of the same migration."""
    return RunSQL("".join(f"{each};\n" for each in statements), "".join(f"{each};\n" for each in back))


def trigger(name: str, when: str, call: str, *tables: str, each: str = "ROW") -> RunSQL:
    """Create a trigger on each table. `when` is the moment and the event, `call` the function and its arguments."""
    at_commit = when.startswith("AFTER")
    kind, timing = ("CONSTRAINT TRIGGER", " DEFERRABLE INITIALLY DEFERRED") if at_commit else ("TRIGGER", "")
    return steps(
        *(
            f"CREATE {kind} {name} {when} ON {table}{timing} FOR EACH {each} EXECUTE FUNCTION {call}"
            for table in tables
        ),
        back=[f"DROP TRIGGER {name} ON {table}" for table in tables],
    )


def append_only(*tables: str, but: Sequence[str] = ()) -> RunSQL:
    """Refuse UPDATE and DELETE. `but`: words of the trigger (partners/sql/append_only.sql), such as a column to be set once."""
    return trigger("append_only", "BEFORE UPDATE OR DELETE", call("henvis_append_only", but), *tables)


def never_emptied(*tables: str) -> RunSQL:
    """Refuse TRUNCATE, which fires no trigger of rows."""
    return trigger("never_emptied", "BEFORE TRUNCATE", "henvis_refuse_truncate()", *tables, each="STATEMENT")


def check_insert(name: str, function: str, *tables: str) -> RunSQL:
    """Ask a function before a row is added."""
    return trigger(name, "BEFORE INSERT", f"{function}()", *tables)


def check_added(name: str, function: str, *tables: str) -> RunSQL:
    """Ask a function once about all rows that a statement has added."""
    return steps(
        *(
            f"CREATE TRIGGER {name} AFTER INSERT ON {table} REFERENCING NEW TABLE AS added "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
            for table in tables
        ),
        back=[f"DROP TRIGGER {name} ON {table}" for table in tables],
    )


def check_at_commit(name: str, function: str, *tables: str) -> RunSQL:
    """Ask a function about every updated row when the transaction ends."""
    return trigger(name, "AFTER UPDATE", f"{function}()", *tables)


def date_versions(*tables: str) -> RunSQL:
    """Have the database say when a version was recorded and superseded."""
    return trigger("set_moment", "BEFORE INSERT OR UPDATE", call("henvis_set_moments", [HISTORY]), *tables)


def date(table: str, column: str, *words: str, events: str = "INSERT") -> RunSQL:
    """Have the database set a column to the transaction's moment, to its beginning (`begun`) or to what the clock says (`now`).

    Further words say who else may date it (`henvis_may_date`).
    """
    return trigger("set_moment", f"BEFORE {events}", call("henvis_set_moment", [column, *words]), table)


def call(function: str, words: Sequence[str]) -> str:
    """The call of a function with words as its arguments."""
    return f"{function}({', '.join(f"'{word}'" for word in words)})"


def move_to_build(*tables: str) -> RunSQL:
    """Put tables into the schema `build`, which the web server's role cannot enter."""
    return steps(*(f"ALTER TABLE {each} SET SCHEMA build" for each in tables))


def grant(rights: str, *tables: str) -> RunSQL:
    """Let the web server's role do this with tables."""
    where = ", ".join(tables)
    return steps(f"GRANT {rights} ON {where} TO {WEB}", back=[f"REVOKE {rights} ON {where} FROM {WEB}"])


def keep_rows(table: str, why: str) -> RunSQL:
    """Refuse to go back while a table holds rows that would be lost for good. The last step is the first one backwards."""
    return RunSQL(
        RunSQL.noop,
        f"DO $$ BEGIN IF EXISTS (SELECT FROM {table}) THEN RAISE EXCEPTION '{why}'; END IF; END $$",
    )
