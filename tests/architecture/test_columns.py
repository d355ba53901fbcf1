"""Every column of ours is classified, and every table of ours is mutable or append-only, in the database as in the list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from pytest_django import DjangoDbBlocker

from cases import dictionary as d
from cases import tokens
from cases.fields import TokenField
from cases.models import Assessment, Case, Referral
from config.column_risks import NAMED
from config.columns import ALLOWED, APPEND_ONLY, BUILD, COLUMNS, MUTABLE, OF_DICTIONARY, ours
from core.risks import Risk
from partners.models import AuditEvent
from tests.architecture.rows import store_rows
from tests.callers import Caller, make_caller
from tests.worlds import rolled_back

MODELS: dict[str, type[models.Model]] = {
    model._meta.label: model for app in ours() for model in apps.get_app_config(app).get_models()
}
EACH = pytest.mark.parametrize("label", MODELS)


@EACH
def test_every_column_is_classified(label: str) -> None:
    """A column that nobody has classified may be an address, a name, a note. Classify it in `config.column_risks`."""
    columns = {field.column for field in MODELS[label]._meta.local_concrete_fields}
    assert set(COLUMNS.get(label, {})) == columns
    assert all(isinstance(risk, Risk) for risk in COLUMNS[label].values())


def test_nothing_else_is_named() -> None:
    """A misspelt table would leave another one as it is by default."""
    assert MUTABLE | BUILD | {*NAMED} | {*OF_DICTIONARY} <= {*MODELS}
    assert {*ALLOWED} <= {*APPEND_ONLY}


def test_the_classes_of_the_dictionary_are_the_columns() -> None:
    for label, fields in (("cases.Referral", d.REFERRAL), ("cases.Assessment", d.ASSESSMENT)):
        for field in fields:
            if not isinstance(field, TokenField):
                assert COLUMNS[label][field.name] == field.risk


def test_no_record_of_a_person_has_an_identifier_or_a_free_text() -> None:
    for label in ("cases.Case", "cases.Referral", "cases.Assessment"):
        assert Risk.IDENTIFIER not in COLUMNS[label].values()
        for field in MODELS[label]._meta.local_concrete_fields:
            assert not isinstance(field, models.TextField | models.JSONField | models.FileField)
            assert (field.max_length or 0) <= 36


def schema(label: str) -> str:
    """The schema that a model's table belongs to."""
    return "build" if label in BUILD else "public"


@pytest.mark.django_db
@EACH
def test_every_table_is_in_its_schema(label: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(relnamespace::regnamespace::text) FROM pg_class WHERE relname = %s",
            [MODELS[label]._meta.db_table],
        )
        assert cursor.fetchone()[0] == [schema(label)]


def triggers(table: str) -> dict[str, str]:
    """The triggers of a table by name, enabled ones only."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger "
            "WHERE tgrelid = %s::regclass AND NOT tgisinternal AND tgenabled = 'O'",
            [table],
        )
        return dict(cursor.fetchall())


@pytest.mark.django_db
@pytest.mark.parametrize("label", APPEND_ONLY)
def test_an_append_only_model_has_the_trigger_in_the_database(label: str) -> None:
    table = MODELS[label]._meta.db_table
    names = ", ".join(f"'{name}'" for name in APPEND_ONLY[label])
    assert triggers(table)["append_only"] == (
        f"CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON {schema(label)}.{table} "
        f"FOR EACH ROW EXECUTE FUNCTION henvis_append_only({names})"
    )


WORDS_OF_TRIGGERS = {"erase", "expire", "purge"}


@pytest.mark.parametrize("label", APPEND_ONLY)
def test_the_words_of_a_trigger_are_columns_or_say_what_an_erasure_or_a_purge_may_do(label: str) -> None:
    """A column named as a word would be taken for it, and a misspelt one would allow nothing."""
    columns = {field.column for field in MODELS[label]._meta.local_concrete_fields}
    assert not columns & WORDS_OF_TRIGGERS
    for word in APPEND_ONLY[label]:
        assert word in WORDS_OF_TRIGGERS or word.removeprefix("erase:") in columns


def test_an_erasure_changes_nothing_that_was_published_and_nothing_that_says_who_did_what() -> None:
    tables = {label for label, words in APPEND_ONLY.items() if any(word.startswith("erase") for word in words)}
    assert {label for label in tables if label.startswith("statistics.")} == {
        "statistics.SnapshotRecord",
        "statistics.ErasedKnowledge",
    }
    assert {label for label in tables if label.startswith("partners.")} == {
        "partners.AuditEvent",
        "partners.AccessRequest",
    }
    assert APPEND_ONLY["partners.AccessRequest"] == ("erase:recipient",)
    assert {label for label, words in APPEND_ONLY.items() if "purge" in words} == {
        "cases.Referral",
        "returns.Return",
        "returns.ReturnEnd",
        "returns.ReturnReview",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("label", sorted(MUTABLE))
def test_a_mutable_model_has_none(label: str) -> None:
    assert "append_only" not in triggers(MODELS[label]._meta.db_table)


@pytest.fixture(scope="module")
def rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A row of every append-only table."""
    with rolled_back(django_db_blocker):
        store_rows(make_caller("NGO"), make_caller("CENTRE"))
        yield


def expect_refusal(statement: str, params: list[Any] | None = None) -> None:
    """The database itself refuses the statement."""
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, params)


@pytest.mark.parametrize("label", APPEND_ONLY)
def test_no_column_of_a_stored_row_can_be_changed_and_no_row_deleted(db: None, rows: None, label: str) -> None:
    model = MODELS[label]
    table = model._meta.db_table
    assert model._default_manager.exists()
    for field in model._meta.local_concrete_fields:
        if field.column in APPEND_ONLY[label]:
            continue
        expect_refusal(f"UPDATE {table} SET {field.column} = {other(field)}")
    expect_refusal(f"DELETE FROM {table}")
    assert model._default_manager.exists()


def other(field: models.Field[Any, Any]) -> str:  # noqa: C901 (a line for each type of column)
    """SQL for another value than any that is there."""
    text = f'"{field.column}"'
    match re.sub(r"\([\d, ]+\)| .*", "", field.db_type(connection) or ""):
        case "uuid":
            return f"'{uuid4()}'"
        case "date" | "timestamp":
            return f"coalesce({text}, now()) + interval '1 month'"
        case "boolean":
            return f"NOT {text}"
        case "varchar" | "text":
            return f"left({text}, 1) || '~'"
        case "jsonb":
            return "'[1, 2, 3]'"
        case "smallint" | "integer" | "bigint" | "double" | "numeric":
            return f"coalesce({text}, 0) + 1"
        case "bytea":
            return f"{text} || '\\x00'"
        case "integer[]" | "smallint[]" | "bigint[]":
            return f"{text} || 1::smallint"
        case _:
            return f"{text} || '{{_N,_N}}'"


@pytest.mark.parametrize("model", [Referral, Assessment])
def test_a_version_is_superseded_once_and_never_brought_back(db: None, rows: None, model: type[models.Model]) -> None:
    table = model._meta.db_table
    old = model._default_manager.get(version=1)
    expect_refusal(f"UPDATE {table} SET superseded_at = NULL WHERE id = %s", [old.pk])
    expect_refusal(f"UPDATE {table} SET superseded_at = now() + interval '1 day' WHERE id = %s", [old.pk])
    expect_refusal(f"UPDATE {table} SET superseded_at = now(), version = 9 WHERE version = 2")
    version = f"UPDATE {table} SET superseded_at = recorded_at WHERE version = 2"
    with pytest.raises(DatabaseError, match="superseded by none"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(version)
        assert cursor.rowcount == 1
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("table", ["linking_caselink", "linking_recordlink", "linking_attributedecision"])
def test_what_staff_decided_ends_by_a_decision_alone(db: None, rows: None, table: str) -> None:
    decision = f"UPDATE {table} SET superseded_at = recorded_at + interval '1 hour' WHERE superseded_at IS NULL"
    with (
        pytest.raises(DatabaseError, match="ended by no decision"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(decision)
        assert cursor.rowcount == 1
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_orm_and_the_admin_are_refused_too(db: None, rows: None) -> None:
    for change in (
        lambda: Referral.objects.update(gender="X"),
        lambda: Referral.objects.filter(version=2).delete(),
        lambda: Case.objects.update(token=tokens.mint()),
        lambda: AuditEvent.objects.all().delete(),
        lambda: AuditEvent.objects.update(action="nothing"),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_a_purge_must_name_itself_and_ends_with_its_transaction(rows: None, ngo: Caller) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL henvis.purge = 'on'")
        expect_refusal("UPDATE cases_referral SET gender = 'X'")
        cursor.execute("DELETE FROM cases_referral")
        assert cursor.rowcount == 2
        for table in ("cases_assessment", "cases_case", "partners_auditevent"):
            expect_refusal(f"DELETE FROM {table}")
        cursor.execute("SET LOCAL henvis.purge = ''")
    ngo.referral()
    expect_refusal("DELETE FROM cases_referral")


@pytest.mark.parametrize("again", [{"version": 1}, {"version": 2}])
def test_two_current_versions_or_two_of_one_number_cannot_be(db: None, rows: None, again: dict[str, int]) -> None:
    for model in (Referral, Assessment):
        row = model.objects.get(version=2)
        row.pk, row.version = uuid4(), again["version"]
        row.superseded_at = None if again["version"] == 3 else row.recorded_at
        with pytest.raises(DatabaseError), transaction.atomic():
            row.save(force_insert=True)
    for model in (Referral, Assessment):
        row = model.objects.get(version=2)
        row.pk, row.version = uuid4(), 3
        with pytest.raises(DatabaseError), transaction.atomic():
            row.save(force_insert=True)
