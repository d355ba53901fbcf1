"""Retries of POST: the same key and content is one referral, whatever happens in between."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse

from api.http import idempotency
from api.models import IdempotencyRecord
from cases.models import Case, Referral
from partners import locks
from partners.audit import COMMAND
from partners.credentials import add_client
from tests.api.asserts import LIST, body, etag, findings, problem
from tests.callers import Caller, issue_token, referral
from tests.threads import Background, wait_until_blocked

KEY = "8e03978e-40d5-43e8-bc93-6894a57f9324"


def post(caller: Caller, sent: object = None, key: str = KEY, **headers: str) -> HttpResponse:
    return caller.post(LIST, referral() if sent is None else sent, Idempotency_Key=key, **headers)


def counts() -> tuple[int, int, int]:
    return Referral.objects.count(), Case.objects.count(), IdempotencyRecord.objects.count()


def test_a_post_creates_with_a_reference_of_the_service(ngo: Caller) -> None:
    response = post(ngo)
    stored = body(response, 201)
    assert response.headers["Location"] == f"http://testserver{LIST}/{stored['reference']}"
    assert (etag(response), "Idempotency-Replayed" in response.headers) == ('"1"', False)
    assert body(ngo.get(f"{LIST}/{stored['reference']}")) == stored


def test_the_same_key_and_content_in_another_layout_is_answered_again(ngo: Caller) -> None:
    first = post(ngo)
    shuffled = dict(reversed(referral(services_needed=["LEGAL", "ACCOMMODATION", "LEGAL"]).items()))
    for sent, key in ((shuffled, KEY), (json.dumps(shuffled, indent=4).encode(), f'"{KEY}"'), (referral(), f" {KEY} ")):
        again = post(ngo, sent, key)
        assert body(again, 201) == body(first, 201)
        assert again.headers["Idempotency-Replayed"] == "true"
        assert (etag(again), again.headers["Location"]) == (etag(first), first.headers["Location"])
    assert counts() == (1, 1, 1)


def test_a_replay_gives_the_version_that_was_written_then(ngo: Caller) -> None:
    first = post(ngo)
    path = f"{LIST}/{body(first, 201)['reference']}"
    ngo.put(path, referral(gender="M"), If_Match='"1"')
    ngo.post(f"{path}/withdrawal", {"reason_code": "DUPLICATE"})
    assert body(post(ngo), 201) == body(first, 201)
    assert body(ngo.get(path))["version"] == 3


def test_a_replay_may_be_minimal(ngo: Caller) -> None:
    reference = body(post(ngo), 201)["reference"]
    assert body(post(ngo, Prefer="return=minimal"), 201) == {"reference": reference, "version": 1}


@pytest.mark.parametrize(
    "sent",
    [referral(gender="M"), referral(services_needed=[]), referral(duration=...), referral(case_token="7KQ2M8XW4A4")],
)
def test_the_key_with_other_content_is_422(ngo: Caller, sent: dict[str, Any]) -> None:
    post(ngo)
    problem(post(ngo, sent), "idempotency_key_reused")
    assert counts() == (1, 1, 1)


def test_a_missing_key_is_400(ngo: Caller) -> None:
    problem(ngo.post(LIST, referral()), "idempotency_key_missing")
    assert counts() == (0, 0, 0)


@pytest.mark.parametrize(
    "key",
    [
        *(
            "",
            " ",
            '""',
            "abc",
            "1",
            "2025-03-01/17",
            f"{KEY[:20]} {KEY}",
            f'{KEY}"b',
            f'"{KEY}',
            f'{KEY}"',
            f'"{KEY}"b',
        ),
        *(
            f"{KEY}æ",
            KEY * 8,
            f"{KEY}\x7f",
            f'"{KEY}", "{KEY}"',
            KEY[:19],
            "a" * 36,
            "00000000-0000-0000-0000-000000000000",
        ),
    ],
)
def test_a_key_that_is_malformed_or_not_random_is_400(ngo: Caller, key: str) -> None:
    assert findings(post(ngo, key=key), "invalid_header") == [("Idempotency-Key", "key_expected")]
    assert counts() == (0, 0, 0)


@pytest.mark.parametrize(
    "key",
    [
        *(KEY[:20], (KEY * 8)[:255], f'"{(KEY * 8)[:255]}"', "!#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"),
        *("01JDGQ5Z7Y8W9X3V2T1S0R4Q6P", "V1StGXR8_Z5jdHi6B-myT", KEY.upper()),
    ],
)
def test_a_uuid_and_any_other_random_ascii_is_a_key(ngo: Caller, key: str) -> None:
    assert post(ngo, key=key).status_code == 201
    assert post(ngo, key=key).headers["Idempotency-Replayed"] == "true"


def test_what_is_refused_is_not_remembered(ngo: Caller) -> None:
    assert post(ngo, referral(gender="female")).status_code == 400
    assert post(ngo, referral(residence_basis="DK_CITIZEN")).status_code == 400
    assert counts() == (0, 0, 0)
    assert "Idempotency-Replayed" not in post(ngo).headers
    assert counts() == (1, 1, 1)


def test_a_key_belongs_to_its_partner(ngo: Caller, other_ngo: Caller) -> None:
    first, second = post(ngo), post(other_ngo, referral(gender="M"))
    assert "Idempotency-Replayed" not in second.headers
    assert body(first, 201)["reference"] != body(second, 201)["reference"]
    assert body(post(other_ngo, referral(gender="M")), 201) == body(second, 201)


def test_a_key_is_the_partners_whichever_client_sends_it(ngo: Caller) -> None:
    first = post(ngo)
    client, secret = add_client(by=COMMAND, partner=ngo.partner)
    other = Caller(ngo.partner, client, secret, issue_token(client))
    assert body(post(other), 201) == body(first, 201)


def test_key_and_body_are_kept_as_keyed_hashes_only(ngo: Caller, settings: Any) -> None:
    post(ngo)
    row = IdempotencyRecord.objects.get()
    kept = json.dumps({field.attname: str(getattr(row, field.attname)) for field in row._meta.concrete_fields})
    for hidden in (KEY, KEY.replace("-", ""), "SEXUAL", "NG", ngo.token):
        assert hidden not in kept
    settings.HENVIS_PEPPER = "another"
    assert idempotency.seal("key", KEY) != row.key_digest
    assert len(row.key_digest) == len(row.fingerprint) == 64
    assert str(row) == str(row.pk)


def test_where_the_key_cannot_be_written_nothing_is_stored(ngo: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: Any) -> None:
        raise RuntimeError

    ngo.browser.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr("api.http.idempotency.IdempotencyRecord.objects.create", broken)
        problem(post(ngo), "internal_error")
    assert counts() == (0, 0, 0)
    assert "Idempotency-Replayed" not in post(ngo).headers


def test_where_the_work_fails_the_key_stays_free(ngo: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError

    ngo.browser.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr("cases.intake.submit.write_version", broken)
        problem(post(ngo), "internal_error")
    assert counts() == (0, 0, 0)
    assert post(ngo).status_code == 201


def test_after_400_days_a_key_is_free_again(ngo: Caller) -> None:
    first = body(post(ngo), 201)
    record = IdempotencyRecord.objects.get()
    IdempotencyRecord.objects.update(created_at=record.created_at - idempotency.KEPT + timedelta(minutes=1))
    assert post(ngo).headers["Idempotency-Replayed"] == "true"
    IdempotencyRecord.objects.update(created_at=record.created_at - idempotency.KEPT - timedelta(minutes=1))
    second = post(ngo, referral(gender="M"))
    assert "Idempotency-Replayed" not in second.headers
    assert body(second, 201)["reference"] != first["reference"]
    assert counts() == (2, 2, 1)


@pytest.mark.django_db(transaction=True)
def test_the_same_key_under_way_is_409_and_then_one_referral(ngo: Caller) -> None:
    with Background() as threads:
        with transaction.atomic():
            locks.serialise(ngo.partner.pk)  # holds the first POST in the midst of its work
            first = threads.start(lambda: post(ngo))
            wait_until_blocked()
            second = threads.start(lambda: post(ngo)).result(timeout=30)
            problem(second, "idempotency_in_flight")
            assert int(second.headers["Retry-After"]) > 0
        created = first.result(timeout=30)
    assert created.status_code == 201
    assert body(post(ngo), 201) == body(created, 201)
    assert counts() == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_another_partners_same_key_is_not_held_up(ngo: Caller, other_ngo: Caller) -> None:
    with Background() as threads:
        with transaction.atomic():
            locks.serialise(ngo.partner.pk)
            first = threads.start(lambda: post(ngo))
            wait_until_blocked()
            assert threads.start(lambda: post(other_ngo)).result(timeout=30).status_code == 201
        assert first.result(timeout=30).status_code == 201


def test_an_absent_optional_code_and_its_spelt_out_form_are_the_same_body(ngo: Caller) -> None:
    first = ngo.post(
        "/api/v1/referrals", referral(recruiter=...), Idempotency_Key="8e03978e-40d5-43dd-bc93-6894a57f9324"
    )
    again = ngo.post(
        "/api/v1/referrals", referral(recruiter="_N"), Idempotency_Key="8e03978e-40d5-43dd-bc93-6894a57f9324"
    )
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.headers["Idempotency-Replayed"] == "true"
