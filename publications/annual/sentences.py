"""Sentences in both languages from numbers and words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core.text import Text
from stats.reading.marks import number
from stats.reading.measures import Value

AND, OR = Text("og", "and"), Text("eller", "or")
Word = Text | str | Value


def fill(template: Text, **words: Word) -> Text:
    """A sentence with its words and numbers, each as its language writes it."""
    return Text(
        *(template(each).format(**{name: word_in(word, each) for name, word in words.items()}) for each in Text._fields)
    )


def word_in(word: Word, language: str) -> str:
    """A word or a number in a language."""
    if isinstance(word, Text):
        return word(language)
    return word if isinstance(word, str) else number(word, language)


def magnitude(value: Value) -> int | Decimal:
    """A number without its sign; 0 for none."""
    quantity = value or 0
    return -quantity if quantity < 0 else quantity


def listing(items: Sequence[Text], word: Text = AND) -> Text:
    """Items with commas, and an "and" before the last, or another word."""
    return Text(*(join([item(language) for item in items], word(language)) for language in Text._fields))


def join(items: Sequence[str], word: str) -> str:
    """The same in one language."""
    return f" {word} ".join(filter(None, (", ".join(items[:-1]), items[-1]))) if items else ""


def paragraph(*sentences: Text | None) -> Text | None:
    """Sentences after one another; None where there are none."""
    there = [each for each in sentences if each is not None]
    return Text(*(" ".join(each(language) for each in there) for language in Text._fields)) if there else None


def capital(text: Text) -> Text:
    """A sentence with a capital at its beginning."""
    return Text(*(f"{each[:1].upper()}{each[1:]}" for each in text))
