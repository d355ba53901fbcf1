"""Strict JSON: shallow, without repeated members, decimal numbers, NaN, NUL and lone surrogates."""

from __future__ import annotations

import json
from typing import Any

from core.text import Text

MOST_DEPTH = 8


class JSONRefused(ValueError):
    """What strict JSON does not allow; `code` says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


REASONS = {
    "not_json": Text("Teksten er ikke JSON.", "The text is not JSON."),
    "not_utf8": Text("Teksten er ikke UTF-8.", "The text is not UTF-8."),
    "too_deep": Text(f"Mere end {MOST_DEPTH} niveauer.", f"More than {MOST_DEPTH} levels deep."),
    "duplicate_member": Text("Et medlem står to gange.", "A member stands twice."),
    "number_not_integer": Text("Kun hele tal bruges.", "Only whole numbers are used."),
    "unusable_character": Text("NUL eller et halvt surrogatpar i en tekst.", "NUL or a lone surrogate in a text."),
}


def loads(raw: bytes, *, fractions: bool = False) -> Any:
    """Strict JSON. Raises `JSONRefused`, whose message never holds a part of the text.

    `fractions`: a number that is not whole, or of more than 18 digits, is a float, for a reader that refuses it at its place.
    """
    try:
        value = json.loads(
            raw.decode(),
            object_pairs_hook=unique_members,
            parse_float=float if fractions else refuse_number,
            parse_constant=refuse_number,
            parse_int=int_or_float if fractions else small_int,
        )
    except JSONRefused:
        raise
    except UnicodeDecodeError:
        raise JSONRefused("not_utf8") from None
    except RecursionError:
        raise JSONRefused("too_deep") from None
    except ValueError:
        raise JSONRefused("not_json") from None
    check(value, 0)
    return value


def unique_members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose members are all different."""
    value = dict(pairs)
    if len(value) != len(pairs):
        raise JSONRefused("duplicate_member")
    return value


def refuse_number(_text: str) -> Any:
    """No field holds a fraction, NaN or Infinity."""
    raise JSONRefused("number_not_integer")


def small_int(text: str) -> int:
    """A whole number; one of more than 18 digits is no number of ours."""
    if len(text) > 18:
        raise JSONRefused("number_not_integer")
    return int(text)


def int_or_float(text: str) -> int | float:
    """A whole number; a float where it has more than 18 digits, which its reader refuses."""
    return float(text) if len(text) > 18 else int(text)


def check(value: object, depth: int) -> None:
    """Refuse depth, and characters that PostgreSQL or UTF-8 cannot hold. `depth`: the objects and arrays around the value."""
    if isinstance(value, str):
        check_text(value)
    elif isinstance(value, dict | list) and depth >= MOST_DEPTH:
        raise JSONRefused("too_deep")
    elif isinstance(value, dict):
        for name, member in value.items():
            check_text(name)
            check(member, depth + 1)
    elif isinstance(value, list):
        for item in value:
            check(item, depth + 1)


def check_text(text: str) -> None:
    """Refuse NUL and lone surrogates."""
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        raise JSONRefused("unusable_character")
    if "\x00" in text:
        raise JSONRefused("unusable_character")
