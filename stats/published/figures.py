"""The figures of persons: the lines of `figures.csv`, with the codes of the dictionary that each sums.

`single year`: the final figures of single years since 2015, what follows from them, and the totals that they replaced. The sandbox
reproduces them, and disclosure control takes them for known: a figure that is added there becomes a fact of every release that is
built from then on. The rest of the published history are earlier years, years together, preliminary tables, alternative sources
and later estimates. Of these disclosure control reads the `recent` ones alone, of years that we release and that the sandbox does
not have: no record of ours lies behind the years before 2015, and a preliminary table is of a moment that no release looks at.

`glotip`: what UNODC publishes of persons detected in Denmark, 2015–2022, by sex and age, form of exploitation, citizenship. It
counts the persons of the year that is reported. Its totals are the centre's, so its lines are of the same persons. "Forced labour"
is our `LABOUR`: in 2019 and 2021 the numbers are the centre's, which counts slavery-like conditions apart. "<5" is 0 to 4: of 2007
and 2012 the adults are the total, and the children "<5". A line is here where it says more than the centre's figures, and not where
the same cell stands there, or where a wider cell has no more persons than the line allows. What is implausible is among the lines
of `omissions.csv`. Of the years before 2015 no records are ours: their totals alone are taken, into the series. Of 2023 and later
no lines are known. See docs/published-history.md.
"""

from __future__ import annotations

from core.text import Text
from stats.published.sources import ADDRESSES, SUBTRACTION, read_lines
from stats.published.types import Figure, FigureKind, FigureUnit, cell


def make_figure(line: dict[str, str]) -> Figure:
    """The figure of a line. Without a source it is computed from others."""
    first, _, last = line["years"].partition("-")
    codes = (each.partition("=") for each in line["cell"].split())
    return Figure(
        int(first),
        int(last or first),
        cell(**{dimension: tuple(names.split("+")) for dimension, _, names in codes}),
        int(line["count"]),
        ADDRESSES[line["source"]] if line["source"] else SUBTRACTION,
        FigureKind(line["kind"]),
        FigureUnit(line["unit"]),
        Text(line["note_da"], line["note_en"]) if line["note_da"] else None,
        int(line["most"]) if line["most"] else None,
    )


_BY_GROUP = [(line["group"], make_figure(line)) for line in read_lines("figures.csv")]
FIGURES = tuple(figure for group, figure in _BY_GROUP if group == "single year")
FURTHER = tuple(figure for group, figure in _BY_GROUP if group not in {"single year", "glotip"})
OF_RECENT_YEARS = tuple(figure for group, figure in _BY_GROUP if group == "recent")
PREPARED_RETURN = tuple(figure for group, figure in _BY_GROUP if group == "prepared return")
GLOTIP_FIGURES = tuple(figure for group, figure in _BY_GROUP if group == "glotip")
