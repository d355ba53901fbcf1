"""What staff choose from."""

from __future__ import annotations

from typing import Any

from cases.services.forms import FORMS
from core.text import Text, lazily
from partners.choices import choices_of

ANSWERS = {True: Text("indberetter", "reports"), False: Text("indberetter ikke", "does not report")}
FORM_CODES = choices_of({form.id: form.label for form in FORMS.values()})


def answers() -> list[tuple[bool, Any]]:
    """Whether a partner reports."""
    return [(answer, lazily(words)) for answer, words in ANSWERS.items()]
