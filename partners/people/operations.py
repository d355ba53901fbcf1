"""What reads records is called on the pages of reads. Rooms that let people or programs read add their words when they start."""

from __future__ import annotations

from collections.abc import Mapping

from core.text import Text

WORDS: dict[str, Text] = {}


def add(words: Mapping[str, Text]) -> None:
    """Add the words of a room, by the operations that it writes down."""
    WORDS.update(words)


def words_of(operation: str) -> Text | str:
    """An operation in words; the name of one that there was once."""
    return WORDS.get(operation, operation)
