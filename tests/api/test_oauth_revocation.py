"""Revocation of a token (RFC 7009), and of the secret that fetched it."""

from __future__ import annotations

import pytest
from django.db import transaction

from partners.audit import COMMAND
from partners.credentials import add_client, revoke
from partners.models import Secret
from tests.api.tokens import REVOKE, AccessToken, ask, form, granted, me, refused
from tests.callers import Browser, Caller
from tests.threads import Background, wait_until_blocked


def test_a_client_revokes_its_own_token(ngo: Caller) -> None:
    other = granted(ask(form(ngo)))["access_token"]
    response = Browser().post(REVOKE, form(ngo, token=ngo.token))
    assert (response.status_code, response.content) == (200, b"")
    assert (me(ngo.token), me(other)) == (401, 200)


def test_another_clients_token_is_out_of_reach_and_the_answer_the_same(ngo: Caller, other_ngo: Caller) -> None:
    same_partner, secret = add_client(by=COMMAND, partner=ngo.partner)
    for client_id, plain in ((other_ngo.client.client_id, other_ngo.secret), (same_partner.client_id, secret)):
        for token in (ngo.token, "unknown"):
            response = Browser().post(REVOKE, {"client_id": client_id, "client_secret": plain, "token": token})
            assert (response.status_code, response.content) == (200, b"")
    assert me(ngo.token) == 200


def test_revocation_needs_the_secret_and_a_token(ngo: Caller) -> None:
    refused(Browser().post(REVOKE, {"token": ngo.token}), 401, "invalid_client")
    refused(Browser().post(REVOKE, form(ngo, token=ngo.token, client_secret="x")), 401, "invalid_client")
    refused(Browser().post(REVOKE, form(ngo)), 400, "invalid_request")
    assert me(ngo.token) == 200


@pytest.mark.django_db(transaction=True)
def test_no_token_slips_out_while_its_secret_is_being_revoked(ngo: Caller) -> None:
    secret = Secret.objects.get(client=ngo.client)
    with Background() as threads:
        with transaction.atomic():
            revoke(by=COMMAND, secret=secret)
            waiting = threads.start(lambda: ask(form(ngo)))
            wait_until_blocked()
        response = waiting.result(timeout=30)
    refused(response, 401, "invalid_client")
    assert AccessToken.objects.count() == 0
