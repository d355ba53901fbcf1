"""What one would pick instead, on the same rows: DRF's `many=True` with save, and django-import-export with a Resource of its own.

Both get rows that are parsed already, and write them in one transaction into a table without versions, cases or results of rows.
Both are to refuse codes that there are not. A process of its own, since its settings are others:
`python -m benchmarks.delivery_others FILE POSTMASTER`.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil
from django.apps import AppConfig, apps

import benchmarks
from benchmarks.plain_drf import FIELDS, PlainReferral, PlainSerializer
from benchmarks.serving import tree_cpu
from cases.fields import CodeSetField

from django.db import connection, transaction  # isort: skip (needs Django)
from import_export.resources import ModelResource  # type: ignore[import-untyped]  # isort: skip (needs Django)
from tablib import Dataset  # type: ignore[import-untyped]  # isort: skip

Rows = list[dict[str, Any]]
NAMES = tuple(field.name for field in FIELDS)
SETS = frozenset(field.name for field in FIELDS if isinstance(field, CodeSetField))
PARTNER = uuid4()


class Importing(ModelResource):  # type: ignore[misc]
    """As its documentation begins, with the choices looked at."""

    class Meta:
        model = PlainReferral
        import_id_fields = ("id",)
        fields = ("id", "partner_id", *NAMES)
        clean_model_instances = True


class ImportingInBulk(ModelResource):  # type: ignore[misc]
    """With what its documentation says of speed: rows are created together, and neither compared nor reported on."""

    class Meta:
        model = PlainReferral
        import_id_fields = ("id",)
        fields = ("id", "partner_id", *NAMES)
        clean_model_instances = True
        use_bulk = True
        batch_size = 1_000
        skip_diff = True
        report_skipped = False


def save_many(rows: Rows) -> int:
    """Check and save as a view of many does."""
    bodies = [{"id": row["reference"], **{name: answer_of(row, name) for name in NAMES}} for row in rows]
    with transaction.atomic():
        serializer = PlainSerializer(data=bodies, many=True)
        serializer.is_valid(raise_exception=True)
        serializer.save(partner_id=PARTNER)
    return len(rows)


def import_by(resource: type[ModelResource], rows: Rows) -> int:
    """Import as a command does."""
    data = Dataset(headers=["id", "partner_id", *NAMES])
    for row in rows:
        data.append([row["reference"], str(PARTNER), *(cell(answer_of(row, name)) for name in NAMES)])
    resource().import_data(data, use_transactions=True, raise_errors=True)
    return len(rows)


def answer_of(row: dict[str, Any], name: str) -> Any:
    """The value of a field. The plain table knows neither what is left out nor an empty set."""
    return row.get(name) or (["_N"] if name in SETS else "_N")


def cell(value: Any) -> str:
    """A value as a file has it."""
    return ",".join(value) if isinstance(value, list) else str(value)


CONTENDERS: dict[str, Callable[[Rows], int]] = {
    "DRF many=True": save_many,
    "django-import-export": partial(import_by, Importing),
    "the same in bulk": partial(import_by, ImportingInBulk),
}


def measure(act: Callable[[Rows], int], rows: Rows, postmaster: psutil.Process) -> list[float]:
    """What it costs, in an empty table. Raises `ValueError` where not every row is there afterwards."""
    objects = PlainReferral._default_manager
    objects.all().delete()
    database, own, began = tree_cpu(postmaster), time.process_time(), time.perf_counter()
    act(rows)
    costs = [time.perf_counter() - began, time.process_time() - own, tree_cpu(postmaster) - database]
    if objects.count() != len(rows):
        raise ValueError("rows are missing")
    return [len(rows), *costs]


def install() -> None:
    """Make an app of the plain model: django-import-export copies records, and a copy asks its app for the model."""
    app = AppConfig("bench", benchmarks)
    app.apps, app.models = apps, apps.all_models["bench"]
    apps.app_configs["bench"] = app


@contextmanager
def plain_table() -> Iterator[None]:
    """The table, which goes again where it was not there before."""
    is_there = PlainReferral._meta.db_table in connection.introspection.table_names()
    with connection.schema_editor() as editor:
        if not is_there:
            editor.create_model(PlainReferral)
    try:
        yield
    finally:
        PlainReferral._default_manager.all().delete()
        if not is_there:
            with connection.schema_editor() as editor:
                editor.delete_model(PlainReferral)


def main() -> None:
    """Prints as JSON, for each of them: rows, seconds of the clock, of this process's CPU and of the database's."""
    path, postmaster = Path(sys.argv[1]), psutil.Process(int(sys.argv[2]))
    rows = [json.loads(line) for line in path.read_bytes().splitlines()]
    install()
    with plain_table():
        print(json.dumps({name: measure(act, rows, postmaster) for name, act in CONTENDERS.items()}))


if __name__ == "__main__":
    main()
