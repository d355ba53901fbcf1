"""The 68 first responders as partners that talk HTTP: each fetches its own token and submits its own rows."""

import random
import time
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from partners import audit, credentials
from partners.kinds import REFERRAL_SCOPES, Kind
from tests.callers import agree

from .uk_nrm import Record

SEED = 20_220_401
RENEW_BEFORE = 30  # seconds before a token ends


def reference(row: int) -> str:
    """A canonical UUID of version 4 that depends on the row alone, so that a second run submits the same."""
    return str(UUID(int=random.Random(f"{SEED}/{row}").getrandbits(128), version=4))


class Organisation:
    """One first responder: a live partner with a client of its own."""

    def __init__(self, name: str, kind: str) -> None:
        self.partner = credentials.add_partner(by=audit.COMMAND, name=name, kind=Kind(kind))
        agree(self.partner)
        client, self._secret = credentials.add_client(by=audit.COMMAND, partner=self.partner, scopes=REFERRAL_SCOPES)
        self._client_id = client.client_id
        self._http = Client(raise_request_exception=True)
        self._token, self._ends = "", 0.0

    def bearer(self) -> str:
        """The Authorization header; a token is fetched once and again shortly before it ends."""
        if time.monotonic() >= self._ends:
            form = {"grant_type": "client_credentials", "client_id": self._client_id, "client_secret": self._secret}
            answer = self._http.post("/oauth/token", form)
            assert answer.status_code == HTTPStatus.OK, answer.content
            token = answer.json()
            self._token, self._ends = token["access_token"], time.monotonic() + token["expires_in"] - RENEW_BEFORE
        return f"Bearer {self._token}"

    def submit(self, record: Record) -> None:
        """PUT one record, create only."""
        answer = self._http.put(
            f"/api/v1/referrals/{reference(record.row)}",
            record.payload(),
            content_type="application/json",
            headers={"authorization": self.bearer(), "if-none-match": "*"},
        )
        assert answer.status_code == HTTPStatus.CREATED, (record.row, answer.status_code, answer.content)

    def post(self, address: str, content: bytes, media_type: str) -> dict[str, Any]:
        """POST a body under a key of its own; what is answered."""
        headers = {"authorization": self.bearer(), "idempotency-key": str(uuid4()), "prefer": "return=minimal"}
        answer = self._http.post(address, content, content_type=media_type, headers=headers)
        assert answer.status_code in {HTTPStatus.OK, HTTPStatus.ACCEPTED}, (answer.status_code, answer.content)
        body: dict[str, Any] = answer.json()
        return body

    def get(self, address: str) -> dict[str, Any]:
        """GET something; what is answered."""
        body: dict[str, Any] = self._http.get(address, headers={"authorization": self.bearer()}).json()
        return body

    def referrals(self) -> Iterator[dict[str, Any]]:
        """Its own referrals, page by page, as the list answers them."""
        address = "/api/v1/referrals?limit=500"
        while address:
            page = self._http.get(address, headers={"authorization": self.bearer()}).json()
            yield from page["items"]
            address = page["next"]


def organisations(rows: Iterable[Record]) -> dict[str, Organisation]:
    """A partner for each first responder that the rows name."""
    kinds = {record.responder: record.leaf.kind for record in rows}
    return {name: Organisation(name, kind) for name, kind in sorted(kinds.items())}
