"""Linkage codes, computed offline: the rule is docs/linkage-code.md of Henvis. Neither the key nor a name leaves the machine."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata
from datetime import date

from henvis_client.errors import UsageError
from henvis_client.texts import Text

LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "œ": "oe", "ð": "d", "đ": "d", "þ": "th", "ł": "l", "ı": "i"})
LATIN = re.compile("[a-z]+", re.ASCII)
KEY_BYTES = 32
KEY = re.compile(r"[0-9a-fA-F]{64}", re.ASCII)
NO_KEY = Text(
    "Nøglen til koblingskoder er 64 hexadecimale cifre og ikke andet.",
    "The key of linkage codes is 64 hexadecimal digits and nothing else.",
)
NO_NAME = Text(
    "Et navn mangler eller har andre bogstaver end de latinske. Skriv det som i dokumentets maskinlæsbare linje.",
    "A name is missing or has other letters than Latin ones. Write it as in the machine-readable line of the document.",
)
NO_DATE = Text(
    "Fødselsdatoen skrives ÅÅÅÅ-MM-DD. Er en del af den ukendt, laves ingen kode.",
    "The date of birth is written YYYY-MM-DD. Where a part of it is not known, no code is made.",
)


def new_key() -> str:
    """A key of 32 random bytes, in hex. Partners share one; the centre never gets it."""
    return secrets.token_hex(KEY_BYTES)


def key_of_text(text: str) -> bytes:
    """The key in a text. Raises `UsageError`."""
    if not KEY.fullmatch(text.strip()):
        raise UsageError("linkage_key", NO_KEY)
    return bytes.fromhex(text.strip())


def normalise_name(name: str) -> str:
    """A name as it stands in the canonical string."""
    lower = unicodedata.normalize("NFC", name).casefold().replace("å", "aa")
    apart = unicodedata.normalize("NFKD", lower).casefold()
    letters = (each for each in apart if unicodedata.category(each) in {"Ll", "Lo", "Lt", "Lu"})
    return "".join(letters).translate(LETTERS)


def canonical(family_name: str, given_names: str, birth: str) -> str:
    """The canonical string of a person. Raises `UsageError`."""
    names = sorted([normalise_name(family_name), normalise_name(given_names)])
    if not all(LATIN.fullmatch(name) for name in names):
        raise UsageError("linkage_name", NO_NAME)
    return "|".join(["henvis-linkage-1", *names, day_of(birth)])


def day_of(text: str) -> str:
    """A date of birth as it is written. Raises `UsageError`."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError("linkage_date", NO_DATE) from None
    if day.isoformat() != text.strip():
        raise UsageError("linkage_date", NO_DATE)
    return day.isoformat()


def linkage_code(key: bytes, family_name: str, given_names: str, birth: str) -> str:
    """The code of a person, as 64 hexadecimal digits. `key`: 32 bytes; `birth`: YYYY-MM-DD. Raises `UsageError`."""
    if len(key) != KEY_BYTES:
        raise UsageError("linkage_key", NO_KEY)
    return hmac.new(key, canonical(family_name, given_names, birth).encode(), hashlib.sha256).hexdigest()
