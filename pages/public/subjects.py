"""The subjects of the statistics: every breakdown that is published, found by what people call it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase

from cases.dimensions import Axis, Dataset, table_id
from pages.base.addresses import address_of
from pages.base.frame import PageAddress, answer_page
from pages.public.words import STATISTICS
from stats.models import PUBLIC
from stats.reading import catalogue, release_choice
from stats.reading.datasets import public_datasets
from stats.reading.entries import CatalogueEntry
from stats.sums.datasets import ABOUT

NAME = "statistics"
LONGEST_SEARCH = 60


@dataclass(frozen=True)
class SubjectGroup:
    """The subjects of a dataset. `about`: what is said of it beside what is said of all sums once.

    `years`: the periods of all of them, where they are the same.
    """

    label: str
    about: str
    subjects: list[Subject]
    of_sums: bool

    @property
    def years(self) -> str:
        """The periods of all of them; empty where they differ."""
        each, *others = {subject.years for subject in self.subjects} or {""}
        return "" if others else each


@dataclass(frozen=True)
class Subject:
    """A breakdown: its name, the periods that have it, and where its table is."""

    label: str
    years: str
    address: str


def statistics(request: HttpRequest, language: str) -> HttpResponseBase:
    text = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    releases = catalogue.every(PUBLIC)
    key = (text, *(each.key for each in releases))

    def context() -> dict[str, Any]:
        groups = [*groups_found(releases, text, language)]
        return {
            "words": {name: word(language) for name, word in STATISTICS.items()},
            "search": text,
            "groups": [each for each in groups if not each.of_sums],
            "sums": [each for each in groups if each.of_sums],
        }

    return answer_page(
        request,
        PageAddress(NAME, language, query=urlencode({"q": text}) if text else ""),
        key,
        lambda: ("public/statistics.html", context()),
    )


def groups_found(releases: Sequence[CatalogueEntry], text: str, language: str) -> Iterator[SubjectGroup]:
    """The datasets with the subjects that a search finds: those of records, then the funnel, then what it is drawn from."""
    for dataset in sorted(public_datasets(), key=lambda each: (not each.unit, not each.drawn_from)):
        matches = [*subjects(dataset, releases, text, language)]
        if matches or dataset.unit:
            about = "" if dataset.about == ABOUT else dataset.about(language)
            yield SubjectGroup(dataset.label(language), about, matches, of_sums=not dataset.unit)


def subjects(dataset: Dataset, releases: Iterable[CatalogueEntry], text: str, language: str) -> Iterator[Subject]:
    """The breakdowns of a dataset that a release has, those that a search finds."""
    current = release_choice.current(releases)
    for axis in dataset.axes.values():
        years = sorted({each.period.id for each in current if each.period.annual and each.offers(dataset, (axis,))})
        if years and is_meant(dataset, axis, text):
            address = address_of("table", language, dataset=dataset.id)
            by = f"?by={name}" if (name := table_id((axis,))) else ""
            label = axis.label if axis.has_total else STATISTICS["whole"]
            yield Subject(label(language), in_words(years), f"{address}{by}")


def in_words(years: list[str]) -> str:
    """Years as people write them: `2009, 2012–2023`."""
    runs: list[list[int]] = []
    for year in map(int, years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def is_meant(dataset: Dataset, axis: Axis, text: str) -> bool:
    """Whether a search means an axis: each of its words begins a word of a name of it, in either language."""
    names = [
        axis.label,
        *(() if axis.has_total else (dataset.label,)),
        dataset.by_name[axis.dimension].search_words,
        *(code.label for code in axis.codes),
    ]
    words = [word for name in names for both in name for word in both.casefold().replace("(", " ").split()]
    return all(any(word.startswith(part) for word in words) for part in text.casefold().split())
