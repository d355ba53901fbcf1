"""How easy a Danish text is to read: LIX, words in a sentence plus long words in a hundred (Björnsson 1968)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.text import Text

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+(?:[.,]\d+)*")
SENTENCE_END = re.compile(r"[.!?:](?=\s|$)|\n+")
LONG = 6
# A notice that is harder than this is rewritten: it is what a newspaper's easy texts have.
EASY = 35
BANDS = (
    (25, Text("let for alle", "easy for everybody")),
    (35, Text("let", "easy")),
    (45, Text("middel", "middling")),
    (55, Text("svær", "hard")),
)
HARDEST = Text("meget svær", "very hard")


@dataclass(frozen=True, slots=True)
class Lix:
    """The figure, and what it means."""

    value: int

    @property
    def is_easy(self) -> bool:
        """Whether a notice may be as hard as this."""
        return self.value <= EASY

    @property
    def words(self) -> Text:
        """How easy the text is."""
        return next((words for most, words in BANDS if self.value <= most), HARDEST)


def lix_of(text: str) -> Lix | None:
    """The figure of a text, rounded; None for a text without words."""
    words = WORD.findall(text)
    if not words:
        return None
    sentences = sum(1 for part in SENTENCE_END.split(text) if WORD.search(part))
    long_words = sum(1 for word in words if len(word) > LONG)
    return Lix(round(len(words) / sentences + 100 * long_words / len(words)))
