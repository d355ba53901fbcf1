"""The check constraints of code lists: those of the database compared with the models, and the migrations of a change.

Each must exist, be validated and have the same codes. The migrations exchange the changed ones under running writers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from django.apps import apps
from django.db import connection
from django.db.migrations import AddConstraint, Migration, RemoveConstraint
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import MigrationWriter
from django.db.models import CheckConstraint, Model

from cases import dictionary as d
from cases.codelists.types import CodeList
from cases.fields import CodedField, CodeSetField
from core.apps import OF_RECORDS
from tools.codechange.exchange import SUFFIX, ExchangeCheck

LITERAL = re.compile(r"'([^']*)'")
WORD = re.compile(r"\w+")
CONSTRAINTS = """
SELECT c.conname, pg_get_constraintdef(c.oid), c.convalidated
FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
WHERE c.contype = 'c' AND t.relnamespace = current_schema()::regnamespace
"""


def differences() -> Iterator[tuple[str, str]]:
    """The differences, as the constraint's name and a text. They are read from the database's catalogue, without any record."""
    with connection.cursor() as cursor:
        cursor.execute(CONSTRAINTS)
        in_database = {
            name: (codes_in(definition), is_validated) for name, definition, is_validated in cursor.fetchall()
        }
    expected_codes = dict(expected_constraints())
    for name, codes in expected_codes.items():
        there, is_validated = in_database.get(name, (None, True))
        if there is None:
            yield name, "is missing: run migrate"
        elif there != codes:
            yield name, "has other codes than the source: run migrate"
        elif not is_validated:
            yield name, "is not validated: run migrate"
    yield from (
        (name, "is left of an interrupted migration: run it again") for name in leftovers(in_database, expected_codes)
    )


def leftovers(
    in_database: dict[str, tuple[frozenset[str], bool]], expected_codes: dict[str, frozenset[str]]
) -> Iterator[str]:
    """The constraints that an interrupted exchange left behind."""
    return (name for name in in_database if name.endswith(SUFFIX) and name.removesuffix(SUFFIX) in expected_codes)


def expected_constraints() -> Iterator[tuple[str, frozenset[str]]]:
    """The name and the codes of every check constraint of the models."""
    with connection.schema_editor(collect_sql=True) as editor:
        for model in models_with_codes():
            for constraint in model._meta.constraints:
                if isinstance(constraint, CheckConstraint) and (
                    codes := codes_in(str(constraint.create_sql(model, editor)))
                ):
                    yield constraint.name, codes


def models_with_codes() -> Iterator[type[Model]]:
    """The models of what organisations send, and of what is made of it: their columns have codes."""
    for app in apps.get_app_configs():
        if app.name.partition(".")[0] in OF_RECORDS:
            yield from app.get_models()


def codes_in(definition: str) -> frozenset[str]:
    return frozenset(word for literal in LITERAL.findall(definition) for word in WORD.findall(literal))


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
