"""Addresses and ids as other programs write them: too long, and in upper case."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.api.asserts import body, problem
from tests.api.batches.sending import BATCHES, row, send, whole
from tests.callers import Browser, Caller, referral

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("path", ["/api/v1/statistics?by=", "/da/tal/?by=", "/api/v1/", "/oauth/token?x="])
def test_an_address_that_is_too_long_is_told_so(path: str) -> None:
    found = problem(Browser().get(path + "x" * 8_000), "uri_too_long")  # type: ignore[arg-type]
    assert (found["status"], "8,000 characters" in found["detail"]) == (414, True)


def test_a_reference_in_upper_case_is_the_same_reference(ngo: Caller) -> None:
    reference = str(uuid4())
    path = f"/api/v1/referrals/{reference.upper()}"
    stored = body(ngo.put(path, referral()), 201)
    assert stored["reference"] == reference
    assert body(ngo.get(f"/api/v1/referrals/{reference}")) == body(ngo.get(path))
    assert ngo.put(f"/api/v1/referrals/{reference}", referral()).status_code == 200


def test_a_delivery_and_its_rows_are_found_in_upper_case(ngo: Caller) -> None:
    reference = str(uuid4())
    sent = [row(reference=reference.upper()), row(reference=reference)]
    batch = whole(send(ngo, sent))
    assert {each["reference"] for each in batch["results"]} == {reference}
    assert body(ngo.get(f"{BATCHES}/{batch['id'].upper()}"))["id"] == batch["id"]
