"""The list of releases without their figures. Which of them answer a query is chosen in `stats.reading.release_choice`.

Our own are rows of the database, of protected ones the published alone: a draft is there for nobody who reads. External ones stand
beside them for whoever reads what is public. What anybody may read of releases is a function of how far publishing has come, the
public state. A published release, its tables and its certificate never change. What can be added afterwards are publications,
withdrawals, errata and signs "under review". Their tables lose no row and change none, so their sizes and latest moments are a
version of everything public.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from itertools import combinations
from typing import Any

from django.db import connection

from cases.dimensions import table_id
from cases.invented import is_invented
from core.text import of_both
from stats.counting.cube import Options
from stats.errors import ReleaseGone
from stats.models import EXACT, PUBLIC
from stats.periods import Period, PeriodKind
from stats.reading import external
from stats.reading.announcements import COLUMNS, ERRATA, WithdrawalNotice, announcements_of
from stats.reading.datasets import DRAWN
from stats.reading.entries import OWN, CatalogueEntry, Telling, Terms, offer_id
from stats.sums.datasets import DATASETS_AS_READ

PublicState = tuple[int | datetime | None, ...]

PUBLIC_STATE = """
SELECT p.n, p.last, w.n, w.last, e.n, e.last, s.n, t.n
FROM (SELECT count(*) AS n, max(published_at) AS last FROM statistics_publication) p,
     (SELECT count(*) AS n, max(withdrawn_at) AS last FROM statistics_withdrawal) w,
     (SELECT count(*) AS n, max(decided_at) AS last FROM statistics_erratumdecision WHERE approved) e,
     (SELECT count(*) AS n FROM statistics_reviewsign) s,
     (SELECT count(*) AS n FROM statistics_reviewsignend) t
"""


def public_state() -> PublicState:
    """The state now. One statement. What is read after it is of this state or a later one."""
    with connection.cursor() as cursor:
        cursor.execute(PUBLIC_STATE)
        row: PublicState = cursor.fetchone() or ()
        return row


# Whether a table of persons is offered was decided from what it shows; a release has some dozens of tables. Of sums every one is.
OFFERED = """
SELECT string_agg(DISTINCT t.dataset || ':' || t.axes, ' ') AS tables
FROM (
  SELECT p.dataset, p.axes FROM statistics_publishedtable p WHERE p.release_id = r.id AND p.offered
  UNION ALL SELECT s.dataset, s.axes FROM statistics_publishedsumtable s WHERE s.release_id = r.id
) t
"""
# Which releases told something of its hidden cells once they were published. As one text, as the errata are.
TELLINGS = """
SELECT json_agg(json_build_array(q.release_id, q.published_at) ORDER BY q.published_at, q.release_id)::text AS every
FROM statistics_publication q
WHERE EXISTS (SELECT FROM statistics_publishedtold d WHERE d.release_id = q.release_id AND d.of_id = r.id)
  OR EXISTS (SELECT FROM statistics_publishedsumtold d WHERE d.release_id = q.release_id AND d.of_id = r.id)
"""
# Of a release that was replaced what stands in its place: the replacement, or where that was withdrawn too its own, and so on.
IN_ITS_PLACE = """
WITH RECURSIVE chain AS (
  SELECT w.replacement_id AS id
  UNION SELECT n.replacement_id FROM chain c JOIN statistics_withdrawal n ON n.release_id = c.id
)
SELECT c.id FROM chain c WHERE NOT EXISTS (SELECT FROM statistics_withdrawal n WHERE n.release_id = c.id)
"""
# Where a list goes, with a place for each of its members. Of an array, whose length it cannot know, the server makes a new plan at
# every request (0.3 ms of 0.5), and the driver takes long to write one out.
AUDIENCES, PERIODS = "{audiences}", "{periods}"
OF_AUDIENCES = f"""
SELECT r.id, r.audience, r.period, r.vintage, r.as_of, r.built_at, r.settings::text, r.codelists::text, r.notes::text,
       r.commitment, p.published_at, w.withdrawn_at, w.reason, w.replacement_id IS NOT NULL, ({IN_ITS_PLACE}),
       o.tables, g.every, {COLUMNS}
FROM statistics_release r
LEFT JOIN statistics_publication p ON p.release_id = r.id
LEFT JOIN statistics_withdrawal w ON w.release_id = r.id
LEFT JOIN LATERAL ({OFFERED}) o ON true
LEFT JOIN LATERAL ({TELLINGS}) g ON true
LEFT JOIN LATERAL ({ERRATA}) e ON true
WHERE r.audience IN ({AUDIENCES}) AND (r.audience = '{EXACT}' OR p.release_id IS NOT NULL)
"""
# Of two vintages the later is the one that looks at the later moment, not the one that was built last.
NEWEST_FIRST = "ORDER BY r.first_month, r.last_month, r.as_of DESC, r.vintage DESC"
EVERY = f"{OF_AUDIENCES} {NEWEST_FIRST}"
OF_PERIODS = f"{OF_AUDIENCES} AND r.period IN ({PERIODS}) {NEWEST_FIRST}"
FORMS = {PeriodKind.YEAR: "", PeriodKind.QUARTER: "-Q[1-4]", PeriodKind.POOL: "-[0-9]{4}"}
OF_KIND = {kind: f"{OF_AUDIENCES} AND r.period ~ '^[0-9]{{4}}{form}$' {NEWEST_FIRST}" for kind, form in FORMS.items()}
OF_ID = f"{OF_AUDIENCES} AND r.id = %s"
RELEASE_ID = re.compile(r"([0-9Q-]{4,9})\.[vpax][1-9][0-9]{0,5}", re.ASCII)
WITHDRAWN = "WITHDRAWN"


@dataclass(frozen=True, slots=True)
class PublicReleases:
    """Our own public releases in a state of publishing, as `NEWEST_FIRST` has them."""

    state_then: PublicState
    releases: tuple[CatalogueEntry, ...]


class CurrentReleases:
    """The list that this process read last. Reading asks each time whether it is still the newest."""

    releases = PublicReleases((), ())

    def read(self) -> PublicReleases:
        """The list as it is now. One statement, and another where something was published since."""
        now = public_state()
        if self.releases.state_then != now:
            self.releases = PublicReleases(now, fetch(EVERY, (PUBLIC,)))
        return self.releases


PUBLISHED = CurrentReleases()


def every(*audiences: str) -> tuple[CatalogueEntry, ...]:
    """All releases of these audiences (none named: exact ones), by period; ours first, the latest vintage of each first."""
    entries = (*select(EVERY, audiences or (EXACT,), lambda one: True), *external.of_audiences(audiences))
    return tuple(sorted(entries, key=lambda one: (one.period.first, one.period.last)))


def of_periods(audiences: Iterable[str], *periods: str) -> tuple[CatalogueEntry, ...]:
    """The releases of these audiences and periods, ours first. One statement."""
    others = (one for one in external.of_audiences(tuple(audiences)) if one.period.id in periods)
    return (*select(OF_PERIODS, audiences, lambda one: one.period.id in periods, *periods), *others)


def of_kind(audiences: Iterable[str], kind: PeriodKind) -> tuple[CatalogueEntry, ...]:
    """The releases of these audiences of every period of a kind, ours first. One statement."""
    others = (one for one in external.of_audiences(tuple(audiences)) if one.period.kind == kind)
    return (*select(OF_KIND[kind], audiences, lambda one: one.period.kind == kind), *others)


def find(release_id: str, audiences: Iterable[str]) -> CatalogueEntry | None:
    """The release of an id, if it is one of these audiences and there to be read. Raises `ReleaseGone`."""
    if external.is_external(release_id):
        return next((one for one in external.of_audiences(tuple(audiences)) if one.id == release_id), None)
    return find_own(release_id, audiences)


def find_own(release_id: str, audiences: Iterable[str]) -> CatalogueEntry | None:
    """The same among our own releases. Raises `ReleaseGone` for one that was withdrawn and has no replacement."""
    if not RELEASE_ID.fullmatch(release_id):
        return None
    release = next(iter(select(OF_ID, audiences, lambda one: one.id == release_id, release_id)), None)
    check_there(release)
    return release


def check_there(release: CatalogueEntry | None, parameter: str = "release_id") -> None:
    """Raise `ReleaseGone` for a release that was withdrawn and has no replacement: its tables are answered no more.

    `parameter`: which one named it.
    """
    if release is not None and release.is_gone and release.withdrawal:
        reason, current = of_both(release.withdrawal.reason), current_id(release)
        raise ReleaseGone(release.id, release.withdrawal.at, reason, parameter, current)


def current_id(release: CatalogueEntry) -> str:
    """The release of ours that holds for the period of one and that its readers may read; empty where none does."""
    same = of_periods(dict.fromkeys((PUBLIC, release.audience)), release.period.id)
    return next((one.id for one in same if one.kind == OWN and one.is_in_force(None)), "")


def select(
    sql: str, audiences: Iterable[str], is_meant: Callable[[CatalogueEntry], bool], *parameters: str
) -> tuple[CatalogueEntry, ...]:
    """Our releases of a statement. For everybody they come from the list that is kept, by what the statement means."""
    names = tuple(audiences)
    if names == (PUBLIC,):
        return tuple(one for one in PUBLISHED.read().releases if is_meant(one))
    return fetch(sql, names, *parameters)


def fetch(sql: str, audiences: Iterable[str], *parameters: str) -> tuple[CatalogueEntry, ...]:
    """Our releases of one of the statements above; the parameters are periods, or the one that it has."""
    names = tuple(audiences)
    with connection.cursor() as cursor:
        cursor.execute(with_places(sql, len(names), len(parameters)), [*names, *parameters])
        rows = cursor.fetchall()
    invented = is_invented()
    return tuple(entry(row, invented) for row in rows)


@cache
def with_places(sql: str, audiences: int, periods: int) -> str:
    """A statement with so many places in its lists."""
    return sql.replace(AUDIENCES, ", ".join(["%s"] * audiences)).replace(PERIODS, ", ".join(["%s"] * periods))


@lru_cache(maxsize=1024)
def entry(row: tuple[Any, ...], invented: bool) -> CatalogueEntry:
    """A row as a release. The row is the key, so what is kept cannot be outdated. `invented`: as its database says."""
    release_id, audience, text, vintage, as_of, built_at, settings, lists, notes, commitment, published_at, *rest = row
    withdrawn_at, reason, is_replaced, replacement, tables_offered, tellings, *announcement = rest
    period = Period.parse(text)
    if period is None:
        raise LookupError("a release of no period")
    stored_settings = json.loads(settings)
    names = with_drawn(frozenset((tables_offered or "").split()))
    terms = (
        Terms.exact(Options.of_settings(stored_settings))
        if audience == EXACT
        else Terms.of_protected(stored_settings, tables_of_sums(names))
    )
    notice = WithdrawalNotice(withdrawn_at, reason, replacement or "", is_replaced) if withdrawn_at else None
    announcements = announcements_of(*announcement)
    codes = (*json.loads(notes), *([WITHDRAWN] if notice else []), *announcements.codes)
    return CatalogueEntry(
        release_id,
        audience,
        period,
        vintage,
        # To the second: a finer moment tells of the machine, and of nothing else.
        as_of.replace(microsecond=0),
        built_at.replace(microsecond=0),
        terms,
        json.loads(lists),
        codes,
        commitment,
        published_at,
        notice,
        names,
        announcements,
        tellings=tuple(Telling(name, datetime.fromisoformat(at)) for name, at in json.loads(tellings or "[]")),
        invented=invented,
    )


def with_drawn(tables: frozenset[str]) -> frozenset[str]:
    """What a release offers, with the datasets that are drawn from its sums."""
    sums = {name for each in tables if (name := each.partition(":")[0]) in DATASETS_AS_READ}
    datasets = (one for one in DRAWN if any(name in sums for name, _ in one.drawn_from.values()))
    return tables | {offer_id(one.id, "") for one in datasets}


def tables_of_sums(names: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The tables of each dataset of sums among those that a release offers, the total first."""
    tables = {
        dataset.id: tuple(
            table
            for axes in ((), *((axis,) for axis in dataset.breakdowns), *combinations(dataset.breakdowns, 2))
            if offer_id(dataset.id, table := table_id(axes)) in names
        )
        for dataset in DATASETS_AS_READ.values()
    }
    return {dataset: of for dataset, of in tables.items() if of}
