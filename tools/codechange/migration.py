"""Writing the migrations of a code-list change, which exchange the changed check constraints under running writers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from django.apps import apps
from django.db.migrations import AddConstraint, Migration, RemoveConstraint
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import MigrationWriter
from django.db.models import CheckConstraint

from cases import dictionary as d
from cases.codelists.types import CodeList
from cases.fields import CodedField, CodeSetField
from tools.codechange.exchange import ExchangeCheck

LONGEST_NAME = 60


class OtherChanges(Exception):
    """The models differ from the migrations in more than check constraints: run `makemigrations` first."""


def pending_migrations() -> list[Migration]:
    """The migrations that Django finds missing. It compares the models with the migrations and reads no database."""
    loader = MigrationLoader(None)
    detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
    changes = detector.changes(graph=loader.graph)
    return [migration for migrations in changes.values() for migration in migrations]


def write() -> list[Path]:
    """Write one migration for each app whose constraints changed. Returns their paths. Raises `OtherChanges`, then writing none."""
    writers = [writer_of(migration) for migration in pending_migrations()]
    for writer in writers:
        Path(writer.path).write_text(writer.as_string(), encoding="utf-8")
    return [Path(writer.path) for writer in writers]


def writer_of(migration: Migration) -> MigrationWriter:
    """The writer of a detected migration, with its constraints exchanged. Raises `OtherChanges`."""
    operations = exchanges(migration.operations)
    words = {"dependencies": migration.dependencies, "operations": operations, "atomic": False}
    name = f"{migration.name.partition('_')[0]}_{name_of(operations)}"
    return MigrationWriter(type("Migration", (Migration,), words)(name, migration.app_label))


def exchanges(operations: Sequence[Operation]) -> list[Operation]:
    """One exchange for each constraint that is removed and added. Raises `OtherChanges` for any other operation, and for none."""
    removals = {(each.model_name, each.name) for each in operations if isinstance(each, RemoveConstraint)}
    exchanged_operations: list[Operation] = []
    for each in operations:
        if isinstance(each, AddConstraint) and isinstance(each.constraint, CheckConstraint):
            removals.discard((each.model_name, each.constraint.name))
            exchanged_operations.append(ExchangeCheck(each.model_name, each.constraint))
    if removals or not exchanged_operations or 2 * len(exchanged_operations) != len(operations):
        raise OtherChanges
    return exchanged_operations


def name_of(operations: Iterable[Operation]) -> str:
    """The name of a migration: the changed lists and their versions."""
    names = {each.constraint.name for each in operations if isinstance(each, ExchangeCheck)}
    lists = {codelist.id: codelist for name, codelist in lists_by_constraint().items() if name in names}
    parts = [f"{codelist.id}_{codelist.version.replace('.', '_')}" for codelist in lists.values()]
    return "_".join(["codes", *parts])[:LONGEST_NAME]


def lists_by_constraint() -> dict[str, CodeList]:
    """The code list of every check constraint that the dictionary defines."""
    records = {"referral": (*d.REFERRAL, *d.WITHDRAWAL), "assessment": d.ASSESSMENT}
    return {
        f"{record}_{field.name}".removesuffix("_code") + "_code": field.codelist
        for record, fields in records.items()
        for field in fields
        if isinstance(field, CodedField | CodeSetField)
    }
