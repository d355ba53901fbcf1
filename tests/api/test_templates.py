"""Templates and rehearsals over HTTP."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from openpyxl import load_workbook

from cases import dictionary as d
from cases.intake.additions import SET_BY_SERVICE
from cases.intake.templates.columns import COLUMNS, is_blank, no_person, words
from partners.kinds import Mode
from tests.api.asserts import findings, problem
from tests.callers import Browser, Caller, make_caller

pytestmark = pytest.mark.django_db
TEMPLATES, REHEARSAL = "/api/v1/templates/referrals", "/api/v1/templates/rehearsal"
FORMS = pytest.mark.parametrize("form", ["csv", "schema.json", "table-schema.json"])
NAMES = [column.name for column in COLUMNS]


def is_invented(row: Mapping[str, object]) -> bool:
    """Whether a live partner's row would be refused, for it was invented for a rehearsal."""
    return no_person(str(row["reference"]), is_test=False) == "rehearsal_row"


@pytest.fixture
def tester() -> Caller:
    """A partner in test mode."""
    return make_caller("NGO", mode=Mode.TEST)


def fetch(address: str, **headers: str) -> HttpResponse:
    """A public file."""
    return Browser().get(address, headers={name.replace("_", "-"): v for name, v in headers.items()})  # type: ignore[return-value]


def sheet_of(response: HttpResponse) -> list[dict[str, Any]]:
    """The rows of a workbook's first sheet, by the names of the columns."""
    assert response.status_code == 200, response.content
    _, *lines = load_workbook(BytesIO(response.content)).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(NAMES, line, strict=True)) for line in lines]


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_workbook_is_public_and_in_the_language_that_is_asked_for(language: str) -> None:
    response = fetch(f"{TEMPLATES}.xlsx?lang={language}")
    assert response.headers["Content-Disposition"] == f'attachment; filename="referrals_{language}.xlsx"'
    assert response.headers["Content-Language"] == language
    example, *others = sheet_of(response)
    assert no_person(str(example["reference"]), is_test=True) == "example_row"
    assert example["region"] == words(COLUMNS[NAMES.index("region")], "DK01", language)
    assert len(others) == 500
    assert all(is_blank(row) for row in others)


def test_two_workbooks_have_no_reference_in_common_and_nobody_keeps_one() -> None:
    first, second = (fetch(f"{TEMPLATES}.xlsx", If_None_Match="*") for _ in range(2))
    references = [{row["reference"] for row in sheet_of(each)[1:]} for each in (first, second)]
    assert len(references[0]) == len(references[1]) == 500
    assert not references[0] & references[1]
    assert first.headers["Cache-Control"] == "no-store"
    assert "ETag" not in first.headers


@FORMS
def test_a_file_without_anything_random_has_a_tag_and_is_kept(form: str) -> None:
    response = fetch(f"{TEMPLATES}.{form}?lang=da")
    assert response.status_code == 200
    assert "max-age" in response.headers["Cache-Control"]
    again = fetch(f"{TEMPLATES}.{form}?lang=da", If_None_Match=response.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert fetch(f"{TEMPLATES}.{form}?lang=en").headers["ETag"] != response.headers["ETag"]


@FORMS
def test_the_language_is_the_readers_where_none_is_named(form: str) -> None:
    assert fetch(f"{TEMPLATES}.{form}", Accept_Language="da").headers["Content-Language"] == "da"
    assert fetch(f"{TEMPLATES}.{form}").headers["Content-Language"] == "en"


@pytest.mark.parametrize("query", ["language=da", "lang=sv", "lang=da&lang=en"])
def test_unknown_parameters_and_languages_are_refused(query: str, tester: Caller) -> None:
    for response in (fetch(f"{TEMPLATES}.xlsx?{query}"), tester.get(f"{REHEARSAL}.xlsx?{query}")):
        assert findings(response, "invalid_parameter")


def test_another_form_is_not_found(tester: Caller) -> None:
    problem(fetch(f"{TEMPLATES}.docx"), "not_found")
    problem(tester.get(f"{REHEARSAL}.docx"), "not_found")


@pytest.mark.parametrize("accept", ["text/html", "application/json", "text/csv;q=0"])
def test_the_address_names_the_form_whatever_the_browser_accepts(accept: str) -> None:
    assert fetch(f"{TEMPLATES}.csv", Accept=accept).headers["Content-Type"].startswith("text/csv")


def test_the_json_schema_takes_the_rows_of_a_rehearsal_and_none_that_is_wrong(tester: Caller) -> None:
    schema = json.loads(fetch(f"{TEMPLATES}.schema.json").content)
    Draft202012Validator.check_schema(schema)
    check = Draft202012Validator(schema)
    rows = ndjson(tester.get(f"{REHEARSAL}.ndjson"))
    assert len(rows) == 40
    assert [error.message for error in check.iter_errors(rows)] == []
    row = rows[0]
    wrong: list[dict[str, Any]] = [
        {**row, "region": "DK2"},
        {**row, "name": "x"},
        {**row, "referred_in": "2025-03-14"},
        {**row, "services_needed": ["_N", "LEGAL"]},
        {**row, "services_needed": "LEGAL"},
        {**row, "reference": "12345"},
        {name: value for name, value in row.items() if name != "consent"},
    ]
    assert [n for n, each in enumerate(wrong) if check.is_valid([each])] == []
    assert check.is_valid([{**row, "services_needed": ["_N"]}, {**row, "services_needed": []}])


def test_the_table_schema_takes_a_table_of_codes() -> None:
    schema = json.loads(fetch(f"{TEMPLATES}.table-schema.json?lang=da").content)
    assert [field["name"] for field in schema["fields"]] == [*NAMES, *SET_BY_SERVICE]
    assert schema["missingValues"] == [""]
    by_name = {field["name"]: field for field in schema["fields"]}
    assert by_name["region"]["title"] == "Region"
    assert by_name["region"]["constraints"] == {"required": True, "enum": [*d.REGION.allowed]}
    assert by_name["referred_in"]["type"] == "yearmonth"
    assert [name for name, field in by_name.items() if field["constraints"].get("required")] == [
        column.name for column in COLUMNS if column.required
    ]


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("LEGAL", True),
        ("LEGAL|HEALTH", True),
        ("[]", True),
        ("_N", True),
        ("_N|LEGAL", False),
        ("LEGAL;HEALTH", False),
        ("", False),
    ],
)
def test_the_pattern_of_a_set(text: str, fits: bool) -> None:
    schema = json.loads(fetch(f"{TEMPLATES}.table-schema.json").content)
    (field,) = (each for each in schema["fields"] if each["name"] == "services_needed")
    assert (re.fullmatch(field["constraints"]["pattern"], text) is not None) is fits


def ndjson(response: HttpResponse) -> list[dict[str, Any]]:
    """The rows of a file of JSON lines."""
    assert response.status_code == 200, response.content
    return [json.loads(line) for line in response.content.splitlines()]


def test_a_rehearsal_is_the_same_all_month_and_another_for_each_partner(tester: Caller) -> None:
    first, again = (tester.get(f"{REHEARSAL}.ndjson").content for _ in range(2))
    assert first == again
    other = make_caller("NGO", mode=Mode.TEST).get(f"{REHEARSAL}.ndjson")
    assert not {row["reference"] for row in ndjson(other)} & {
        row["reference"] for row in map(json.loads, first.splitlines())
    }


def test_the_three_forms_of_a_rehearsal_have_the_same_rows(tester: Caller) -> None:
    rows = ndjson(tester.get(f"{REHEARSAL}.ndjson"))
    in_words = [{column.name: words(column, row.get(column.name), "da") for column in COLUMNS} for row in rows]
    sheet = sheet_of(tester.get(f"{REHEARSAL}.xlsx?lang=da"))
    assert [{name: value or "" for name, value in row.items()} for row in sheet] == in_words
    text = tester.get(f"{REHEARSAL}.csv?lang=da").content.decode("utf-8-sig")
    _, *lines = csv.reader(io.StringIO(text), delimiter=";")
    assert [dict(zip(NAMES, line, strict=True)) for line in lines] == in_words


@pytest.mark.parametrize("kind", ["NGO", "POLICE", "IMMIGRATION", "CENTRE", "MUNICIPALITY", "UNION", "EMBASSY"])
def test_every_row_of_a_rehearsal_is_accepted_and_changes_nothing_when_it_is_sent_again(kind: str) -> None:
    caller = make_caller(kind, mode=Mode.TEST)
    rows = ndjson(caller.get(f"{REHEARSAL}.ndjson"))
    assert len({row["reference"] for row in rows}) == 40
    for row in rows if kind == "NGO" else rows[::8]:
        reference = row.pop("reference")
        assert UUID(reference).version == 4
        path = f"/api/v1/referrals/{reference}"
        assert [caller.put(path, row).status_code for _ in range(2)] == [201, 200]


def test_two_rows_are_wrong_where_that_is_asked_for(tester: Caller) -> None:
    right, wrong = (ndjson(tester.get(f"{REHEARSAL}.ndjson?errors={count}")) for count in ("0", "2"))
    differing = [n for n, pair in enumerate(zip(right, wrong, strict=True)) if pair[0] != pair[1]]
    assert differing == [6, 22]
    codes = []
    for n in differing:
        row = dict(wrong[n])
        codes += findings(tester.put(f"/api/v1/referrals/{row.pop('reference')}", row))
    assert codes == [("#/region", "code_unknown"), ("#/exploitation_detail", "detail_belongs_to_exploitation")]
    assert findings(tester.get(f"{REHEARSAL}.ndjson?errors=3"), "invalid_parameter")


def test_every_row_of_a_rehearsal_is_recognised_and_a_random_reference_is_not(tester: Caller) -> None:
    assert all(is_invented(row) for row in ndjson(tester.get(f"{REHEARSAL}.ndjson")))
    assert not any(is_invented(row) for row in sheet_of(fetch(f"{TEMPLATES}.xlsx")))


def test_a_live_partner_gets_no_invented_rows(tester: Caller) -> None:
    problem(make_caller("NGO").get(f"{REHEARSAL}.ndjson"), "test_mode_only")
    problem(fetch(f"{REHEARSAL}.ndjson"), "not_authenticated")
    reader = make_caller("NGO", mode=Mode.TEST, scopes=["referrals:read"])
    problem(reader.get(f"{REHEARSAL}.ndjson"), "insufficient_scope")
