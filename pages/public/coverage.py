"""The coverage note of a release in words: how many of the expected partners had reported, never by name."""

from __future__ import annotations

from typing import Any

from core.text import Text
from oversight.reporting.coverage import kinds_in_words
from oversight.reporting.notes import notes_of
from oversight.reporting.words import COVERAGE, TOLD_OF_ALL

LEAD = Text(
    "{} partnere skulle indberette for perioden, da udgivelsen blev dannet.",
    "{} partners were expected to report on the period when the release was built.",
)
LEAD_OF_ONE = Text(
    "1 partner skulle indberette for perioden, da udgivelsen blev dannet.",
    "1 partner was expected to report on the period when the release was built.",
)


def coverage_lines(release: str, language: str) -> dict[str, Any] | None:
    """What the page shows of the note; None where the release has none, or nothing was expected. One statement."""
    note = notes_of([release]).get(release)
    if note is None or not note["expected"]:
        return None
    return {
        "words": {name: text(language) for name, text in COVERAGE.items()},
        "lead": (LEAD_OF_ONE if note["expected"] == 1 else LEAD)(language).format(note["expected"]),
        "rows": [{**row, "kind": kinds_in_words(row["kinds"])(language)} for row in note["rows"]],
        "of_all": [words(language).format(note[name]) for name, words in TOLD_OF_ALL.items() if note[name]],
    }
