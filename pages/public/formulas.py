"""How the computed figures of an external release follow from those of others, with the releases that they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cases.dimensions import PERSONS
from core.text import Text
from stats.periods import Period
from stats.published import Figure, FigureKind
from stats.published.formulas import FORMULAS, is_settled, key_of
from stats.reading import external
from stats.reading.entries import CatalogueEntry

TOTAL = Text("i alt", "total")


@dataclass(frozen=True, slots=True)
class FormulaTerm:
    """A figure of a formula: its number, what it counts, and the id of the release that it stands in."""

    count: int
    words: str
    release: str


@dataclass(frozen=True, slots=True)
class FormulaLine:
    """A computed figure, what it is taken from (`whole`), and what is taken from that (`parts`)."""

    figure: FormulaTerm
    whole: FormulaTerm
    parts: tuple[FormulaTerm, ...]


def formula_lines(release: CatalogueEntry, language: str) -> Iterator[FormulaLine]:
    """A line for each computed figure of a release."""
    places = {key_of(figure): (figure, entry) for entry in external.releases() for figure in figures_to_name(entry)}
    for figure in release.provenance.figures:
        if figure.kind == FigureKind.DERIVED:
            whole, *parts = (term(*places[key], language) for key in FORMULAS[key_of(figure)])
            yield FormulaLine(term(figure, release, language), whole, tuple(parts))


def figures_to_name(release: CatalogueEntry) -> Iterable[Figure]:
    """The figures of a release that a formula may name."""
    return filter(is_settled, release.provenance.figures)


def term(figure: Figure, release: CatalogueEntry, language: str) -> FormulaTerm:
    """A figure as it is named in a formula."""
    labels = [label for name, codes in figure.cell for label in labels_of(name, codes, release.period, language)]
    return FormulaTerm(
        figure.count, f"{' + '.join(labels) or TOTAL(language)}, {release.period.label(language)}", release.id
    )


def labels_of(dimension: str, codes: Sequence[str], period: Period, language: str) -> Iterator[str]:
    """Codes in words: by the one that means all of them together, where there is one."""
    places = external.codes_of(dimension, codes, period)
    for name in [places[0][1]] if places else codes:
        axis = PERSONS.by_name[dimension].axis_of(name)
        yield next((each.label(language) for each in axis.codes if each.code == name), name) if axis else name
