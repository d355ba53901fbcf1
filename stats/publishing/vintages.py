"""When a release may be published beside others of the same months: new vintages, and pools of years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import chain
from uuid import UUID

from django.db.models import Max

from cases.dimensions import table_id
from cases.months import COPENHAGEN, day_words, later
from core.text import Text
from stats.counting.build import NOT_ENDED, notes
from stats.errors import refuse
from stats.models import AUTHORITY, PUBLIC, Release, Withdrawal
from stats.periods import Period
from stats.publishing.cell_noise import code_of
from stats.publishing.choice import Choice
from stats.publishing.sources import CountedRecord, ReleaseSource

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
    return max(vintages_of(audience, period, earlier), key=lambda source: source.as_of, default=None)


def vintages_of(audience: str, period: Period, earlier: Iterable[ReleaseSource]) -> list[ReleaseSource]:
    """The published vintages of a period for an audience."""
    return [source for source in earlier if (source.audience, source.period) == (audience, period)]


def is_early(audience: str, period: Period, moment: datetime) -> bool:
    """Whether a public release is early: as of a moment before the end of its period, so that more decisions come for certain."""
    return audience == PUBLIC and NOT_ENDED in notes(period, moment)


def check_pool(audience: str, period: Period, earlier: Iterable[ReleaseSource]) -> None:
    """Raise `ReleaseRefused` for a pool that overlaps another, or that has a year whose figures were withdrawn and not replaced.

    The difference of two pools is a table that nobody has audited. A pool, less its other years, is the figure of the year.
    """
    if period.pool and audience == PUBLIC:
        check_years(years_within(period, earlier))
    pools = {source.period for source in earlier if source.audience == audience and source.period.pool}
    for pool in pools:
        if period.pool and pool != period and pool.first <= period.last and period.first <= pool.last:
            raise refuse(
                f"Puljer overlapper aldrig, og {pool.id} er udgivet.",
                f"Pools never overlap, and {pool.id} is published.",
            )


def check_years(years: Iterable[ReleaseSource]) -> None:
    """Raise `ReleaseRefused` for a published year of which no vintage stands."""
    years_by_release = {source.id: source.period.first.year for source in years}
    releases_withdrawn = set(Withdrawal.objects.filter(pk__in=years_by_release).values_list("pk", flat=True))
    years_standing = {year for release, year in years_by_release.items() if release not in releases_withdrawn}
    if years_gone := sorted(set(years_by_release.values()) - years_standing):
        names = ", ".join(map(str, years_gone))
        raise refuse(
            f"Udgivelsen er trukket tilbage, og ingen ny udgave gælder: {names}. Udgiv det først.",
            f"The release is withdrawn, and no new vintage stands: {names}. Publish it first.",
        )


def years_within(period: Period, earlier: Iterable[ReleaseSource]) -> list[ReleaseSource]:
    """The public releases of years of a pool, those as of earlier moments first."""
    of_years = [each for each in earlier if each.public and each.period.annual]
    within = [each for each in of_years if period.first <= each.period.first <= period.last]
    return sorted(within, key=lambda source: source.as_of)


def freeze_published_years(
    period: Period, records: Iterable[CountedRecord], earlier: Sequence[ReleaseSource]
) -> tuple[CountedRecord, ...]:
    """The records of a public pool: of a published year those of its latest vintage, of the other years those given.

    A pool of later records, less its years, would tell of the few records that came late.
    """
    years = {source.period.first.year: source.records for source in years_within(period, earlier)}
    records_left = [record for record in records if record.month.year not in years]
    return tuple(sorted(chain(records_left, *years.values()), key=lambda record: record.id))


def years_frozen(audience: str, period: Period, earlier: Iterable[ReleaseSource]) -> set[int]:
    """The years of a public pool that are counted as they were published. Of any other period none is."""
    is_public_pool = audience == PUBLIC and period.pool
    return {source.period.first.year for source in years_within(period, earlier)} if is_public_pool else set()


def check_vintage(
    audience: str,
    period: Period,
    choice: Choice,
    moment: datetime,
    records: Iterable[CountedRecord],
    earlier: Sequence[ReleaseSource],
) -> None:
    """Raise `ReleaseRefused` for a vintage that may not follow the last one. What a public one tells of it is for its audit."""
    last = last_published(audience, period, earlier)
    if last is None:
        return
    if moment <= last.as_of:
        raise refuse(
            f"{last.id} er opgjort pr. et senere tidspunkt: en ny udgave skal være opgjort senere end den.",
            f"{last.id} is as of a later moment: a new vintage looks at a later one.",
        )
    vintages = vintages_of(audience, period, earlier)
    check_tables(vintages, choice)
    check_changes(last, moment, records)
    if has_last_vintage(audience, period, len(vintages), moment):
        raise refuse(
            f"Et afsluttet år har højst {MOST_VINTAGES_OF_CLOSED_YEAR} udgaver for myndigheder.",
            f"A closed year has at most {MOST_VINTAGES_OF_CLOSED_YEAR} vintages for authorities.",
        )


def has_last_vintage(audience: str, period: Period, vintages: int, moment: datetime) -> bool:
    """Whether no vintage comes after so many: each for authorities draws its noise anew, and a mean of many has little of it."""
    is_closed = year_of(moment) > period.last.year
    return audience == AUTHORITY and is_closed and vintages >= MOST_VINTAGES_OF_CLOSED_YEAR


def check_tables(vintages: Iterable[ReleaseSource], choice: Choice) -> None:
    """Raise `ReleaseRefused` where a table of an earlier vintage is missing, or a dataset of sums; but for the total alone.

    Two tables that cut a dimension in different places are audited together where one release has both. So a later vintage may have
    more tables, and none less. The total cuts nothing.
    """
    if not any(choice.tables) and not choice.sums:
        return
    for each in vintages:
        if not table_names(each.choice) <= table_names(choice):
            raise refuse(
                f"En ny udgave er det samlede antal alene, eller den har alle tabeller fra {each.id}; den kan have flere.",
                f"A new vintage is the total alone, or has every table of {each.id}; it may have more.",
            )
        if missing := sorted(set(each.choice.sums) - set(choice.sums)):
            raise refuse(
                f"En ny udgave er det samlede antal alene, eller den har alle tællinger fra {each.id}; "
                f"{', '.join(missing)} mangler.",
                f"A new vintage is the total alone, or has all counts of {each.id}; {', '.join(missing)} is missing.",
            )


def check_changes(last: ReleaseSource, moment: datetime, records: Iterable[CountedRecord]) -> None:
    """Raise `ReleaseRefused` where a vintage waits for more changed records than came since the last, as that tells them apart.

    For authorities noise is drawn anew for every vintage, so no audit proves what two of nearly the same records tell together. Of
    a period that has not ended two totals would tell in which week somebody was identified. What the exact figures of a period
    that has ended tell is audited, however few changed. A table that the last vintage lacks tells nothing of what changed, so what
    changed there does not count.
    """
    until = waits_until(last, moment)
    if until is None:
        return
    persons_changed = {who for who, _ in readings(last.records, last.choice) ^ readings(records, last.choice)}
    if len(persons_changed) < LEAST_CHANGES:
        day = Text(day_words(until, "da"), day_words(until, "en"))
        raise refuse(
            f"Siden {last.id} er færre end {LEAST_CHANGES} oplysninger ændret: "
            f"en ny udgave må vente på flere, eller til {day.da}.",
            f"Since {last.id} fewer than {LEAST_CHANGES} records have changed: "
            f"a new vintage has to wait for more, or until {day.en}.",
        )


def waits_until(last: ReleaseSource, moment: datetime) -> date | None:
    """The day until which a vintage after the last one waits for changed records. None: it waits for none."""
    if last.public:
        return later(last.period.last, 1) if is_early(last.audience, last.period, moment) else None
    return date(year_of(last.as_of) + 1, 1, 1) if year_of(moment) == year_of(last.as_of) else None


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
