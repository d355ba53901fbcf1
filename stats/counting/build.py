"""Building a release: wait, snapshot, cube, cells. One transaction, and the release's row comes last: it seals its tables.

The same snapshot counted again is not a new vintage: the present one is returned, once its cells prove to be the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from cases.linking.resolution import PARTNERS
from cases.months import COPENHAGEN
from core.text import Text, say
from partners import audit, locks
from partners.audit import Actor
from stats import rooms_above
from stats.counting import cube, erasures, moments, snapshot
from stats.counting.cube import DEFAULT_DEPTH, Options
from stats.counting.notes import notes_of_vintage
from stats.errors import ReleaseRefused, refuse
from stats.models import EXACT, Release
from stats.periods import FORMS, Period

# One builder at a time: a vintage is the next number, and two builds would only halve each other's memory.
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('henvis.release', 0))"
STORE = """
INSERT INTO statistics_releasetable (release_id, dataset, axes, codes, counts)
SELECT %s, dataset, axes, codes, counts FROM ({}) AS built
"""
NOT_ENDED = "PERIOD_NOT_ENDED"
NO_DATA = say(
    "Der er ingen data for perioden: ingen partner har indberettet noget, heller ikke at der intet var. Der er intet at udgive, "
    "heller ikke et nul.",
    "There are no data of this period: no partner has reported anything, not even that there was nothing. There is nothing to "
    "publish, not even a zero.",
)
# An attribute that is not known because the records contradict each other: of an exact release followed by the dimension, of a
# protected one by nothing. Of how many persons is an exact figure: it stands with the totals, behind their guarded function.
UNRESOLVED = "UNRESOLVED"
# Of a public release that shows its total: two members of staff decided that others published theirs by another definition.
DEFINITIONS_DIFFER = "DEFINITIONS_DIFFER"

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class ExactBuild:
    """A release, and whether it is new or was there already with the same records and cells."""

    release: Release
    created: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """What a count came to. `source` is a query of the tables, good until the transaction ends."""

    records: dict[str, int]
    snapshots: dict[str, str]
    source: str
    digest: str
    unresolved_counts: dict[str, dict[str, int]]

    @property
    def totals(self) -> dict[str, Any]:
        """The number of records of each dataset, and by dimension how many of it are unresolved, as a release stores them."""
        return {**self.records, **({UNRESOLVED: self.unresolved_counts} if self.unresolved_counts else {})}


def build(
    *,
    by: Actor,
    period: str,
    as_of: datetime | None = None,
    depth: int = DEFAULT_DEPTH,
    dimensions: Iterable[str] | None = None,
    change_notes: Text | None = None,
    longest_wait: timedelta = moments.LONGEST,
    tell: Tell = lambda _: None,
) -> ExactBuild:
    """Build the release of a period as of a moment (default: now). `tell` hears what is going on.

    A later vintage needs change notes. Raises `ReleaseRefused` for what cannot be built, and its subclass `StillOpen` where other
    transactions do not end in time. Call it outside of a transaction: it waits for those of others.
    """
    options = Options.choose(depth, dimensions)
    of, moment = period_and_moment(period, as_of)
    moments.wait_for_writers(moment, longest=longest_wait, tell=tell)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(LOCK)
        # An erasure keeps what each release counted of the person: of one that is not there yet it would keep nothing.
        locks.hold_off_erasures()
        erasures.demand_counted_as_now(moment)
        erasures.demand_whole(of)
        tally = count(of, moment, options, tell=tell)
        check_data(of, moment, tally)
        present = same_records(of, moment, options, tally)
        if present is not None:
            return ExactBuild(confirm(present, tally), created=False)
        release = store(by, of, moment, options, tally, change_notes)
    tell(f"{release.pk} is stored")
    return ExactBuild(release, created=True)


def period_and_moment(text: str, as_of: datetime | None) -> tuple[Period, datetime]:
    """The period of a text and the moment to look at, now by default. Raises `ReleaseRefused` where it begins after that."""
    of, moment = parse_period(text), moments.moment(as_of)
    if of.first > moment.astimezone(COPENHAGEN).date():
        raise refuse(
            "Perioden begynder efter det tidspunkt, der opgøres pr.", "The period begins after the as-of moment."
        )
    return of, moment


def parse_period(text: str) -> Period:
    """The period of a text. Raises `ReleaseRefused`."""
    period = Period.parse(text)
    if period is None:
        raise refuse(
            f"En periode skrives som en af: {', '.join(FORMS)}.",
            f"A period is written like one of: {', '.join(FORMS)}.",
        )
    return period


def count(period: Period, as_of: datetime, options: Options, *, again: str = "", tell: Tell = lambda _: None) -> Tally:
    """Take the snapshots and count every table into temporary ones. Inside a transaction, once.

    `again`: the release (by id) that is counted again, with what erasures since have kept of it.
    """
    snapshot.prepare()
    records, hashes, sources = {}, {}, []
    unresolved_counts: dict[str, dict[str, int]] = {}
    for dataset in options.datasets():
        tell(f"{dataset.id}: snapshot")
        records[dataset.id], hashes[dataset.id] = snapshot.take(dataset, options.of(dataset), period, as_of, again)
        if some := snapshot.count_unresolved(dataset, options.of(dataset)):
            unresolved_counts[dataset.id] = some
        tell(f"{dataset.id}: cube")
        cube_of_dataset = cube.build(dataset, options.of(dataset), options.depth, period)
        sources.append(f"SELECT '{dataset.id}' AS dataset, axes, codes, counts FROM {cube_of_dataset}")
    source = " UNION ALL ".join(sources)
    return Tally(records, hashes, source, cube.digest_of_source(source), unresolved_counts)


def check_data(period: Period, as_of: datetime, tally: Tally) -> None:
    """Raise `ReleaseRefused` for a period of which nobody reported anything: how many there are is not known, and no zero."""
    if not any(tally.records.values()) and rooms_above.reports(period.first, period.last, as_of).are_none:
        raise ReleaseRefused(NO_DATA)


def same_records(period: Period, as_of: datetime, options: Options, tally: Tally) -> Release | None:
    """The vintage of the same or the nearest earlier moment, where it counted the same records in the same way.

    What a reader must know of it has to be the same too: a year that ended meanwhile, without a record more, is news.
    """
    nearest = (
        Release.objects.filter(audience=EXACT, period=period.id, as_of__lte=as_of, settings=options.as_json())
        .order_by("-as_of", "-vintage")
        .first()
    )
    if nearest is None:
        return None
    then = nearest.snapshots, nearest.codelists, nearest.notes, nearest.records
    now = tally.snapshots, options.codelists(), notes_of(period, as_of, tally), tally.totals
    return nearest if then == now else None


def confirm(present: Release, tally: Tally) -> Release:
    """A release that was built before. Raises `ReleaseRefused` where the same records now give other cells."""
    if present.digest != tally.digest:
        raise refuse(
            f"{present.pk} talte de samme oplysninger og har andre celler: kør `release verify {present.pk}`.",
            f"{present.pk} counted the same records and has other cells: run `release verify {present.pk}`.",
        )
    return present


def store(
    by: Actor, period: Period, as_of: datetime, options: Options, tally: Tally, change_notes: Text | None
) -> Release:
    """Store the tables, then the release and its audit row. Raises `ReleaseRefused` for a later vintage without change notes."""
    last = Release.objects.filter(audience=EXACT, period=period.id).aggregate(last=Max("vintage"))["last"] or 0
    notes = notes_of_vintage(change_notes, EXACT, period, last + 1)
    release = Release(
        id=f"{period.id}.v{last + 1}",
        period=period.id,
        first_month=period.first,
        last_month=period.last,
        vintage=last + 1,
        as_of=as_of,
        client_id=by.client_id,
        user_id=by.user_id,
        settings=options.as_json(),
        codelists=options.codelists(),
        records=tally.totals,
        cells=cells_of(tally),
        snapshots=tally.snapshots,
        digest=tally.digest,
        notes=notes_of(period, as_of, tally),
        change_notes_da=notes.da,
        change_notes_en=notes.en,
        software=settings.HENVIS_VERSION,
        rule=rule(options),
    )
    with connection.cursor() as cursor:
        cursor.execute(STORE.format(tally.source), [release.pk])
    release.save(force_insert=True)
    audit.record(by=by, action="release.build", subject=release.pk, as_of=as_of.isoformat(), **options.as_json())
    return release


def rule(options: Options) -> str:
    """A digest of the rule by which a release counts: of the very statements. Another version of the program may have the same."""
    statements = [PARTNERS]
    for dataset in options.datasets():
        dimensions = options.of(dataset)
        size = min(options.depth, len(dimensions))
        statements += [
            snapshot.fill_sql(dataset, dimensions),
            cube.leaf_counts(dataset, dimensions, size),
            cube.roll_up(dataset, size),
        ]
    return snapshot.rule_of(statements)


def cells_of(tally: Tally) -> dict[str, int]:
    """The number of cells that are not zero, of each dataset."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT dataset, sum(cardinality(codes))::bigint FROM ({tally.source}) AS built GROUP BY 1")
        return dict(cursor.fetchall())


def notes(period: Period, as_of: datetime) -> list[str]:
    """What a reader must know of a release, as codes."""
    month = as_of.astimezone(COPENHAGEN).date().replace(day=1)
    return [NOT_ENDED] if month <= period.last else []


def notes_of(period: Period, as_of: datetime, tally: Tally) -> list[str]:
    """The notes of an exact release, which tell of each dimension whether an attribute is unresolved of anybody."""
    names = {name for counts in tally.unresolved_counts.values() for name in counts}
    return [*notes(period, as_of), *(f"{UNRESOLVED}:{name}" for name in sorted(names))]
