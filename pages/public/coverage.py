"""The coverage note of a release in words: how many of the expected partners had reported, never by name."""

from __future__ import annotations

from typing import Any

from cases.reporting.coverage import kinds_in_words
from cases.reporting.notes import notes_of
from partners.text import Text

WORDS: dict[str, Text] = {
    "title": Text("Dækning", "Coverage"),
    "kind": Text("Partnere", "Partners"),
    "expected": Text("Forventede", "Expected"),
    "complete": Text("Fuldstændige", "Complete"),
    "late": Text("For sent", "Late"),
    "missing": Text("Mangler", "Missing"),
    "about": Text(
        "Fuldstændige er også dem, der har meldt, at der intet var. Slags med få partnere står samlet, så ingen kan genkendes.",
        "Those that reported that there was nothing are complete too. Kinds with few partners stand together, so that none can be "
        "recognised.",
    ),
}
LEAD = Text(
    "{} partnere skulle indberette for perioden, da udgivelsen blev dannet.",
    "{} partners were expected to report on the period when the release was built.",
)
NIL = Text("{} af dem meldte, at der intet var.", "{} of them reported that there was nothing.")


def coverage_lines(release: str, language: str) -> dict[str, Any] | None:
    """What the page shows of the note; None where the release has none, or nothing was expected. One statement."""
    note = notes_of([release]).get(release)
    if note is None or not note["expected"]:
        return None
    return {
        "words": {name: text(language) for name, text in WORDS.items()},
        "lead": LEAD(language).format(note["expected"]),
        "rows": [{**row, "kind": kinds_in_words(row["kinds"])(language)} for row in note["rows"]],
        "nil": NIL(language).format(note["nil"]) if note["nil"] else "",
    }
