"""What others have published, as releases of kind external: the figures of `stats.published` as sparse tables.

A period has one release for each moment of publication: preliminary figures first, then the final ones with what follows from them.
They are not in the database: the program's text is their only source, so they are made once in a process and cannot be changed.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product

from cases.dimensions import PERSONS, Axis, table_id
from core.text import Text
from stats import published
from stats.counting.cube import SEPARATOR
from stats.models import PUBLIC
from stats.periods import Period
from stats.published import Figure, FigureKind, FigureUnit, StatedChange
from stats.reading.cells import TableCells
from stats.reading.entries import EXTERNAL, CatalogueEntry, Provenance, Terms, offer_id
from stats.reading.measures import CellStatus, percent

# No `e`: programs read `2017.e1` as the number 20170.
LETTER = "x"
PUBLISHED_ELSEWHERE = "PUBLISHED_ELSEWHERE"
# The kinds of figures in each vintage of a period, by when they were published. A vintage is never renumbered: a later publication
# is added at the end. The alternative sources of 2016 and 2007–2013 have no date that is known; the other figure stands after it.
# What others published of persons is of the dataset of our own persons.
DATASET = PERSONS
SETTLED = frozenset({FigureKind.FINAL, FigureKind.DERIVED})
USUAL: tuple[frozenset[FigureKind], ...] = (SETTLED,)
PRELIMINARY_FIRST = (frozenset({FigureKind.EARLY}), SETTLED)
VINTAGES: dict[str, tuple[frozenset[FigureKind], ...]] = {
    **dict.fromkeys(("2016", "2007-2013"), (frozenset({FigureKind.ALTERNATIVE}), SETTLED)),
    **dict.fromkeys(("2020", "2021", "2022"), PRELIMINARY_FIRST),
}
STATUS_OF: dict[FigureKind, CellStatus] = {
    FigureKind.FINAL: CellStatus.NORMAL,
    FigureKind.EARLY: CellStatus.PROVISIONAL,
    FigureKind.DERIVED: CellStatus.DERIVED,
    FigureKind.ALTERNATIVE: CellStatus.UNVERIFIED,
}
KINDS: dict[FigureKind, Text] = {
    FigureKind.FINAL: Text("Endelige tal", "Final figures"),
    FigureKind.EARLY: Text("Foreløbige tal, senere rettet", "Provisional figures, later revised"),
    FigureKind.DERIVED: Text(
        "Beregnet af andre offentliggjorte tal, ikke selv offentliggjort",
        "Computed from other published figures, not published themselves",
    ),
    FigureKind.ALTERNATIVE: Text(
        "Fra en kilde, som en anden kilde modsiger", "From a source that another source contradicts"
    ),
}

# A table's cells: the figure of each code, the codes of several axes joined as those of stored cells are.
FigureCells = Mapping[str, Figure]


@cache
def releases() -> tuple[CatalogueEntry, ...]:
    """All external releases by period, the latest vintage of each first."""
    periods = sorted({(figure.first, figure.last) for figure in published.EVERY_FIGURE})
    return tuple(release for first, last in periods for release in reversed([*of_period(first, last)]))


def of_period(first: int, last: int) -> Iterator[CatalogueEntry]:
    """The releases of these years together, the earliest vintage first."""
    period = Period.parse(str(first) if first == last else f"{first}-{last}")
    if period is None:
        raise LookupError("a figure of no period")
    figures = [figure for figure in published.EVERY_FIGURE if (figure.first, figure.last) == (first, last)]
    for vintage, kinds in enumerate(VINTAGES.get(period.id, USUAL), 1):
        yield release_of(period, vintage, tuple(figure for figure in figures if figure.kind in kinds))


def release_of(period: Period, vintage: int, figures: tuple[Figure, ...]) -> CatalogueEntry:
    """A release of figures, for everybody. It looks at the day of its publication, where that is known."""
    provenance = provenance_of(period, figures)
    moment = provenance.since if provenance.day else None
    tables = tables_of(figures, period)
    return CatalogueEntry(
        f"{period.id}.{LETTER}{vintage}",
        PUBLIC,
        period,
        vintage,
        moment,
        None,
        Terms({PERSONS.id: tuple(tables)}),
        codelists_of(tables),
        # Where it is from, and what of it is not final.
        (PUBLISHED_ELSEWHERE, *(kind.name for kind in provenance.kinds if kind != FigureKind.FINAL)),
        published_at=moment,
        offered_tables=frozenset(offer_id(PERSONS.id, table) for table in tables),
        kind=EXTERNAL,
        provenance=provenance,
    )


def provenance_of(period: Period, figures: tuple[Figure, ...]) -> Provenance:
    """Where figures stand. The percentages that sources state are told with the settled figures of their year."""
    is_settled = not {figure.kind for figure in figures}.isdisjoint(SETTLED)
    stated_changes = tuple(
        each for each in published.STATED_CHANGES if is_settled and period.annual and each.last == period.first.year
    )
    return Provenance(figures, stated_changes, hashlib.sha256(repr((figures, stated_changes)).encode()).hexdigest())


def codelists_of(tables: Iterable[str]) -> dict[str, str]:
    """The present version of each code list that tables use, by its id."""
    axes = {axis for table in tables for axis in table.split(",") if axis}
    lists = {(base := PERSONS.axes[axis].base).id: base.version for axis in axes}
    return dict(sorted(lists.items()))


def of_audiences(audiences: Collection[str]) -> tuple[CatalogueEntry, ...]:
    """The external releases that audiences may read: all, where everybody is among them."""
    return releases() if PUBLIC in audiences else ()


def is_external(release_id: str) -> bool:
    """Whether an id is one of an external release."""
    return release_id.partition(".")[2].startswith(LETTER)


@cache
def cells(release_id: str) -> dict[str, TableCells]:
    """The tables of an external release. A cell of which no figure is published has none, and says so."""
    release = next(one for one in releases() if one.id == release_id)
    return {
        table: TableCells(
            tuple(cells_known),
            tuple(figure.count for figure in cells_known.values()),
            absent=None,
            marks={codes: STATUS_OF[figure.kind] for codes, figure in cells_known.items()},
        )
        for table, cells_known in tables_of(release.provenance.figures, release.period).items()
    }


def tables_of(figures: Iterable[Figure], period: Period) -> Mapping[str, FigureCells]:
    """The figures by table and cell. One may be of several tables: sexual exploitation is a form, and a group of forms."""
    tables: dict[str, dict[str, Figure]] = defaultdict(dict)
    for figure in figures:
        if figure.measure == FigureUnit.IDENTIFIED:
            for table, codes in places(figure, period):
                if codes in tables[table]:
                    raise LookupError(f"two figures of one cell: {table} {codes} in {period.id}")
                tables[table][codes] = figure
    return dict(tables)


def places(figure: Figure, period: Period) -> Iterator[tuple[str, str]]:
    """The cells that hold just what the figure counts; none where it sums codes that no roll-up puts together.

    Nor are there any where persons are not counted by one of its dimensions.
    """
    cell_wanted = dict(figure.cell)
    if not cell_wanted.keys() <= PERSONS.by_name.keys():
        return
    names = [name for name in PERSONS.by_name if name in cell_wanted]
    for combination in product(*(codes_of(name, cell_wanted[name], period) for name in names)):
        yield table_id(axis for axis, _ in combination), SEPARATOR.join(code for _, code in combination)


def codes_of(name: str, codes: Sequence[str], period: Period) -> list[tuple[Axis, str]]:
    """The codes that mean the same as some codes of a dimension together, each with its axis."""
    axes = PERSONS.by_name[name].axes
    leaves_meant = frozenset[str]().union(*(meaning(axes, code, period) for code in codes))
    return [(axis, code) for axis in axes for code in axis.names if leaves(axis.id, code, period) == leaves_meant]


def meaning(axes: Iterable[Axis], code: str, period: Period) -> frozenset[str]:
    """The submitted codes of a code of any level."""
    return next(codes_found for axis in axes if code in axis.names and (codes_found := leaves(axis.id, code, period)))


@cache
def leaves(axis_id: str, code: str, period: Period) -> frozenset[str]:
    """The submitted codes below a code of an axis: none where they are others at the end of the period than at its beginning."""
    axis = PERSONS.axes[axis_id]
    first, last = (
        frozenset(leaf for leaf in axis.base.names if axis.code_of(leaf, month) == code)
        for month in (period.first, period.last)
    )
    return first if first == last else frozenset()


def total(year: int) -> int:
    """The final total of a year. Raises `LookupError` where none is published."""
    codes_found = published.total(year)
    if codes_found is None:
        raise LookupError(f"no total is published for {year}")
    return codes_found


def computed_percent(stated_changes: StatedChange) -> int:
    """What we compute where a source states a percentage: rounded to whole per cent as its own is."""
    before = total(stated_changes.first)
    return int(percent(total(stated_changes.last) - before, before) or 0)
