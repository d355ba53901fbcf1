"""Which answers a page of another site may read: those that are for everybody, and none that shows who asked."""

from __future__ import annotations

import pytest

from tests.api.asserts import body
from tests.api.open_figures import get
from tests.callers import Browser, Caller
from tests.people.visitors import member, signed_in

pytestmark = pytest.mark.django_db
ALLOWED = "Access-Control-Allow-Origin"
# What a page of another site has to do with: to ask for a part of a file, to wait, to know invented data.
EXPOSED = {"Accept-Ranges", "Content-Range", "ETag", "Henvis-Data", "Retry-After"}
ORIGIN = {"Origin": "https://newspaper.example"}
PUBLIC = (
    "/api/v1",
    "/api/v1/codelists",
    "/api/v1/codelists/changes",
    "/api/v1/crises",
    "/api/v1/notices",
    "/api/v1/notices.atom",
    "/api/v1/plans",
    "/api/v1/receipts",
    "/api/v1/releases",
    "/api/v1/services",
    "/api/v1/statistics",
    "/api/v1/statistics/persons",
    "/api/v1/templates/referrals.csv",
    "/openapi.json",
    "/en/",
    "/en/releases/",
)
PRIVATE = ("/api/v1/me", "/api/v1/referrals", "/api/v1/batches", "/api/v1/reports", "/api/v1/mappings/referrals")


@pytest.mark.parametrize("path", PUBLIC)
def test_what_is_for_everybody_is_for_other_sites_too(path: str) -> None:
    answer = Browser().get(path, headers=ORIGIN)
    assert (answer.status_code, answer.headers[ALLOWED]) == (200, "*")
    assert {*answer.headers["Access-Control-Expose-Headers"].split(", ")} >= EXPOSED
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_a_refusal_of_an_open_address_can_be_read_too() -> None:
    assert Browser().get("/api/v1/codelists/none", headers=ORIGIN).headers[ALLOWED] == "*"


def test_nothing_that_shows_who_asked_is(ngo: Caller) -> None:
    browser = signed_in(member(ngo.partner).user)
    answers = [
        *(ngo.get(path, **ORIGIN) for path in PRIVATE),
        *(Browser().get(path, headers=ORIGIN) for path in PRIVATE),
        *(browser.get(path, headers=ORIGIN) for path in ("/account/", "/send/")),
        Browser().post("/oauth/token", {"grant_type": "client_credentials"}, headers=ORIGIN),
    ]
    assert [answer.status_code for answer in answers if ALLOWED in answer.headers] == []


def test_a_list_that_stands_twice_is_one_list() -> None:
    path = "/api/v1/statistics/persons?year=2018&format=json-stat&"
    one, two = get(f"{path}by=gender,exploitation"), get(f"{path}by=gender&by=exploitation")
    assert body(two)["id"] == body(one)["id"]
