"""What reads records is called on the page of reads. The rooms that write reads down add their words when they start."""

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
