"""How many statements each endpoint sends, exactly: one more is a decision.

`SAVEPOINT` and `RELEASE` stand for BEGIN and COMMIT, because each test runs in a transaction of its own.
"""

from __future__ import annotations

from typing import Any

import pytest

from cases import tokens
from stats.models import AUTHORITY, PUBLIC
from tests.api.asserts import LIST, body, new_path
from tests.callers import Browser, Caller, assessment, referral
from tests.stats.published import publish

TRANSACTION = 2
TOKEN = 1  # who the access token speaks for
# What was read is written down.
ROW = 1


def test_put(ngo: Caller, django_assert_num_queries: Any) -> None:
    path = new_path()
    # The windows of the years come with the current version, and a new case with its first one.
    lock, current, insert, supersede = 1, 1, 1, 1
    with django_assert_num_queries(TOKEN + TRANSACTION + lock + current + insert):
        assert ngo.put(path, referral()).status_code == 201
    with django_assert_num_queries(TOKEN + TRANSACTION + lock + current):
        assert ngo.put(path, referral()).status_code == 200
    with django_assert_num_queries(TOKEN + TRANSACTION + lock + current + supersede + insert):
        assert ngo.put(path, referral(gender="M"), If_Match='"1"').status_code == 200
    with django_assert_num_queries(TOKEN + TRANSACTION + 1 + lock + current):  # ROLLBACK TO, then RELEASE
        assert ngo.put(path, referral(gender="X"), If_Match='"1"').status_code == 412
    with django_assert_num_queries(TOKEN):
        assert ngo.put(path, referral(gender="female")).status_code == 400


def test_put_with_a_case_token(ngo: Caller, police: Caller, django_assert_num_queries: Any) -> None:
    token = ngo.referral()[1]["case_token"]
    lock, current, case, insert = 1, 1, 1, 1
    for each in (token, tokens.mint()):
        with django_assert_num_queries(TOKEN + TRANSACTION + lock + current + case + insert):
            assert police.put(new_path(), referral(case_token=each)).status_code == 201


def test_post(ngo: Caller, django_assert_num_queries: Any) -> None:
    hold, find, erased = 1, 1, 1
    with django_assert_num_queries(TOKEN + TRANSACTION + hold + find + erased + TRANSACTION + 3 + 1):
        assert ngo.post(LIST, referral(), Idempotency_Key="8e03978e-40d5-43dd-bc93-6894a57f9324").status_code == 201
    with django_assert_num_queries(TOKEN + TRANSACTION + hold + find + 1):
        assert ngo.post(LIST, referral(), Idempotency_Key="8e03978e-40d5-43dd-bc93-6894a57f9324").status_code == 201


def test_withdrawal(ngo: Caller, django_assert_num_queries: Any) -> None:
    path, _ = ngo.referral()
    within = TRANSACTION  # the withdrawal, in the transaction of its row
    with django_assert_num_queries(TOKEN + TRANSACTION + within + 4 + ROW):
        assert ngo.post(f"{path}/withdrawal", {"reason_code": "DUPLICATE"}).status_code == 200
    with django_assert_num_queries(TOKEN + TRANSACTION + within + 2 + ROW):
        assert ngo.post(f"{path}/withdrawal", {"reason_code": "DUPLICATE"}).status_code == 200


def test_reading_one(ngo: Caller, django_assert_num_queries: Any) -> None:
    path, _ = ngo.referral()
    with django_assert_num_queries(TOKEN + 1 + ROW):
        assert ngo.get(path).status_code == 200
    with django_assert_num_queries(TOKEN + 1 + ROW):
        assert ngo.get(path, If_None_Match='"1"').status_code == 304
    with django_assert_num_queries(TOKEN + 1 + ROW):
        assert ngo.get(f"{path}/versions").status_code == 200
    for version in range(1, 6):
        ngo.put(path, referral(gender="M" if version % 2 else "F"), If_Match=f'"{version}"')
    with django_assert_num_queries(TOKEN + 1 + ROW):
        assert len(body(ngo.get(f"{path}/versions"))["items"]) == 6
    with django_assert_num_queries(TOKEN + 2 + ROW):
        assert ngo.get(f"{path}/outcome").status_code == 200


@pytest.mark.parametrize("rows", [0, 1, 50])
def test_the_list_takes_one_statement_whatever_its_length(
    ngo: Caller, django_assert_num_queries: Any, rows: int
) -> None:
    for _ in range(rows):
        ngo.referral()
    with django_assert_num_queries(TOKEN + 1 + ROW):
        assert len(body(ngo.get(LIST))["items"]) == rows
    with django_assert_num_queries(TOKEN + 1 + ROW):
        assert len(body(ngo.get(f"{LIST}?gender=F&limit=10"))["items"]) == min(rows, 10)


def test_assessment(centre: Caller, ngo: Caller, django_assert_num_queries: Any) -> None:
    path = f"/api/v1/cases/{ngo.referral()[1]['case_token']}/assessment"
    lock, current, case, insert, supersede = 1, 1, 1, 1, 1
    with django_assert_num_queries(TOKEN + TRANSACTION + lock + current + case + insert):
        assert centre.put(path, assessment()).status_code == 201
    with django_assert_num_queries(TOKEN + TRANSACTION + lock + current):
        assert centre.put(path, assessment()).status_code == 200
    with django_assert_num_queries(TOKEN + TRANSACTION + lock + current + supersede + insert):
        assert centre.put(path, assessment(outcome="DECLINED"), If_Match='"1"').status_code == 200
    with django_assert_num_queries(TOKEN + current + ROW):
        assert centre.get(path).status_code == 200


def test_me(ngo: Caller, django_assert_num_queries: Any) -> None:
    secrets, calendar = 1, 1
    with django_assert_num_queries(TOKEN + secrets + calendar):
        assert ngo.get("/api/v1/me").status_code == 200


def test_what_needs_no_database_asks_none(ngo: Caller, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        for path in ("/api/v1/codelists", "/api/v1/codelists/citizenship", "/livez", "/nothing"):
            ngo.get(path)
        ngo.browser.get("/api/v1/me")


def test_a_token(ngo: Caller, django_assert_num_queries: Any) -> None:
    sent = {"grant_type": "client_credentials", "client_id": ngo.client.client_id, "client_secret": ngo.secret}
    # The secret; then, in a transaction, its row again under lock, when it was used, and the token; the toolkit reads it back.
    with django_assert_num_queries(1 + TRANSACTION + 3 + 1):
        assert ngo.browser.post("/oauth/token", sent).status_code == 200


def test_public_figures(db: None, django_assert_num_queries: Any) -> None:
    publish(PUBLIC, "2022", {"": {"": 50}, "gender": {"F": 40}})
    publish(PUBLIC, "2023", {"": {"": 60}, "gender": {"F": None}})
    path, cells = "/api/v1/statistics/persons?by=gender&measure=count,share,change", 1
    # Whether the whole answer is kept, whether the list of releases is, and the list where something was published since.
    is_kept, is_newest, releases = 1, 1, 1
    with django_assert_num_queries(is_kept + is_newest + releases + cells):
        answer = Browser().get(path)
    with django_assert_num_queries(is_kept):
        assert Browser().get(path).content == answer.content
    with django_assert_num_queries(is_kept):
        assert Browser().get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    with django_assert_num_queries(is_kept):
        assert Browser().head(path).status_code == 200
    with django_assert_num_queries(is_kept + is_newest):
        assert Browser().get("/api/v1/statistics/persons?by=region").status_code == 400
    for path in ("/api/v1/statistics", "/api/v1/releases"):
        with django_assert_num_queries(is_kept + is_newest):
            assert Browser().get(path).status_code == 200
    coverage = 1
    with django_assert_num_queries(is_kept + is_newest + coverage):
        assert Browser().get("/api/v1/releases/2023.p1").status_code == 200
    with django_assert_num_queries(is_kept + is_newest + 1):
        assert Browser().get("/api/v1/releases/2023.p1/certificate").status_code == 200
    with django_assert_num_queries(is_kept):
        assert Browser().get("/api/v1/releases/2023.p1/certificate").status_code == 200


def test_figures_for_authorities(police: Caller, django_assert_num_queries: Any) -> None:
    publish(PUBLIC, "2023", {"": {"": 60}})
    publish(AUTHORITY, "2023", {"": {"": 57}, "gender": {"F": 40}})
    path, releases, cells = "/api/v1/statistics/persons?by=gender&year=2023", 1, 1
    with django_assert_num_queries(TOKEN + releases + cells):
        assert police.get(path).status_code == 200
    with django_assert_num_queries(TOKEN + releases):
        assert police.get(path).status_code == 200
