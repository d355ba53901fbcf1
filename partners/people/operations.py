"""What reads records is called on the page of reads. The rooms whose pages are read by people add their words when they start.

What a program reads keeps its name of the API: whoever looks after a program knows it.
"""

from __future__ import annotations

from collections.abc import Mapping

from partners.text import Text

WORDS: dict[str, Text] = {}


def add(words: Mapping[str, Text]) -> None:
    """Add the words of a room, by the operations that it writes down."""
    WORDS.update(words)


def words_of(operation: str) -> Text | str:
    """An operation in words, or its name."""
    return WORDS.get(operation, operation)
