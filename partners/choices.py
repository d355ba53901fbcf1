"""The codes of fields with their words, as Django's choices. Functions, so that migrations name them and carry no text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.text import lazily
from partners.kinds import KIND_WORDS, MODE_WORDS, REPORTING_WORDS
from partners.roles import ACT_WORDS, MEMBER_WORDS, ROLE_WORDS

Choices = list[tuple[str, Any]]


def of(words: Mapping[Any, tuple[str, str]]) -> Choices:
    """The codes of a table with their words in the language of the reader."""
    return [(str(code), lazily(text)) for code, text in words.items()]


def kinds() -> Choices:
    """Kinds of partners."""
    return of(KIND_WORDS)


def modes() -> Choices:
    """Live and test."""
    return of(MODE_WORDS)


def reporting() -> Choices:
    """How often a partner reports."""
    return of(REPORTING_WORDS)


def member_roles() -> Choices:
    """Roles at a partner."""
    return of(MEMBER_WORDS)


def roles() -> Choices:
    """Every role that a person may be invited to."""
    return of(ROLE_WORDS)


def acts() -> Choices:
    """Acts that need a second member of staff."""
    return of(ACT_WORDS)
