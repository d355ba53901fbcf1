"""Writing the migration of a code-list change: the check constraints that Django finds changed, exchanged under running writers."""

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
from cases.codechange.exchange import ExchangeCheck
from cases.codelists.types import CodeList
from cases.fields import CodedField, CodeSetField

APP = "cases"
LONGEST_NAME = 60


class OtherChanges(Exception):
    """The models differ from the migrations in more than check constraints: `makemigrations` is first."""


def pending() -> list[Migration]:
    """What is missing in the migrations, as Django sees it; no database is asked. Nothing: an empty list."""
    loader = MigrationLoader(None)
    detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
    changes = detector.changes(graph=loader.graph)
    return [migration for migrations in changes.values() for migration in migrations]


def write() -> Path | None:
    """Write the migration; its path, or None where none is missing. Raises `OtherChanges`."""
    found = pending()
    if not found:
        return None
    if [migration.app_label for migration in found] != [APP]:
        raise OtherChanges
    (detected,) = found
    operations = exchanges(detected.operations)
    words = {"dependencies": detected.dependencies, "operations": operations, "atomic": False}
    name = f"{detected.name.partition('_')[0]}_{name_of(operations)}"
    writer = MigrationWriter(type("Migration", (Migration,), words)(name, APP))
    path = Path(writer.path)
    path.write_text(writer.as_string(), encoding="utf-8")
    return path


def exchanges(operations: Sequence[Operation]) -> list[Operation]:
    """The same, with every constraint that is removed and added exchanged. Raises `OtherChanges` where there is something else."""
    removed = {(each.model_name, each.name) for each in operations if isinstance(each, RemoveConstraint)}
    found: list[Operation] = []
    for each in operations:
        if isinstance(each, AddConstraint) and isinstance(each.constraint, CheckConstraint):
            removed.discard((each.model_name, each.constraint.name))
            found.append(ExchangeCheck(each.model_name, each.constraint))
    if removed or 2 * len(found) != len(operations):
        raise OtherChanges
    return found


def name_of(operations: Iterable[Operation]) -> str:
    """A migration's name: the lists and their versions."""
    names = {each.constraint.name for each in operations if isinstance(each, ExchangeCheck)}
    lists = {codelist.id: codelist for name, codelist in constrained().items() if name in names}
    parts = [f"{codelist.id}_{codelist.version.replace('.', '_')}" for codelist in lists.values()]
    return "_".join(["codes", *parts])[:LONGEST_NAME]


def constrained() -> dict[str, CodeList]:
    """The code list of every check constraint that the dictionary makes."""
    records = {"referral": (*d.REFERRAL, *d.WITHDRAWAL), "assessment": d.ASSESSMENT}
    return {
        f"{record}_{field.name}".removesuffix("_code") + "_code": field.codelist
        for record, fields in records.items()
        for field in fields
        if isinstance(field, CodedField | CodeSetField)
    }
