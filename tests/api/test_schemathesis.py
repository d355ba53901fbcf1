"""Every operation of openapi.json against the application, with what schemathesis makes up: valid and invalid requests alike.

All of its default checks hold. Where JSON Schema cannot say what is valid (rules across fields, the calendar, preconditions),
`make_valid` mends what is meant to be valid; each of those has tests of its own.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from django.conf import settings as program
from django.core.signing import dumps
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck
from hypothesis import settings as examined
from hypothesis import strategies as st
from msgspec import to_builtins
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from api.batches.uploads import ODS, XLSX
from api.counts.examples import PERIODS
from api.counts.examples import content as content_of_form
from api.http.parameters import SALT
from api.http.reading import Reader
from api.records import examples
from api.records.assessments import ASSESSMENT
from api.records.referrals import REFERRAL
from api.service.oauth import UNREADABLE
from api.statistics.audiences import PURPOSE_HEADER
from cases import dictionary as d
from cases import tokens
from cases.codelists.types import NOT_ASKED
from cases.dimensions import DATASETS, PERSONS, table_id, tables
from cases.errors import RulesBroken
from cases.fields import Field, MonthField, to_stored
from cases.intake import rules
from cases.months import month_id, today
from cases.rules import ASSESSMENT_RULES, REFERRAL_RULES, Rule
from cases.services.forms import FORMS as FORMS_OF_COUNTS
from partners.audit import COMMAND
from stats.counting import build as release
from stats.models import EXACT, PUBLIC
from tests.api.batches.sending import CSV, FORMS, JSON, NDJSON, as_csv, row
from tests.callers import Caller, as_web_server, make_caller
from tests.stats.published import publish

RECORDS: dict[str, tuple[tuple[Field, ...], tuple[Rule, ...], Reader]] = {
    "ReferralInput": (d.REFERRAL, REFERRAL_RULES, REFERRAL),
    "AssessmentInput": (d.ASSESSMENT, ASSESSMENT_RULES, ASSESSMENT),
}


# What takes files. A schema cannot say what is in them.
TEXTS, FILES, MULTIPART = (CSV, NDJSON), ("/batches", "/public/check", "/mappings/referrals"), "multipart/form-data"

COUNT_FILES = "/count-files/"

# What the releases of these tests have; more would only be slower.
SHOWN = ("gender", "age_band", "citizenship")

# The committed description: another test holds it equal to the served one.
description = schemathesis.openapi.from_path(program.BASE_DIR / "openapi.json")
application = get_wsgi_application()


def as_served(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """The application with the rights of the web server in the database."""
    with as_web_server():
        return application(environ, start_response)


description.app = as_served

# Formats of ours that a pattern alone cannot say: a check character, a signature.
digits = st.text(tokens.ALPHABET, min_size=tokens.LENGTH, max_size=tokens.LENGTH)
schemathesis.openapi.format("case-token", digits.map(lambda body: body + tokens.check_symbol(body)))
schemathesis.openapi.format(
    "recent-moment", st.sampled_from(["2025-04-03T09:14:27.318204Z", "2025-04-03T11:14:27+02:00"])
)
schemathesis.openapi.format("moment-or-day", st.sampled_from(["2025-04-03", "2025-04-03T11:14:27+02:00"]))
schemathesis.openapi.format("cursor", st.just(dumps(["2025-04-03T09:14:27+00:00", "0" * 32], salt=SALT)))


@schemathesis.serializer(XLSX, ODS, CSV, NDJSON)
def as_it_is(_context: Any, value: Any) -> bytes:
    """What is no JSON goes as it is."""
    content = getattr(value, "data", value)
    return content if isinstance(content, bytes) else str(content).encode()


@pytest.fixture
def caller(transactional_db: None, settings: Any, zero_is_known: None) -> Caller:
    """The centre has every scope. What the examples of the description name is there."""
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]
    centre = make_caller("CENTRE")
    assert centre.put(f"/api/v1/referrals/{examples.REFERENCE}", rules.example(d.REFERRAL)).status_code == 201
    assessed = f"/api/v1/cases/{d.CASE_TOKEN.example}/assessment"
    assert centre.put(assessed, rules.example(d.ASSESSMENT)).status_code == 201
    for year in ("2024", "2025"):
        release.build(by=COMMAND, period=year, depth=2, dimensions=SHOWN)
    for year in ("2023", "2025"):
        publish(PUBLIC, year, {table_id(axes): {} for axes in tables(PERSONS.only(SHOWN), 2)})
    return centre


@description.parametrize()
@examined(max_examples=15, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_every_operation(case: Case[Any], caller: Caller) -> None:
    if case.meta is not None and case.meta.generation.mode is GenerationMode.POSITIVE:
        make_valid(case)
    # In the process nobody unpacks an answer.
    # Rows that break rules are answered with what is wrong in each.
    unasked: list[Any] = [negative_data_rejection] if case.operation.path.endswith(FILES) else []
    if COUNT_FILES in case.operation.path:
        # Nor is a file of counts that is made up one of its form.
        unasked = [negative_data_rejection, positive_data_acceptance]
    headers = {"Accept-Encoding": "identity", **credentials(case, caller)}
    case.call_and_validate(headers=headers, excluded_checks=unasked)


def credentials(case: Case[Any], caller: Caller) -> dict[str, str]:
    """The token; at the token endpoint the secret; for everybody nothing. Of figures, who says a purpose is the centre."""
    security = case.operation.definition.raw["security"]
    if not security or ({} in security and PURPOSE_HEADER not in case.headers):
        return {}
    if case.operation.path.startswith("/oauth/"):
        pair = f"{caller.client.client_id}:{caller.secret}".encode()
        return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}
    return {"Authorization": f"Bearer {caller.token}"}


def make_valid(case: Case[Any]) -> None:
    """What the schema finds valid, made valid indeed: new ids where something is written, tokens with their check character."""
    case.headers.pop("If-Match", None)
    if "Idempotency-Key" in case.headers:
        case.headers["Idempotency-Key"] = str(uuid4())
    writes = case.operation.method.upper() == "PUT"
    if writes and "reference" in case.path_parameters:
        case.path_parameters["reference"] = str(uuid4())
    if "token" in case.path_parameters and (writes or tokens.canonical(case.path_parameters["token"]) is None):
        case.path_parameters["token"] = tokens.mint()
    if "period" in case.path_parameters:
        form = FORMS_OF_COUNTS[case.path_parameters.get("form_id") or case.operation.path.split("/")[4]]
        case.path_parameters["period"] = PERIODS[form.period]
    if "month" in case.path_parameters:
        case.path_parameters["month"] = min(case.path_parameters["month"], "2024-01")
    case.query = of_own(case.operation.path, dict(case.query or {}))
    if "{dataset_id}" in case.operation.path:
        audience = EXACT if PURPOSE_HEADER in case.headers else PUBLIC
        case.query = answerable(dict(case.query or {})) | {"audience": audience}
        if audience == PUBLIC or case.path_parameters["dataset_id"] not in DATASETS:
            # Referrals are not published, and there are no exact sums.
            case.path_parameters["dataset_id"] = PERSONS.id
    make_valid_body(case)


def make_valid_body(case: Case[Any]) -> None:
    """A file with a row, a form that can be read, a record that breaks no rule."""
    if case.operation.path.endswith(FILES) and case.media_type:
        case.body = content_of(case.operation.path, case.media_type)
    elif isinstance(case.body, dict) and case.operation.path.startswith("/api/v1/counts/"):
        case.body = to_builtins(content_of_form(FORMS_OF_COUNTS[case.operation.path.split("/")[4]]))
    elif isinstance(case.body, dict) and case.operation.path.startswith("/api/v1/services/"):
        # An address has no number that one could call.
        case.body = {**case.body, "address": "Havnegade 1"}
    elif isinstance(case.body, dict) and case.operation.path.startswith("/api/v1/reports/"):
        # The number that stands is not known here.
        case.body = {}
    elif isinstance(case.body, dict):
        forms = case.operation.path.startswith("/oauth/")
        members = {name: value for name, value in case.body.items() if value is not None}
        case.body = readable(case.body) if forms else mended(case.operation.definition.raw, members)


def content_of(path: str, media_type: str) -> Any:
    """A file of a media type; in a mapping any name would be the partner's own."""
    if path.endswith("/mappings/referrals"):
        return {}
    if media_type == MULTIPART:
        return {"file": as_csv([row()])}
    content = FORMS[media_type]([row()])
    return content.decode() if media_type in TEXTS else [row()] if media_type == JSON else content


def of_own(path: str, asked: dict[str, Any]) -> dict[str, Any]:
    """A query of own records: a file has no pages, a table one axis of each field and either a period or a year."""
    if path.endswith("/summary"):
        axes = asked.pop("by", ())
        by = {"by": axes if isinstance(axes, str) else list(axes)[:1]} if axes else {}
        period = {"period": "2025-Q1"} if "period" in asked else {}
        asked = {name: value for name, value in asked.items() if name != "year" or not period} | by | period
    if path.endswith(("/referrals", "/results")) and asked.get("format", "json") != "json":
        asked = {name: value for name, value in asked.items() if name not in {"limit", "cursor"}}
    return asked


def answerable(asked: dict[str, Any]) -> dict[str, Any]:
    """A query that the releases of these tests can answer: few dimensions, one axis of each, no period that is not there."""
    axes = {axis.partition(".")[0]: axis for axis in asked.pop("by", ()) if axis.partition(".")[0] in SHOWN}
    kept = {
        name: value for name, value in asked.items() if name in {"measure", "totals", "format"} or name in SHOWN[:1]
    }
    by = [axis for dimension, axis in axes.items() if dimension not in kept][:1]
    return {**kept, **({"by": by} if by else {}), "year": "2025"}


def readable(form: dict[str, Any]) -> dict[str, Any]:
    """A form as RFC 6749 has it: no parameter stands twice, as one that the schema does not know may, and none has a NUL."""
    once = {name: value for name, value in form.items() if isinstance(value, str)}
    return {name: value for name, value in once.items() if not set(UNREADABLE) & {*name, *value}}


def mended(operation: Mapping[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    """A record that keeps the rules: where it breaks one, every field that a rule reads is the example's."""
    shown = str(operation["requestBody"])
    for name, (fields, checks, reader) in RECORDS.items():
        if f"schemas/{name}'" in shown:
            return keeping(fields, checks, reader, body)
    return body


def keeping(
    fields: tuple[Field, ...], checks: tuple[Rule, ...], reader: Reader, body: dict[str, Any]
) -> dict[str, Any]:
    """The record with a token that checks, `_N` alone, months that are not in the future, and the rules kept."""
    if "case_token" in body and tokens.canonical(body["case_token"]) is None:
        body = {**body, "case_token": tokens.mint()}
    alone = [name for name, codes in body.items() if isinstance(codes, list) and NOT_ASKED in codes]
    body = {**body, **{name: [NOT_ASKED] for name in alone}}
    now = month_id(today())
    months = [field.name for field in fields if isinstance(field, MonthField) and field.name in body]
    body = {**body, **{name: min(body[name], now) for name in months}}
    try:
        rules.check(fields, checks, to_stored(fields, reader.parse(body)))
    except RulesBroken:
        read = {name for rule in checks for name in (rule.field, *rule.example)}
        body = {**body, **{name: value for name, value in rules.example(fields).items() if name in read}}
    return body
