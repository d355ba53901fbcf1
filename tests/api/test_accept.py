"""What clients send in Accept and Accept-Language, as they send it, and what RFC 9110 §12 makes of weights."""

from __future__ import annotations

import pytest

from stats.models import PUBLIC
from tests.api.asserts import problem
from tests.api.open_figures import PERSONS, TABLES, get, table
from tests.stats.published import publish

pytestmark = pytest.mark.django_db
JSON, CSV, FLAT = "application/json", "text/csv; charset=utf-8; header=present", "application/vnd.henvis.list+json"
# Each as its client sends it where nobody says what to accept.
CLIENTS = {
    "Chromium": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
    "application/signed-exchange;v=b3;q=0.7",
    "Firefox": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Firefox before 132": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "Safari": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "fetch, curl, requests, httpx, undici, Go's own none": "*/*",
    "axios": "application/json, text/plain, */*",
    "R httr2": "application/json, text/xml, application/xml, */*",
    "R httr": "application/json, text/xml, application/xml, */*",
    "Java HttpURLConnection": "text/html, image/gif, image/jpeg, */*; q=0.2",
    "Java HttpURLConnection before 8": "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
    "Java HttpClient, .NET HttpClient, Go": "",
    "RestSharp": "application/json, text/json, text/x-json, text/javascript, application/xml, text/xml",
    "Power Query": "application/json;q=1.0,text/plain;q=0.8,*/*;q=0.5",
    "Excel": "*/*",
    "openapi-generator": "application/json, application/problem+json",
    "with a charset": "application/json; charset=UTF-8",
    "in capitals": "APPLICATION/JSON",
}


@pytest.mark.parametrize("accept", CLIENTS.values(), ids=list(CLIENTS))
@pytest.mark.parametrize("path", ["/api/v1", "/api/v1/codelists", "/api/v1/releases", "/api/v1/statistics", PERSONS])
def test_every_client_is_answered_in_json_where_it_asks_for_nothing_else(accept: str, path: str) -> None:
    publish(PUBLIC, "2023", TABLES)
    response = get(path, Accept=accept)
    assert (response.status_code, response.headers["Content-Type"]) == (200, JSON)


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/csv", CSV),
        ("text/csv, */*", CSV),
        ("*/*, text/csv", CSV),
        ("text/*, */*", CSV),
        ("text/csv, application/json", JSON),
        ("application/json;q=0.5, text/csv", CSV),
        ("application/json;q=0.5, text/csv;q=0.4", JSON),
        ("application/json;q=0, */*", CSV),
        ("application/json;q=0, text/csv;q=0.0, */*;q=0.1", "list"),
        ("text/csv;q=0, */*", JSON),
        ("application/*;q=0.2, text/csv;q=0.1", JSON),
        ("application/json;q=0.1, application/*;q=0.9", "list"),
        ("text/csv;q=0.9;header=present, application/json;q=0.8", CSV),
        ("text/csv; header=present; charset=utf-8", CSV),
        (FLAT, "list"),
        ("application/json;odata.metadata=minimal, text/csv;q=0.5", JSON),
        ("text/html, application/json;q=0.001", JSON),
        ("text/html;level=1, text/csv ; q=0.3", CSV),
    ],
)
def test_the_form_goes_by_weight_then_by_how_exactly_it_is_named(accept: str, form: str) -> None:
    publish(PUBLIC, "2023", TABLES)
    response = table(Accept=accept)
    assert response.status_code == 200
    shown = "list" if response.content.startswith(b"[") else response.headers["Content-Type"]
    assert shown == form


@pytest.mark.parametrize(
    "accept",
    [
        "text/html",
        "application/json;q=0",
        "*/*;q=0",
        "application/json;q=0, text/html",
        "text/csv;header=absent",
        "application/json; charset=iso-8859-1",
        "text/csv;q=0, application/*;q=0.0",
        "application/xml;q=0.9, text/plain",
        "*/json",
        ";;//" * 600,
    ],
)
def test_where_nothing_fits_406(accept: str) -> None:
    publish(PUBLIC, "2023", TABLES)
    problem(table(Accept=accept), "not_acceptable")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("da,en-US;q=0.9,en;q=0.8", "da"),  # a Danish Chromium
        ("da,en-US;q=0.7,en;q=0.3", "da"),  # a Danish Firefox
        ("da-DK,da;q=0.9,en;q=0.8", "da"),
        ("en-GB,en;q=0.9,da;q=0.8", "en"),
        ("en;q=0", "da"),
        ("en;q=0, *", "da"),
        ("da;q=0, *;q=0.5", "en"),
        ("*;q=0.5, da;q=0.1", "en"),
        ("*, da;q=0.1", "en"),
        ("da, *;q=0.5", "da"),
        ("*;q=0", "en"),
        ("da;q=0, en;q=0", "en"),
        ("nb, sv;q=0.9, da;q=0.8, en;q=0.7", "da"),
        ("da;q=0.5, en;q=0.5", "da"),
        ("en;q=0.5, da;q=0.5", "en"),
        ("fr", "en"),
    ],
)
def test_the_language_goes_by_weight_and_0_is_never(header: str, language: str) -> None:
    assert get("/api/v1/releases/nothing", Accept_Language=header).headers["Content-Language"] == language
