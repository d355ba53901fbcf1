"""One writing for what looks the same: the guard reads a text as a person would, whatever characters it is made of."""

from __future__ import annotations

import re
import unicodedata

# Dashes and dots that are no punctuation of their kind to Unicode.
AS_DASH = frozenset("\u02d7\u2043\u2212\u2796\u30fc\u4e00")
AS_DOT = frozenset("\u00b7\u2022\u2024\u2027\u3002\u30fb\u22c5")
AS_SLASH = frozenset("\u2044\u2215")
BLANKS = re.compile(r"\s+")
# Letters that are written for 0 and 1: Latin, Greek and Cyrillic ones.
LOOKALIKES = str.maketrans(
    dict.fromkeys("OoØø\u039f\u03bf\u041e\u043e\u0555\u3007", "0")
    | dict.fromkeys("Iil|!\u0399\u03b9\u0406\u0456\u04cf", "1")
)


def fold(text: str) -> str:
    """The text with plain digits, dashes, dots and blanks, and without characters that show nothing."""
    if not text.isascii():
        text = "".join(map(fold_character, unicodedata.normalize("NFKC", text)))
    elif not text.isprintable():
        text = "".join(each if each.isprintable() else " " for each in text)
    return BLANKS.sub(" ", text).strip()


def fold_character(char: str) -> str:
    """One character, plain; nothing for a mark or a format character."""
    if char.isascii():
        return char if char.isprintable() else " "
    if (digit := unicodedata.digit(char, None)) is not None:
        return str(digit)
    for plain, those in (("-", AS_DASH), (".", AS_DOT), ("/", AS_SLASH)):
        if char in those:
            return plain
    return BY_CATEGORY.get(unicodedata.category(char), char)


# By Unicode's general category: dashes, blanks, and what is not seen.
BY_CATEGORY = {
    "Pd": "-",
    **dict.fromkeys(("Zs", "Zl", "Zp"), " "),
    **dict.fromkeys(("Cc", "Cf", "Mn", "Me", "Cn", "Co", "Cs"), ""),
}
