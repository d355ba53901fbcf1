"""When a release may be published beside others of the same months: new vintages, and pools of years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from cases.dimensions import table_id
from cases.months import COPENHAGEN
from cases.statistics.errors import ReleaseRefused
from cases.statistics.models import AUTHORITY, PUBLIC, Release
from cases.statistics.periods import Period
from cases.statistics.publishing.choice import Choice
from cases.statistics.publishing.perturbation import code_of
from cases.statistics.publishing.records import CountedRecord
from cases.statistics.publishing.sources import ReleaseSource
from partners.text import say

LETTERS = {PUBLIC: "p", AUTHORITY: "a"}
LEAST_CHANGES = 10
MOST_VINTAGES_OF_CLOSED_YEAR = 2


def check_audience(audience: str) -> None:
    """Raise `ReleaseRefused` for an audience without protected releases."""
    if audience not in LETTERS:
        raise ReleaseRefused(
            say(
                f"Beskyttede udgivelser er for: {', '.join(LETTERS)}.",
                f"Protected releases are for: {', '.join(LETTERS)}.",
            )
        )


def next_id(audience: str, period: Period) -> str:
    """The id of the next vintage, drafts counted."""
    return f"{period.id}.{LETTERS[audience]}{last_vintage(audience, period) + 1}"


def last_vintage(audience: str, period: Period) -> int:
    """The number of the last vintage, or 0."""
    last_number = Release.objects.filter(audience=audience, period=period.id).aggregate(last=Max("vintage"))["last"]
    return last_number or 0


def check_pool(audience: str, period: Period, earlier: Iterable[ReleaseSource]) -> None:
    """Raise `ReleaseRefused` for a pool that overlaps another: their difference is a table that nobody has audited."""
    pools = {source.period for source in earlier if source.audience == audience and source.period.pool}
    for pool in pools:
        if period.pool and pool != period and pool.first <= period.last and period.first <= pool.last:
            raise ReleaseRefused(
                say(
                    f"Puljer overlapper aldrig, og {pool.id} er udgivet.",
                    f"Pools never overlap, and {pool.id} is published.",
                )
            )


def freeze_published_years(
    period: Period, records: Iterable[CountedRecord], earlier: Sequence[ReleaseSource]
) -> tuple[CountedRecord, ...]:
    """The records of a public pool: of a published year those of its latest vintage, of the other years those given.

    A pool of later records, less its years, would tell of the few records that came late.
    """
    years = {
        source.period.first.year: source.records
        for source in sorted(earlier, key=lambda source: source.as_of)
        if source.public and source.period.annual and period.first <= source.period.first <= period.last
    }
    records_left = [record for record in records if record.month.year not in years]
    return tuple(
        sorted(
            [*records_left, *(each for records_of_year in years.values() for each in records_of_year)],
            key=lambda record: record.id,
        )
    )


def check_vintage(
    audience: str,
    period: Period,
    choice: Choice,
    moment: datetime,
    records: Iterable[CountedRecord],
    earlier: Sequence[ReleaseSource],
) -> None:
    """Raise `ReleaseRefused` for a vintage too soon after the last: the two must not differ in a few persons."""
    vintages = [source for source in earlier if source.audience == audience and source.period == period]
    if not vintages:
        return
    last = max(vintages, key=lambda source: source.as_of)
    if moment <= last.as_of:
        raise ReleaseRefused(
            say(
                f"{last.id} er opgjort pr. et senere tidspunkt: en ny udgave skal være opgjort senere end den.",
                f"{last.id} is as of a later moment: a new vintage looks at a later one.",
            )
        )
    check_changes(last, choice, moment, readings(records, choice))
    if audience == AUTHORITY and year_of(moment) > period.last.year and len(vintages) >= MOST_VINTAGES_OF_CLOSED_YEAR:
        raise ReleaseRefused(
            say(
                f"Et afsluttet år har højst {MOST_VINTAGES_OF_CLOSED_YEAR} udgaver for myndigheder.",
                f"A closed year has at most {MOST_VINTAGES_OF_CLOSED_YEAR} vintages for authorities.",
            )
        )


def check_changes(
    last: ReleaseSource, choice: Choice, moment: datetime, read: set[tuple[UUID, tuple[str, ...]]]
) -> None:
    """Raise `ReleaseRefused` where too few records changed since the last vintage, or where its tables are others."""
    persons_changed = {who for who, _ in readings(last.records, choice) ^ read}
    if persons_changed and table_names(choice) != table_names(last.choice):
        raise ReleaseRefused(
            say(
                f"En udgave med andre oplysninger har tabellerne fra den forrige, {last.id}.",
                f"A vintage with other records has the tables of the last one, {last.id}.",
            )
        )
    year_has_turned = year_of(moment) > year_of(last.as_of)
    if len(persons_changed) < LEAST_CHANGES and not year_has_turned:
        raise ReleaseRefused(
            say(
                f"Siden {last.id} er færre end {LEAST_CHANGES} oplysninger ændret: "
                "en ny udgave må vente på flere, eller på årets slutning.",
                f"Since {last.id} fewer than {LEAST_CHANGES} records have changed: "
                "a new vintage has to wait for more, or for the year's end.",
            )
        )


def readings(records: Iterable[CountedRecord], choice: Choice) -> set[tuple[UUID, tuple[str, ...]]]:
    """The records as the tables tell them apart: each with its codes on the axes in use."""
    axes = list({axis.id: axis for table in choice.tables for axis in table}.values())
    return {(record.id, tuple(code_of(axis, record) for axis in axes)) for record in records}


def table_names(choice: Choice) -> set[str]:
    """The stored names of a choice's tables."""
    return {table_id(table) for table in choice.tables}


def year_of(moment: datetime) -> int:
    """The year of a moment in Copenhagen."""
    return moment.astimezone(COPENHAGEN).year
