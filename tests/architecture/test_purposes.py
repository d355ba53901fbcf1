"""Everything has one of two purposes, and data go one way: from casework to statistics."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver

from api.docs.description import document
from cases import dictionary as d
from cases.dimensions import DATASETS, PARTNER_KIND
from core.purposes import ABOUT, CASEWORK, LABELS, NOT_SAID, ROOMS, STATISTICS, DataPurpose, legal_basis, purpose_of
from oversight.processing.assessment import RISKS
from oversight.processing.hooks import bases_are_stated
from oversight.processing.record import FIELDS, OF_USERS, purposes_of_field, purposes_of_role, record
from partners.mail import kinds
from partners.roles import STAFF_ROLES
from tests.callers import Browser

LABELS_OF_ROOMS = {config.label: config.name for config in apps.get_app_configs()}


def views(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every route with the path of what answers it. A page of staff on a table is of the table's room."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, route)
            continue
        parts = route.split("/")
        is_table = parts[0] == "admin" and len(parts) > 2 and parts[1] in LABELS_OF_ROOMS
        view: Any = pattern.callback
        for name in ("view_class", "cls"):
            view = getattr(view, name, view)
        yield route, LABELS_OF_ROOMS[parts[1]] if is_table else view.__module__


def place_of(model: Any) -> str:
    return f"{model.__module__}.{model.__name__}"


def test_every_view_has_a_purpose() -> None:
    purposes = {route: purpose_of(place) for route, place in views(get_resolver().url_patterns)}
    assert len(purposes) > 400
    for beginning, purpose in {
        "api/v1/referrals": CASEWORK,
        "api/v1/cases/": CASEWORK,
        "api/v1/batches": CASEWORK,
        "api/v1/statistics": STATISTICS,
        "api/v1/releases": STATISTICS,
        "admin/subject_requests/": CASEWORK,
        "admin/returns/": CASEWORK,
        "admin/erased/": CASEWORK,
        "admin/statistics/": STATISTICS,
        "admin/international/": STATISTICS,
    }.items():
        of_these = {each for route, each in purposes.items() if route.startswith(beginning)}
        assert of_these == {purpose}, beginning


def test_every_table_has_a_purpose_and_none_of_casework_refers_to_one_of_statistics() -> None:
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model is not None
        and (purpose_of(place_of(model)), purpose_of(place_of(field.related_model))) == (CASEWORK, STATISTICS)
    ]  # fmt: skip
    assert wrong == []


def test_a_room_without_a_purpose_is_found() -> None:
    with pytest.raises(LookupError, match=r"unheard\.of"):
        purpose_of("unheard.of")
    assert purpose_of("stats.own.summary") == CASEWORK
    assert set(ROOMS.values()) == set(DataPurpose) == set(LABELS) == set(ABOUT)


def test_the_description_says_it_of_each_operation() -> None:
    paths = [
        (path, operation["x-purpose"])
        for path, methods in json.loads(document())["paths"].items()
        for operation in methods.values()
    ]
    assert {purpose for path, purpose in paths if path.startswith("/api/v1/referrals")} == {"CASEWORK"}
    assert {purpose for path, purpose in paths if path.startswith("/api/v1/statistics")} == {"STATISTICS"}
    assert {purpose for path, purpose in paths if path.startswith("/api/v1/counts")} == {"STATISTICS"}


def test_every_field_is_of_casework_and_those_that_are_counted_of_statistics_too() -> None:
    of_both = {field.name for field in FIELDS if STATISTICS in purposes_of_field(field)}
    names = {each.name for dataset in DATASETS.values() for each in dataset.dimensions}
    assert {d.CASE_TOKEN.name, d.CONSENT.name, d.SERVICES_NEEDED.name, d.REFLECTION.name} & of_both == set()
    assert names & {field.name for field in FIELDS} <= of_both and PARTNER_KIND.name not in of_both
    assert d.OUTCOME.name in of_both
    assert d.SPECIAL.keys() <= {field.name for field in FIELDS}


def test_every_role_and_every_mail_has_a_purpose() -> None:
    assert all(purposes_of_role(role) for role in STAFF_ROLES.values())
    assert purposes_of_role(STAFF_ROLES["case_manager"]) == {CASEWORK}
    assert STATISTICS in purposes_of_role(STAFF_ROLES["approver"])
    assert purpose_of(kinds.__name__) == CASEWORK


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_record_has_every_field_purpose_role_and_rule(language: str) -> None:
    text = "\n".join(record(language))
    assert all(f"(`{field.name}`)" in text for field in FIELDS)
    assert all(text.count(f"## {LABELS[each](language)}") == 1 for each in DataPurpose)
    assert all(role.title(language) in text for role in STAFF_ROLES.values())
    assert text.count(OF_USERS(language)) == 1
    assert "# Fortegnelse" in text if language == "da" else "# Record of processing" in text


def test_the_draft_of_the_assessment_says_that_it_is_one() -> None:
    out = StringIO()
    call_command("record_of_processing", "--dpia", "--language", "en", stdout=out)
    text = out.getvalue()
    assert "A draft, written from the program's own tables." in text
    assert all(f"| {risk.risk.en} | " in text for risk in RISKS)


@pytest.mark.parametrize(
    ("text", "basis"),
    [("Lov | Law", ("Lov", "Law")), ("GDPR 6(1)(e)", ("GDPR 6(1)(e)",) * 2), ("", tuple(NOT_SAID))],
)
@pytest.mark.django_db
def test_the_operator_states_the_legal_basis(
    monkeypatch: pytest.MonkeyPatch, text: str, basis: tuple[str, str]
) -> None:
    monkeypatch.setattr(settings, "HENVIS_LEGAL_BASIS", {"CASEWORK": "Lov | Law", "STATISTICS": text})
    assert [each.id for each in bases_are_stated()] == ([] if text else ["henvis.W001"])
    assert tuple(legal_basis(STATISTICS)) == basis
    assert legal_basis(STATISTICS)("da") in Browser().get("/docs/?lang=da").content.decode()
    for language, address in (("da", "/da/privatliv/"), ("en", "/en/privacy/")):
        page = Browser().get(address).content.decode()
        assert f"<dt>{LABELS[STATISTICS](language)}</dt><dd>{legal_basis(STATISTICS)(language)}</dd>" in page
