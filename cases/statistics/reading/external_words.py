"""External releases in the words of answers: which releases they are, their sources, and what their figures are not."""

from __future__ import annotations

from cases.published import SourceDocument
from cases.statistics.reading.entries import EXTERNAL, OWN, CatalogueEntry
from cases.statistics.reading.table import Figures
from partners.text import Text

PUBLISHED = Text("andre kilder", "other sources")
NOT_OURS = Text(
    "Nogle af tallene er fra andre kilder og kan ikke efterprøves her. Hvad der ikke er offentliggjort, er hverken nul "
    "eller skjult, og et år uden tal er ikke med.",
    "Some of the figures are from other sources and cannot be verified here. What is not published is neither zero nor "
    "hidden, and a year without figures is left out.",
)


def external_releases(figures: Figures) -> list[CatalogueEntry]:
    """The external releases of an answer, those that it is compared with among them."""
    releases = {one.id: one for each in figures.periods for one in (each.release, each.before) if one}
    return [one for one in releases.values() if one.kind == EXTERNAL]


def source_line(figures: Figures, ours: Text, language: str) -> str:
    """Where the figures are from: our releases, then external ones."""
    return "; ".join(f"{word} {', '.join(names)}" for word, names in source_parts(figures, ours, language))


def source_parts(figures: Figures, ours: Text, language: str) -> list[tuple[str, list[str]]]:
    """The same as words, each with the releases that they are of."""
    parts = [
        (word(language), [each.release.id for each in figures.periods if each.release.kind == kind])
        for word, kind in ((ours, OWN), (PUBLISHED, EXTERNAL))
    ]
    return [(word, names) for word, names in parts if names]


def all_sources(figures: Figures) -> list[SourceDocument]:
    """The sources of the external figures, each once."""
    return [*dict.fromkeys(source for release in external_releases(figures) for source in release.provenance.sources)]
