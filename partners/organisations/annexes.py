"""Annexes of the agreements: what is disclosed, and how long it is kept. Rooms that know it put them here (`hooks`).

They are as things are today, and no part of what is confirmed: the text says which changes are announced, and when.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from core.text import Text


class Annex(NamedTuple):
    """An annex: its heading and its lines."""

    heading: Text
    lines: tuple[Text, ...]


_MAKERS: dict[int, Callable[[], Annex]] = {}


def add(number: int, make: Callable[[], Annex]) -> None:
    """Put an annex at a number."""
    _MAKERS[number] = make


def every() -> list[Annex]:
    """The annexes in their order, as they are today."""
    return [make() for _, make in sorted(_MAKERS.items())]
