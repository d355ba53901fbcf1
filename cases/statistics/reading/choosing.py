"""Which releases answer a query, and which give its margins and what it is compared with."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from cases.dimensions import Axis, table_id
from cases.statistics.counting.options import Options
from cases.statistics.errors import QueryRefused
from cases.statistics.models import AUTHORITY, EXACT, PUBLIC
from cases.statistics.periods import Period
from cases.statistics.reading.audiences import ANSWERED_BY, LADDER
from cases.statistics.reading.catalogue import OF_PERIODS, OF_YEARS, RELEASE_ID, Listed, Shown, every, fetch, latest
from cases.statistics.reading.elsewhere import Collected
from cases.statistics.reading.measures import Measure
from cases.statistics.reading.query import LATEST, Query, refused


def select(query: Query, audience: str = EXACT, elsewhere: Sequence[Listed] = ()) -> tuple[Shown, ...]:
    """The releases that a query asks for, in the order of their periods. One statement. Raises `QueryRefused`.

    What is published `elsewhere` stands in for periods without a release of ours, and answers where it is named.
    """
    named = query.release != LATEST
    period = period_of(query.release, audience, elsewhere) if named else query.period
    asked = ANSWERED_BY[audience]
    releases = fetch(OF_PERIODS, asked, *needed(period)) if period else fetch(OF_YEARS, asked)
    releases = tuple(sorted(releases, key=rank))
    current = tuple(release for release in releases if release.stood(query.moment))
    current = (*current, *(one for one in standing_in(current, period, elsewhere) if one.stood(query.moment)))
    # A vintage that was built with fewer tables takes no figure away: an earlier one that has the table still answers.
    offering = latest(release for release in current if release.offers(query.dataset, query.axes))
    if named:
        chosen = [the_named(query, audience, releases, current, elsewhere)]
    elif period:
        chosen = [the_newest(query, audience, current, period, elsewhere)]
    else:
        chosen = sorted(offering.values(), key=lambda release: release.period.first)
        if not chosen:
            raise refused_everywhere(query, audience, current, elsewhere)
    compared = {Measure.CHANGE, Measure.CHANGE_PERCENT} & set(query.measures)
    # One audience's vintages are not mixed; an authority's figures stand beside what is published.
    beside = current if audience == AUTHORITY else ()
    return tuple(shown(release, the_year_before(release, offering) if compared else None, beside) for release in chosen)


def standing_in(current: Iterable[Listed], period: Period | None, elsewhere: Iterable[Listed]) -> list[Listed]:
    """What is published elsewhere of the periods that a query can need and that no release of ours is of."""
    ours = {release.period.id for release in current}
    if period is None:
        return [one for one in elsewhere if one.period.annual and one.period.id not in ours]
    wanted = set(needed(period)) - ours
    return [one for one in elsewhere if one.period.id in wanted] if wanted else []


def shown(release: Listed, before: Listed | None, beside: Sequence[Listed]) -> Shown:
    """A release and the one of the year before, with where their margins are."""
    return Shown(release, before, sources(release, beside), sources(before, beside) if before else ())


def sources(release: Listed, beside: Sequence[Listed]) -> tuple[Listed, ...]:
    """The releases that give a table's margins: what is published comes first, whichever gives the table itself.

    What is published elsewhere is of a moment of its own, and has no others' margins.
    """
    if isinstance(release.terms, Collected):
        return (release,)
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


def period_of(release_id: str, audience: str, elsewhere: Iterable[Listed]) -> Period:
    """The period in a release's id. Raises `QueryRefused`."""
    match = RELEASE_ID.fullmatch(release_id)
    period = Period.parse(match[1]) if match else None
    if period is None:
        raise unknown(audience, elsewhere)
    return period


def unknown(audience: str, elsewhere: Iterable[Listed]) -> QueryRefused:
    """That there is no such release, with those that there are."""
    return refused(
        "release",
        "release_unknown",
        [LATEST, *(release.id for release in (*every(*ANSWERED_BY[audience]), *elsewhere))],
    )


def the_named(
    query: Query, audience: str, releases: Iterable[Listed], current: Iterable[Listed], elsewhere: Sequence[Listed]
) -> Listed:
    """The release of an id, where it has the table and is of the period asked for. Raises `QueryRefused`.

    What is published of the period answers in place of a release that is not.
    """
    release = next((release for release in (*releases, *elsewhere) if release.id == query.release), None)
    if release is None:
        raise unknown(audience, elsewhere)
    if query.period is not None and query.period != release.period:
        raise refused("release", "release_of_another_period", [release.period.id])
    before = [one for one in current if one.period.id == release.period.id and rank(one) < rank(release)]
    answering = next((one for one in (*before, release) if one.offers(query.dataset, query.axes)), None)
    if answering is None:
        raise lacking(query, release, [*before, release])
    return answering


def the_newest(
    query: Query,
    audience: str,
    current: Iterable[Listed],
    period: Period,
    elsewhere: Sequence[Listed],
) -> Listed:
    """The latest release of a period that has the table. Raises `QueryRefused`, where none has it for what the latest lacks."""
    found = [release for release in current if release.period.id == period.id]
    if not found:
        name = "year" if query.by_year else "period"
        raise refused(name, "period_without_release", periods(audience, elsewhere))
    offering = next((release for release in found if release.offers(query.dataset, query.axes)), None)
    if offering is None:
        raise lacking(query, found[0], found)
    return offering


def the_year_before(release: Listed, offering: dict[str, Listed]) -> Listed | None:
    """The latest release of the year before that has the table."""
    return offering.get(release.period.year_before or "")


def lacking(query: Query, release: Listed, asked: Iterable[Listed]) -> QueryRefused:
    """What a release lacks of the table of the query's axes; `asked` are all that could have answered.

    Which tables a protected release offers was decided from figures, and it lists them itself: no more is told here.
    """
    if not isinstance(release.terms, Options):
        return not_offered(query, list(asked))
    offered = release.terms.dimensions[query.dataset.id]
    by = {axis.dimension for axis in query.by}
    for axis in query.axes:
        if axis.dimension not in offered:
            return refused("by" if axis.dimension in by else axis.dimension, "dimension_not_in_release", offered)
    return refused("by", "too_many_dimensions")


def not_offered(query: Query, asked: Sequence[Listed]) -> QueryRefused:
    """That no release offers the table, with the axes that one does offer beside the filters.

    Where there are none of these, the filter is in the way, and what of its codes can stand beside the rest is told.
    """
    others = table_id(axis for axis, _ in query.filters)
    found = {by for table in offered(query, asked) if (by := without(table, others)) is not None}
    if found or not query.filters:
        return refused("by", "table_not_offered", sorted(found - {""}))
    return refused(query.filters[0][0].dimension, "table_not_offered", codes_instead(query, asked))


def offered(query: Query, asked: Iterable[Listed]) -> Iterator[str]:
    """The tables of the query's dataset that protected releases offer."""
    for one in frozenset[str]().union(*(release.offered for release in asked)):
        dataset, _, table = one.partition(":")
        if dataset == query.dataset.id:
            yield table


def without(table: str, others: str) -> str | None:
    """The axes of a table that are left without others; None where it does not have them all."""
    axes, gone = table.split(","), set(others.split(",")) - {""}
    return ",".join(axis for axis in axes if axis not in gone) if gone <= set(axes) else None


def codes_instead(query: Query, asked: Iterable[Listed]) -> list[str]:
    """The codes with which the first filter would have a table, the others and the axes as they are."""
    (first, _), *others = query.filters
    kept = {axis.id for axis in (*query.by, *(axis for axis, _ in others))}
    dimension = query.dataset.by_name[first.dimension]
    fitting = [
        axis
        for axis in dimension.axes
        if any(release.offers(query.dataset, ordered(query, kept | {axis.id})) for release in asked)
    ]
    return [code.code for axis in fitting for code in axis.codes if dimension.axis_of(code.code) == axis]


def ordered(query: Query, names: Container[str]) -> list[Axis]:
    """The axes of these names in the dataset's order."""
    return [axis for axis in query.dataset.axes.values() if axis.id in names]


def refused_everywhere(
    query: Query, audience: str, current: Sequence[Listed], elsewhere: Sequence[Listed]
) -> QueryRefused:
    """Why no year's release answers: what the first one lacks, where there is one."""
    if current:
        return lacking(query, current[0], current)
    return refused("period", "period_without_release", periods(audience, elsewhere))


def periods(audience: str, elsewhere: Iterable[Listed]) -> list[str]:
    """The periods that an audience can ask for, in their order."""
    found = latest((*every(*ANSWERED_BY[audience]), *elsewhere))
    return sorted(found, key=lambda name: (found[name].period.first, found[name].period.last))
