"""Case tokens: 10 random Crockford base32 characters and a check symbol. They have no meaning and are fit for the telephone.

The alphabet, the reading of I, L and O, and the check symbol modulo 37 are Crockford's (https://www.crockford.com/base32.html).
New tokens have a check symbol that is one of the 32 digits; any valid token is accepted.
"""

from __future__ import annotations

import re
import secrets

from core.text import Text

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECK_SYMBOLS = ALPHABET + "*~$=U"
LENGTH = 10
PATTERN = r"^[0-9A-HJKMNP-TV-Z]{10}[0-9A-HJKMNP-Z*~$=]$"
# Accepted spellings: upper or lower case, with I, L and O, and with hyphens and blanks anywhere: they part the groups.
READ_PATTERN = r"^[- \xa0]*([0-9A-TV-Za-tv-z][- \xa0]*){10}[0-9A-Za-z*~$=][- \xa0]*$"
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None, "\xa0": None})


def check_symbol(body: str) -> str:
    """The check symbol of ten digits: their value modulo 37."""
    value = 0
    for digit in body:
        value = value * 32 + ALPHABET.index(digit)
    return CHECK_SYMBOLS[value % 37]


def mint() -> str:
    """A new token, 50 random bits. Ten decimal digits are drawn again: they could be taken for a person's number."""
    while True:
        bits = secrets.randbits(5 * LENGTH)
        body = "".join([ALPHABET[bits >> shift & 31] for shift in range(0, 5 * LENGTH, 5)])
        if not body.isdecimal() and (symbol := check_symbol(body)) in ALPHABET:
            return body + symbol


def in_groups(token: str) -> str:
    """A token as people read it aloud and no spreadsheet takes it for a number: `7K3QX-0M9TN-4`. It is read in this form too."""
    return "-".join((token[:5], token[5:LENGTH], token[LENGTH:]))


def mask(token: str) -> str:
    """A token by its end, so that whoever typed it knows which one it was: `•••••-••9TN-4`."""
    return f"•••••-••{token[7:LENGTH]}-{token[LENGTH:]}"


def canonical(text: str) -> str | None:
    """The token in its canonical form, or None for any other text. Case, hyphens, blanks and I, L, O are read as Crockford says."""
    if len(text) > 2 * LENGTH or not re.fullmatch(READ_PATTERN, text):
        return None
    token = text.upper().translate(_READ_AS)
    return token if check_symbol(token[:LENGTH]) == token[LENGTH:] else None


# What a person is told of what was typed. It is not repeated, and no place in it is named: that would narrow a guess.
MISSHAPEN = Text(
    "Det er ikke en sagskode: den har ti bogstaver eller tal og et kontroltegn. Skriv den, som den står på kortet.",
    "This is not a case token, which has ten letters or digits and a check character. Enter it as it stands on the card.",
)
MISTYPED = Text(
    "Der er en tastefejl i sagskoden: kontroltegnet passer ikke. Sammenlign med kortet.",
    "There is a typing error in the case token: its check character does not fit. Compare it with the card.",
)
UNKNOWN = Text(
    "Sagskoden er skrevet rigtigt, men ingen sag har den.", "The case token is typed correctly, but no case has it."
)


def fault_of(text: str) -> Text | None:
    """Why a text is no token; None for one in any accepted spelling."""
    if len(text) > 2 * LENGTH or not re.fullmatch(READ_PATTERN, text):
        return MISSHAPEN
    return None if canonical(text) else MISTYPED
