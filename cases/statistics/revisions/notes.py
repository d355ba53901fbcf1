"""Change notes: what a later vintage has to say of itself."""

from __future__ import annotations

from cases.codelists.types import Text
from cases.statistics.errors import ReleaseRefused
from cases.statistics.models import LONGEST_NOTES

SILENT = Text("", "")
NEEDED = (
    "There is a release of this period for this audience already: say in Danish and in English what has changed since. "
    "Everybody may read it."
)


def checked(notes: Text | None, vintage: int) -> Text:
    """The change notes of a vintage, without blanks around. Raises `ReleaseRefused` where they are missing or too long."""
    said = Text(*(text.strip() for text in notes or SILENT))
    if any(len(text) > LONGEST_NOTES for text in said):
        raise ReleaseRefused(f"A change note has at most {LONGEST_NOTES} characters.")
    if vintage > 1 and not all(said):
        raise ReleaseRefused(NEEDED)
    return said
