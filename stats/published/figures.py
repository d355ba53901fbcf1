"""The figures: of persons, the lines of `figures.csv`; of services; percentages that sources state; and how computed ones follow.

Of persons each figure has the codes of the dictionary that it sums. `single year`: the final figures of single years since 2015,
what follows from them, and the totals that they replaced. The sandbox reproduces them, and disclosure control takes them for known:
a figure that is added there becomes a fact of every release that is built from then on. The rest of the published history are
earlier years, years together, preliminary tables, alternative sources and later estimates. Of these disclosure control reads the
`recent` ones alone, of years that we release and that the sandbox does not have: no record of ours lies behind the years before
2015, and a preliminary table is of a moment that no release looks at.

`glotip`: what UNODC publishes of persons detected in Denmark, 2015–2022, by sex and age, form of exploitation, citizenship. It
counts the persons of the year that is reported. Its totals are the centre's, so its lines are of the same persons. "Forced labour"
is our `LABOUR`: in 2019 and 2021 the numbers are the centre's, which counts slavery-like conditions apart. "<5" is 0 to 4: of 2007
and 2012 the adults are the total, and the children "<5". A line is here where it says more than the centre's figures, and not where
the same cell stands there, or where a wider cell has no more persons than the line allows. What is implausible is among the lines
of `omissions.csv`. Of the years before 2015 no records are ours: their totals alone are taken, into the series. Of 2023 and later
no lines are known. See docs/published-history.md.

Services are calls, places and prepared returns: counts of the forms, and no persons of a release. The sandbox reproduces them, and
disclosure control takes none of them for known: they are of no release's dimensions of persons.

A percentage that a source states is never shown as a figure: what we compute stands beside it. A figure that nobody published has
no source. Its formula is in its place: who reads it can compute it again.

What Denmark sends to a collection abroad is published there some time later. From then on it is a fact, whether it is typed in or
not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.text import NO_TEXT, Text
from stats.published.sources import (
    ADDRESSES,
    SUBTRACTION,
    Cell,
    Codes,
    Figure,
    FigureKind,
    FigureUnit,
    StatedChange,
    cell,
    read_lines,
)


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


@dataclass(frozen=True, slots=True)
class ServiceFigure:
    """A published number of a year: the form with its table and measure, the cell (dimension → codes), and where it stands.

    `count` is what was published, or the least where a source has words: then `most` is the most. `note`: how it was read.
    """

    year: int
    form: str
    table: str
    measure: str
    cell: Cell
    count: int
    source: str
    most: int | None = None
    note: Text = NO_TEXT

    @property
    def greatest(self) -> int:
        """The greatest number that the figure allows."""
        return self.count if self.most is None else self.most


def calls(count: int, most: int | None = None, note: Text = NO_TEXT, **codes: Codes) -> ServiceFigure:
    """Calls to the hotline in 2019."""
    return ServiceFigure(2019, "HOTLINE", "calls", "calls", cell(**codes), count, ADDRESSES["centre-2019"], most, note)


def places(region: str, count: int, note: Text) -> ServiceFigure:
    """Places of shelters at the end of 2019."""
    return ServiceFigure(
        2019, "SHELTER", "places", "places", cell(region=region), count, ADDRESSES["places-2019"], None, note
    )


SERVICE_FIGURES: tuple[ServiceFigure, ...] = (
    calls(316),
    calls(
        143,
        157,
        Text(
            "Kilden oplyser knap halvdelen: læst som mindst 45 pct. og mindre end halvdelen.",
            "The source says just under half: read as 45 per cent at least and less than a half.",
        ),
        caller="POLICE",
    ),
    ServiceFigure(
        2021,
        "ASSISTANCE",
        "returns",
        "returns",
        cell(stage="ACCEPTED"),
        38,
        ADDRESSES["board-report-2021"],
        note=Text("Det højeste antal indtil da.", "The highest number until then."),
    ),
    places(
        "DK01",
        7,
        Text("København; to flere, når der er mest brug for det.", "Copenhagen; two more at the peak."),
    ),
    places("DK05", 2, Text("Aalborg.", "Aalborg.")),
)


STATED_CHANGES: tuple[StatedChange, ...] = (
    StatedChange(
        2022,
        2023,
        35,
        (ADDRESSES["centre-2023"], ADDRESSES["newest"]),
        Text(
            "Forskellen mellem 112 og 73 er delt med 112 i stedet for 73, året før.",
            "The difference of 112 and 73 is divided by 112 and not by 73, the year before.",
        ),
    ),
    StatedChange(
        2015,
        2016,
        30,
        (ADDRESSES["sameksistens-2016"],),
        Text("Fra 93 til 121: stemmer.", "From 93 to 121: agrees."),
    ),
)


@dataclass(frozen=True, slots=True)
class InternationalCollection:
    """A collection by its usual name, what it is, the first year that it asks for, and the years of which rows are typed in."""

    id: str
    title: str
    since: int
    years_registered: frozenset[int] = frozenset()

    def years_missing(self, years: Iterable[int], present: int) -> tuple[int, ...]:
        """Those of some years that are sent by the present year and not typed in. A year is sent in the one after it."""
        return tuple(year for year in years if self.since <= year < present and year not in self.years_registered)


COLLECTIONS = (
    InternationalCollection(
        "GLOTIP",
        "UNODC: Global Report on Trafficking in Persons, persons detected",
        2003,
        frozenset(figure.first for figure in GLOTIP_FIGURES),
    ),
    # It counts who is presumed or declines identification too, so its figures will not be equal to ours.
    InternationalCollection("crim_thb", "Eurostat: Trafficking in human beings, registered victims", 2008),
)


def years_unregistered(
    years: Iterable[int], present: int, sent_from_here: Mapping[str, frozenset[int]] | None = None
) -> dict[str, tuple[int, ...]]:
    """By collection, the years that were sent and are not registered. Collections without such years are left out.

    `sent_from_here`: by collection the years of which what was sent is drawn from releases. They miss nothing.
    """
    years_asked, from_here = tuple(years), sent_from_here or {}
    missing = {one.id: one.years_missing(years_asked, present) for one in COLLECTIONS}
    years_left = {
        name: tuple(year for year in those if year not in from_here.get(name, ())) for name, those in missing.items()
    }
    return {name: those for name, those in years_left.items() if those}


# The years and the cell of a figure: of the settled ones, persons identified, there is one.
Operand = tuple[int, int, Cell]

_UNSPECIFIED = ("_O", "_U")
# Every code of `exploitation` but SEXUAL and LABOUR.
_NEITHER = (
    "CRIMINAL", "SLAVERY", "ORGAN", "BEGGING", "MARRIAGE", "ADOPTION", "SURROGACY", "DOMESTIC", "MILITARY", "_O", "_U",
)  # fmt: skip


def _of(years: int | tuple[int, int], **codes: Codes) -> Operand:
    first, last = (years, years) if isinstance(years, int) else years
    return first, last, cell(**codes)


# The figure, what it is taken from, and what is taken from that.
FORMULAS: dict[Operand, tuple[Operand, ...]] = {
    _of(2018, exploitation="SEXUAL"): (
        _of((2007, 2020), exploitation="SEXUAL"),
        _of((2007, 2016), exploitation="SEXUAL"),
        *(_of(year, exploitation="SEXUAL") for year in (2017, 2019, 2020)),
    ),
    _of(2018, exploitation=_UNSPECIFIED): (
        _of(2018),
        *(_of(2018, exploitation=form) for form in ("SEXUAL", "LABOUR", "CRIMINAL")),
    ),
    _of(2020, exploitation="LABOUR"): (
        _of((2009, 2020), exploitation="LABOUR"),
        _of((2009, 2016), exploitation="LABOUR"),
        *(_of(year, exploitation="LABOUR") for year in (2017, 2018, 2019)),
    ),
    _of(2020, exploitation="CRIMINAL"): (
        _of(2020, exploitation=("LABOUR", "CRIMINAL")),
        _of(2020, exploitation="LABOUR"),
    ),
    _of(2020, exploitation=_UNSPECIFIED): (
        _of(2020),
        _of(2020, exploitation="SEXUAL"),
        _of(2020, exploitation=("LABOUR", "CRIMINAL")),
        _of(2020, exploitation="SLAVERY"),
    ),
    _of(2020, gender="F"): (
        _of((2007, 2020), gender="F"),
        _of((2007, 2016), gender="F"),
        *(_of(year, gender="F") for year in (2017, 2018, 2019)),
    ),
    **{_of(year, gender="X"): (_of(year), _of(year, gender="M"), _of(year, gender="F")) for year in (2020, 2021, 2022)},
    _of(2023, exploitation=_NEITHER): (
        _of(2023),
        _of(2023, exploitation="SEXUAL"),
        _of(2023, exploitation="LABOUR"),
    ),
    _of(2024): (_of((2020, 2024)), *(_of(year) for year in range(2020, 2024))),
    _of((2007, 2014)): (_of((2007, 2015)), _of(2015)),
    _of((2007, 2013)): (_of((2007, 2014)), _of(2014)),
    _of((2007, 2020), exploitation=_UNSPECIFIED): (
        _of((2007, 2020)),
        _of((2007, 2020), exploitation="SEXUAL"),
        _of((2009, 2020), exploitation="LABOUR"),
        _of((2010, 2020), exploitation="CRIMINAL"),
        _of(2020, exploitation="SLAVERY"),
    ),
}
# What a formula may be made of: figures that no later report replaced and that no other source contradicts.
SETTLED = frozenset({FigureKind.FINAL, FigureKind.DERIVED})


def key_of(figure: Figure) -> Operand:
    """The years and the cell of a figure."""
    return figure.first, figure.last, figure.cell


def is_settled(figure: Figure) -> bool:
    """Whether a formula may name it."""
    return figure.kind in SETTLED and figure.measure == FigureUnit.IDENTIFIED
