"""Every column of ours is classified, and every table of ours is mutable or append-only, in the database as in the list."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from cases import dictionary as d
from cases import tokens
from cases.classification import APPEND_ONLY, COLUMNS, MUTABLE
from cases.fields import Risk, TokenField
from cases.models import Assessment, Case, Referral
from cases.statistics.models import Release
from partners.models import AuditEvent
from tests.callers import Caller, assessment, referral

OUR_APPS = ("partners", "cases", "api")
MODELS: dict[str, type[models.Model]] = {
    model._meta.label: model for app in OUR_APPS for model in apps.get_app_config(app).get_models()
}
EACH = pytest.mark.parametrize("label", MODELS)


@EACH
def test_every_column_is_classified(label: str) -> None:
    """A column that nobody has classified may be an address, a name, a note. Classify it in `cases.classification`."""
    columns = {field.column for field in MODELS[label]._meta.local_concrete_fields}
    assert set(COLUMNS.get(label, {})) == columns
    assert all(isinstance(risk, Risk) for risk in COLUMNS[label].values())


def test_nothing_else_is_classified() -> None:
    assert set(COLUMNS) == set(MODELS)


@EACH
def test_every_model_is_mutable_or_append_only(label: str) -> None:
    assert (label in APPEND_ONLY) != (label in MUTABLE)


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
        f"CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.{table} "
        f"FOR EACH ROW EXECUTE FUNCTION henvis_append_only({names})"
    )


@pytest.mark.django_db
@pytest.mark.parametrize("label", sorted(MUTABLE))
def test_a_mutable_model_has_none(label: str) -> None:
    assert "append_only" not in triggers(MODELS[label]._meta.db_table)


@pytest.fixture
def rows(ngo: Caller, centre: Caller) -> dict[str, Any]:
    """A row of every append-only table."""
    path, stored = ngo.referral()
    ngo.put(path, referral(gender="M"), If_Match='"1"')
    assessed = f"/api/v1/cases/{stored['case_token']}/assessment"
    centre.put(assessed, assessment())
    centre.put(assessed, assessment(outcome="DECLINED"), If_Match='"1"')
    today = timezone.now().date().replace(day=1)
    release = Release.objects.create(
        id="2025.v1", period="2025", first_month=today, last_month=today, vintage=1, as_of=timezone.now(),
        settings={}, codelists={}, records={}, cells={}, snapshots={}, digest="0" * 64, software="x",
    )  # fmt: skip
    return {"release": release}


def refused(statement: str, params: list[Any] | None = None) -> None:
    """The database itself refuses the statement."""
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, params)


@pytest.mark.parametrize("label", [label for label in APPEND_ONLY if label != "cases.ReleaseTable"])
def test_no_column_of_a_stored_row_can_be_changed_and_no_row_deleted(rows: dict[str, Any], label: str) -> None:
    model = MODELS[label]
    table = model._meta.db_table
    assert model._default_manager.exists()
    for field in model._meta.local_concrete_fields:
        if field.column in APPEND_ONLY[label]:
            continue
        refused(f"UPDATE {table} SET {field.column} = {other(field)}")
    refused(f"DELETE FROM {table}")
    assert model._default_manager.exists()


def other(field: models.Field[Any, Any]) -> str:
    """SQL for another value than any that is there."""
    quoted = f'"{field.column}"'
    match field:
        case models.UUIDField() | models.ForeignKey() if field.db_type(connection) == "uuid":
            return f"'{uuid4()}'"
        case models.DateField():
            return f"coalesce({quoted}, now()) + interval '1 month'"
        case models.BooleanField():
            return f"NOT {quoted}"
        case models.CharField():
            return f"left({quoted}, 1) || '~'"
        case models.JSONField():
            return "'[1, 2, 3]'"
        case models.IntegerField() | models.ForeignKey():
            return f"coalesce({quoted}, 0) + 1"
        case _:
            return "'{_N,_N}'"


@pytest.mark.parametrize("model", [Referral, Assessment])
def test_a_version_is_superseded_once_and_never_brought_back(rows: dict[str, Any], model: type[models.Model]) -> None:
    table = model._meta.db_table
    old = model._default_manager.get(version=1)
    refused(f"UPDATE {table} SET superseded_at = NULL WHERE id = %s", [old.pk])
    refused(f"UPDATE {table} SET superseded_at = now() + interval '1 day' WHERE id = %s", [old.pk])
    refused(f"UPDATE {table} SET superseded_at = now(), version = 9 WHERE version = 2")
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET superseded_at = recorded_at WHERE version = 2")
        assert cursor.rowcount == 1


def test_the_orm_and_the_admin_are_refused_too(rows: dict[str, Any]) -> None:
    for change in (
        lambda: Referral.objects.update(gender="X"),
        lambda: Referral.objects.filter(version=2).delete(),
        lambda: Case.objects.update(token=tokens.mint()),
        lambda: AuditEvent.objects.all().delete(),
        lambda: AuditEvent.objects.update(action="nothing"),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_a_purge_must_name_itself_and_ends_with_its_transaction(rows: dict[str, Any]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL henvis.purge = 'on'")
        cursor.execute("DELETE FROM cases_referral WHERE version = 2")
        assert cursor.rowcount == 1
        refused("UPDATE cases_referral SET gender = 'X'")
        for table in ("cases_assessment", "cases_case", "partners_auditevent"):
            refused(f"DELETE FROM {table}")
        cursor.execute("SET LOCAL henvis.purge = ''")
    refused("DELETE FROM cases_referral")


@pytest.mark.parametrize("again", [{"version": 1}, {"version": 2}])
def test_two_current_versions_or_two_of_one_number_cannot_be(rows: dict[str, Any], again: dict[str, int]) -> None:
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
