"""Figures as JSON-stat 2.0, in the shape that every client reads (https://json-stat.org/full/).

On every dimension `category.index` is an object and `category.label` is there, `value` is an array, and `status` an object of the
exceptions.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any
from urllib.parse import urlencode

from msgspec import UNSET, Meta, UnsetType, field

from api.http.bodies import Body, Count, Moment, Uri, about, one_of, schema
from api.statistics.formats.form import TableFormat, encode
from api.statistics.vocabulary import AudienceId, DatasetId, NoteCodes, PeriodId, ReleaseId, ValueStatus
from cases.codelists.changes import validity_text
from cases.codelists.types import Code
from cases.statistics.reading import external_words as external
from cases.statistics.reading import wording
from cases.statistics.reading.cells import TableSummary
from cases.statistics.reading.entries import EXTERNAL, OWN, PeriodReleases
from cases.statistics.reading.measures import UNITS, CellStatus, Measure, decimals
from cases.statistics.reading.table import Figures
from partners.text import Text

NOT_IN_USE = Text("Uden for den tid betyder 0 ikke ingen.", "Outside of that time 0 does not mean none.")
PERIOD, MEASURE = Text("Periode", "Period"), Text("Mål", "Measure")
# A decimal is written as a number, which its type does not say.
Number = Annotated[Any, schema(type=["number", "null"])]


class JsonStatUnitBody(Body):
    """The unit of a measure."""

    label: str
    decimals: Count


class JsonStatCategoryBody(Body):
    """The categories of a dimension."""

    index: dict[str, Count]
    label: dict[str, str]
    note: Annotated[dict[str, list[str]], about("On codes that are not in use all the time.")] | UnsetType = UNSET
    unit: Annotated[dict[str, JsonStatUnitBody], about("On the measures.")] | UnsetType = UNSET


class JsonStatDimensionBody(Body):
    """A dimension with its categories."""

    label: str
    category: JsonStatCategoryBody


class JsonStatReleaseBody(Body):
    """A release that answers."""

    id: ReleaseId
    period: PeriodId
    kind: Annotated[str, one_of([OWN, EXTERNAL])]
    as_of: Moment | None
    notes: NoteCodes
    totals_from: Annotated[list[ReleaseId], about("Where totals are looked for, in this order.")]
    compared_with: ReleaseId | None
    told_with: Annotated[ReleaseId | None, about("Who told last of hidden cells.")]
    exact: Annotated[Count | None, about("Persons in shown cells of the table.")]
    doubt: Annotated[Number, about("Widths of the table's intervals, per person.")]
    sources: Annotated[list[Uri], about("Of what is published elsewhere.")]


class JsonStatLabelsBody(Body):
    """Labels by code."""

    label: dict[str, str]


class JsonStatSumBody(Body):
    """Hidden cells that have `count` persons together."""

    period: PeriodId
    codes: Annotated[dict[str, list[str]], about("By axis; else the total.")]
    count: Count


class JsonStatToldBody(Body):
    """What is told of hidden counts, by place; without `most` there is no end."""

    least: dict[str, Count]
    most: dict[str, Count]
    sums: list[JsonStatSumBody]


class JsonStatExtensionBody(Body, kw_only=True):
    """What JSON-stat has no word for: the releases, what a status means, and for whom this is."""

    dataset: DatasetId
    audience: AudienceId
    releases: list[JsonStatReleaseBody]
    status: Annotated[JsonStatLabelsBody, about("What the statuses mean.")]
    told: JsonStatToldBody | UnsetType = UNSET


class JsonStatLinkBody(Body):
    """The address of a source."""

    href: Uri
    label: str


class JsonStatLinksBody(Body):
    """Links by their relation."""

    via: list[JsonStatLinkBody]


class JsonStatBody(Body, kw_only=True):
    """JSON-stat 2.0."""

    version: Annotated[str, schema(const="2.0")]
    kind: Annotated[str, schema(const="dataset")] = field(name="class")
    href: Annotated[Uri, about("The address of this table.")]
    label: str
    source: str
    updated: Annotated[Moment, about("Not there where no day is known.")] | UnsetType = UNSET
    link: Annotated[JsonStatLinksBody, about("The sources of what is published elsewhere.")] | UnsetType = UNSET
    note: list[str]
    id: Annotated[list[str], about("The dimensions in the order of the values: measure, period, then the axes.")]
    size: list[Annotated[int, Meta(ge=1), schema(format_="int32")]]
    role: dict[str, list[str]]
    dimension: dict[str, JsonStatDimensionBody]
    value: list[Number]
    status: Annotated[
        dict[str, ValueStatus],
        about("By the place of the value; a value without one is normal. `I`, `P` and `V` have a value."),
    ]
    extension: JsonStatExtensionBody


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


def measures_dimension(figures: Figures, language: str) -> JsonStatDimensionBody:
    """The measures, with their units."""
    measures = category([Code(column.measure, UNITS[column.measure].label) for column in figures.columns], language)
    measures.unit = {
        column.measure: JsonStatUnitBody(UNITS[column.measure].unit(language), decimals(column.values))
        for column in figures.columns
    }
    return JsonStatDimensionBody(MEASURE(language), measures)


def dimensions(figures: Figures, language: str) -> dict[str, JsonStatDimensionBody]:
    """Every dimension in the order of the values: measures, periods, sides."""
    periods = [Code(each.release.period.id, each.release.period.label) for each in figures.periods]
    sides = {
        side.axis.id: JsonStatDimensionBody(side.axis.label(language), category(side.codes, language))
        for side in figures.sides
    }
    return {
        "measure": measures_dimension(figures, language),
        "period": JsonStatDimensionBody(PERIOD(language), category(periods, language)),
        **sides,
    }


def answering_release(figures: Figures, answering: PeriodReleases, summary: TableSummary | None) -> JsonStatReleaseBody:
    """A release that answers."""
    release = answering.release
    return JsonStatReleaseBody(
        id=release.id,
        period=release.period.id,
        kind=release.kind,
        as_of=release.as_of.isoformat() if release.as_of else None,
        notes=list(release.notes),
        totals_from=[one.id for one in answering.sources],
        compared_with=answering.before.id if answering.before else None,
        told_with=answering.told_with(figures.query.moment),
        exact=summary.exact if summary else None,
        doubt=summary.doubt if summary else None,
        sources=[source.url for source in release.provenance.sources],
    )


def extension(figures: Figures, language: str) -> JsonStatExtensionBody:
    """What JSON-stat has no word for."""
    return JsonStatExtensionBody(
        dataset=figures.query.dataset.id,
        audience=figures.audience,
        releases=[answering_release(figures, *pair) for pair in zip(figures.periods, figures.summaries, strict=True)],
        status=JsonStatLabelsBody({status: text(language) for status, text in wording.meanings(figures).items()}),
        told=secrets_told(figures),
    )


def secrets_told(figures: Figures) -> JsonStatToldBody | UnsetType:
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
    return {"time": ["period"], "metric": ["measure"], **({"geo": places} if places else {})}


def address(figures: Figures) -> str:
    """The path and query that ask for these figures, the same however they were asked for."""
    query = figures.query
    query_text = urlencode({**query.texts, "audience": figures.audience}, safe=",")
    return f"/api/v1/statistics/{query.dataset.id}?{query_text}"


def json_stat(figures: Figures, language: str, base: str) -> bytes:
    """A JSON-stat 2.0 dataset."""
    sides = dimensions(figures, language)
    statuses = [status for column in figures.columns for status in column.statuses]
    return encode(
        JsonStatBody(
            version="2.0",
            kind="dataset",
            href=base + address(figures),
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
