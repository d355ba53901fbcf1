"""When a release may be published beside others of the same months: new vintages, and pools of years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain
from uuid import UUID

from django.db.models import Max

from cases.dimensions import table_id
from cases.months import COPENHAGEN
from cases.statistics.counting.build import NOT_ENDED, notes
from cases.statistics.errors import refuse
from cases.statistics.models import AUTHORITY, PUBLIC, Release
from cases.statistics.periods import Period
from cases.statistics.publishing.choice import Choice
from cases.statistics.publishing.perturbation import code_of
from cases.statistics.publishing.records import CountedRecord
from cases.statistics.publishing.sources import ReleaseSource
from partners.text import Text

LETTERS = {PUBLIC: "p", AUTHORITY: "a"}
LEAST_CHANGES = 10
MOST_VINTAGES_OF_CLOSED_YEAR = 2
EARLY = Text(
    "Perioden er ikke slut: uden et valg af tabeller udgives kun det samlede antal. Hver anden tabel kan koste tal i den endelige "
    "udgave, hvor en celle skjules, når få personer er kommet til eller faldet fra.",
    "The period has not ended: without a choice of tables the total alone is published. Every other table may cost the final "
    "vintage figures: a cell that a few persons have joined or left is hidden in it.",
)


def check_audience(audience: str) -> None:
    """Raise `ReleaseRefused` for an audience without protected releases."""
    if audience not in LETTERS:
        raise refuse(
            f"Beskyttede udgivelser er for: {', '.join(LETTERS)}.",
            f"Protected releases are for: {', '.join(LETTERS)}.",
        )


def next_id(audience: str, period: Period) -> str:
    """The id of the next vintage, drafts counted."""
    return f"{period.id}.{LETTERS[audience]}{last_vintage(audience, period) + 1}"


def last_vintage(audience: str, period: Period) -> int:
    """The number of the last vintage, or 0."""
    last_number = Release.objects.filter(audience=audience, period=period.id).aggregate(last=Max("vintage"))["last"]
    return last_number or 0


def last_published(audience: str, period: Period, earlier: Iterable[ReleaseSource]) -> ReleaseSource | None:
    """The last published vintage of a period for an audience. None: there is none."""
    vintages = [source for source in earlier if (source.audience, source.period) == (audience, period)]
    return max(vintages, key=lambda source: source.as_of, default=None)


def is_early(audience: str, period: Period, moment: datetime) -> bool:
    """Whether a public release is early: as of a moment before the end of its period, so that more decisions come for certain."""
    return audience == PUBLIC and NOT_ENDED in notes(period, moment)


def check_pool(audience: str, period: Period, earlier: Iterable[ReleaseSource]) -> None:
    """Raise `ReleaseRefused` for a pool that overlaps another: their difference is a table that nobody has audited."""
    pools = {source.period for source in earlier if source.audience == audience and source.period.pool}
    for pool in pools:
        if period.pool and pool != period and pool.first <= period.last and period.first <= pool.last:
            raise refuse(
                f"Puljer overlapper aldrig, og {pool.id} er udgivet.",
                f"Pools never overlap, and {pool.id} is published.",
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
    return tuple(sorted(chain(records_left, *years.values()), key=lambda record: record.id))


def check_vintage(
    audience: str,
    period: Period,
    choice: Choice,
    moment: datetime,
    records: Iterable[CountedRecord],
    earlier: Sequence[ReleaseSource],
) -> None:
    """Raise `ReleaseRefused` for a vintage too soon after the last: the two must not differ in a few persons."""
    last = last_published(audience, period, earlier)
    if last is None:
        return
    if moment <= last.as_of:
        raise refuse(
            f"{last.id} er opgjort pr. et senere tidspunkt: en ny udgave skal være opgjort senere end den.",
            f"{last.id} is as of a later moment: a new vintage looks at a later one.",
        )
    check_tables(last, choice)
    check_changes(last, moment, readings(records, last.choice))
    vintages = sum((source.audience, source.period) == (audience, period) for source in earlier)
    if audience == AUTHORITY and year_of(moment) > period.last.year and vintages >= MOST_VINTAGES_OF_CLOSED_YEAR:
        raise refuse(
            f"Et afsluttet år har højst {MOST_VINTAGES_OF_CLOSED_YEAR} udgaver for myndigheder.",
            f"A closed year has at most {MOST_VINTAGES_OF_CLOSED_YEAR} vintages for authorities.",
        )


def check_tables(last: ReleaseSource, choice: Choice) -> None:
    """Raise `ReleaseRefused` where a table of the last vintage is missing, or a dataset of sums.

    Two tables that cut a dimension in different places are audited together where one release has both. So a later vintage may have
    more tables, and none less.
    """
    if not table_names(last.choice) <= table_names(choice):
        raise refuse(
            f"En ny udgave har alle tabeller fra den forrige, {last.id}; den kan have flere.",
            f"A new vintage has every table of the last one, {last.id}; it may have more.",
        )
    if missing := sorted(set(last.choice.sums) - set(choice.sums)):
        raise refuse(
            f"En ny udgave har alle tællinger fra den forrige, {last.id}; {', '.join(missing)} mangler.",
            f"A new vintage has all counts of the last one, {last.id}; {', '.join(missing)} is missing.",
        )


def check_changes(last: ReleaseSource, moment: datetime, read: set[tuple[UUID, tuple[str, ...]]]) -> None:
    """Raise `ReleaseRefused` where too few records changed since the last vintage, as the tables of that one tell them apart.

    A table that the last vintage lacks tells nothing of what changed, so what changed there does not count.
    """
    persons_changed = {who for who, _ in readings(last.records, last.choice) ^ read}
    year_has_turned = year_of(moment) > year_of(last.as_of)
    if len(persons_changed) < LEAST_CHANGES and not year_has_turned:
        raise refuse(
            f"Siden {last.id} er færre end {LEAST_CHANGES} oplysninger ændret: "
            "en ny udgave må vente på flere, eller på årets slutning.",
            f"Since {last.id} fewer than {LEAST_CHANGES} records have changed: "
            "a new vintage has to wait for more, or for the year's end.",
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
