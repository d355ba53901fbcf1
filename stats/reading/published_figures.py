"""Reading what is published: for everybody, and for authorities. Nothing is logged, and no exact cell is within reach."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from django.db import connection

from cases.dimensions import Dataset
from cases.errors import NotFound
from stats.models import PUBLIC
from stats.reading import external, release_choice
from stats.reading import table as read
from stats.reading.cells import LACKING, PublishedBounds, TableCells, intervals_of
from stats.reading.datasets import READABLE
from stats.reading.entries import EXTERNAL, OWN, CatalogueEntry, PeriodReleases, offer_id, tellings_of
from stats.reading.layout import table_ids
from stats.reading.measures import CellStatus
from stats.reading.query import Query, parse
from stats.reading.stored_sums import read_behind, read_sums, sources_of
from stats.reading.table import Tables

# Each table with what was told last of its hidden cells, by a release that the answer reckons with: they come with the newest last.
TABLES = """
SELECT t.release_id, t.axes, t.codes, t.counts, t.hidden, t.symbol, t.within, d.codes, d.least, d.most
FROM statistics_publishedtable t
LEFT JOIN LATERAL (
  SELECT d.codes, d.least, d.most FROM statistics_publishedtold d
  WHERE d.of_id = t.release_id AND d.release_id = ANY(%s) AND d.dataset = t.dataset AND d.axes = t.axes
  ORDER BY array_position(%s, d.release_id) DESC LIMIT 1
) d ON true
WHERE t.dataset = %s AND t.release_id = ANY(%s) AND t.axes = ANY(%s)
"""
# The cells that any of some releases hides, by period and table.
HIDDEN = """
SELECT r.period, t.axes, array_agg(DISTINCT h.code) FROM statistics_publishedtable t
JOIN statistics_release r ON r.id = t.release_id CROSS JOIN LATERAL unnest(t.hidden) AS h (code)
WHERE t.dataset = %s AND t.release_id = ANY(%s) AND t.axes = ANY(%s) GROUP BY r.period, t.axes
"""
CERTIFICATES = "SELECT release_id, body::text FROM statistics_certificate WHERE release_id = ANY(%s)"
CERTIFICATE = "SELECT body::text FROM statistics_certificate WHERE release_id = %s"

# The tables of several releases, by release and table.
ReleaseTables = Mapping[tuple[str, str], TableCells]


@dataclass(frozen=True, slots=True)
class PublishedAnswer:
    """A query, its audience, and the releases that answer it. `releases_gone` were withdrawn, and nothing replaces them."""

    query: Query
    audience: str
    periods: Sequence[PeriodReleases]
    releases_gone: tuple[CatalogueEntry, ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """What the answer is a function of: the audience, the query, the releases, and what is told of their hidden cells."""
        releases = [one for each in self.periods for one in each.releases]
        hiding = (one.id for each in self.periods for one in each.hiding)
        keys_gone = (one.key for one in self.releases_gone)
        keys = (*(one.key_at(self.query.moment) for one in releases), *keys_gone, *hiding)
        return (self.audience, self.query.canonical, *keys)

    def figures(self) -> read.Figures:
        """The figures. One statement, of sums two. Raises `QueryRefused` where there would be too many."""
        figures = figures_of(self.query, self.periods, self.tables_by_release, self.audience)
        return replace(figures, releases_gone=self.releases_gone)

    def tables_by_release(self) -> dict[str, Tables]:
        """The tables of each release of the answer."""
        names = {one.id: one for each in self.periods for one in each.releases}
        hiding = {one.id: one for each in self.periods for one in each.hiding}
        cells_found = without_hidden(names, fetch(self.query, names.values()), hiding)
        now = {each.release.id: self.tables(each.sources, cells_found) for each in self.periods}
        return now | {
            each.before.id: self.tables(each.sources_before, cells_found) for each in self.periods if each.before
        }

    def tables(self, sources: Sequence[CatalogueEntry], cells_found: ReleaseTables) -> Tables:
        """Every table that is read for the query, each from the first release that has it."""
        return {table: first(table, sources, cells_found) for table in tables_read(self.query)}


def tables_read(query: Query) -> list[str]:
    """The ids of the tables that are read for a query: its own, and the one without axes, whose persons doubt is told for."""
    return [*dict.fromkeys(["", *table_ids(query)])]


def first(table: str, sources: Sequence[CatalogueEntry], cells_found: ReleaseTables) -> TableCells:
    """The cells of a table, from the first release that has it, offered by itself or not.

    Whether a table is worth asking for is one thing. What its cells are was published, and stands in the certificate: whoever
    hides or changes it in one answer contradicts what everybody can add up.
    """
    cells = (cells_found[release.id, table] for release in sources if (release.id, table) in cells_found)
    return next(cells, LACKING[sources[0].kind])


def figures_of(
    query: Query, periods: Sequence[PeriodReleases], source: read.TablesOfReleases, audience: str
) -> read.Figures:
    """The figures, those of sums with what is behind them. Raises `QueryRefused` where there would be too many."""
    answer = read.figures(query, periods, source, audience)
    if query.dataset.quantities is None:
        return answer
    return replace(answer, behind=read_behind(query.dataset, [each.release.id for each in periods]))


def open_query(audience: str, query: Query) -> PublishedAnswer:
    """Choose the releases that answer an audience. One statement. Raises `QueryRefused`."""
    return PublishedAnswer(query, audience, *release_choice.choose(query, audience))


def fetch(query: Query, releases: Iterable[CatalogueEntry]) -> ReleaseTables:
    """The tables of releases, ours in one statement. What is not stored is zero in a public release, else hidden."""
    names = list(releases)
    ours = {one.id: one for one in names if one.kind == OWN}
    others = [one.id for one in names if one.kind == EXTERNAL]
    cells_found = {(name, table): cells for name in others for table, cells in external.cells(name).items()}
    return {**cells_found, **read_tables(query, ours)} if ours else cells_found


def without_hidden(
    names: Mapping[str, CatalogueEntry], cells_found: ReleaseTables, hiding: Mapping[str, CatalogueEntry]
) -> ReleaseTables:
    """Tables without the figures that we computed from those of others, where a public release of ours hid the cell.

    What others published stays. One statement, where there is any such release and any such figure.
    """
    places = {place for place, cells in cells_found.items() if CellStatus.DERIVED in (cells.marks or {}).values()}
    if not hiding or not places:
        return cells_found
    with connection.cursor() as cursor:
        cursor.execute(HIDDEN, [external.DATASET.id, sorted(hiding), sorted({table for _, table in places})])
        hidden = {(period, table): frozenset(codes) for period, table, codes in cursor.fetchall()}
    secret = {place: hidden.get((names[place[0]].period.id, place[1]), frozenset[str]()) for place in places}
    return {**cells_found, **{place: cells_found[place].without_computed(codes) for place, codes in secret.items()}}


def read_tables(query: Query, releases: Mapping[str, CatalogueEntry]) -> ReleaseTables:
    """The tables of our own releases. One statement."""
    return read_stored(query.dataset.id, tables_read(query), releases, query.moment)


def read_stored(
    dataset: str, tables: Sequence[str], releases: Mapping[str, CatalogueEntry], moment: datetime | None = None
) -> ReleaseTables:
    """Some tables of our own releases, with what had been told of them at a moment (None: now).

    One statement; of a dataset without cells of its own one for each that it is drawn from.
    """
    if READABLE[dataset].drawn_from:
        totals = {name: read_stored(name, [""], releases, moment) for name in sources_of(READABLE[dataset])}
        totals_found = {one: {name: of[one, ""] for name, of in totals.items() if (one, "") in of} for one in releases}
        return {(one, ""): drawn_table(READABLE[dataset], of, one) for one, of in totals_found.items()}
    if READABLE[dataset].quantities:
        return read_sums(dataset, tables, releases, moment)
    names = tellings_of(releases.values(), moment)
    with connection.cursor() as cursor:
        cursor.execute(TABLES, [names, names, dataset, sorted(releases), list(tables)])
        return {(row[0], row[1]): cells_of(row, releases[row[0]]) for row in cursor.fetchall()}


def every_table(release: CatalogueEntry, dataset: Dataset) -> Iterator[read.Figures]:
    """The figures of each table that one of our public releases offers, as a query answers that names both. One statement."""
    tables = release.terms.tables.get(dataset.id, ())
    cells_found = read_stored(dataset.id, ["", *tables], {release.id: release})
    for table in tables:
        if offer_id(dataset.id, table) in release.offered_tables:
            query = parse(dataset, {**({"by": table} if table else {}), "release": release.id})
            answer = PublishedAnswer(query, PUBLIC, (PeriodReleases(release, None, (release,)),))
            tables_found = {release.id: answer.tables((release,), cells_found)}
            yield figures_of(query, answer.periods, partial(dict, tables_found), PUBLIC)


def cells_of(row: tuple[Any, ...], release: CatalogueEntry) -> TableCells:
    _, _, codes, counts, hidden, *interval_columns = row
    absent = 0 if release.audience == PUBLIC else None
    return TableCells(codes, counts, hidden, absent, intervals=intervals_of(*interval_columns), release=release.id)


def certificate(release: CatalogueEntry) -> bytes:
    """The proof of a release that anybody can check, as JSON. Raises `NotFound` where it has none."""
    with connection.cursor() as cursor:
        cursor.execute(CERTIFICATE, [release.id])
        row = cursor.fetchone()
    if row is None:
        raise NotFound
    text: str = row[0]
    return text.encode()


def certificates(releases: Iterable[str]) -> dict[str, Any]:
    """The proofs of some releases, by id; one without is not among them. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(CERTIFICATES, [sorted(releases)])
        return {name: json.loads(text) for name, text in cursor.fetchall()}


def drawn_table(dataset: Dataset, totals: Mapping[str, TableCells], release: str) -> TableCells:
    """The table of a dataset without cells of its own, from the totals of others. What a release has not reads as not published."""
    counts: dict[str, int] = {}
    marks: dict[str, CellStatus] = {}
    intervals: dict[str, PublishedBounds] = {}
    for quantity, (name, code) in dataset.drawn_from.items():
        if (cells := totals.get(name)) is not None:
            number = cells.of(code)
            marks[quantity] = cells.status(code, number)
            if number is not None:
                counts[quantity] = number
            elif code in cells.intervals:
                intervals[quantity] = cells.intervals[code]
    return TableCells([*counts], [*counts.values()], absent=None, marks=marks, intervals=intervals, release=release)
