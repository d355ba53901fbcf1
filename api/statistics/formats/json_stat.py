"""Figures as JSON-stat 2.0, in the shape that every client reads (https://json-stat.org/full/).

On every dimension `category.index` is an object and `category.label` is there, `value` is an array, and `status` an object of the
exceptions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlencode

from msgspec import UNSET, UnsetType

from api.statistics.formats.form import TableFormat, encode
from api.statistics.formats.json_stat_body import (
    JsonStatAxisBody,
    JsonStatBody,
    JsonStatCategoryBody,
    JsonStatExtensionBody,
    JsonStatLabelsBody,
    JsonStatLinkBody,
    JsonStatLinksBody,
    JsonStatReleaseBody,
    JsonStatReportsBody,
    JsonStatSumBody,
    JsonStatToldBody,
    JsonStatUnitBody,
)
from cases.codelists.changes import validity_text
from cases.codelists.types import Code
from core.text import Text
from stats.reading import external_words as external
from stats.reading import wording
from stats.reading.cells import TableSummary
from stats.reading.entries import PeriodReleases
from stats.reading.layout import AnswerAxis
from stats.reading.measures import UNITS, CellStatus, Measure, decimals
from stats.reading.query import LATEST, Query
from stats.reading.sum_words import quantities_of
from stats.reading.table import Figures

NOT_IN_USE = Text("Uden for den tid betyder 0 ikke ingen.", "Outside of that time 0 does not mean none.")
PERIOD, MEASURE = Text("Periode", "Period"), Text("Mål", "Measure")


def category(codes: Iterable[Code], language: str) -> JsonStatCategoryBody:
    """A dimension's categories. A code that is not in use always has a note: its zeros may say nothing."""
    items = list(codes)
    notes = {
        code.code: [text(language), NOT_IN_USE(language)] for code in items if (text := validity_text(code)) is not None
    }
    return JsonStatCategoryBody(
        index={code.code: n for n, code in enumerate(items)},
        label={code.code: code.label(language) for code in items},
        note=notes or UNSET,
    )


def measures_dimension(figures: Figures, language: str) -> JsonStatAxisBody:
    """The measures, with their units."""
    measures = category([Code(column.measure, UNITS[column.measure].label) for column in figures.columns], language)
    measures.unit = {
        column.measure: JsonStatUnitBody(UNITS[column.measure].unit(language), decimals(column.values))
        for column in figures.columns
    }
    return JsonStatAxisBody(MEASURE(language), measures)


def side_dimension(figures: Figures, side: AnswerAxis, language: str) -> JsonStatAxisBody:
    """An axis with its categories; quantities of sums with their units."""
    categories = category(side.codes, language)
    if not side.axis.has_total:
        units = figures.query.dataset.units
        categories.unit = {code.code: JsonStatUnitBody(units[code.code](language), 0) for code in side.codes}
    return JsonStatAxisBody(side.axis.label(language), categories)


def dimensions(figures: Figures, language: str) -> dict[str, JsonStatAxisBody]:
    """Every dimension in the order of the values: measures, periods, sides."""
    periods = [Code(each.release.period.id, each.release.period.label) for each in figures.periods]
    sides = {side.axis.id: side_dimension(figures, side, language) for side in figures.sides}
    return {
        "measure": measures_dimension(figures, language),
        "period": JsonStatAxisBody(PERIOD(language), category(periods, language)),
        **sides,
    }


def answering_release(figures: Figures, answering: PeriodReleases, summary: TableSummary | None) -> JsonStatReleaseBody:
    """A period's release: from which others its totals are, with which it is compared, and how sure its figures are."""
    release = answering.release
    return JsonStatReleaseBody(
        id=release.id,
        period=release.period.id,
        kind=release.kind,
        as_of=release.as_of.isoformat() if release.as_of else None,
        notes=list(release.notes),
        totals_from=[one.id for one in answering.sources],
        compared_with=answering.before.id if answering.before else None,
        told_with=answering.source_of_bounds(figures.query.moment),
        exact=summary.exact if summary else None,
        doubt=summary.doubt if summary else None,
        sources=[source.url for source in release.provenance.sources],
    )


def extension(figures: Figures, language: str) -> JsonStatExtensionBody:
    """What JSON-stat has no member for. `told` and `behind` are left out where there is nothing to say."""
    return JsonStatExtensionBody(
        dataset=figures.query.dataset.id,
        audience=figures.audience,
        releases=[answering_release(figures, *pair) for pair in zip(figures.periods, figures.summaries, strict=True)],
        status=JsonStatLabelsBody({status: text(language) for status, text in wording.meanings(figures).items()}),
        told=published_bounds(figures),
        behind=reports_behind(figures),
    )


def reports_behind(figures: Figures) -> list[JsonStatReportsBody] | UnsetType:
    """What is behind sums, and what the whole table tells of each, in the order of the periods."""
    summaries = {code.code: figures.summaries_of(code.code) for code in quantities_of(figures)}
    return [
        JsonStatReportsBody(
            release=each.release.id,
            quantity=quantity,
            dataset=behind[quantity].dataset,
            due=behind[quantity].due,
            came=behind[quantity].came,
            beside=behind[quantity].unsolicited_reports,
            knowing=behind[quantity].knowing,
            exact=summary.exact if summary else None,
            doubt=summary.doubt if summary else None,
        )
        for place, each in enumerate(figures.periods)
        if (behind := figures.behind.get(each.release.id))
        for quantity, summary in ((quantity, of_periods[place]) for quantity, of_periods in summaries.items())
        if quantity in behind
    ] or UNSET


def published_bounds(figures: Figures) -> JsonStatToldBody | UnsetType:
    """What is told of hidden counts and of their sums, where counts are answered: they are the first of the values."""
    has_counts = any(column.measure == Measure.COUNT for column in figures.columns)
    if not has_counts or not (figures.intervals or figures.sums):
        return UNSET
    intervals = {str(place): each for place, each in sorted(figures.intervals.items())}
    return JsonStatToldBody(
        least={place: each.least for place, each in intervals.items()},
        most={place: each.most for place, each in intervals.items() if each.most is not None},
        sums=[
            JsonStatSumBody(each.period.id, {axis: list(codes) for axis, codes in each.codes.items()}, each.count)
            for each in figures.sums
        ],
    )


def links(figures: Figures) -> JsonStatLinksBody | UnsetType:
    """The sources of what is published elsewhere."""
    sources = external.all_sources(figures)
    return JsonStatLinksBody([JsonStatLinkBody(source.url, source.title) for source in sources]) if sources else UNSET


def update_moment(figures: Figures) -> str | UnsetType:
    """When the latest of the releases was made or published, where a day is known."""
    moments = [one for each in figures.periods if (one := each.release.built_at or each.release.published_at)]
    return max(moments).isoformat() if moments else UNSET


def roles(figures: Figures) -> dict[str, list[str]]:
    """Which dimensions are time, measures, and places of a map."""
    by_name = figures.query.dataset.by_name
    places = [side.axis.id for side in figures.sides if by_name[side.axis.dimension].place]
    quantities = [side.axis.id for side in figures.sides if not side.axis.has_total]
    return {"time": ["period"], "metric": ["measure", *quantities], **({"geo": places} if places else {})}


def address(figures: Figures, language: str) -> str:
    """The path and query that ask for these figures in this language, now and after later vintages."""
    query = query_pinned(figures)
    query_text = urlencode({**query.texts, "audience": figures.audience, "lang": language}, safe=",")
    return f"/api/v1/statistics/{query.dataset.id}?{query_text}"


def query_pinned(figures: Figures) -> Query:
    """The query, so that it names what answered: by the moment of the last publication of anything in it.

    Of what others published on a day that nobody knows no moment says that it was there. Of one period the release is named then,
    where it is compared with none; else the newest answer.
    """
    query = figures.query
    if query.release != LATEST or query.moment:
        return query
    every = [release for each in figures.periods for release in each.releases]
    since = [release.since for release in every if release.since]
    if len(since) == len(every):
        moments_told = [telling.at for release in every for telling in release.tellings]
        return replace(query, moment=max([*since, *moments_told]))
    answering, *others = figures.periods
    if others or answering.before:
        return query
    return replace(query, periods=None, by_year=False, release=answering.release.id)


def json_stat(figures: Figures, language: str, base: str) -> bytes:
    """A JSON-stat 2.0 dataset."""
    sides = dimensions(figures, language)
    statuses = [status for column in figures.columns for status in column.statuses]
    return encode(
        JsonStatBody(
            version="2.0",
            kind="dataset",
            href=base + address(figures, language),
            label=wording.heading(figures.query.dataset, (side.axis for side in figures.sides), language),
            source=external.source_line(figures, language),
            updated=update_moment(figures),
            link=links(figures),
            note=[note(language) for note in wording.notes(figures)],
            id=list(sides),
            size=[len(dimension.category.index) for dimension in sides.values()],
            role=roles(figures),
            dimension=sides,
            value=[value for column in figures.columns for value in column.values],
            status={str(n): status for n, status in enumerate(statuses) if status != CellStatus.NORMAL},
            extension=extension(figures, language),
        )
    )


JSON_STAT = TableFormat(
    id="json-stat",
    media_type="application/json",
    content_type="application/json",
    extension="json",
    body=JsonStatBody,
    example="JsonStat",
    render=json_stat,
    most=1_000_000,
)
