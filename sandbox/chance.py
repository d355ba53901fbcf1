"""Repeatable chance: every draw comes from a stream that the seed and a name determine. So do case tokens and UUIDs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from random import Random

from cases.codelists.types import NOT_ASKED
from cases.fields import CodedField, CodeSetField, Field, TokenField
from cases.tokens import ALPHABET, CHECK_SYMBOLS, LENGTH

NULL = r"\N"
Weights = Mapping[str, float]


def stream(seed: int, *names: object) -> Random:
    """The stream of random numbers of a seed and a name. Nothing secret is drawn from it."""
    return Random("/".join(map(str, (seed, *names))))  # noqa: S311


def draw(weights: Weights, rng: Random) -> str:
    return rng.choices(tuple(weights), tuple(weights.values()))[0]


def draw_set(codes: tuple[str, ...], most: int, rng: Random) -> str:
    """A set as the text of an array: not asked, none, or up to `most` sorted codes."""
    count = rng.randint(-1, most)
    return "{_N}" if count < 0 else f"{{{','.join(sorted(rng.sample(codes, count)))}}}"


def fields_without_weights(fields: Iterable[Field], names: Collection[str]) -> tuple[Field, ...]:
    """The fields of a record without weights in the sandbox: all fields of the dictionary except `names`."""
    return tuple(field for field in fields if field.name not in names and not isinstance(field, TokenField))


def draw_any(field: Field, rng: Random) -> str:
    """One of the values of a field, all equally likely, as COPY reads it. A month is left empty."""
    match field:
        case CodedField():
            return rng.choice(field.allowed)
        case CodeSetField():
            return draw_set(tuple(code for code in field.codelist.names if not code.startswith("_")), 2, rng)
        case _:
            return NULL


def absent_value(field: Field) -> str:
    """The stored value of an absent field, as COPY reads it. A required field gets its first code."""
    match field:
        case CodedField():
            return NOT_ASKED if NOT_ASKED in field.allowed else field.allowed[0]
        case CodeSetField():
            return f"{{{NOT_ASKED}}}"
        case _:
            return NULL


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
