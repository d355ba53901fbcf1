"""What the home of the desk, and a question before an act, are made of."""

from __future__ import annotations

from typing import Any, NamedTuple


class HomeCard(NamedTuple):
    """A part of a page: its template, and what it shows."""

    template: str
    context: dict[str, Any]


class Waiting(NamedTuple):
    """Something that waits for the partner: in words, with the page on which it is dealt with."""

    words: object
    address: str
