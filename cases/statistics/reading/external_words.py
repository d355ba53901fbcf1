"""External releases in the words of answers: which releases they are, their sources, and what their figures are not."""

from __future__ import annotations

from cases.invented import with_words
from cases.published import SourceDocument
from cases.statistics.reading.entries import EXTERNAL, OWN, CatalogueEntry
from cases.statistics.reading.table import Figures
from partners.text import Text

PUBLISHED = Text("andre kilder", "other sources")
# By the kind of a release: the word for one, and that for several.
SOURCES_OF = {
    OWN: (Text("Henvis, udgivelse", "Henvis, release"), Text("Henvis, udgivelserne", "Henvis, releases")),
    EXTERNAL: (PUBLISHED, PUBLISHED),
}
COMPARED_WITH = Text("sammenlignet med", "compared with")
NOT_OURS = Text(
    "Nogle af tallene er fra andre kilder og kan ikke efterprøves her. Mangler et tal, er det ikke offentliggjort; "
    "det betyder ikke 0. Et år uden tal er ikke med.",
    "Some of the figures are from other sources and cannot be verified here. A figure that is missing was not "
    "published; that does not mean 0. A year without figures is left out.",
)


def external_releases(figures: Figures) -> list[CatalogueEntry]:
    """The external releases of an answer, those that it is compared with among them."""
    releases = {one.id: one for each in figures.periods for one in (each.release, each.before) if one}
    return [one for one in releases.values() if one.kind == EXTERNAL]


def source_line(figures: Figures, language: str) -> str:
    """Where the figures are from: our releases, then external ones. Of invented ones it says so.

    Where external figures alone answer, it names the invented ones that they are compared with.
    """
    parts = [f"{word} {', '.join(names)}" for word, names in source_parts(figures, language)]
    if any(each.release.invented for each in figures.periods):
        parts[0] = with_words(parts[0], language)
    elif names := [each.before.id for each in figures.periods if each.before and each.before.invented]:
        word = SOURCES_OF[OWN][len(names) > 1](language)
        parts.append(with_words(f"{COMPARED_WITH(language)} {word} {', '.join(names)}", language))
    return "; ".join(parts)


def is_invented(figures: Figures) -> bool:
    """Whether some of the figures are of invented records, or compared with such ones."""
    return any(each.has_invented for each in figures.periods)


def source_parts(figures: Figures, language: str) -> list[tuple[str, list[str]]]:
    """The same as words, each with the releases that they are of."""
    parts = [
        (words, [each.release.id for each in figures.periods if each.release.kind == kind])
        for kind, words in SOURCES_OF.items()
    ]
    return [(words[len(names) > 1](language), names) for words, names in parts if names]


def all_sources(figures: Figures) -> list[SourceDocument]:
    """The sources of the external figures, each once."""
    return [*dict.fromkeys(source for release in external_releases(figures) for source in release.provenance.sources)]
