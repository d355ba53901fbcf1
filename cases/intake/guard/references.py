"""References, and those and case tokens that are not random: an identifier can be written as either.

A reference is a partner's own id of a referral: a UUID of version 4, which cannot carry meaning. Lower case is how we write it.

Of a UUID of version 4, 30 of the 32 digits are random. Each test below holds of a random one with a probability of less than
2e-13, and all of them together with less than 1e-12 (docs/threat-model.md). A number among digits that are random otherwise cannot
be seen, and neither can a name that was hashed.
"""

from __future__ import annotations

import itertools
import re

from cases import tokens
from cases.intake.guard.kinds import IdentifierKind
from cases.intake.guard.patterns import CPR_LENGTH, is_cpr
from core.text import Text

HEX = re.compile(r"[0-9a-f]{32}")
ANY_TEN_DIGITS = re.compile(rf"\d{{{CPR_LENGTH}}}", re.ASCII)
TEN_DIGITS = re.compile(rf"(?=(\d{{{CPR_LENGTH}}}))", re.ASCII)
VERSION_AT, VARIANT_AT = 12, 16
# At most so many different digits among 30: C(16,4) (4/16)^30 < 2e-15.
FEW_DIGITS = 4
# A CPR number, and at most so many different digits in the rest: 44 C(16,3) (3/16)^20 (10/16)^10 < 1e-12, times the share of days.
FEW_OTHER_DIGITS = 3
# The same step from digit to digit so many times in a row: 17 16^-12 < 1e-13.
LONG_STEPS = 13
HEXADECIMALS = "0123456789abcdef"
# Every six digits with the same step from each to the next. Fourteen of thirty digits have those from the 9th or from the 17th on.
SHORT_SERIES = frozenset(
    "".join(HEXADECIMALS[(first + place * step) % 16] for place in range(6))
    for first in range(16)
    for step in range(16)
)
DIGITS = {digit: place for place, digit in enumerate(HEXADECIMALS)}
# Digits that come again after the same distance: C(29,18) 16^-18 < 1e-14 for each distance. Then no more than twelve differ.
DISTANCES, MANY_AGAIN = range(1, 11), 18
MOST_IF_AGAIN = 30 - MANY_AGAIN


def reference_kind(uuid_text: str) -> IdentifierKind | None:
    """What a UUID is that was not drawn by chance; None for one that may have been, and for a text that is no UUID."""
    digits = uuid_text.strip("{} ").replace("-", "").lower()
    if not HEX.fullmatch(digits):
        return None
    if hides_cpr_among_few(digits):
        return IdentifierKind.CPR
    free = digits[:VERSION_AT] + digits[VERSION_AT + 1 : VARIANT_AT] + digits[VARIANT_AT + 1 :]
    return IdentifierKind.REFERENCE if has_pattern(free) else None


def hides_cpr_among_few(digits: str) -> bool:
    """Whether ten of the 32 digits in a row are a CPR number, and the rest is filled up with few different digits."""
    if not ANY_TEN_DIGITS.search(digits):
        return False
    # Those of the version and of the variant were not chosen.
    free_digits = f"{digits[:VERSION_AT]} {digits[VERSION_AT + 1 : VARIANT_AT]} {digits[VARIANT_AT + 1 :]}"
    for match in TEN_DIGITS.finditer(digits):
        start = match.start()
        rest = {*free_digits[:start], *free_digits[start + CPR_LENGTH :]} - {" "}
        if len(rest) <= FEW_OTHER_DIGITS and is_cpr(match[1]):
            return True
    return False


def has_pattern(free: str) -> bool:
    """Whether the 30 random digits have too few different ones, a long series, or come again and again."""
    different = len(set(free))
    return different <= FEW_DIGITS or has_series(free) or (different <= MOST_IF_AGAIN and comes_again(free))


def has_series(free: str) -> bool:
    """Whether the step from one digit to the next stays the same for long, as in 0000 and 1234.

    A long series has a short one in one of two places, so that most references are done with these.
    """
    if free[8:14] not in SHORT_SERIES and free[16:22] not in SHORT_SERIES:
        return False
    steps = [step_at(free, place) for place in range(len(free) - 1)]
    return any(len(list(same)) >= LONG_STEPS for _, same in itertools.groupby(steps))


def step_at(free: str, place: int) -> int:
    """The step from the digit at a place to the next."""
    return (DIGITS[free[place + 1]] - DIGITS[free[place]]) & 15


def comes_again(free: str) -> bool:
    """Whether most digits are those at the same distance before them. In the XOR of two numbers, digits that are the same are 0."""
    number = int(free, 16)
    differences = (f"{number ^ number >> 4 * distance:030x}" for distance in DISTANCES)
    return any(text.count("0", distance) >= MANY_AGAIN for distance, text in zip(DISTANCES, differences, strict=True))


def token_kind(text: str) -> IdentifierKind | None:
    """What a case token is that nobody was given: ten digits that are a CPR number. None for another text."""
    token = tokens.canonical(text)
    if token is None or not token[: tokens.LENGTH].isdecimal():
        return None
    return IdentifierKind.CPR if is_cpr(token[: tokens.LENGTH]) else None


UUID4 = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-4[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}"
FORM = re.compile(UUID4, re.ASCII)
UUID4_EXPECTED = Text("Referencen er en UUID af version 4.", "The reference is a UUID of version 4.")


def is_reference(text: str) -> bool:
    """Whether a text is a reference, in either case (RFC 9562 §4)."""
    return FORM.fullmatch(text) is not None
