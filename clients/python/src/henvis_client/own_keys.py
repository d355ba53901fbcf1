"""References for partners that have no UUIDs: a keyed digest of their own key of a row.

    reference = HMAC-SHA-256(secret, "henvis reference v1" ‖ normalised key in UTF-8), its first 16 bytes, as a UUID of version 4

The same key with the same secret is the same reference, on every machine and in every year; without the secret a reference tells
nothing of a key. The secret stays with the partner. Whoever loses it counts everybody twice: the same rows get other references.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata
from uuid import UUID

from henvis_client.errors import UsageError
from henvis_client.texts import Text

LABEL = b"henvis reference v1"
SECRET_BYTES = 32
# What some programs leave in cells that look empty, and in front of files.
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
# White_Space of Unicode, written out: languages of programs do not agree what is blank.
BLANKS = re.compile("[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
EXPORT = re.compile(r"hvkey_1_([0-9a-f]{64})_([0-9a-f]{8})", re.ASCII)
NO_SECRET = Text(
    "Det er ingen nøgle, som `henvis key export` har skrevet, eller den er skrevet forkert af.",
    "This is no key that `henvis key export` has written, or it was copied wrongly.",
)
EMPTY_KEY = Text("Nøglen er tom.", "The key is empty.")


def new_secret() -> bytes:
    """A secret of 32 random bytes."""
    return secrets.token_bytes(SECRET_BYTES)


def normalise_key(key: str) -> str:
    """An own key as it is digested: NFC, no invisible characters, no blanks at its ends, one blank for several.

    Capital and small letters stay apart: there are keys in which they are two.
    """
    return BLANKS.sub(" ", unicodedata.normalize("NFC", key.translate(INVISIBLE))).strip(" ")


def reference_of(secret: bytes, key: str) -> UUID:
    """The reference of an own key. Raises `UsageError` where the key is empty or the secret is not of 32 bytes."""
    text = normalise_key(key)
    if len(secret) != SECRET_BYTES:
        raise UsageError("own_key_secret", NO_SECRET)
    if not text:
        raise UsageError("own_key_empty", EMPTY_KEY)
    digest = hmac.new(secret, LABEL + text.encode(), hashlib.sha256).digest()
    return UUID(bytes=digest[:16], version=4)


def fingerprint(secret: bytes) -> str:
    """Eight hexadecimal digits by which colleagues see that they have the same secret. They tell nothing of it."""
    return hashlib.sha256(b"henvis reference fingerprint" + secret).hexdigest()[:8]


def export_text(secret: bytes) -> str:
    """The secret to be kept or to be given to a colleague: `hvkey_1_`, 64 digits, and 8 that find a slip of the pen."""
    return f"hvkey_1_{secret.hex()}_{fingerprint(secret)}"


def secret_of_text(text: str) -> bytes:
    """The secret of an export. Raises `UsageError`."""
    match = EXPORT.fullmatch("".join(text.split()).lower())
    secret = bytes.fromhex(match[1]) if match else b""
    if match is None or not hmac.compare_digest(fingerprint(secret), match[2]):
        raise UsageError("own_key_secret", NO_SECRET)
    return secret
