"""Where the figures of a table are from, in words: our releases, and who published the others, of which years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from core.text import Text
from publications.annual import words
from stats.reading.entries import OWN, CatalogueEntry
from stats.reading.external import tables_of
from stats.reading.external_words import PUBLISHED, SOURCES_OF
from stats.reading.table import Figures


def source_sentence(answers: Iterable[Figures], language: str) -> str:
    """A sentence that names the sources of some answers: our releases first, then each publisher with the years that it told."""
    ours: set[str] = set()
    publishers: dict[str, dict[str, CatalogueEntry]] = {}
    for figures in answers:
        for release in (each.release for each in figures.periods):
            if release.kind == OWN:
                ours.add(release.id)
            for name in publishers_of(release, figures):
                publishers.setdefault(name(language), {})[release.id] = release
    others = "; ".join(f"{name}, {years_and_ids(releases)}" for name, releases in sorted(publishers.items()))
    parts = [
        *([f"{SOURCES_OF[OWN][len(ours) > 1](language)} {', '.join(sorted(ours))}"] if ours else []),
        *([f"{PUBLISHED(language)}: {others}"] if others else []),
    ]
    return words.SOURCE(language).format("; ".join(parts))


def publishers_of(release: CatalogueEntry, figures: Figures) -> Iterator[Text]:
    """Who published the figures of an external release that an answer shows, with the totals beside them."""
    shown = {axis.id for axis in figures.query.axes}
    for table, cells in tables_of(release.provenance.figures, release.period).items():
        if shown.issuperset(filter(None, table.split(","))):
            origins = (each.origin for each in cells.values())
            yield from (Text(each.author, each.author) if each else words.COMPUTED for each in origins)


def years_and_ids(releases: dict[str, CatalogueEntry]) -> str:
    """The years of releases, those that follow each other as a span, and the releases by their ids: `2016–2018 (2016.x2, …)`."""
    years = sorted({month.year for each in releases.values() for month in each.period.months()})
    runs = [[year for _, year in run] for _, run in groupby(enumerate(years), key=lambda pair: pair[1] - pair[0])]
    spans = ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
    return f"{spans} ({', '.join(sorted(releases))})"
