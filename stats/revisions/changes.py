"""What changed between two vintages, to be read: stored ones of protected releases, exact ones by a guarded function.

Of sums it is the difference of what both show: every reader could compute it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from django.db import connection

from cases.dimensions import PRINCIPAL, Dataset, table_id
from cases.errors import FirstVintage, NotFound
from partners.audit import Actor
from stats.counting.cube import SEPARATOR
from stats.models import AUTHORITY, EXACT, PUBLIC
from stats.reading import catalogue
from stats.reading.catalogue import OF_PERIODS
from stats.reading.cells import TableCells
from stats.reading.datasets import READABLE
from stats.reading.entries import CatalogueEntry, offer_id
from stats.reading.exact_figures import Purpose, call_guarded
from stats.reading.measures import CellStatus
from stats.reading.query import parse_axes, refusal
from stats.reading.stored_sums import read_sums
from stats.sums.datasets import DATASETS_AS_READ

Numbers = Sequence[int | None]


@dataclass(frozen=True, slots=True)
class TableChanges:
    """The changes of one table. None is hidden, in `before` and `after` as in `change`.

    `not_known`: the cells of sums that one of the two does not know, so that None is no data there.
    """

    dataset: str
    axes: str
    codes: Sequence[str]
    before: Numbers
    after: Numbers
    change: Numbers = ()
    not_known: frozenset[str] = frozenset()


def changes_of_sums(release: CatalogueEntry, since: CatalogueEntry) -> Iterator[TableChanges]:
    """The changes of every table of sums that both vintages have. One statement for each dataset."""
    for dataset in DATASETS_AS_READ.values():
        before, after = (one.terms.tables.get(dataset.id, ()) for one in (since, release))
        if tables := [table for table in after if table in before]:
            cells = read_sums(dataset.id, tables, {one.id: one for one in (release, since)})
            for table in tables:
                yield change_table(dataset, table, cells[since.id, table], cells[release.id, table], release.audience)


def change_table(dataset: Dataset, table: str, before: TableCells, after: TableCells, audience: str) -> TableChanges:
    """The changes of one table: in a public one of what changed or is hidden, in another of what both vintages show.

    What neither of them knows has not changed.
    """
    axes = [axis for axis in dataset.axes.values() if not axis.has_total or axis.id in table.split(",")]
    names = [SEPARATOR.join(codes) for codes in product(*([code.code for code in axis.codes] for axis in axes))]
    pairs = {name: (before.of(name), after.of(name)) for name in names}
    unknown = before.not_known & after.not_known
    pairs_listed = {name: pair for name, pair in pairs.items() if name not in unknown and is_listed(*pair, audience)}
    return TableChanges(
        dataset.id,
        table,
        [*pairs_listed],
        [was for was, _ in pairs_listed.values()],
        [now for _, now in pairs_listed.values()],
        [None if was is None or now is None else now - was for was, now in pairs_listed.values()],
        (before.not_known | after.not_known) & pairs_listed.keys(),
    )


def is_listed(was: int | None, now: int | None, audience: str) -> bool:
    """Whether a cell is listed: in a public table, where it changed or is hidden; in another, where both vintages show it."""
    return was is None or was != now if audience == PUBLIC else was is not None and now is not None


MOST_ROWS = 50_000
STORED = """
SELECT dataset, axes, codes, before, after, change FROM statistics_publishedchange WHERE release_id = %s AND since_id = %s
"""
SINCE = "SELECT since_id FROM statistics_publishedchange WHERE release_id = %s LIMIT 1"
CHANGES = "SELECT dataset, axes, codes, before, after FROM henvis_exact_changes(%s, %s, %s, %s, %s, %s, %s, %s)"


@dataclass(frozen=True, slots=True)
class VintagePair:
    """A vintage, the one that it is compared with, and the tables that are asked for: of a dataset, or of these axes, or all.

    `public`: those releases, which answer in place of an authority's.
    """

    release: CatalogueEntry
    since: CatalogueEntry
    dataset: str | None = None
    axes: str | None = None
    public: tuple[CatalogueEntry, ...] = ()

    @property
    def canonical(self) -> str:
        """One text for all ways to write what is asked."""
        return f"changes?from={self.since.id}&{self.dataset or ''}&{self.axes or ''}"

    @property
    def key(self) -> tuple[str, ...]:
        """What the answer is a function of."""
        return (self.canonical, *(one.key for one in (self.release, self.since, *self.public)))

    @property
    def status_of_rest(self) -> CellStatus:
        """What a cell is that is not listed: unchanged, or of an authority's release hidden."""
        return CellStatus.HIDDEN if self.release.audience == AUTHORITY else CellStatus.NORMAL

    def has(self, table: TableChanges) -> bool:
        """Whether a table is asked for and both vintages answer with it, and nothing that is published does in their place."""
        name = offer_id(table.dataset, table.axes)
        matches = self.dataset in {None, table.dataset} and self.axes in {None, table.axes}
        return (
            matches
            and name in self.release.offered_tables & self.since.offered_tables
            and not any(one.has(table.dataset, table.axes) for one in self.public)
        )

    def read_tables(self) -> list[TableChanges]:
        """The changes of a protected release. One statement, and one for each dataset of sums that both vintages have.

        Raises `NotFound` where the two were not compared.
        """
        with connection.cursor() as cursor:
            cursor.execute(STORED, [self.release.id, self.since.id])
            rows = [TableChanges(*row) for row in cursor.fetchall()]
        if not rows:
            raise NotFound
        return in_order(row for row in (*rows, *changes_of_sums(self.release, self.since)) if self.has(row))

    def exact(self, *, by: Actor, purpose: Purpose) -> list[TableChanges]:
        """The changes of an exact release, logged in the statement that reads them. Raises `QueryRefused` for too many."""
        rows = call_guarded(
            CHANGES, by, purpose, self.canonical, self.release.id, self.since.id, self.dataset, self.axes
        )
        tables = [of_texts(*row) for row in rows]
        if sum(len(table.codes) for table in tables) > MOST_ROWS:
            raise refusal("by", "answer_too_large")
        return in_order(tables)


def pair(release: CatalogueEntry, texts: Mapping[str, str]) -> VintagePair:
    """A release and the vintage that `from` asks for, else the one before.

    Raises `FirstVintage` for a release without one, `ReleaseGone` for one that is named, was withdrawn and has no replacement,
    `NotFound` for a release that was published without its changes, and `QueryRefused` for what is no earlier vintage: of a
    protected release there is only the one that its changes were made of.
    """
    before = earlier(release)
    catalogue.check_there(next((one for one in before if one.id == texts.get("from")), None), "from")
    pairs_allowed = comparable(release, before)
    if not pairs_allowed:
        raise NotFound
    dataset, axes = parse_tables(texts)
    since = next((one for one in pairs_allowed if one.id == texts.get("from", pairs_allowed[0].id)), None)
    if since is None:
        raise refusal("from", "vintage_expected", [one.id for one in pairs_allowed])
    return VintagePair(release, since, dataset, axes, public_releases(release))


def earlier(release: CatalogueEntry) -> list[CatalogueEntry]:
    """The vintages before a release, the latest first. Raises `FirstVintage` where there is none."""
    same = catalogue.fetch(OF_PERIODS, (release.audience,), release.period.id)
    before = [one for one in same if (one.build_moments[0], one.vintage) < (release.build_moments[0], release.vintage)]
    if not before:
        raise FirstVintage
    return before


def comparable(release: CatalogueEntry, before: list[CatalogueEntry]) -> list[CatalogueEntry]:
    """Those of the vintages before a release that it may be compared with, in their order. No figure of a withdrawn one is read."""
    readable = [one for one in before if not one.is_gone]
    if release.audience == EXACT:
        return readable
    with connection.cursor() as cursor:
        cursor.execute(SINCE, [release.id])
        row = cursor.fetchone()
    return [one for one in readable if row and one.id == row[0]]


def public_releases(release: CatalogueEntry) -> tuple[CatalogueEntry, ...]:
    """The public releases that answer in place of an authority's."""
    if release.audience != AUTHORITY:
        return ()
    public = catalogue.fetch(OF_PERIODS, (PUBLIC,), release.period.id)
    return tuple(one for one in public if one.is_in_force(None))


def parse_tables(texts: Mapping[str, str]) -> tuple[str | None, str | None]:
    """The dataset and the stored name of the table that are asked for, None where all are. Raises `QueryRefused`."""
    dataset = texts.get("dataset")
    if dataset is not None and dataset not in READABLE:
        raise refusal("dataset", "dataset_unknown", READABLE)
    if "by" not in texts:
        return dataset, None
    return dataset, table_id(parse_axes(READABLE[dataset or PRINCIPAL.id], texts["by"]))


def of_texts(dataset: str, axes: str, codes: str | None, before: str | None, after: str | None) -> TableChanges:
    """A table as the guarded function gives it: texts, None where nothing changed."""
    if codes is None or before is None or after is None:
        return TableChanges(dataset, axes, (), (), ())
    old, new = ([int(number) for number in text.split(",")] for text in (before, after))
    return TableChanges(dataset, axes, codes.split(","), old, new, [b - a for a, b in zip(old, new, strict=True)])


def in_order(tables: Iterable[TableChanges]) -> list[TableChanges]:
    """Tables by dataset, then by how many axes they have, then as the axes stand in the dictionary."""
    datasets = list(READABLE)

    def key(table: TableChanges) -> tuple[int, int, list[int]]:
        places = list(READABLE[table.dataset].axes)
        axes = [places.index(name) for name in table.axes.split(",") if name]
        return datasets.index(table.dataset), len(axes), axes

    return sorted(tables, key=key)
