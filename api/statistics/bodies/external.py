"""What is published elsewhere: its sources, its figures one by one, and the percentages that sources state themselves."""

from __future__ import annotations

from typing import Annotated, Self

from msgspec import Meta

from api.http.bodies import Body, Count, LabelBody, Uri, about, one_of, schema
from api.statistics.vocabulary import MeasureId, PeriodId, ValueStatus
from stats.published import Figure, FigureKind, FigureUnit, SourceDocument, StatedChange
from stats.reading.external import KINDS, STATUS_OF, computed_percent
from stats.reading.measures import Measure

Percent = Annotated[int, schema(format_="int32")]
PublishedOn = Annotated[str, Meta(pattern=r"^\d{4}(-\d{2}-\d{2})?$")]


class SourceBody(Body):
    """A report or an article."""

    id: str
    url: Uri
    title: str
    published: Annotated[PublishedOn | None, about("A day or a year; null: not known.")]

    @classmethod
    def of(cls, source: SourceDocument) -> Self:
        return cls(source.id, source.url, source.title, source.published)


class FigureKindBody(Body):
    """How firm figures are."""

    id: str
    label: LabelBody

    @classmethod
    def of(cls, kind: FigureKind) -> Self:
        return cls(kind, LabelBody.of(KINDS[kind]))


class ExternalFigureBody(Body):
    """A figure: what it counts, how firm it is, and where it stands."""

    measure: Annotated[str, one_of(FigureUnit)]
    cell: Annotated[dict[str, list[str]], about("The codes that it sums, by dimension; none for a total.")]
    count: Count
    kind: Annotated[str, one_of(FigureKind)]
    status: ValueStatus
    source: Annotated[SourceBody | None, about("Null for what is computed from other figures.")]
    note: LabelBody | None

    @classmethod
    def of(cls, figure: Figure) -> Self:
        return cls(
            measure=figure.measure,
            cell={name: list(codes) for name, codes in figure.cell},
            count=figure.count,
            kind=figure.kind,
            status=STATUS_OF[figure.kind],
            source=SourceBody.of(figure.origin) if figure.origin else None,
            note=LabelBody.of(figure.note) if figure.note else None,
        )


class StatedPercentageBody(Body):
    """A percentage that sources state, beside the one that is computed."""

    measure: MeasureId
    compared_with: PeriodId
    stated: Annotated[Percent, about("What the sources say.")]
    computed: Annotated[Percent, about("What it is.")]
    agrees: bool
    sources: list[Uri]
    note: LabelBody

    @classmethod
    def of(cls, change: StatedChange) -> Self:
        ours = computed_percent(change)
        return cls(
            measure=Measure.CHANGE_PERCENT,
            compared_with=str(change.first),
            stated=change.percent,
            computed=ours,
            agrees=change.percent == ours,
            sources=list(change.sources),
            note=LabelBody.of(change.note),
        )
