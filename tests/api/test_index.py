"""Addresses that people type: the start leads to the docs, the API's own address to everything else."""

from __future__ import annotations

import pytest

from tests.api.asserts import body, problem
from tests.callers import Browser, Caller
from tests.described import document

pytestmark = pytest.mark.django_db
INDEX = "/api/v1"


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/docs", "/docs/"),
        ("/docs?lang=da", "/docs/?lang=da"),
        ("/docs/reference", "/docs/reference/"),
        ("/docs/try", "/docs/try/"),
        ("/problems", "/problems/"),
        ("/problems/not_found/", "/problems/not_found"),
        ("/openapi.json/", "/openapi.json"),
        ("/account", "/account/"),
        ("/admin", "/admin/"),
        ("/api", INDEX),
        ("/api/", "/api"),
        ("/api/v1/", INDEX),
        ("/api/v1/codelists/?x=1&y=%C3%A6", "/api/v1/codelists?x=1&y=%C3%A6"),
        ("/api/v1/releases/2021.p1/", "/api/v1/releases/2021.p1"),
    ],
)
def test_an_address_that_differs_by_a_slash_leads_to_the_right_one(path: str, to: str) -> None:
    for method in ("GET", "HEAD"):
        response = Browser().generic(method, path)
        for_now = path == "/api"  # where a page of its own may be some day
        assert (response.status_code, response.headers["Location"]) == (307 if for_now else 308, to)
    assert Browser().post(path).status_code in {403, 404, 405}


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/api/v1/releases/2020.e2", "/api/v1/releases/2020.x2"),
        ("/api/v1/releases/2020.e1/citation?format=csl", "/api/v1/releases/2020.x1/citation?format=csl"),
        (
            "/api/v1/statistics/persons?by=gender&release=2017.e1",
            "/api/v1/statistics/persons?by=gender&release=2017.x1",
        ),
        (
            "/api/v1/statistics/persons?release=2007-2013.e1&lang=da",
            "/api/v1/statistics/persons?release=2007-2013.x1&lang=da",
        ),
        ("/da/udgivelser/2020.e2/", "/da/udgivelser/2020.x2/"),
        ("/en/releases/2020.e1/compare/2020.e2/", "/en/releases/2020.x1/compare/2020.x2/"),
        ("/en/statistics/persons/?release=2016.e2&show=every", "/en/statistics/persons/?release=2016.x2&show=every"),
    ],
)
def test_an_address_with_an_id_that_programs_took_for_a_number_leads_to_the_new_id(path: str, to: str) -> None:
    for method in ("GET", "HEAD"):
        response = Browser().generic(method, path)
        assert (response.status_code, response.headers["Location"]) == (308, to)
        assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert Browser().get(to).status_code == (404 if "compare" in to else 200)  # others do not say what they changed
    assert Browser().post(path).status_code in {403, 404, 405}


def test_no_other_address_is_taken_for_one_with_an_old_id() -> None:
    for path in ("/api/v1/releases/2020.e0", "/api/v1/releases/2020.e1x", "/api/v1/releases/1020.e1"):
        assert Browser().get(path).status_code == 404
    response = Browser().generic("GET", "/", PATH_INFO="//evil.example/releases/2020.e1")
    problem(response, "not_found")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "path", ["//evil.example", "//evil.example/docs", "//docs", "//docs/", "/%2Fevil.example/", "/nothing/", "/oauth"]
)
def test_no_other_address_leads_anywhere(path: str) -> None:
    response = Browser().generic("GET", "/", PATH_INFO=path)  # the client would take the rest of `//host/docs` alone
    problem(response, "not_found")  # type: ignore[arg-type]


def test_a_program_is_told_that_its_address_is_wrong(ngo: Caller) -> None:
    """A reference that is left out by mistake does not become a list of all."""
    for path in ("/api/v1/me/", "/api/v1/referrals/"):
        problem(ngo.get(path), "not_found")


def test_the_index_leads_to_every_address_that_can_be_read() -> None:
    found = body(Browser().get(INDEX))  # type: ignore[arg-type]
    links = {link["id"]: link["href"] for link in found["links"]}
    paths = document()["paths"].items()
    readable = {methods["get"]["operationId"]: path for path, methods in paths if "get" in methods}
    assert readable.items() <= {name: href.removeprefix("http://testserver") for name, href in links.items()}.items()
    for address in (found["documentation"], found["description"], found["problems"]):
        assert Browser().get(address.removeprefix("http://testserver")).status_code == 200
    for path in (path for path in readable.values() if "{" not in path):
        assert Browser().get(path).status_code in {200, 401}


def test_the_index_is_kept_and_known_again_and_takes_no_parameter() -> None:
    first = Browser().get(INDEX)
    assert first.headers["Cache-Control"] == "public, max-age=3600"
    again = Browser().get(INDEX, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert Browser().head(INDEX).status_code == 200
    problem(Browser().get(f"{INDEX}?x=1"), "invalid_parameter")  # type: ignore[arg-type]
    problem(Browser().post(INDEX), "method_not_allowed")
