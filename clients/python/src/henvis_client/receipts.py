"""Verifying the receipt of a signed year, without the service: its signature, its digest, your own records."""

from __future__ import annotations

import base64
import csv
import io
import json
from binascii import Error as NotBase64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from henvis_client.errors import UsageError
from henvis_client.texts import Text

CONTEXT = b"henvis receipt 1\n"
TYPE, FORMAT = "henvis-receipt", 1
MONTH = "referred_in"
# How a set stands in a cell of an export.
SEPARATOR = "|"
NO_RECEIPT = Text("Filen er ingen kvittering fra Henvis.", "The file is no receipt of Henvis.")
NO_KEY = Text("Nøglen kan ikke læses.", "The key cannot be read.")
# In the place of the status: the processing of the person's data is restricted, and nothing else of the row is told.
RESTRICTED = "RESTRICTED"
NO_RECORDS = Text(
    "Filen er ingen hel eksport af egne henvisninger (CSV eller NDJSON), eller behandlingen af nogle af dem er begrænset.",
    "The file is no whole export of own referrals (CSV or NDJSON), or the processing of some of them is restricted.",
)


@dataclass(frozen=True)
class ReceiptVerdict:
    """What was found. `signature`: it fits the key that was given, or without one the key in the file. None: not asked.

    `key_id`: SHA-256 of the key that was used. `trusted`: the key was given by whoever asks.
    """

    receipt: Mapping[str, Any]
    digest: bool
    signature: bool
    trusted: bool
    key_id: str
    records: bool | None = None

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong, and the key is one that whoever asks has."""
        return self.trusted and self.digest and self.signature and self.records is not False


def canonical(value: object) -> bytes:
    """Canonical JSON: members in the order of their names, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def verify(content: bytes, keys: Sequence[bytes] = (), records: bytes | None = None) -> ReceiptVerdict:
    """Verify a receipt. `keys`: the 32 bytes of each key of the service (`keys_of`). `records`: an export of own referrals.

    Raises `UsageError` for what is no receipt, no key or no export.
    """
    receipt, document, digest, signature, public_key = parts_of(content)
    # The key that the file says, where the service has it; another one fits nothing.
    public = public_key if public_key in keys or not keys else keys[0]
    return ReceiptVerdict(
        receipt,
        digest=sha256(document).hexdigest() == digest,
        signature=is_signed(document, signature, public),
        trusted=bool(keys),
        key_id=sha256(public).hexdigest(),
        records=None if records is None else records_digest(records, receipt) == receipt["records"]["digest"],
    )


def parts_of(content: bytes) -> tuple[dict[str, Any], bytes, str, bytes, bytes]:
    """The receipt, its canonical form, its digest, its signature, and the key in the file. Raises `UsageError`."""
    try:
        file = json.loads(content)
        receipt, signature = file["receipt"], file["signature"]
        if (receipt["type"], receipt["format"]) != (TYPE, FORMAT) or not has_members(receipt):
            raise UsageError("no_receipt", NO_RECEIPT)
        value, key = (base64.b64decode(signature[name], validate=True) for name in ("value", "public_key"))
        # Half a character of a file that was tampered with has no UTF-8, which is a `ValueError` too.
        return receipt, canonical(receipt), file["digest"], value, key
    except (ValueError, KeyError, TypeError, RecursionError, NotBase64):
        raise UsageError("no_receipt", NO_RECEIPT) from None


def has_members(receipt: Mapping[str, Any]) -> bool:
    """Whether everything that is read of a receipt later on is there. Raises `KeyError` or `TypeError` where it is not."""
    texts = (
        receipt["partner"]["name"],
        receipt["signed_at"],
        receipt["signed_by"]["name"],
        receipt["records"]["digest"],
        *receipt["records"]["members"],
    )
    numbers = (receipt["year"], receipt["number"])
    is_list = isinstance(receipt["records"]["members"], list)
    return is_list and all(isinstance(each, str) for each in texts) and all(isinstance(each, int) for each in numbers)


def is_signed(document: bytes, signature: bytes, key: bytes) -> bool:
    """Whether a signature is of this document and by this key. Raises `UsageError` where the key is none."""
    try:
        public = Ed25519PublicKey.from_public_bytes(key)
    except ValueError:
        raise UsageError("no_key", NO_KEY) from None
    try:
        public.verify(signature, CONTEXT + document)
    except InvalidSignature:
        return False
    return True


def keys_of(content: bytes) -> list[bytes]:
    """The keys in the answer of `/api/v1/receipts`. Raises `UsageError` where there is none."""
    try:
        keys = [base64.b64decode(each["public_key"], validate=True) for each in json.loads(content)["keys"]]
    except (ValueError, KeyError, TypeError, RecursionError, NotBase64):
        raise UsageError("no_key", NO_KEY) from None
    if not keys:
        raise UsageError("no_key", NO_KEY)
    return keys


def records_digest(content: bytes, receipt: Mapping[str, Any]) -> str:
    """The digest over the year's records of an export. Raises `UsageError` where it is none, or not whole."""
    members: Sequence[str] = receipt["records"]["members"]
    try:
        rows = [*(rows_of_ndjson if content.lstrip()[:1] == b"{" else rows_of_csv)(content)]
        of_year = (row for row in rows if str(row[MONTH]).startswith(f"{receipt['year']}-"))
        lines = sorted(line_of(row, members) for row in of_year)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError, csv.Error):
        raise UsageError("no_records", NO_RECORDS) from None
    return sha256(b"".join(lines)).hexdigest()


def rows_of_ndjson(content: bytes) -> Iterator[dict[str, Any]]:
    """The rows of NDJSON. Raises `ValueError` without the line that ends it."""
    *lines, last = [json.loads(line) for line in content.splitlines() if line.strip()]
    if last["end"]["rows"] != len(lines):
        raise ValueError("incomplete")
    yield from lines


def rows_of_csv(content: bytes) -> Iterator[dict[str, Any]]:
    """The rows of CSV. One that is not whole ends with a line that is no row. Raises `ValueError` for one that tells nothing."""
    for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True):
        if row.get("status") == RESTRICTED:
            raise ValueError("restricted")
        yield row


def line_of(row: Mapping[str, Any], members: Sequence[str]) -> bytes:
    """The line of a record."""
    content = {name: plain(row[name]) for name in members}
    return f"{row['reference']} {int(row['version'])} {sha256(canonical(content)).hexdigest()}\n".encode()


def plain(value: Any) -> str:
    """A value as a text: a set is its codes in order."""
    if isinstance(value, str):
        value = value.split(SEPARATOR)
    return SEPARATOR.join(sorted(value or []))
