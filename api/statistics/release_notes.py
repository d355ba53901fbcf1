"""What a release's notes say, in words, beside the figures: that its period was not over, and what nobody could resolve."""

from __future__ import annotations

from collections.abc import Iterator

from cases.statistics.reading.catalogue import Listed
from cases.statistics.reading.table import Figures
from cases.statistics.staff.words import NOTES
from partners.text import Text


def explained(figures: Figures) -> list[Text]:
    """The notes of the releases that answer, each once with the releases that have it."""
    found = []
    for code, text in NOTES.items():
        named = ", ".join(each.release.id for each in figures.shown if code in codes(each.release, figures))
        if named:
            found.append(Text(f"{named}: {text.da}", f"{named}: {text.en}"))
    return found


def codes(release: Listed, figures: Figures) -> Iterator[str]:
    """The notes that concern an answer, without their numbers: an exact release names the attribute that is not resolved."""
    asked = {side.axis.dimension for side in figures.sides}
    for note in release.notes:
        code, _, rest = note.partition(":")
        if not rest or rest.partition(":")[0] in asked:
            yield code
