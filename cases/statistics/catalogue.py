"""The list of releases without their figures, and which of them answer a query.

Of protected releases only the published ones are in it: a draft is not there for anybody who reads.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection

from cases.statistics.audiences import ANSWERED_BY, LADDER
from cases.statistics.dimensions import Axis, Dataset, table_id
from cases.statistics.errors import QueryRefused
from cases.statistics.measures import Measure
from cases.statistics.models import AUTHORITY, EXACT, PUBLIC
from cases.statistics.options import Options
from cases.statistics.periods import Period
from cases.statistics.query import LATEST, Query, refused
from cases.statistics.revisions import moments
from cases.statistics.revisions.told import COLUMNS, ERRATA, ERRATUM, SILENT, Told, Withdrawn, told
from cases.statistics.terms import Terms

# Whether a table is offered was decided from what it shows; a release has some dozens of tables.
OFFERED = """
SELECT string_agg(t.dataset || ':' || t.axes, ' ' ORDER BY t.dataset, t.axes) AS tables
FROM cases_publishedtable t WHERE t.release_id = r.id AND t.offered
"""
# A list goes as one text, and nothing in it has a blank: the driver takes long to write an array out.
BLANK = " "
LIST = f"string_to_array(%s, '{BLANK}')"
OF_AUDIENCES = f"""
SELECT r.id, r.audience, r.period, r.vintage, r.as_of, r.built_at, r.settings::text, r.codelists::text, r.notes::text,
       r.commitment, p.published_at, w.withdrawn_at, w.reason, w.replacement_id, o.tables, {COLUMNS}
FROM cases_release r
LEFT JOIN cases_publication p ON p.release_id = r.id
LEFT JOIN cases_withdrawal w ON w.release_id = r.id
LEFT JOIN LATERAL ({OFFERED}) o ON true
LEFT JOIN LATERAL ({ERRATA}) e ON true
WHERE r.audience = ANY({LIST}) AND (r.audience = '{EXACT}' OR p.release_id IS NOT NULL)
"""
# Of two vintages the later is the one that looks at the later moment, not the one that was built last.
NEWEST_FIRST = "ORDER BY r.first_month, r.last_month, r.as_of DESC, r.vintage DESC"
EVERY = f"{OF_AUDIENCES} {NEWEST_FIRST}"
OF_PERIODS = f"{OF_AUDIENCES} AND r.period = ANY({LIST}) {NEWEST_FIRST}"
OF_YEARS = f"{OF_AUDIENCES} AND r.period ~ '^[0-9]{{4}}$' {NEWEST_FIRST}"
OF_ID = f"{OF_AUDIENCES} AND r.id = %s"
RELEASE_ID = re.compile(r"([0-9Q-]{4,9})\.[vpa][1-9][0-9]{0,5}", re.ASCII)
WITHDRAWN = "WITHDRAWN"


@dataclass(frozen=True, slots=True)
class Listed:
    """A release as its readers may know it. `terms` are its options, or what a protected one was made to."""

    id: str
    audience: str
    period: Period
    vintage: int
    as_of: datetime
    built_at: datetime
    terms: Options | Terms
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
        return f"{self.id} {self.as_of.isoformat()} {self.built_at.isoformat()}{gone} {self.told.key}".rstrip()

    def stood(self, moment: datetime | None) -> bool:
        """Whether it was there to be read at a moment (None: now) and not withdrawn."""
        return moments.stood(moment, self.published_at or self.built_at, self.withdrawn.at if self.withdrawn else None)

    def offers(self, dataset: Dataset, axes: Iterable[Axis]) -> bool:
        """Whether it answers with the table of these axes."""
        if isinstance(self.terms, Options):
            return self.terms.offer(dataset, axes)
        return offer_id(dataset.id, table_id(axes)) in self.offered


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
    """The releases of one of the statements above."""
    with connection.cursor() as cursor:
        cursor.execute(sql, [BLANK.join(audiences), *parameters])
        return tuple(listed(row) for row in cursor.fetchall())


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


def select(query: Query, audience: str = EXACT) -> tuple[Shown, ...]:
    """The releases that a query asks for, in the order of their periods. One statement. Raises `QueryRefused`."""
    named = query.release != LATEST
    period = period_of(query.release, audience) if named else query.period
    asked = ANSWERED_BY[audience]
    releases = fetch(OF_PERIODS, asked, BLANK.join(needed(period))) if period else fetch(OF_YEARS, asked)
    releases = tuple(sorted(releases, key=rank))
    current = tuple(release for release in releases if release.stood(query.moment))
    newest = latest(current)
    # A vintage that was built with fewer tables takes no figure away: an earlier one that has the table still answers.
    offering = latest(release for release in current if release.offers(query.dataset, query.axes))
    if named:
        chosen = [the_named(query, audience, releases, offering)]
    elif period:
        chosen = [the_newest(query, audience, offering, newest, period)]
    else:
        chosen = sorted(offering.values(), key=lambda release: release.period.first)
        if not chosen:
            raise refused_everywhere(query, audience, newest)
    compared = {Measure.CHANGE, Measure.CHANGE_PERCENT} & set(query.measures)
    # One audience's vintages are not mixed; an authority's figures stand beside what is published.
    beside = current if audience == AUTHORITY else ()
    return tuple(shown(release, the_year_before(release, offering) if compared else None, beside) for release in chosen)


def shown(release: Listed, before: Listed | None, beside: Sequence[Listed]) -> Shown:
    """A release and the one of the year before, with where their margins are."""
    return Shown(release, before, sources(release, beside), sources(before, beside) if before else ())


def sources(release: Listed, beside: Sequence[Listed]) -> tuple[Listed, ...]:
    """The releases that give a table's margins: what is published comes first, whichever gives the table itself."""
    others = [
        one
        for one in beside
        if one.period == release.period and one.id != release.id and PUBLIC in {one.audience, release.audience}
    ]
    return tuple(sorted([release, *others], key=rank))


def rank(release: Listed) -> int:
    """The wider its readers, the sooner a release answers."""
    return LADDER.index(release.audience)


def needed(period: Period) -> list[str]:
    """The periods that a query of one period can need."""
    return [period.id, *([period.year_before] if period.year_before else [])]


def period_of(release_id: str, audience: str) -> Period:
    """The period in a release's id. Raises `QueryRefused`."""
    match = RELEASE_ID.fullmatch(release_id)
    period = Period.parse(match[1]) if match else None
    if period is None:
        raise unknown(audience)
    return period


def unknown(audience: str) -> QueryRefused:
    """That there is no such release, with those that there are."""
    return refused("release", "release_unknown", [LATEST, *(release.id for release in every(*ANSWERED_BY[audience]))])


def the_named(query: Query, audience: str, releases: Iterable[Listed], offering: dict[str, Listed]) -> Listed:
    """The release of an id, where it has the table and is of the period asked for. Raises `QueryRefused`.

    What is published of the period answers in place of a release that is not.
    """
    release = next((release for release in releases if release.id == query.release), None)
    if release is None:
        raise unknown(audience)
    if query.period is not None and query.period != release.period:
        raise refused("release", "release_of_another_period", [release.period.id])
    first = offering.get(release.period.id)
    if first is not None and rank(first) < rank(release):
        return first
    if not release.offers(query.dataset, query.axes):
        raise lacking(query, release)
    return release


def the_newest(
    query: Query, audience: str, offering: dict[str, Listed], newest: dict[str, Listed], period: Period
) -> Listed:
    """The latest release of a period that has the table. Raises `QueryRefused`, where none has it for what the latest lacks."""
    if period.id in offering:
        return offering[period.id]
    if period.id not in newest:
        name = "year" if query.by_year else "period"
        raise refused(name, "period_without_release", latest(every(*ANSWERED_BY[audience])))
    raise lacking(query, newest[period.id])


def the_year_before(release: Listed, offering: dict[str, Listed]) -> Listed | None:
    """The latest release of the year before that has the table."""
    return offering.get(release.period.year_before or "")


def lacking(query: Query, release: Listed) -> QueryRefused:
    """What a release lacks of the table of the query's axes.

    A protected release says no more than that: which tables it offers was decided from figures, and it lists them itself.
    """
    if isinstance(release.terms, Terms):
        return refused("by", "table_not_offered")
    offered = release.terms.dimensions[query.dataset.id]
    by = {axis.dimension for axis in query.by}
    for axis in query.axes:
        if axis.dimension not in offered:
            return refused("by" if axis.dimension in by else axis.dimension, "dimension_not_in_release", offered)
    return refused("by", "too_many_dimensions")


def refused_everywhere(query: Query, audience: str, newest: dict[str, Listed]) -> QueryRefused:
    """Why no year's release answers: what the first one lacks, where there is one."""
    if newest:
        return lacking(query, next(iter(newest.values())))
    return refused("period", "period_without_release", latest(every(*ANSWERED_BY[audience])))
