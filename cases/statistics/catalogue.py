"""The list of releases without their figures, and which of them answer a query."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection

from cases.statistics.measures import Measure
from cases.statistics.models import EXACT
from cases.statistics.options import Options
from cases.statistics.periods import Period
from cases.statistics.query import LATEST, Query, refused

COLUMNS = "id, period, vintage, as_of, built_at, settings::text, codelists::text, notes::text, digest"
# Of two vintages the later is the one that looks at the later moment, not the one that was built last.
NEWEST_FIRST = "first_month, last_month, as_of DESC, vintage DESC"
OF_AUDIENCE = f"SELECT {COLUMNS} FROM cases_release WHERE audience = %s"
EVERY = f"{OF_AUDIENCE} ORDER BY {NEWEST_FIRST}"
OF_PERIODS = f"{OF_AUDIENCE} AND period = ANY(%s) ORDER BY {NEWEST_FIRST}"
OF_YEARS = f"{OF_AUDIENCE} AND period ~ '^[0-9]{{4}}$' ORDER BY {NEWEST_FIRST}"
RELEASE_ID = re.compile(r"(.{4,9})\.v[1-9][0-9]{0,5}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Listed:
    """A release as everybody may know it, and the digest of its cells."""

    id: str
    period: Period
    vintage: int
    as_of: datetime
    built_at: datetime
    options: Options
    codelists: dict[str, str]
    notes: tuple[str, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A release that answers a query, and the one of the year before where it is compared with one."""

    release: Listed
    before: Listed | None


def every() -> tuple[Listed, ...]:
    """All releases, by period, the latest vintage of each first."""
    return fetch(EVERY)


def fetch(sql: str, *parameters: list[str]) -> tuple[Listed, ...]:
    """The releases of one of the statements above."""
    with connection.cursor() as cursor:
        cursor.execute(sql, [EXACT, *parameters])
        return tuple(listed(row) for row in cursor.fetchall())


@lru_cache(maxsize=1024)
def listed(row: tuple[Any, ...]) -> Listed:
    """A row as a release. The row is the key, so what is kept cannot be outdated."""
    release_id, text, vintage, as_of, built_at, settings, lists, notes, digest = row
    period = Period.parse(text)
    if period is None:
        raise LookupError("a release of no period")
    options = Options.stored(json.loads(settings))
    return Listed(
        release_id, period, vintage, as_of, built_at, options, json.loads(lists), tuple(json.loads(notes)), digest
    )


def latest(releases: Iterable[Listed]) -> dict[str, Listed]:
    """The latest vintage of each period, of releases in the order of the statements above."""
    found: dict[str, Listed] = {}
    for release in releases:
        found.setdefault(release.period.id, release)
    return found


def select(query: Query) -> tuple[Shown, ...]:
    """The releases that a query asks for, in the order of their periods. One statement. Raises `QueryRefused`."""
    named = query.release != LATEST
    period = period_of(query.release) if named else query.period
    releases = fetch(OF_PERIODS, needed(period)) if period else fetch(OF_YEARS)
    newest = latest(releases)
    # A vintage that was built with fewer tables takes no figure away: an earlier one that has the table still answers.
    offering = latest(release for release in releases if release.options.offer(query.dataset, query.axes))
    if named:
        chosen = [the_named(query, releases)]
    elif period:
        chosen = [the_newest(query, offering, newest, period)]
    else:
        chosen = list(offering.values())
        if not chosen:
            raise refused_everywhere(query, newest)
    compared = {Measure.CHANGE, Measure.CHANGE_PERCENT} & set(query.measures)
    return tuple(Shown(release, the_year_before(release, offering) if compared else None) for release in chosen)


def needed(period: Period) -> list[str]:
    """The periods that a query of one period can need."""
    return [period.id, *([period.year_before] if period.year_before else [])]


def period_of(release_id: str) -> Period:
    """The period in a release's id. Raises `QueryRefused`."""
    match = RELEASE_ID.fullmatch(release_id)
    period = Period.parse(match[1]) if match else None
    if period is None:
        raise refused("release", "release_unknown", [LATEST, *(release.id for release in every())])
    return period


def the_named(query: Query, releases: Iterable[Listed]) -> Listed:
    """The release of an id, where it has the table and is of the period asked for. Raises `QueryRefused`."""
    release = next((release for release in releases if release.id == query.release), None)
    if release is None:
        raise refused("release", "release_unknown", [LATEST, *(release.id for release in every())])
    if query.period is not None and query.period != release.period:
        raise refused("release", "release_of_another_period", [release.period.id])
    check_offer(query, release)
    return release


def the_newest(query: Query, offering: dict[str, Listed], newest: dict[str, Listed], period: Period) -> Listed:
    """The latest release of a period that has the table. Raises `QueryRefused`, where none has it for what the latest lacks."""
    if period.id in offering:
        return offering[period.id]
    release = newest.get(period.id)
    if release is None:
        name = "year" if query.by_year else "period"
        raise refused(name, "period_without_release", latest(every()))
    check_offer(query, release)
    return release


def the_year_before(release: Listed, offering: dict[str, Listed]) -> Listed | None:
    """The latest release of the year before that has the table."""
    return offering.get(release.period.year_before or "")


def check_offer(query: Query, release: Listed) -> None:
    """Raise `QueryRefused` where the release has no table of the query's axes."""
    offered = release.options.dimensions[query.dataset.id]
    by = {axis.dimension for axis in query.by}
    for axis in query.axes:
        if axis.dimension not in offered:
            raise refused("by" if axis.dimension in by else axis.dimension, "dimension_not_in_release", offered)
    if not release.options.offer(query.dataset, query.axes):
        raise refused("by", "too_many_dimensions")


def refused_everywhere(query: Query, newest: dict[str, Listed]) -> Exception:
    """Why no year's release answers."""
    for release in newest.values():
        check_offer(query, release)
    return refused("period", "period_without_release", latest(every()))
