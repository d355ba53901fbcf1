"""Exchanging a check constraint while others write: the operation of the migrations that `manage.py codelist migration` makes.

Dropping and adding it, as Django would, holds every writer off for as long as the table takes to read. Here the new constraint is
added unvalidated beside the old one, validated while writers go on, and put in the old one's place. What needs the whole table to
itself needs it for a moment, and waits for it half a second at most, because writers queue up behind who waits; then it steps back
and tries again. Each step is a transaction of its own, so that what breaks off can be run again.
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
PAUSE = 1.0  # seconds, in which the writers that waited behind us go on
# lock_not_available and deadlock_detected.
RETRIED = frozenset({"55P03", "40P01"})
SUFFIX = "_next"


class ExchangeCheck(Operation):
    """Put a check constraint in the place of the one with its name. The migration is not atomic."""

    category = OperationCategory.ALTERATION

    def __init__(self, model_name: str, constraint: CheckConstraint) -> None:
        self.model_name = model_name
        self.constraint = constraint

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """As a migration writes it."""
        return type(self).__name__, [], {"model_name": self.model_name, "constraint": self.constraint}

    def describe(self) -> str:
        """In the list of what a migration does."""
        return f"Exchange constraint {self.constraint.name} of {self.model_name} under running writers"

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models' own knowledge of it."""
        state.alter_constraint(app_label, self.model_name.lower(), self.constraint.name, self.constraint)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Exchange it. Backwards it is the same, with the constraint of the state to go to.

        Raises `IntegrityError` where a stored row breaks the new one, as going back does once a new code is stored.
        """
        model = to_state.apps.get_model(app_label, self.model_name)
        named = (each for each in model._meta.constraints if each.name == self.constraint.name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            exchange(schema_editor, model, next(each for each in named if isinstance(each, CheckConstraint)))

    database_backwards = database_forwards


def exchange(editor: BaseDatabaseSchemaEditor, model: type[Model], constraint: CheckConstraint) -> None:
    """The steps. What an earlier run left behind is cleared away first.

    Where a stored row breaks the new constraint, it goes again: it would hold for new rows already.
    """
    if editor.connection.in_atomic_block:
        raise NotSupportedError("Exchanging a constraint under running writers needs a migration with atomic = False.")
    table, name, new = (
        editor.quote_name(each) for each in (model._meta.db_table, constraint.name, constraint.name + SUFFIX)
    )
    beside = CheckConstraint(condition=constraint.condition, name=constraint.name + SUFFIX)
    add = str(beside.create_sql(model, editor))
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
    """Run statements in one transaction; again, after a pause, where others do not let go of the table in time."""
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
