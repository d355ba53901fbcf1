"""The column that error files add, and that readers leave out when the file comes back."""

from __future__ import annotations

from core.text import Text

ERRORS = Text("Fejl", "Errors")
# The heads of columns that say nothing of a referral, in lower case.
IGNORED_HEADERS = frozenset(word.casefold() for word in ERRORS)


def is_ignored(header: object) -> bool:
    """Whether a head is that of the column with what was wrong."""
    return isinstance(header, str) and header.strip().casefold() in IGNORED_HEADERS
