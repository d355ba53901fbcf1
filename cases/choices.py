"""The codes of code lists, with their labels, as Django's choices."""

from __future__ import annotations

from cases.codelists.types import CodeList
from partners.choices import Choices, choices_of

# First in a form's list, so that nothing is decided by what happens to stand there.
NOT_CHOSEN = ("", "---------")


def codes_of(*lists: CodeList) -> Choices:
    return choices_of({code.code: code.label for codelist in lists for code in codelist.codes})
