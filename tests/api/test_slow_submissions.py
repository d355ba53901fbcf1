"""What becomes of a submission whose token is taken, and of one whose server hangs while it holds the partner's lock."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse

from cases import tokens
from cases.models import Case, Referral
from tests.api.asserts import body, new_path
from tests.callers import Caller, referral

pytestmark = pytest.mark.django_db(transaction=True)
mint = tokens.mint


def put(ngo: Caller) -> HttpResponse:
    """A first PUT, which begins the transaction of its own."""
    return ngo.put(new_path(), referral())


def post(ngo: Caller) -> HttpResponse:
    """A POST, whose transaction has begun with its key."""
    return ngo.post("/api/v1/referrals", referral(), Idempotency_Key=str(uuid4()))


EACH = pytest.mark.parametrize("submit", [put, post])


@EACH
def test_a_token_that_is_taken_is_drawn_again(
    submit: Callable[[Caller], HttpResponse], ngo: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, stored = ngo.referral()
    draws: Iterator[str] = iter([stored["case_token"], stored["case_token"], fresh := mint()])
    monkeypatch.setattr(tokens, "mint", lambda: next(draws))
    assert body(submit(ngo), 201)["case_token"] == fresh
    assert next(draws, None) is None
    assert Referral.objects.count() == Case.objects.count() == 2


@EACH
def test_a_server_that_hangs_loses_the_lock_and_stores_nothing(
    submit: Callable[[Caller], HttpResponse], ngo: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mint_slowly() -> str:
        time.sleep(1)
        return mint()

    with monkeypatch.context() as patch, connection.cursor() as cursor:
        cursor.execute("SET idle_in_transaction_session_timeout = '100ms'")
        patch.setattr(tokens, "mint", mint_slowly)
        assert body(submit(ngo), 503)["code"] == "unavailable"
    assert not Referral.objects.exists()
    assert submit(ngo).status_code == 201
