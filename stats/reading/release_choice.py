"""Which releases answer a query, and which give its margins and what it is compared with."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from cases.dimensions import Axis, table_id
from stats.errors import QueryRefused
from stats.models import AUTHORITY, EXACT, PUBLIC
from stats.periods import Period, PeriodKind
from stats.reading import catalogue
from stats.reading.catalogue import RELEASE_ID
from stats.reading.datasets import ANSWERED_BY, LADDER
from stats.reading.entries import EXTERNAL, OWN, CatalogueEntry, PeriodReleases, latest
from stats.reading.measures import CHANGES
from stats.reading.query import LATEST, Query, refusal


def select(query: Query, audience: str = EXACT) -> tuple[PeriodReleases, ...]:
    """The releases that a query asks for, in the order of their periods. One statement. Raises `QueryRefused`."""
    return choose(query, audience)[0]


def choose(query: Query, audience: str) -> tuple[tuple[PeriodReleases, ...], tuple[CatalogueEntry, ...]]:
    """The same, and those of periods it asks for that were withdrawn, where nothing replaces them and no other of ours stands.

    Raises `ReleaseGone` too: for a release or a period that is named.
    """
    by_name = query.release != LATEST
    releases = in_order(
        of_period(period_of(query.release, audience), audience) if by_name else of_periods(query, audience)
    )
    current = tuple(answering_releases([release for release in releases if release.is_in_force(query.moment)]))
    check_named(query, releases, current)
    # A vintage that was built with fewer tables takes no figure away: an earlier one that has the table still answers.
    offering = latest(release for release in current if release.offers(query.dataset, query.axes))
    choice = (
        [find_named(query, audience, releases, current)]
        if by_name
        else find_periods(query, audience, current, offering)
    )
    comparisons = CHANGES & set(query.measures)
    # One audience's vintages are not mixed; an authority's figures stand beside what is published.
    others = current if audience == AUTHORITY else ()
    periods_chosen = [
        with_sources(release, find_year_before(release, offering) if comparisons else None, others)
        for release in choice
    ]
    return tuple(
        replace(each, hiding=hiding(each, releases)) for each in periods_chosen
    ), () if by_name else releases_gone(query, releases, choice)


def check_named(query: Query, releases: Iterable[CatalogueEntry], current: Iterable[CatalogueEntry]) -> None:
    """Raise `ReleaseGone` where a period that is named has a release that was withdrawn, and none that stands.

    What others published stands for the tables that it has: of another that was withdrawn nobody else answers.
    """
    periods = {period.id for period in query.periods.names} if query.periods and query.release == LATEST else set()
    standing = {one.period.id for one in current}
    periods -= {one.period.id for one in current if one.kind == OWN or one.offers(query.dataset, query.axes)}
    for one in releases:
        if one.period.id in periods and (one.period.id not in standing or one.offers(query.dataset, query.axes)):
            catalogue.check_there(one, "year" if query.by_year else "period")


def releases_gone(
    query: Query, releases: Iterable[CatalogueEntry], choice: Iterable[CatalogueEntry]
) -> tuple[CatalogueEntry, ...]:
    """Of the periods that a query asks for, and that no release of ours answers, those that were withdrawn."""
    own_periods = {one.period.id for one in choice if one.kind == OWN}
    return tuple(
        one for one in releases if one.is_gone and query.asks_for(one.period) and one.period.id not in own_periods
    )


def of_periods(query: Query, audience: str) -> tuple[CatalogueEntry, ...]:
    """The releases that a query without a release's name can need: of its period and the year before, or of a whole kind."""
    if query.periods and (period := query.periods.only):
        return of_period(period, audience)
    return catalogue.of_kind(ANSWERED_BY[audience], query.periods.kind if query.periods else PeriodKind.YEAR)


def of_period(period: Period, audience: str) -> tuple[CatalogueEntry, ...]:
    """The releases of a period and of the year before it."""
    return catalogue.of_periods(ANSWERED_BY[audience], *with_year_before(period))


def in_order(releases: Iterable[CatalogueEntry]) -> tuple[CatalogueEntry, ...]:
    """Releases in the order in which they answer: ours by the width of their readers, then external ones."""
    return tuple(sorted(releases, key=lambda release: (release.kind == EXTERNAL, rank(release))))


def answering_releases(releases: Sequence[CatalogueEntry]) -> Iterator[CatalogueEntry]:
    """Our releases, and external ones of the periods that no release of ours is of."""
    ours = {release.period.id for release in releases if release.kind == OWN}
    return (release for release in releases if release.kind == OWN or release.period.id not in ours)


def current(releases: Iterable[CatalogueEntry]) -> list[CatalogueEntry]:
    """The releases in force that answer who names none."""
    return [*answering_releases([each for each in releases if each.is_in_force(None)])]


def with_sources(
    release: CatalogueEntry, before: CatalogueEntry | None, others: Sequence[CatalogueEntry]
) -> PeriodReleases:
    """A release and the one of the year before, with where their margins are."""
    return PeriodReleases(release, before, sources(release, others), sources(before, others) if before else ())


def sources(release: CatalogueEntry, others: Sequence[CatalogueEntry]) -> tuple[CatalogueEntry, ...]:
    """The releases that give a table's margins: what is published comes first, whichever gives the table itself.

    An external release is of a moment of its own, and has no others' margins.
    """
    giving = [
        one
        for one in others
        if one.kind == OWN == release.kind
        and one.period == release.period
        and one.id != release.id
        and PUBLIC in {one.audience, release.audience}
    ]
    return tuple(sorted([release, *giving], key=rank))


def hiding(answer: PeriodReleases, releases: Iterable[CatalogueEntry]) -> tuple[CatalogueEntry, ...]:
    """Our public releases of the periods of which others answer."""
    answering = (each for each in (answer.release, answer.before) if each is not None)
    periods_of_others = {each.period.id for each in answering if each.kind == EXTERNAL}
    return tuple(
        one for one in releases if one.kind == OWN and one.audience == PUBLIC and one.period.id in periods_of_others
    )


def rank(release: CatalogueEntry) -> int:
    """The wider its readers, the sooner a release answers."""
    return LADDER.index(release.audience)


def with_year_before(period: Period) -> list[str]:
    """The periods that a query of one period can need."""
    return [period.id, *([period.year_before] if period.year_before else [])]


def period_of(release_id: str, audience: str) -> Period:
    """The period in a release's id. Raises `QueryRefused`."""
    match = RELEASE_ID.fullmatch(release_id)
    period = Period.parse(match[1]) if match else None
    if period is None:
        raise refusal_of_name(audience)
    return period


def refusal_of_name(audience: str) -> QueryRefused:
    """That there is no such release, with those that there are: ours first."""
    every = sorted(catalogue.every(*ANSWERED_BY[audience]), key=lambda release: release.kind == EXTERNAL)
    return refusal("release", "release_unknown", [LATEST, *(release.id for release in every if not release.is_gone)])


def find_named(
    query: Query, audience: str, releases: Iterable[CatalogueEntry], current: Iterable[CatalogueEntry]
) -> CatalogueEntry:
    """The release of an id, where it has the table and is of the period asked for. Raises `QueryRefused`.

    What is published of the period answers in place of a release that is not.
    """
    release = next((release for release in releases if release.id == query.release), None)
    catalogue.check_there(release, "release")
    if release is None:
        raise refusal_of_name(audience)
    if query.periods and query.periods.only != release.period:
        raise refusal("release", "release_of_another_period", [release.period.id])
    before = [one for one in current if one.period.id == release.period.id and rank(one) < rank(release)]
    answering = next((one for one in (*before, release) if one.offers(query.dataset, query.axes)), None)
    if answering is None:
        raise refusal_of_release(query, release, [*before, release])
    return answering


def find_periods(
    query: Query, audience: str, current: Sequence[CatalogueEntry], offering: Mapping[str, CatalogueEntry]
) -> list[CatalogueEntry]:
    """The latest release of each period that has the table. Raises `QueryRefused`, where a period that is named has none.

    Of a range, as of all years, the periods without are left out; where all of them are, it is refused for what the first lacks.
    """
    for period in query.periods.names if query.periods else ():
        if period.id not in offering:
            raise refusal_of_periods(query, audience, [one for one in current if one.period == period])
    choice = [release for release in offering.values() if query.asks_for(release.period)]
    if not choice:
        raise refusal_of_periods(query, audience, [one for one in current if query.asks_for(one.period)])
    return sorted(choice, key=lambda release: release.period.first)


def find_year_before(release: CatalogueEntry, offering: dict[str, CatalogueEntry]) -> CatalogueEntry | None:
    """The latest release of the year before that has the table."""
    return offering.get(release.period.year_before or "")


def refusal_of_release(query: Query, release: CatalogueEntry, audiences: Iterable[CatalogueEntry]) -> QueryRefused:
    """What a release lacks of the table of the query's axes; `audiences` are all that could have answered.

    Which tables a protected release offers was decided from figures, and it lists them itself: no more is told here.
    """
    if release.terms.options is None:
        return refusal_of_table(query, list(audiences))
    dimensions_offered = release.terms.options.dimensions.get(query.dataset.id, ())
    by = {axis.dimension for axis in query.by}
    for axis in query.axes:
        if axis.dimension not in dimensions_offered:
            return refusal(
                "by" if axis.dimension in by else axis.dimension, "dimension_not_in_release", dimensions_offered
            )
    for axis in query.axes:
        if not axis.is_in(release.codelists):
            axes_there = [each for each in query.dataset.by_name[axis.dimension].axes if each.is_in(release.codelists)]
            if axis in query.by:
                return refusal("by", "table_not_offered", [each.id for each in axes_there])
            codes_there = dict.fromkeys(code.code for each in axes_there for code in each.codes)
            return refusal(axis.dimension, "table_not_offered", codes_there)
    return refusal("by", "too_many_dimensions")


def refusal_of_table(query: Query, audiences: Sequence[CatalogueEntry]) -> QueryRefused:
    """That no release offers the table, with the axes that one does offer beside the filters.

    Where there are none of these, the filter is in the way, and what of its codes can stand beside the rest is told.
    """
    filters = [(axis, code) for axis, code in query.filters if axis.has_total]
    others = table_id(axis for axis, _ in filters)
    tables_found = {by for table in offered_tables(query, audiences) if (by := without(table, others)) is not None}
    if tables_found or not filters:
        return refusal("by", "table_not_offered", sorted(tables_found - {""}))
    return refusal(filters[0][0].dimension, "table_not_offered", codes_instead(query, audiences))


def offered_tables(query: Query, audiences: Iterable[CatalogueEntry]) -> Iterator[str]:
    """The tables of the query's dataset that protected releases offer."""
    for one in frozenset[str]().union(*(release.offered_tables for release in audiences)):
        dataset, _, table = one.partition(":")
        if dataset == query.dataset.id:
            yield table


def without(table: str, others: str) -> str | None:
    """The axes of a table that are left without others; None where it does not have them all."""
    axes, others_gone = table.split(","), set(others.split(",")) - {""}
    return ",".join(axis for axis in axes if axis not in others_gone) if others_gone <= set(axes) else None


def codes_instead(query: Query, audiences: Iterable[CatalogueEntry]) -> list[str]:
    """The codes with which the first filter would have a table, the others and the axes as they are."""
    (first, _), *others = ((axis, code) for axis, code in query.filters if axis.has_total)
    axes_kept = {axis.id for axis in (*query.by, *(axis for axis, _ in others))}
    dimension = query.dataset.by_name[first.dimension]
    fitting = [
        axis
        for axis in dimension.axes
        if any(
            release.offers(query.dataset, in_order_of_dataset(query, axes_kept | {axis.id})) for release in audiences
        )
    ]
    return [code.code for axis in fitting for code in axis.codes if dimension.axis_of(code.code) == axis]


def in_order_of_dataset(query: Query, names: Container[str]) -> list[Axis]:
    """The axes of these names in the dataset's order."""
    return [axis for axis in query.dataset.axes.values() if axis.id in names]


def refusal_of_periods(query: Query, audience: str, candidates: Sequence[CatalogueEntry]) -> QueryRefused:
    """Why no release answers: what the first one lacks, where there is one."""
    if candidates:
        return refusal_of_release(query, candidates[0], candidates)
    return refusal("year" if query.by_year else "period", "period_without_release", periods(query, audience))


def periods(query: Query, audience: str) -> list[str]:
    """The periods that an audience can ask for, in their order: beside others those of their kind."""
    kind = query.periods.kind if query.periods and not query.periods.only else None
    every = (one for one in catalogue.every(*ANSWERED_BY[audience]) if not one.is_gone)
    newest = latest(one for one in every if kind in {None, one.period.kind})
    return sorted(newest, key=lambda name: (newest[name].period.first, newest[name].period.last))
