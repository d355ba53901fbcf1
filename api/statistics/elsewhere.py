"""What is published elsewhere, in the words of answers: which releases it is, its sources, and what its figures are not."""

from __future__ import annotations

from cases.published import Source
from cases.statistics.reading.catalogue import Listed
from cases.statistics.reading.elsewhere import Collected
from cases.statistics.reading.table import Figures
from partners.text import Text

OWN, ELSEWHERE = "own", "elsewhere"
PUBLISHED = Text("Offentliggjort andetsteds", "Published elsewhere")
NOT_OURS = Text(
    "Nogle af tallene er offentliggjort andetsteds og kan ikke tælles efter her. Hvad der ikke er offentliggjort, er hverken nul "
    "eller skjult (status O), og et år uden tal er ikke med.",
    "Some of the figures are published elsewhere and cannot be counted again here. What is not published is neither zero nor "
    "hidden (status O), and a year without figures is left out.",
)


def kind(release: Listed) -> str:
    """Whether a release is our own."""
    return ELSEWHERE if isinstance(release.terms, Collected) else OWN


def sources(release: Listed) -> tuple[Source, ...]:
    """Where others have published a release; nowhere, if it is our own."""
    return release.terms.sources if isinstance(release.terms, Collected) else ()


def collected(figures: Figures) -> list[Collected]:
    """What of an answer is published elsewhere, and what of it is compared with that."""
    releases = [one for each in figures.shown for one in (each.release, each.before) if one]
    terms = {one.id: one.terms for one in releases}
    return [each for each in terms.values() if isinstance(each, Collected)]


def told_by(figures: Figures, ours: Text, language: str) -> str:
    """Where the figures are from: our releases, then what is published elsewhere."""
    named = {
        word(language): ", ".join(each.release.id for each in figures.shown if kind(each.release) == which)
        for word, which in ((ours, OWN), (PUBLISHED, ELSEWHERE))
    }
    return "; ".join(f"{word} {ids}" for word, ids in named.items() if ids)


def all_sources(figures: Figures) -> list[Source]:
    """The sources of what is published elsewhere, each once."""
    return [*dict.fromkeys(source for terms in collected(figures) for source in terms.sources)]
