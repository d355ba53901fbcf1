"""What others have published, as releases: the figures of `cases.published` as sparse tables of persons.

A period has one release for each moment of publication: preliminary figures first, then the final ones with what follows from them.
Nothing of it is in the database: it is immutable because the program is, and made once in a process.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from itertools import product

from cases import published
from cases.dimensions import PERSONS, Axis, table_id
from cases.months import COPENHAGEN
from cases.published import Figure, Kind, Measure, Source, Stated
from cases.statistics.counting.cube import SEPARATOR
from cases.statistics.periods import Period
from cases.statistics.reading.measures import Status, percent
from partners.text import Text

LETTER = "e"
PUBLISHED_ELSEWHERE = "PUBLISHED_ELSEWHERE"
# The kinds of figures in each vintage of a period, by when they were published. A vintage is never renumbered: a later publication
# is added at the end. The alternative source of 2016 has no date that is known; the official figure stands after it.
SETTLED = frozenset({Kind.FINAL, Kind.DERIVED})
USUAL: tuple[frozenset[Kind], ...] = (SETTLED,)
PRELIMINARY_FIRST = (frozenset({Kind.EARLY}), SETTLED)
VINTAGES: dict[str, tuple[frozenset[Kind], ...]] = {
    "2016": (frozenset({Kind.ALTERNATIVE}), SETTLED),
    **dict.fromkeys(("2020", "2021", "2022"), PRELIMINARY_FIRST),
}
STATUS_OF: dict[Kind, Status] = {
    Kind.FINAL: Status.NORMAL,
    Kind.EARLY: Status.PROVISIONAL,
    Kind.DERIVED: Status.DERIVED,
    Kind.ALTERNATIVE: Status.UNVERIFIED,
}
KINDS: dict[Kind, Text] = {
    Kind.FINAL: Text("Endelige tal", "Final figures"),
    Kind.EARLY: Text("Foreløbige tal, senere rettet", "Preliminary figures, later revised"),
    Kind.DERIVED: Text(
        "Beregnet af andre offentliggjorte tal, ikke selv offentliggjort",
        "Computed from other published figures, not published themselves",
    ),
    Kind.ALTERNATIVE: Text(
        "Fra en kilde, som en anden kilde modsiger", "From a source that another source contradicts"
    ),
}

# A table's cells: the figure of each code, the codes of several axes joined as those of stored cells are.
Known = Mapping[str, Figure]


@dataclass(frozen=True, slots=True, eq=False)
class Collected:
    """What is published elsewhere of a period at one moment. `tables` by their ids; `figures` are more: some are of no cell."""

    id: str
    period: Period
    vintage: int
    figures: tuple[Figure, ...]
    tables: Mapping[str, Known]
    stated: tuple[Stated, ...]
    digest: str

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """How firm its figures are, each kind once."""
        found = {figure.kind for figure in self.figures}
        return tuple(kind for kind in Kind if kind in found)

    @property
    def notes(self) -> tuple[str, ...]:
        """The codes of its notes: where it is from, and what of it is not final."""
        return (PUBLISHED_ELSEWHERE, *(kind.name for kind in self.kinds if kind != Kind.FINAL))

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where its figures stand, each source once, in the order of the figures."""
        return tuple(dict.fromkeys(figure.origin for figure in self.figures if figure.origin))

    @property
    def latest(self) -> Source | None:
        """The latest of its sources, one of a year at the end of it; None where the date of one of them is not known."""
        known = [(source.by, source.published, source) for source in self.sources if source.by]
        if not known or len(known) < len(self.sources):
            return None
        return max(known, key=lambda each: each[:2])[-1]

    @property
    def published(self) -> str | None:
        """The day or year of the latest of its sources, where it is known."""
        return self.latest.published if self.latest else None

    @property
    def day(self) -> date | None:
        """The day of publication, where it is known to the day."""
        return self.latest.day if self.latest else None

    @property
    def since(self) -> datetime | None:
        """The moment from which it is known to have been published: its day, or the end of its year; None for not known."""
        return datetime.combine(self.latest.by, time(), COPENHAGEN) if self.latest and self.latest.by else None


@cache
def releases() -> tuple[Collected, ...]:
    """All of them, by period and vintage."""
    periods = sorted({(figure.first, figure.last) for figure in published.HISTORY})
    return tuple(release for first, last in periods for release in of_period(first, last))


def of_period(first: int, last: int) -> Iterator[Collected]:
    """The releases of these years together."""
    period = Period.parse(str(first) if first == last else f"{first}-{last}")
    if period is None:
        raise LookupError("a figure of no period")
    figures = [figure for figure in published.HISTORY if (figure.first, figure.last) == (first, last)]
    for vintage, kinds in enumerate(VINTAGES.get(period.id, USUAL), 1):
        yield collected(period, vintage, tuple(figure for figure in figures if figure.kind in kinds))


def collected(period: Period, vintage: int, figures: tuple[Figure, ...]) -> Collected:
    """A release of figures. The percentages that sources state are told with the settled figures of their year."""
    settled = not {figure.kind for figure in figures}.isdisjoint(SETTLED)
    stated = tuple(each for each in published.STATED if settled and period.annual and each.last == period.first.year)
    digest = hashlib.sha256(repr((figures, stated)).encode()).hexdigest()
    name = f"{period.id}.{LETTER}{vintage}"
    return Collected(name, period, vintage, figures, tables_of(figures, period), stated, digest)


def tables_of(figures: Iterable[Figure], period: Period) -> dict[str, dict[str, Figure]]:
    """The figures by table and cell. One may be of several tables: sexual exploitation is a form, and a group of forms."""
    tables: dict[str, dict[str, Figure]] = defaultdict(dict)
    for figure in figures:
        if figure.measure == Measure.IDENTIFIED:
            for table, codes in places(figure, period):
                if codes in tables[table]:
                    raise LookupError(f"two figures of one cell: {table} {codes} in {period.id}")
                tables[table][codes] = figure
    return dict(tables)


def places(figure: Figure, period: Period) -> Iterator[tuple[str, str]]:
    """The cells that hold just what the figure counts; none where it sums codes that no roll-up puts together.

    Nor are there any where persons are not counted by one of its dimensions.
    """
    wanted = dict(figure.cell)
    if not wanted.keys() <= PERSONS.by_name.keys():
        return
    names = [name for name in PERSONS.by_name if name in wanted]
    for chosen in product(*(coded(name, wanted[name], period) for name in names)):
        yield table_id(axis for axis, _ in chosen), SEPARATOR.join(code for _, code in chosen)


def coded(name: str, codes: Sequence[str], period: Period) -> list[tuple[Axis, str]]:
    """The codes that mean the same as some codes of a dimension together, each with its axis."""
    axes = PERSONS.by_name[name].axes
    meant = frozenset[str]().union(*(meaning(axes, code, period) for code in codes))
    return [(axis, code) for axis in axes for code in axis.names if leaves(axis.id, code, period) == meant]


def meaning(axes: Iterable[Axis], code: str, period: Period) -> frozenset[str]:
    """The submitted codes of a code of any level."""
    return next(found for axis in axes if code in axis.names and (found := leaves(axis.id, code, period)))


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
    found = published.total(year)
    if found is None:
        raise LookupError(f"no total is published for {year}")
    return found


def computed(stated: Stated) -> int:
    """What we compute where a source states a percentage: rounded to whole per cent as its own is."""
    before = total(stated.first)
    return int(percent(total(stated.last) - before, before) or 0)
