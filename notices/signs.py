"""The signs that no text of a notice or a crisis has."""

from __future__ import annotations

from django.db.models import Q

# Control characters but for the end of a line, which no file of XML takes, and signs that turn the letters after them round: a
# reader would see another text than a program.
NOT_WRITTEN = r"[\u0001-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]"


def is_writing(*names: str) -> Q:
    """A condition on columns: they have no sign of `NOT_WRITTEN`."""
    return ~Q(*((f"{name}__regex", NOT_WRITTEN) for name in names), _connector=Q.OR)
