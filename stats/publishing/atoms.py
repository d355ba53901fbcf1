"""The atoms of a block: of time, and of each other dimension.

The atoms of time are runs of months that no release and no year divides, one for every vintage in which their records differ.
Those of another dimension are sets of submitted codes that no table, no fact and no rule of a block divides. A code list
changes with time, so a submitted code may roll up to another code from a month on: an atom is of codes *from a month on*.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cases import dimensions as our
from cases.months import later
from stats.counting.snapshot import leaves
from stats.periods import MonthRun, Period, make_runs
from stats.protection.space import AtomicDimension, Partition
from stats.publishing.choice import codes_of
from stats.publishing.sources import CountedRecord, ReleaseSource

Key = tuple[str | bool, ...]
Divisions = Sequence[frozenset[str]]
# The atom of a submitted code from a month on.
AtomNumbers = dict[tuple[str, date], int]


def make_dimension(
    dimension: our.Dimension, axes: Iterable[our.Axis], divisions: Divisions, span: tuple[date, date]
) -> tuple[AtomicDimension, AtomNumbers]:
    """A dimension with its atoms, in the order of the code list, and the axes that tables use; and the numbers of its atoms.

    `divisions`: the sets of codes that something tells apart.
    """
    axes_of_dimension = [axis for axis in axes if axis.dimension == dimension.name]
    atoms: dict[Key, list[str]] = {}
    number_of: dict[Key, int] = {}
    numbers: AtomNumbers = {}
    for code, first, key in atom_keys(dimension, axes_of_dimension, divisions, span):
        atoms.setdefault(key, []).append(code)
        numbers[code, first] = number_of.setdefault(key, len(number_of))
    partitions = []
    for n, axis in enumerate(axes_of_dimension):
        codes = codes_of(axis)
        partitions.append(Partition(axis.id, codes, tuple(codes.index(str(key[n])) for key in atoms)))
    labels = tuple(atom_label(codes) for codes in atoms.values())
    return AtomicDimension(dimension.name, labels, tuple(partitions)), numbers


def atom_keys(
    dimension: our.Dimension, axes_of_dimension: Sequence[our.Axis], divisions: Divisions, span: tuple[date, date]
) -> Iterator[tuple[str, date, Key]]:
    """Of each submitted code, from a month on: its code on each axis in use, and the divisions that it is in.

    Equal keys are one atom.
    """
    places = [dimension.axes.index(axis) for axis in axes_of_dimension]
    for leaf in leaves(dimension, Period("", *span)):
        code = leaf.codes[0]
        yield code, leaf.first, (*(leaf.codes[place] for place in places), *(code in codes for codes in divisions))


def possible_atoms(of: AtomNumbers, run: MonthRun[CountedRecord]) -> set[int]:
    """The atoms that a submitted code can be in, in some month of a run."""
    begins: dict[str, list[date]] = {}
    for code, first in of:
        begins.setdefault(code, []).append(first)
    return {
        of[code, first]
        for code, firsts in begins.items()
        for first in firsts
        if first <= run.last and not any(first < later <= run.first for later in firsts)
    }


def atom_label(codes: Sequence[str]) -> str:
    """The label of an atom: its codes, or the first of them and how many more."""
    names = list(dict.fromkeys(codes))
    return "+".join(names) if len(names) <= 8 else f"{names[0]}+{len(names) - 1} codes"


NOW = "now"


@dataclass(frozen=True)
class Timeline:
    """The atoms of time.

    `of_source`: which of them (by place) each release counts. `latest`: those of the records as they are now.
    """

    runs: tuple[MonthRun[CountedRecord], ...]
    of_source: dict[str, tuple[int, ...]]
    latest: tuple[int, ...]

    def of_years(self, first: int, last: int) -> tuple[int, ...]:
        """The atoms of some years in the latest vintage."""
        return tuple(n for n in self.latest if first <= self.runs[n].first.year <= last)

    def changes(self) -> Iterator[tuple[int, int]]:
        """Pairs of vintages of the same months: each later one with the one before it."""
        for n, run in enumerate(self.runs):
            if run.vintage:
                yield n - 1, n

    def records_changed(self, earlier: str, later: str) -> tuple[int, int]:
        """How many records were added and how many removed on the way from one release to a later one of the same period."""
        steps = [
            (self.runs[n].records - self.runs[n - 1].records, self.runs[n - 1].records - self.runs[n].records)
            for places in zip(self.of_source[earlier], self.of_source[later], strict=True)
            for n in range(min(places) + 1, max(places) + 1)
        ]
        return sum(len(newcomers) for newcomers, _ in steps), sum(len(leavers) for _, leavers in steps)


def make_timeline(
    sources: Sequence[ReleaseSource], records: Iterable[CountedRecord], span: tuple[date, date]
) -> Timeline:
    """The timeline of releases, given in the order of their moments. `records`: those of the whole span as they are now."""
    whole = Period("", *span)
    cuts = {
        span[0],
        *(month for month in whole.months() if month.month == 1),
        *(source.period.first for source in sources),
        *(later(source.period.last, 1) for source in sources),
    }
    counting = [(each.id, each.period, each.records) for each in sources]
    runs, of_source = make_runs(
        [*(cut for cut in cuts if cut <= span[1]), later(span[1], 1)],
        [*counting, (NOW, whole, tuple(records))],
    )
    return Timeline(runs, of_source, of_source.pop(NOW))
