"""What the centre and others have published, typed in with its source: persons by year, and cross-tabulations of them.

The published history cannot be recomputed from records (418 persons of 2007–2014 have none here), so it is data. A figure names
codes of the dictionary, or of a code list's level (`Y_LT18`); a category that sums several codes names them all. Figures that a
later report replaced are kept as `EARLY`, figures computed from others as `DERIVED`, those of a source that another contradicts as
`ALTERNATIVE`.

`FIGURES` and `GLOTIP_FIGURES` are of single years since 2015, and the sandbox reproduces them. Disclosure control takes
`known_figures` for known. `EVERY_FIGURE` is what answers are made of: the figures of GLOTIP are not among them, since they are
intervals and repeat cells. `SERVICE_FIGURES` and `PREPARED_RETURN` are what the sandbox reproduces beside them. See
docs/published-history.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from stats.published.figures import (
    FIGURES,
    FURTHER,
    GLOTIP_FIGURES,
    OF_RECENT_YEARS,
    PREPARED_RETURN,
    SERVICE_FIGURES,
    STATED_CHANGES,
    ServiceFigure,
    years_unregistered,
)
from stats.published.sources import (
    SOURCES,
    SUBTRACTION,
    Cell,
    Figure,
    FigureKind,
    FigureUnit,
    SourceDocument,
    StatedChange,
)

# The years whose final totals are published one by one without a gap.
YEARS = range(2015, 2024)

EVERY_FIGURE: tuple[Figure, ...] = (*FIGURES, *FURTHER)


def known_figures() -> Iterator[Figure]:
    """The figures that every reader of a release is taken to know."""
    yield from FIGURES
    yield from OF_RECENT_YEARS
    yield from GLOTIP_FIGURES


def of_year(year: int, *kinds: FigureKind, measure: FigureUnit = FigureUnit.IDENTIFIED) -> Iterator[Figure]:
    """The figures of one year alone (none that sums several); of every kind where none is named."""
    return (
        figure
        for figure in (*FIGURES, *GLOTIP_FIGURES)
        if figure.first == figure.last == year and figure.measure == measure and (not kinds or figure.kind in kinds)
    )


def total(year: int, *, kind: FigureKind = FigureKind.FINAL, measure: FigureUnit = FigureUnit.IDENTIFIED) -> int | None:
    """The total of a year, or None where none is published."""
    return next((figure.count for figure in of_year(year, kind, measure=measure) if not figure.cell), None)


__all__ = [
    "EVERY_FIGURE",
    "FIGURES",
    "GLOTIP_FIGURES",
    "PREPARED_RETURN",
    "SERVICE_FIGURES",
    "SOURCES",
    "STATED_CHANGES",
    "SUBTRACTION",
    "YEARS",
    "Cell",
    "Figure",
    "FigureKind",
    "FigureUnit",
    "ServiceFigure",
    "SourceDocument",
    "StatedChange",
    "known_figures",
    "of_year",
    "total",
    "years_unregistered",
]
