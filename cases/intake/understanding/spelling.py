"""When two texts are the same to a person: case, blanks, accents, dashes, and Danish letters written as two."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Danish and German letters as whoever has no such key writes them; all kinds of dashes and quotes as one.
LETTERS = str.maketrans(
    {
        "æ": "ae",
        "ø": "oe",
        "å": "aa",
        "ä": "ae",
        "ö": "oe",
        "ß": "ss",
        "đ": "d",
        "ł": "l",
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("’‘`´", "'"),
        # Soft hyphen, zero-width characters, byte order mark.
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", None),
    }
)
BLANKS = re.compile(r"\s+")
AROUND_DASH = re.compile(r" ?- ?")


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """The key under which a text is looked up. Two texts with one key are the same to a person."""
    lower = unicodedata.normalize("NFC", text.translate(LETTERS)).casefold().translate(LETTERS)
    bare = "".join(each for each in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(each))
    return AROUND_DASH.sub("-", BLANKS.sub(" ", bare).strip()).casefold()
