"""The codes of fields with their words, as Django's choices, and the column of a code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import models

from core.text import lazily
from partners.kinds import AGREEMENT_WORDS, KIND_WORDS, MODE_WORDS, REPORTING_WORDS
from partners.roles import ACT_WORDS, MEMBER_WORDS, ROLE_WORDS

Choices = list[tuple[str, Any]]


def choices_of(words: Mapping[Any, tuple[str, str]]) -> Choices:
    """The codes of a table with their words in the language of the reader."""
    return [(str(code), lazily(text)) for code, text in words.items()]


# For the type checker it is the column that it extends.
if TYPE_CHECKING:
    CodeField = models.CharField
else:

    class CodeField(models.CharField):
        """A column of a code. `choices`: a table of codes with their words, or such choices. A migration says nothing of them."""

        def __init__(self, *, choices: Any = None, **keywords: Any) -> None:
            """Take the words of the codes."""
            super().__init__(choices=choices_of(choices) if isinstance(choices, Mapping) else choices, **keywords)

        def deconstruct(self) -> Any:
            """The column as a migration has it."""
            name, _, arguments, keywords = super().deconstruct()
            keywords.pop("choices", None)
            return name, "django.db.models.CharField", arguments, keywords


KINDS = choices_of(KIND_WORDS)
MODES = choices_of(MODE_WORDS)
REPORTING = choices_of(REPORTING_WORDS)
AGREEMENTS = choices_of(AGREEMENT_WORDS)
MEMBER_ROLES = choices_of(MEMBER_WORDS)
ROLES = choices_of(ROLE_WORDS)
ACTS = choices_of(ACT_WORDS)
