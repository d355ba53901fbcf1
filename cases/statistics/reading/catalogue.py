"""The list of releases without their figures. Which of them answer a query is chosen in `cases.statistics.reading.choosing`.

Of protected releases only the published ones are in it: a draft is not there for anybody who reads.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from django.db import connection

from cases.dimensions import Axis, Dataset, table_id
from cases.statistics.counting.options import Options
from cases.statistics.models import EXACT
from cases.statistics.periods import Period
from cases.statistics.reading import moments
from cases.statistics.reading.elsewhere import Collected
from cases.statistics.reading.terms import Terms
from cases.statistics.reading.told import COLUMNS, ERRATA, ERRATUM, SILENT, Told, Withdrawn, told

# Whether a table is offered was decided from what it shows; a release has some dozens of tables.
OFFERED = """
SELECT string_agg(t.dataset || ':' || t.axes, ' ' ORDER BY t.dataset, t.axes) AS tables
FROM statistics_publishedtable t WHERE t.release_id = r.id AND t.offered
"""
# Where a list goes, with a place for each of its members. Of an array, whose length it cannot know, the server makes a new plan at
# every request (0.3 ms of 0.5), and the driver takes long to write one out.
AUDIENCES, PERIODS = "{audiences}", "{periods}"
OF_AUDIENCES = f"""
SELECT r.id, r.audience, r.period, r.vintage, r.as_of, r.built_at, r.settings::text, r.codelists::text, r.notes::text,
       r.commitment, p.published_at, w.withdrawn_at, w.reason, w.replacement_id, o.tables, {COLUMNS}
FROM statistics_release r
LEFT JOIN statistics_publication p ON p.release_id = r.id
LEFT JOIN statistics_withdrawal w ON w.release_id = r.id
LEFT JOIN LATERAL ({OFFERED}) o ON true
LEFT JOIN LATERAL ({ERRATA}) e ON true
WHERE r.audience IN ({AUDIENCES}) AND (r.audience = '{EXACT}' OR p.release_id IS NOT NULL)
"""
# Of two vintages the later is the one that looks at the later moment, not the one that was built last.
NEWEST_FIRST = "ORDER BY r.first_month, r.last_month, r.as_of DESC, r.vintage DESC"
EVERY = f"{OF_AUDIENCES} {NEWEST_FIRST}"
OF_PERIODS = f"{OF_AUDIENCES} AND r.period IN ({PERIODS}) {NEWEST_FIRST}"
OF_YEARS = f"{OF_AUDIENCES} AND r.period ~ '^[0-9]{{4}}$' {NEWEST_FIRST}"
OF_ID = f"{OF_AUDIENCES} AND r.id = %s"
RELEASE_ID = re.compile(r"([0-9Q-]{4,9})\.[vpae][1-9][0-9]{0,5}", re.ASCII)
WITHDRAWN = "WITHDRAWN"


@dataclass(frozen=True, slots=True)
class Listed:
    """A release as its readers may know it. `terms` are its options, what a protected one was made to, or what others published.

    Of the last, the moments are None where they are not known; it was never built.
    """

    id: str
    audience: str
    period: Period
    vintage: int
    as_of: datetime | None
    built_at: datetime | None
    terms: Options | Terms | Collected
    codelists: dict[str, str]
    notes: tuple[str, ...]
    commitment: str = ""
    published_at: datetime | None = None
    withdrawn: Withdrawn | None = None
    offered: frozenset[str] = frozenset()
    told: Told = SILENT

    @property
    def key(self) -> str:
        """What its answers are a function of, beside the query: it never changes, but may be withdrawn or have errata."""
        gone = f" {self.withdrawn.replacement}" if self.withdrawn else ""
        built = " ".join(moment.isoformat() for moment in (self.as_of, self.built_at) if moment)
        made = self.terms.digest if isinstance(self.terms, Collected) else built
        return f"{self.id} {made}{gone} {self.told.key}".rstrip()

    @property
    def made(self) -> tuple[datetime, datetime]:
        """The moment that a release of ours looks at, and the one at which it was built. What others published has none."""
        if self.as_of is None or self.built_at is None:
            raise LookupError("a release that nobody built")
        return self.as_of, self.built_at

    def stood(self, moment: datetime | None) -> bool:
        """Whether it was there to be read at a moment (None: now) and not withdrawn."""
        since = self.terms.since if isinstance(self.terms, Collected) else self.published_at or self.built_at
        return moments.stood(moment, since, self.withdrawn.at if self.withdrawn else None)

    def offers(self, dataset: Dataset, axes: Iterable[Axis]) -> bool:
        """Whether it answers with the table of these axes."""
        if isinstance(self.terms, Options):
            return self.terms.offer(dataset, axes)
        return offer_id(dataset.id, table_id(axes)) in self.offered

    def has(self, dataset: str, table: str) -> bool:
        """Whether a protected release says something of a table's cells, offered by itself or not."""
        return isinstance(self.terms, Terms) and table in self.terms.tables.get(dataset, ())


@dataclass(frozen=True, slots=True)
class Shown:
    """A release that answers a query, and the one of the year before where it is compared with one.

    Their margins are looked for in `sources` and `sources_before`, in that order.
    """

    release: Listed
    before: Listed | None
    sources: tuple[Listed, ...] = ()
    sources_before: tuple[Listed, ...] = ()

    @property
    def releases(self) -> tuple[Listed, ...]:
        """Every release of which something may be shown."""
        return tuple({one.id: one for one in (*self.sources, *self.sources_before)}.values())


def offer_id(dataset: str, table: str) -> str:
    """How a table of a dataset is named among those that a release offers."""
    return f"{dataset}:{table}"


def every(*audiences: str) -> tuple[Listed, ...]:
    """All releases of these audiences (none named: exact ones), by period, the latest vintage of each first."""
    return fetch(EVERY, audiences or (EXACT,))


def find(release_id: str, audiences: Iterable[str]) -> Listed | None:
    """The release of an id, if it is one of these audiences and there to be read."""
    if not RELEASE_ID.fullmatch(release_id):
        return None
    return next(iter(fetch(OF_ID, audiences, release_id)), None)


def fetch(sql: str, audiences: Iterable[str], *parameters: str) -> tuple[Listed, ...]:
    """The releases of one of the statements above; the parameters are periods, or the one that it has."""
    asked = tuple(audiences)
    with connection.cursor() as cursor:
        cursor.execute(placed(sql, len(asked), len(parameters)), [*asked, *parameters])
        return tuple(listed(row) for row in cursor.fetchall())


@cache
def placed(sql: str, audiences: int, periods: int) -> str:
    """A statement with so many places in its lists."""
    return sql.replace(AUDIENCES, ", ".join(["%s"] * audiences)).replace(PERIODS, ", ".join(["%s"] * periods))


@lru_cache(maxsize=1024)
def listed(row: tuple[Any, ...]) -> Listed:
    """A row as a release. The row is the key, so what is kept cannot be outdated."""
    release_id, audience, text, vintage, as_of, built_at, settings, lists, notes, commitment, published_at, *rest = row
    withdrawn_at, reason, replacement, offered, *beside = rest
    period = Period.parse(text)
    if period is None:
        raise LookupError("a release of no period")
    terms = (Options if audience == EXACT else Terms).stored(json.loads(settings))
    withdrawn = Withdrawn(withdrawn_at, reason, replacement) if withdrawn_at else None
    said = told(*beside)
    known = (*json.loads(notes), *([WITHDRAWN] if withdrawn else []), *([ERRATUM] if said.errata else []))
    return Listed(
        release_id,
        audience,
        period,
        vintage,
        as_of,
        built_at,
        terms,
        json.loads(lists),
        known,
        commitment,
        published_at,
        withdrawn,
        frozenset((offered or "").split()),
        said,
    )


def latest(releases: Iterable[Listed]) -> dict[str, Listed]:
    """The first release of each period."""
    found: dict[str, Listed] = {}
    for release in releases:
        found.setdefault(release.period.id, release)
    return found
