"""What waits for a partner's people, as each room tells it to the home of the desk."""

from __future__ import annotations

from typing import NamedTuple


class Waiting(NamedTuple):
    """Something that waits for the partner: in words, with the page on which it is dealt with."""

    words: object
    address: str
