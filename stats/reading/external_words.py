"""External releases in the words of answers: which releases they are, their sources, and what their figures are not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from cases.invented import with_words
from core.text import Text
from stats.models import PUBLIC
from stats.published import FigureUnit, SourceDocument
from stats.reading import external
from stats.reading.entries import EXTERNAL, OWN, CatalogueEntry
from stats.reading.table import Figures

PUBLISHED = Text("andre kilder", "other sources")
# By the kind of a release: the word for one, and that for several.
SOURCES_OF = {
    OWN: (Text("Henvis, udgivelse", "Henvis, release"), Text("Henvis, udgivelserne", "Henvis, releases")),
    EXTERNAL: (PUBLISHED, PUBLISHED),
}
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
    """Where the figures are from: our releases, then external ones. Of invented ones it says so."""
    parts = [f"{word} {', '.join(names)}" for word, names in source_parts(figures, language)]
    if any(each.release.invented for each in figures.periods):
        parts[0] = with_words(parts[0], language)
    return "; ".join(parts)


def is_invented(figures: Figures) -> bool:
    """Whether some of the figures are of invented records. External ones are compared with none of ours: the series breaks."""
    return any(each.release.invented for each in figures.periods)


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


def notes_of_breaks(figures: Figures) -> Iterator[Text]:
    """Where a series breaks: which two periods, and who counted each."""
    series = pairwise(each.release for each in figures.periods)
    comparisons = ((each.before, each.release) for each in figures.periods if each.before)
    for before, release in {(one.id, other.id): (one, other) for one, other in (*series, *comparisons)}.values():
        if before.kind != release.kind:
            one, other = producer(before), producer(release)
            yield Text(
                f"Databrud: {one.da}, {other.da}. De kan bruge hver sin definition, så der beregnes ingen ændring mellem dem.",
                f"Break in the series: {one.en}, {other.en}. They may use different definitions, so no change is computed "
                "between them.",
            )


def producer(release: CatalogueEntry) -> Text:
    """A period and who counted it, with the release."""
    when, name = release.period.label, release.id
    if release.kind == OWN:
        return Text(f"{when.da} er talt i Henvis ({name})", f"{when.en} was counted in Henvis ({name})")
    who = authors(release)
    if who is None:
        return Text(
            f"{when.da} er beregnet af andres tal ({name})",
            f"{when.en} is computed from the figures of others ({name})",
        )
    return Text(f"{when.da} er offentliggjort af {who.da} ({name})", f"{when.en} was published by {who.en} ({name})")


def authors(release: CatalogueEntry) -> Text | None:
    """Who published the persons of an external release: their total, or the rest where there is none. None: it was computed."""
    persons = [each for each in release.provenance.figures if each.measure is FigureUnit.IDENTIFIED]
    totals = [each for each in persons if not each.cell] or persons
    names = ", ".join(dict.fromkeys(each.origin.author for each in totals if each.origin))
    return Text(names, names) if names else None


def notes_of_others(figures: Figures) -> Iterator[Text]:
    """Where others published another total of a period than a public release of ours shows: which, and who."""
    is_of_persons = figures.query.dataset == external.DATASET
    for each, tables in zip(figures.periods, figures.tables, strict=True):
        others = external_total(each.release) if is_of_persons and each.release.audience == PUBLIC else None
        ours = tables[""].of("") if others and "" in tables else None
        who = authors(others[0]) if others else None
        if others and who and ours is not None and others[1] != ours:
            (release, persons), when = others, each.release.period.label
            yield Text(
                f"{when.da}: {who.da} har offentliggjort {persons} personer ({release.id}), hvor Henvis har talt {ours} "
                f"({each.release.id}).",
                f"{when.en}: {who.en} published {persons} persons ({release.id}) where Henvis counted {ours} ({each.release.id}).",
            )


def external_total(release: CatalogueEntry) -> tuple[CatalogueEntry, int] | None:
    """What others published last of all persons of the period of a release of ours, whatever moment is asked for.

    Of when most of it was published no day is known; so an answer says the same as the one that its pinned address gives.
    """
    if release.kind != OWN or not release.has(external.DATASET.id, ""):
        return None
    same = (each for each in external.releases() if each.period == release.period)
    totals = ((each, cells[""].of("")) for each in same if "" in (cells := external.cells(each.id)))
    return next(((each, persons) for each, persons in totals if persons is not None), None)
