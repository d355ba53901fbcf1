"""The dictionary and all that is derived from it: columns, constraints, filters and shapes agree field by field."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.db.models import CheckConstraint
from django.utils import timezone
from msgspec import structs

from api.http.reading import Reader
from api.records.assessments import ASSESSMENT
from api.records.referrals import REFERRAL, WITHDRAWAL
from cases import dictionary as d
from cases.codelists import CODELISTS
from cases.codelists.types import NOT_ASKED
from cases.fields import WIDTH, CodedField, CodeSetField, Field, MonthField, TokenField
from cases.intake import rules, submit
from cases.intake.assess import ASSESSMENTS
from cases.models import Assessment, Case, Referral
from core.risks import Risk
from tests.callers import Caller

RECORDS = {"referral": (d.REFERRAL, Referral), "assessment": (d.ASSESSMENT, Assessment)}
ALL = [(record, field) for record, (fields, _) in RECORDS.items() for field in fields]
EACH = pytest.mark.parametrize(
    ("record", "field"), ALL, ids=lambda value: value if isinstance(value, str) else value.name
)
ROW = {"id", "partner", "client", "case", "version", "schema_version", "recorded_at", "superseded_at"}
REFERRALS_OWN = {"reference", "status", "reason_code"}


@pytest.mark.parametrize("record", RECORDS)
def test_the_columns_of_the_model_are_the_fields_in_their_order(record: str) -> None:
    fields, model = RECORDS[record]
    columns = [column.name for column in model._meta.concrete_fields if column.name not in ROW | REFERRALS_OWN]
    assert columns == [field.name for field in fields if not isinstance(field, TokenField)]


@EACH
def test_a_field_has_words_in_both_languages_a_risk_and_a_valid_example(record: str, field: Field) -> None:
    assert field.label.da and field.label.en and field.help.da and field.help.en
    assert isinstance(field.risk, Risk)
    if isinstance(field, CodedField | CodeSetField):
        example = {field.example} if isinstance(field.example, str) else set(field.example)
        assert example <= set(field.allowed)
        assert CODELISTS[field.codelist.id] is field.codelist


# What these ask is not what their list is about: it serves several of them, or is of another record.
OWN_WORDS = {
    "exploitation_also",
    "unaccompanied_minor",
    "guardian_assigned",
    "services_needed",
    "services_given",
    *(field.name for field in d.ASSESSMENT if field.name.startswith("verified_")),
}


def test_a_field_is_called_what_its_code_list_is_called() -> None:
    fields = [f for f in (*d.REFERRAL, *d.ASSESSMENT, *d.WITHDRAWAL) if isinstance(f, CodedField | CodeSetField)]
    assert {field.name for field in fields if field.label != field.codelist.label} == OWN_WORDS


@EACH
def test_no_code_is_too_long_for_its_column(record: str, field: Field) -> None:
    if isinstance(field, CodedField | CodeSetField):
        assert max(len(code) for code in field.allowed) <= WIDTH


@EACH
def test_an_optional_code_can_be_not_asked_and_a_required_one_cannot(record: str, field: Field) -> None:
    if isinstance(field, CodedField):
        assert (NOT_ASKED in field.allowed) == (not field.required)


@EACH
def test_every_column_has_its_constraint(record: str, field: Field) -> None:
    if isinstance(field, TokenField):
        return
    constraints = {each.name: each for each in RECORDS[record][1]._meta.constraints}
    suffix = "month" if isinstance(field, MonthField) else "code"
    assert isinstance(constraints[f"{record}_{field.name}_{suffix}"], CheckConstraint)


@pytest.mark.parametrize(
    ("reader", "fields"),
    [(REFERRAL, d.REFERRAL), (ASSESSMENT, d.ASSESSMENT), (WITHDRAWAL, d.WITHDRAWAL)],
    ids=["referral", "assessment", "withdrawal"],
)
def test_what_is_sent_has_the_fields_of_the_dictionary(reader: Reader, fields: tuple[Field, ...]) -> None:
    expected = {field.name: field.required for field in fields}
    assert {name: member.required for name, member in reader.inputs.items()} == expected
    assert {member.name: member.required for member in structs.fields(reader.struct)} == expected


@pytest.fixture
def stored(ngo: Caller, centre: Caller) -> dict[str, Referral | Assessment]:
    """A row of each record."""
    _, body = ngo.referral()
    centre.put(f"/api/v1/cases/{body['case_token']}/assessment", rules.example(d.ASSESSMENT))
    return {"referral": Referral.objects.get(), "assessment": Assessment.objects.get()}


def insert(row: Referral | Assessment, **changes: object) -> None:
    """The row again as its own next version, past every check of ours."""
    table = submit.REFERRALS if isinstance(row, Referral) else ASSESSMENTS
    values = {column.attname: getattr(row, column.attname) for column in row._meta.concrete_fields}
    with transaction.atomic():
        table.append(row, at=timezone.now(), case=Case(id=row.case_id, token=""), values={**values, **changes})  # type: ignore[arg-type]


@EACH
def test_the_database_itself_knows_the_code_list(
    stored: dict[str, Referral | Assessment], record: str, field: Field
) -> None:
    wrong: list[object]
    match field:
        case CodedField():
            wrong = ["MARKER", "", "f", *(() if NOT_ASKED in field.allowed else (NOT_ASKED,))]
        case CodeSetField():
            wrong = [["MARKER"], [NOT_ASKED, field.codelist.names[0]], [""]]
        case MonthField():
            wrong = ["2025-03-02", "2025-03-31"]
        case TokenField():
            return
    for value in wrong:
        with pytest.raises(IntegrityError, match=f"{record}_{field.name}_"):
            insert(stored[record], **{field.name: value})


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"status": "deleted"}, "referral_status_code"),
        ({"status": "withdrawn"}, "referral_reason_code"),
        ({"reason_code": "DUPLICATE"}, "referral_reason_code"),
        ({"status": "withdrawn", "reason_code": "BECAUSE"}, "referral_reason_code"),
    ],
)
def test_the_database_itself_knows_status_and_reason(
    stored: dict[str, Referral | Assessment], changes: dict[str, object], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        insert(stored["referral"], **changes)


@EACH
def test_the_database_takes_every_code_of_the_list(
    stored: dict[str, Referral | Assessment], record: str, field: Field
) -> None:
    if isinstance(field, CodedField) and len(field.allowed) < 60:
        row = stored[record]
        for code in field.allowed:
            insert(row, **{field.name: code})
            row = type(row)._default_manager.get(superseded_at=None)


def test_the_statements_name_every_column() -> None:
    assert submit.REFERRALS.names == [column.attname for column in Referral._meta.concrete_fields]
    assert ASSESSMENTS.names == [column.attname for column in Assessment._meta.concrete_fields]
