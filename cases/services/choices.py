"""What staff choose from. Functions, so that a new form needs no migration."""

from __future__ import annotations

from typing import Any

from cases.services.forms import FORMS
from core.text import Text, lazily
from partners.choices import Choices, of

ANSWERS = {True: Text("indberetter", "reports"), False: Text("indberetter ikke", "does not report")}


def forms() -> Choices:
    """The forms."""
    return of({form.id: form.label for form in FORMS.values()})


def answers() -> list[tuple[bool, Any]]:
    """Whether a partner reports."""
    return [(answer, lazily(words)) for answer, words in ANSWERS.items()]
