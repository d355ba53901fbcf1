"""`verify-receipt`: the receipt of a signed year, without an account and without the service."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import httpx

from henvis_client.cli import receipt_words as w
from henvis_client.cli.app import app, command
from henvis_client.cli.desk import OK, REFUSED, ROWS, Desk
from henvis_client.cli.help_texts import option
from henvis_client.documents import UNREADABLE
from henvis_client.errors import NetworkError, UsageError
from henvis_client.receipts import NO_KEY, ReceiptVerdict, keys_of, verify
from henvis_client.session import origin_of

ADDRESSES = ("https://", "http://")
MOST_OF_KEY = 10_000


@command(
    app, "verify-receipt", "Kontrollér kvitteringen for et år.", "Verify the receipt of a year.", has_profile=False
)
def verify_receipt(
    desk: Desk,
    file: Path,
    key: Annotated[
        str | None,
        option(
            "Tjenestens nøgler: en fil, eller adressen …/api/v1/receipts.",
            "The keys of the service: a file, or the address …/api/v1/receipts.",
            "--public-key",
        ),
    ] = None,
    records: Annotated[
        Path | None,
        option("Egne henvisninger som CSV eller NDJSON.", "Own referrals as CSV or NDJSON."),
    ] = None,
) -> None:
    """Say whether a receipt was changed, whose key signed it, and whether it is of these records."""
    verdict = verify(read(file), keys_in(desk, key) if key else (), read(records) if records else None)
    show(desk, verdict)
    code = OK if verdict.holds else REFUSED if is_wrong(verdict) else ROWS
    desk.finish(as_object(verdict), code)


def read(path: Path) -> bytes:
    """A file. Raises `UsageError`."""
    try:
        return path.read_bytes()
    except OSError:
        raise UsageError("file_missing", UNREADABLE) from None


def keys_in(desk: Desk, place: str) -> list[bytes]:
    """The keys of a file, or of an address with TLS or of this machine. Raises `UsageError` for another address."""
    if not place.lower().startswith(ADDRESSES):
        return keys_of(read(Path(place)))
    try:
        with httpx.Client(transport=desk.around.transport, timeout=30) as http:
            answer = http.get(origin_of(place))
    except (httpx.HTTPError, httpx.InvalidURL):
        raise NetworkError from None
    if answer.status_code != httpx.codes.OK or len(answer.content) > MOST_OF_KEY:
        raise UsageError("no_key", NO_KEY)
    return keys_of(answer.content)


def is_wrong(verdict: ReceiptVerdict) -> bool:
    """Whether something does not fit. A receipt whose key nobody gave may be right."""
    return not (verdict.digest and verdict.signature) or verdict.records is False


def show(desk: Desk, verdict: ReceiptVerdict) -> None:
    """The verdict in words: what the receipt says, then each check."""
    receipt = verdict.receipt
    desk.show(desk.text(w.RECEIPT, partner=receipt["partner"]["name"], year=receipt["year"], number=receipt["number"]))
    desk.show(desk.text(w.SIGNED, at=receipt["signed_at"], by=signer(receipt["signed_by"])))
    if receipt.get("expected") == 0:
        desk.show(desk.text(w.NONE_EXPECTED))
    desk.show(desk.text(w.CHANGED if not (verdict.digest and verdict.signature) else w.UNCHANGED))
    if not verdict.trusted:
        desk.show(desk.text(w.KEY_NOT_GIVEN, key_id=verdict.key_id))
    if verdict.records is not None:
        desk.show(desk.text(w.RECORDS_FIT if verdict.records else w.RECORDS_DIFFER))


def signer(signed_by: Mapping[str, str]) -> str:
    """The name of who signed, with the user name where the receipt has one and it says more."""
    name = signed_by["name"]
    username = signed_by.get("user_name", name)
    return name if username == name else f"{name} ({username})"


def as_object(verdict: ReceiptVerdict) -> dict[str, object]:
    """The verdict as JSON."""
    checks = {"digest": verdict.digest, "signature": verdict.signature, "trusted_key": verdict.trusted}
    return {
        "holds": verdict.holds,
        **checks,
        "records": verdict.records,
        "key_id": verdict.key_id,
        "receipt": json.loads(json.dumps(verdict.receipt)),
    }
