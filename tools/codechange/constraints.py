"""Comparing the database's check constraints with those of the models: each must exist, be validated and have the same codes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.apps import apps
from django.db import connection
from django.db.models import CheckConstraint, Model

from core.rooms import OF_RECORDS
from tools.codechange.exchange import SUFFIX

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
