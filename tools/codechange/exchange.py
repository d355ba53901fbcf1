"""Exchanging a check constraint while others write: the operation of the migrations that `manage.py codelist migration` writes.

Django would drop the constraint and add the new one, which blocks every writer while PostgreSQL reads the whole table. Here the new
constraint is added without validation beside the old one, validated while writers go on, and then takes the old one's place.

The two short steps need an exclusive lock. They wait for it for half a second at most, because writers queue behind a waiting lock;
then they give way and try again. Each step is a transaction of its own, so that an interrupted exchange can be run again.
Source: PostgreSQL, "ALTER TABLE", notes on ADD CONSTRAINT … NOT VALID and VALIDATE CONSTRAINT.
"""

from __future__ import annotations

import time
from typing import Any

from django.db import DatabaseError, NotSupportedError, OperationalError, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState
from django.db.models import CheckConstraint, Model

LOCK_TIMEOUT = "500ms"
TRIES = 60
PAUSE = 1.0  # seconds, in which the waiting writers go on
# lock_not_available and deadlock_detected.
RETRIED = frozenset({"55P03", "40P01"})
SUFFIX = "_next"


class ExchangeCheck(Operation):
    """Replace the check constraint of the same name. The migration must not be atomic."""

    category = OperationCategory.ALTERATION

    def __init__(self, model_name: str, constraint: CheckConstraint) -> None:
        self.model_name = model_name
        self.constraint = constraint

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """The operation as a migration writes it."""
        return type(self).__name__, [], {"model_name": self.model_name, "constraint": self.constraint}

    def describe(self) -> str:
        """The line in the description of a migration."""
        return f"Exchange constraint {self.constraint.name} of {self.model_name} under running writers"

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The change of the models' state."""
        state.alter_constraint(app_label, self.model_name.lower(), self.constraint.name, self.constraint)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Exchange the constraint. Backwards does the same with the constraint of the earlier state.

        Raises `IntegrityError` where a stored row breaks the new constraint, as it does backwards once a new code is stored.
        """
        model = to_state.apps.get_model(app_label, self.model_name)
        same_name = (each for each in model._meta.constraints if each.name == self.constraint.name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            exchange(schema_editor, model, next(each for each in same_name if isinstance(each, CheckConstraint)))

    database_backwards = database_forwards


def exchange(editor: BaseDatabaseSchemaEditor, model: type[Model], constraint: CheckConstraint) -> None:
    """Run the steps, after removing what an interrupted run left behind.

    Where a stored row breaks the new constraint, it is dropped again: unvalidated, it would already apply to new rows.
    """
    if editor.connection.in_atomic_block:
        raise NotSupportedError("Exchanging a constraint under running writers needs a migration with atomic = False.")
    table, name, new = (
        editor.quote_name(each) for each in (model._meta.db_table, constraint.name, constraint.name + SUFFIX)
    )
    new_constraint = CheckConstraint(condition=constraint.condition, name=constraint.name + SUFFIX)
    add = str(new_constraint.create_sql(model, editor))
    clear = f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {new}"
    step(editor, clear, f"{add} NOT VALID")
    try:
        step(editor, f"ALTER TABLE {table} VALIDATE CONSTRAINT {new}")
    except DatabaseError:
        step(editor, clear)
        raise
    step(
        editor,
        f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name}",
        f"ALTER TABLE {table} RENAME CONSTRAINT {new} TO {name}",
    )


def step(editor: BaseDatabaseSchemaEditor, *statements: str) -> None:
    """Run statements in one transaction. Where the lock is not free in time, pause and try again."""
    for attempt in range(1, TRIES + 1):
        try:
            with transaction.atomic(using=editor.connection.alias):
                for statement in (f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'", *statements):
                    editor.execute(statement, params=None)
            return
        except OperationalError as error:
            if attempt == TRIES or getattr(error.__cause__, "sqlstate", None) not in RETRIED:
                raise
        time.sleep(PAUSE)
