"""Repeatable chance: every draw comes from a stream that the seed and a name determine."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from random import Random

from cases.codelists.types import NOT_ASKED
from cases.fields import CodedField, CodeSetField, Field, TokenField

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
