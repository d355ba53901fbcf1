"""Reading what is published: for everybody, and for authorities. Nothing is logged, and no exact cell is within reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from cases.errors import NotFound
from cases.statistics.models import PUBLIC
from cases.statistics.reading import choosing, external
from cases.statistics.reading import table as read
from cases.statistics.reading.cells import LACKING, TableCells
from cases.statistics.reading.entries import EXTERNAL, OWN, CatalogueEntry, PeriodReleases
from cases.statistics.reading.query import Query
from cases.statistics.reading.table import Tables

TABLES = """
SELECT release_id, axes, codes, counts, hidden FROM statistics_publishedtable
WHERE dataset = %s AND release_id = ANY(%s) AND axes = ANY(%s)
"""
CERTIFICATE = "SELECT body::text FROM statistics_certificate WHERE release_id = %s"

# The tables of several releases, by release and table.
ReleaseTables = Mapping[tuple[str, str], TableCells]


@dataclass(frozen=True, slots=True)
class PublishedAnswer:
    """A query, its audience, and the releases that answer it."""

    query: Query
    audience: str
    periods: Sequence[PeriodReleases]

    @property
    def key(self) -> tuple[str, ...]:
        """What the answer is a function of: the audience, the query and the releases."""
        return (self.audience, self.query.canonical, *(one.key for each in self.periods for one in each.releases))

    def figures(self) -> read.Figures:
        """The figures. One statement. Raises `QueryRefused` where there would be too many."""
        return read.figures(self.query, self.periods, self.tables_by_release, self.audience)

    def tables_by_release(self) -> dict[str, Tables]:
        """The tables of each release of the answer."""
        cells_found = fetch(self.query, {one.id: one for each in self.periods for one in each.releases}.values())
        now = {each.release.id: self.tables(each.sources, cells_found) for each in self.periods}
        return now | {
            each.before.id: self.tables(each.sources_before, cells_found) for each in self.periods if each.before
        }

    def tables(self, sources: Sequence[CatalogueEntry], cells_found: ReleaseTables) -> Tables:
        """Every table of the query, each from the first release that has it."""
        return {table: first(table, sources, cells_found) for table in read.table_ids(self.query)}


def first(table: str, sources: Sequence[CatalogueEntry], cells_found: ReleaseTables) -> TableCells:
    """The cells of a table, from the first release that has it, offered by itself or not.

    Whether a table is worth asking for is one thing. What its cells are was published, and stands in the certificate: whoever
    hides or changes it in one answer contradicts what everybody can add up.
    """
    cells = (cells_found[release.id, table] for release in sources if (release.id, table) in cells_found)
    return next(cells, LACKING[sources[0].kind])


def open_query(audience: str, query: Query) -> PublishedAnswer:
    """Choose the releases that answer an audience. One statement. Raises `QueryRefused`."""
    return PublishedAnswer(query, audience, choosing.select(query, audience))


def fetch(query: Query, releases: Iterable[CatalogueEntry]) -> ReleaseTables:
    """The tables of releases, ours in one statement. What is not stored is zero in a public release, else hidden."""
    names = list(releases)
    ours = {one.id: one for one in names if one.kind == OWN}
    others = [one.id for one in names if one.kind == EXTERNAL]
    cells_found = {(name, table): cells for name in others for table, cells in external.cells(name).items()}
    return {**cells_found, **read_tables(query, ours)} if ours else cells_found


def read_tables(query: Query, releases: Mapping[str, CatalogueEntry]) -> ReleaseTables:
    """The tables of our own releases. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES, [query.dataset.id, sorted(releases), read.table_ids(query)])
        return {
            (release, table): TableCells(codes, counts, hidden, 0 if releases[release].audience == PUBLIC else None)
            for release, table, codes, counts, hidden in cursor.fetchall()
        }


def certificate(release: CatalogueEntry) -> bytes:
    """The proof of a release that anybody can check, as JSON. Raises `NotFound` where it has none."""
    with connection.cursor() as cursor:
        cursor.execute(CERTIFICATE, [release.id])
        row = cursor.fetchone()
    if row is None:
        raise NotFound
    text: str = row[0]
    return text.encode()
