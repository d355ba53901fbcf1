"""What a spreadsheet makes of a text when it opens a CSV. In a workbook every cell says what it is."""

from __future__ import annotations

# How a text begins that a spreadsheet takes for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """A text that a spreadsheet would compute gets an apostrophe in front; a sign alone is computed by none."""
    return f"'{text}" if len(text) > 1 and text.startswith(FORMULA) else text
