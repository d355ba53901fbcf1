"""openapi.json: complete, valid, the committed one, and what the code does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls import path as url
from drf_spectacular.drainage import GENERATOR_STATS, reset_generator_stats
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.batches.commits import COMMIT_INPUT
from api.docs.description import document
from api.http.reading import Reader
from api.openapi.describe import Generator
from api.openapi.schemas import BASE, MOST_CONSTANTS, TAGS
from api.records.assessments import ASSESSMENT
from api.records.referral_parts import LINKAGE_CODE
from api.records.referrals import REFERRAL, WITHDRAWAL
from api.reference.members import enum_name
from cases import dictionary as d
from cases.codelists import CODELISTS
from cases.codelists.types import NOT_ASKED
from cases.fields import CodedField, CodeSetField
from cases.intake.checks.rows import IMPROBABLE
from partners.kinds import SCOPE_TEXTS, Scope
from stats.protection.audit.certificate import (
    CertifiedFact,
    PublicCell,
    block_certificate,
    public_certificate,
)
from stats.protection.space import AtomicDimension, Box, Partition, Space
from stats.protection.verify.certificate import check_certificate
from stats.protection.verify.certified_cells import compare_with_certificates
from stats.protection.verify.tables import table_of
from tests.api.batches.sending import BATCHES, row, send, whole
from tests.api.count_paths import with_period
from tests.callers import Caller
from tests.described import nodes
from tests.oversight.returns.world import send_back

PATH = Path(settings.BASE_DIR) / "openapi.json"
DOCUMENT: dict[str, Any] = json.loads(PATH.read_text())
PROBLEM, FORM = "application/problem+json", "application/x-www-form-urlencoded"
# What is no view of the REST framework.
OUTSIDE = {"/oauth/token", "/oauth/revoke", "/livez", "/readyz", "/openapi.json"}
# The server answers this by itself.
NOT_OURS = "/livez"


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, path and description of each operation."""
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def resolved(node: dict[str, Any]) -> dict[str, Any]:
    """What a reference leads to."""
    while "$ref" in node:
        _, *names = node["$ref"].split("/")
        node = DOCUMENT
        for name in names:
            node = node[name]
    return node


def answers(operation: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Status and description of each answer."""
    for status, answer in operation["responses"].items():
        yield status, resolved(answer)


def routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every route's template and view."""
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, address)
        else:
            yield "/" + address.replace("<str:", "{").replace(">", "}"), pattern.callback


# Every example by its name, wherever it stands.
EXAMPLES: dict[str, dict[str, Any]] = {
    name: resolved(example)
    for node in nodes(DOCUMENT["paths"] | DOCUMENT["components"])
    for name, example in node.get("examples", {}).items()
}
VIEWS = {path: view.cls for path, view in routes(get_resolver().url_patterns) if hasattr(view, "cls")}
contents = pytest.mark.parametrize(("method", "path", "operation"), list(operations()))


def test_committed_and_generated_are_the_same() -> None:
    assert json.loads(document()) == DOCUMENT, "make openapi.json"
    assert PATH.read_text() == json.dumps(DOCUMENT, indent=1, ensure_ascii=False) + "\n"


def test_every_route_of_the_api_is_described() -> None:
    methods = {
        (method.upper(), path)
        for path, view in VIEWS.items()
        for method in view.http_method_names
        if hasattr(view, method)
    }
    written = {(method, path) for method, path in methods if method != "OPTIONS"}
    described = {(method, path) for method, path, _ in operations()}
    assert {(method, path) for method, path in described if path not in OUTSIDE} == written
    assert {path for _, path in described} >= OUTSIDE


def test_a_view_that_does_not_describe_itself_is_an_error_of_the_generator(capsys: pytest.CaptureFixture[str]) -> None:
    class Silent(APIView):
        def get(self, request: Request) -> Response:
            raise NotImplementedError

    reset_generator_stats()
    generator: Any = Generator(patterns=[url("api/v1/nowhere", Silent.as_view())])
    assert generator.parse(None, public=True) == {}
    assert GENERATOR_STATS
    assert "GET /api/v1/nowhere is not described" in capsys.readouterr().err
    reset_generator_stats()


def test_names_are_unique_and_tags_are_described() -> None:
    names = [operation["operationId"] for _, _, operation in operations()]
    assert len(set(names)) == len(names)
    assert {tag["name"] for tag in DOCUMENT["tags"]} == set(TAGS) == {t for _, _, o in operations() for t in o["tags"]}


def test_it_is_openapi_31_without_leftovers_of_30() -> None:
    assert DOCUMENT["openapi"] == "3.1.0"
    assert not [node for node in nodes(DOCUMENT["components"]["schemas"]) if "nullable" in node or "example" in node]


@contents
def test_an_operation_says_all(method: str, path: str, operation: dict[str, Any]) -> None:
    assert operation["summary"] and operation["description"]
    ours = path != NOT_OURS
    assert {int(status) // 100 for status in operation["responses"]} >= ({2, 4, 5} if ours else {2, 4})
    for status, response in answers(operation):
        assert ("X-Request-Id" in response["headers"]) == ours
        for media, content in response.get("content", {}).items():
            assert content["examples"], f"{method} {path} {status} {media} has no example"
    for content in operation.get("requestBody", {}).get("content", {}).values():
        assert content["examples"]


@contents
def test_every_example_is_valid(method: str, path: str, operation: dict[str, Any]) -> None:
    bodies = [operation.get("requestBody", {}), *(answer for _, answer in answers(operation))]
    for content in (content for body in bodies for content in body.get("content", {}).values()):
        checked = Draft202012Validator({**content["schema"], "components": DOCUMENT["components"]})
        for example in content["examples"].values():
            checked.validate(resolved(example)["value"])
    for parameter in map(resolved, operation["parameters"]):
        if "example" in parameter:
            Draft202012Validator({**parameter["schema"], "components": DOCUMENT["components"]}).validate(
                parameter["example"]
            )


def test_the_example_of_a_certificate_holds_and_is_that_of_the_example_table() -> None:
    proof = EXAMPLES["Certificate"]["value"]
    checks = check_certificate(proof)
    for name in ("Csv", "JsonStat"):
        table = EXAMPLES[name]["value"]
        found = table_of(table if isinstance(table, str) else json.dumps(table))
        assert None in found.cells.values()
        checks += compare_with_certificates([proof], found)
    assert [check for check in checks if not check.passed] == []
    assert len(checks) > 6


def test_a_certificate_that_is_made_is_as_described_and_no_member_is_left_out() -> None:
    genders = AtomicDimension("gender", ("F", "M", "X"), (Partition("gender", ("F", "M", "X"), (0, 1, 2)),))
    space = Space((AtomicDimension("period", ("2023-01..2023-12", "2023-01..2023-12@1"), ()), genders))
    sides = {"TOTAL": (), "gender=F": ((1, (0,)),), "gender=M": ((1, (1,)),), "gender=X": ((1, (2,)),)}
    shown = {"TOTAL": 20, "gender=F": 12, "gender=M": None, "gender=X": None}
    cells = [
        PublicCell("2023.p1", Box(f"2023.p1;{name}", ((0, (0,)), *side)), shown[name]) for name, side in sides.items()
    ]
    fact = CertifiedFact("2023;gender=X", Box("2023;gender=X", ((0, (0,)), (1, (2,)))), 3, None)
    told, unused = dict.fromkeys(["2023.p1;gender=M", "2023.p1;gender=X"], (0, 8)), [Box("M", ((0, (1,)), (1, (1,))))]
    block = block_certificate(release="2023.p1", space=space, cells=cells, facts=[fact], told=told, unused=unused)
    made = public_certificate("2023.p1", [block])
    schemas = DOCUMENT["components"]["schemas"]
    described = {**schemas, **{name: shut(schemas[name]) for name in ("Certificate", "CertificateBlock")}}
    whole = {"$ref": "#/components/schemas/Certificate", "components": {"schemas": described}}
    Draft202012Validator(whole).validate(json.loads(json.dumps(made)))
    assert all(check.passed for check in check_certificate(json.loads(json.dumps(made))))


def shut(schema: Any) -> Any:
    """A schema whose objects have no members but those that it names."""
    if isinstance(schema, list):
        return [shut(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    more = {"additionalProperties": False} if "properties" in schema else {}
    return {**{name: shut(each) for name, each in schema.items()}, **more}


@contents
def test_errors_are_problems(method: str, path: str, operation: dict[str, Any]) -> None:
    # RFC 6749 has errors of its own; readyz says which check failed.
    own = path.startswith("/oauth/") or path in {"/readyz", NOT_OURS}
    for status, response in answers(operation):
        if status >= "400" and not own:
            assert response["content"][PROBLEM]["schema"] == {"$ref": "#/components/schemas/Problem"}


@contents
def test_security_is_what_the_view_asks(method: str, path: str, operation: dict[str, Any]) -> None:
    if path.startswith("/oauth/"):
        assert operation["security"] == [{"clientSecret": []}]
    elif path in OUTSIDE or VIEWS[path].authentication_classes == ():
        assert operation["security"] == []
    elif VIEWS[path].permission_classes == ():
        assert operation["security"] == [{}, {"oauth2": []}]
    else:
        scope = getattr(VIEWS[path], "scopes", {}).get(method)
        assert operation["security"] == [{"oauth2": [scope] if scope else []}]


def test_the_oauth_flow_has_its_address_and_every_scope() -> None:
    flow = DOCUMENT["components"]["securitySchemes"]["oauth2"]["flows"]["clientCredentials"]
    assert flow["tokenUrl"] == f"{BASE}/oauth/token"
    assert flow["scopes"] == {str(scope): SCOPE_TEXTS[scope] for scope in Scope}


def test_every_code_list_is_a_type_with_a_name() -> None:
    schemas = DOCUMENT["components"]["schemas"]
    for codelist in CODELISTS.values():
        # Of a list that only sets take, `_N` is always beside the codes.
        alone, beside = schemas.get(enum_name(codelist)), schemas.get(f"{enum_name(codelist)}OrNotAsked")
        assert alone is None or allowed(alone) == list(codelist.names)
        assert beside is None or allowed(beside) == [*codelist.names, NOT_ASKED]
        assert alone or beside


def allowed(schema: dict[str, Any]) -> list[str]:
    """The texts of a type; very many are a pattern."""
    values: list[str] = schema["enum"] if "enum" in schema else schema["pattern"][2:-2].split("|")
    assert ("enum" in schema) == (len(values) <= MOST_CONSTANTS)
    return values


FIELDS = {field.name: field for field in (*d.REFERRAL, *d.WITHDRAWAL, *d.ASSESSMENT)}


@pytest.mark.parametrize(
    ("name", "reader"),
    [
        ("ReferralInput", REFERRAL),
        ("WithdrawalInput", WITHDRAWAL),
        ("AssessmentInput", ASSESSMENT),
        ("LinkageCodeInput", LINKAGE_CODE),
        ("CommitInput", COMMIT_INPUT),
    ],
)
def test_what_is_sent_is_closed_and_as_it_is_read(name: str, reader: Reader) -> None:
    schema = DOCUMENT["components"]["schemas"][name]
    assert schema["additionalProperties"] is False
    assert list(schema["properties"]) == list(reader.inputs)
    assert set(schema["required"]) == {member for member, each in reader.inputs.items() if each.required}
    for member in reader.inputs:
        if isinstance(field := FIELDS.get(member), CodedField | CodeSetField):
            assert f"schemas/{enum_name(field.codelist)}" in json.dumps(schema["properties"][member])


def test_examples_of_what_is_sent_are_accepted(ngo: Caller, immigration: Caller) -> None:
    waiting = whole(send(ngo, [row(**IMPROBABLE[0].example)], dry_run=True))["id"]
    # A referral is there before what is under its address, and it is withdrawn at last.
    for method, path, operation in sorted(operations(), key=lambda each: ("withdrawal" in each[1], len(each[1]))):
        sent = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
        for name, example in sent.get("examples", {}).items():
            value = resolved(example)["value"]
            caller = immigration if "assessment" in path else ngo
            names = {"reference": "3f2b8c1e-9d47-4a6b-8e15-7c0d2f9a6b34", "token": "7KQ2M8XW4A4", "batch_id": waiting}
            names |= {"place": "DROP_IN", "region": "DK01", "month": "2024-01"}
            names |= (
                {"return_id": str(send_back(f"/api/v1/referrals/{names['reference']}").pk)}
                if "return_id" in path
                else {}
            )
            address = with_period(path).format(**names) + ("?dry_run=true" if path == BATCHES else "")
            key = f"{name}-0123456789abcdef"
            answer = caller.call(method, address, value, Idempotency_Key=key, If_Match="*")
            created = caller.call(method, address, value, Idempotency_Key=key) if answer.status_code == 412 else answer
            assert created.status_code in {200, 201, 204}, (name, created.content)
