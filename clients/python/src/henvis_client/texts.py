"""Texts for people, Danish and English side by side, so that neither is forgotten."""

from __future__ import annotations

from typing import NamedTuple

LANGUAGES = ("da", "en")


class Text(NamedTuple):
    """One text in two languages. A call gives it in one of them, with what is to be put in."""

    da: str
    en: str

    def __call__(self, language: str, /, **parts: object) -> str:
        """The text in a language: `da`, or English."""
        text = self.da if language == "da" else self.en
        return text.format(**parts) if parts else text


def language_of(*tags: str | None) -> str:
    """The language of the first tag that names one: `--lang`, then the variables of the system. English where none does."""
    for tag in tags:
        if tag and tag[:2].lower() in LANGUAGES:
            return tag[:2].lower()
    return "en"
