"""What can be asked for: the grammar of a query."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Annotated, Self

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from api.http.bodies import Body, LabelBody, about
from api.statistics.bodies.releases import ReleaseBody
from api.statistics.parameters import FORMATS
from api.statistics.vocabulary import AudienceId, AxisId, DatasetId, MeasureId, PurposeId, ValueStatus
from cases.dimensions import Axis, Dataset, Dimension
from stats.reading.datasets import AUDIENCE_TEXTS, LADDER, READABLE
from stats.reading.entries import CatalogueEntry
from stats.reading.exact_figures import Purpose
from stats.reading.measures import STATUSES, UNITS


class AxisEntryBody(Body):
    """An axis and its codes; their labels are in the code list."""

    id: AxisId
    label: LabelBody
    level: str | None
    codes: list[str]

    @classmethod
    def of(cls, axis: Axis) -> Self:
        level = axis.level.id if axis.level else None
        return cls(axis.id, LabelBody.of(axis.label), level, [code.code for code in axis.codes])


class DimensionBody(Body):
    """A dimension and its axes."""

    id: str
    label: LabelBody
    codelist: str
    axes: list[AxisEntryBody]

    @classmethod
    def of(cls, dimension: Dimension) -> Self:
        axes = [AxisEntryBody.of(axis) for axis in dimension.axes]
        return cls(dimension.name, LabelBody.of(dimension.label), dimension.codelist.id, axes)


class QuantityBody(Body):
    """What is counted, and its unit."""

    id: str
    label: LabelBody
    unit: LabelBody


class DatasetBody(Body):
    """A dataset and its dimensions. Numbers of two quantities are never added."""

    id: DatasetId
    label: LabelBody
    about: LabelBody
    dimensions: list[DimensionBody]
    quantities: (
        Annotated[list[QuantityBody], about("Of sums: what is counted, side by side; `quantity` keeps one of them.")]
        | UnsetType
    ) = UNSET

    @classmethod
    def of(cls, dataset: Dataset) -> Self:
        dimensions = [DimensionBody.of(each) for each in dataset.dimensions if each.has_total]
        quantities = [
            QuantityBody(code.code, LabelBody.of(code.label), LabelBody.of(dataset.units[code.code]))
            for code in (dataset.quantities.codes if dataset.quantities else ())
        ]
        return cls(
            dataset.id, LabelBody.of(dataset.label), LabelBody.of(dataset.about), dimensions, quantities or UNSET
        )


class MeasureEntryBody(Body):
    """A measure and its unit."""

    id: MeasureId
    label: LabelBody
    unit: LabelBody


class StatusEntryBody(Body):
    """A status of a value."""

    id: ValueStatus
    label: LabelBody


class FormatEntryBody(Body):
    """A form of a table."""

    id: str
    media_type: str


class AudienceEntryBody(Body):
    """An audience and what it reads."""

    id: AudienceId
    label: LabelBody


ALL_RELEASES = "/api/v1/releases"


class StatisticsIndexBody(Body):
    """What a query may say, and the releases that answer who names none."""

    datasets: list[DatasetBody]
    measures: list[MeasureEntryBody]
    statuses: list[StatusEntryBody]
    formats: list[FormatEntryBody]
    audiences: list[AudienceEntryBody]
    purposes: list[PurposeId]
    releases: Annotated[
        list[ReleaseBody], about("Those in force. Earlier vintages and withdrawn ones are in the list.")
    ]
    all_releases: Annotated[str, about("The address of the list of all releases, from the root of the service.")]


@cache
def grammar() -> StatisticsIndexBody:
    """What a query may say, from the dictionary."""
    return StatisticsIndexBody(
        datasets=[DatasetBody.of(dataset) for dataset in READABLE.values()],
        measures=[
            MeasureEntryBody(name, LabelBody.of(each.label), LabelBody.of(each.unit)) for name, each in UNITS.items()
        ],
        statuses=[StatusEntryBody(status, LabelBody.of(text)) for status, text in STATUSES.items()],
        formats=[FormatEntryBody(form.id, form.media_type) for form in FORMATS.values()],
        audiences=[AudienceEntryBody(audience, LabelBody.of(AUDIENCE_TEXTS[audience])) for audience in LADDER],
        purposes=list(Purpose),
        releases=[],
        all_releases=ALL_RELEASES,
    )


def index(releases: Iterable[CatalogueEntry]) -> StatisticsIndexBody:
    """What a query may say, and some releases."""
    return replace(grammar(), releases=[ReleaseBody.of(release) for release in releases])
