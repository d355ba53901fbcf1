"""Reading what is published: for everybody, and for authorities. Nothing is logged, and no exact cell is within reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from cases.errors import NotFound
from cases.statistics.models import PUBLIC
from cases.statistics.reading import choosing, history
from cases.statistics.reading import table as read
from cases.statistics.reading.catalogue import Listed, Shown
from cases.statistics.reading.elsewhere import Collected
from cases.statistics.reading.query import Query
from cases.statistics.reading.table import NOTHING, UNPUBLISHED, Cells, Tables

TABLES = """
SELECT release_id, axes, codes, counts, hidden FROM statistics_publishedtable
WHERE dataset = %s AND release_id = ANY(%s) AND axes = ANY(%s)
"""
CERTIFICATE = "SELECT body::text FROM statistics_certificate WHERE release_id = %s"


@dataclass(frozen=True, slots=True)
class Protected:
    """A query, its audience, and the releases that answer it."""

    query: Query
    audience: str
    shown: Sequence[Shown]

    @property
    def key(self) -> tuple[str, ...]:
        """What the answer is a function of: the audience, the query and the releases."""
        return (self.audience, self.query.canonical, *(one.key for each in self.shown for one in each.releases))

    def figures(self) -> read.Figures:
        """The figures. One statement. Raises `QueryRefused` where there would be too many."""
        return read.figures(self.query, self.shown, self.stored, self.audience)

    def stored(self) -> dict[str, Tables]:
        """The tables of each release that the answer shows. A margin that no release has shows nothing."""
        found = fetch(self.query, {one.id: one for each in self.shown for one in each.releases})
        now = {each.release.id: self.tables(each.sources, found) for each in self.shown}
        return now | {each.before.id: self.tables(each.sources_before, found) for each in self.shown if each.before}

    def tables(self, sources: Sequence[Listed], found: Mapping[tuple[str, str], Cells]) -> Tables:
        """Every table of the query, each from the first release that has it."""
        return {table: first(table, sources, found) for table in read.table_ids(self.query)}


def first(table: str, sources: Iterable[Listed], found: Mapping[tuple[str, str], Cells]) -> Cells:
    """The cells of a table, from the first release that has it, offered by itself or not.

    Whether a table is worth asking for is one thing. What its cells are was published, and stands in the certificate: whoever
    hides or changes it in one answer contradicts what everybody can add up.
    """
    for release in sources:
        if (release.id, table) in found:
            return found[release.id, table]
        if isinstance(release.terms, Collected):
            return UNPUBLISHED
    return NOTHING


def open_query(audience: str, query: Query) -> Protected:
    """Choose the releases that answer an audience. One statement. Raises `QueryRefused`."""
    return Protected(query, audience, choosing.select(query, audience, history.releases()))


def fetch(query: Query, releases: Mapping[str, Listed]) -> dict[tuple[str, str], Cells]:
    """The tables by release and table, ours in one statement. What is not stored is zero in a public release, else hidden."""
    others = [release.terms for release in releases.values() if isinstance(release.terms, Collected)]
    found = {(one.id, table): cells for one in others for table, cells in history.cells(one).items()}
    if len(others) == len(releases):
        return found
    with connection.cursor() as cursor:
        cursor.execute(TABLES, [query.dataset.id, sorted(releases), read.table_ids(query)])
        return found | {
            (release, table): Cells(codes, counts, hidden, 0 if releases[release].audience == PUBLIC else None)
            for release, table, codes, counts, hidden in cursor.fetchall()
        }


def certificate(release: Listed) -> bytes:
    """The proof of a release that anybody can check, as JSON. Raises `NotFound` where it has none."""
    with connection.cursor() as cursor:
        cursor.execute(CERTIFICATE, [release.id])
        row = cursor.fetchone()
    if row is None:
        raise NotFound
    text: str = row[0]
    return text.encode()
