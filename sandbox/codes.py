"""Case tokens and UUIDs that depend on the seed alone."""

from __future__ import annotations

from random import Random

from cases.tokens import ALPHABET, CHECK_SYMBOLS, LENGTH
from sandbox.chance import stream

_BITS = 5 * LENGTH
_SPACE = 1 << _BITS
# A token whose check symbol is not a digit is skipped. Of 37 residues 32 are digits, so one of 32 tries always succeeds.
_TRIES = 32
_PAIRS = tuple(a + b for a in ALPHABET for b in ALPHABET)
_RANDOM_BITS = ~((0xF << 76) | (0b11 << 62))
_VERSION_4 = (0x4 << 76) | (0b10 << 62)


class Tokens:
    """The token of the n-th case. It is a bijection of 50 bits, so that no two cases have the same token."""

    def __init__(self, seed: int) -> None:
        rng = stream(seed, "tokens")
        self._factor = rng.getrandbits(_BITS) | 1
        self._offset = rng.getrandbits(_BITS)

    def of(self, number: int) -> str:
        tries = range(number * _TRIES, (number + 1) * _TRIES)
        values = ((attempt * self._factor + self._offset) % _SPACE for attempt in tries)
        value = next(value for value in values if value % len(CHECK_SYMBOLS) < len(ALPHABET))
        pairs = (_PAIRS[(value >> shift) & 1023] for shift in (40, 30, 20, 10, 0))
        return "".join(pairs) + ALPHABET[value % len(CHECK_SYMBOLS)]


def uuid4(rng: Random) -> str:
    """A UUID of version 4 in hex, without hyphens."""
    return f"{(rng.getrandbits(128) & _RANDOM_BITS) | _VERSION_4:032x}"
