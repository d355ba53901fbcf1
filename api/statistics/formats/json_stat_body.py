"""What JSON-stat 2.0 is made of, as it is answered (https://json-stat.org/full/)."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import UNSET, Meta, UnsetType, field

from api.http.bodies import Body, Count, Moment, Uri, about, one_of, schema
from api.statistics.vocabulary import AudienceId, DatasetId, NoteCodes, PeriodId, ReleaseId, ValueStatus
from stats.reading.entries import EXTERNAL, OWN

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
    unit: Annotated[dict[str, JsonStatUnitBody], about("On measures, and on quantities of sums.")] | UnsetType = UNSET


class JsonStatAxisBody(Body):
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


class JsonStatReportsBody(Body):
    """How many reports are behind a quantity. Where fewer came than were due, or know it, its figures are "at least"."""

    release: ReleaseId
    quantity: str
    dataset: DatasetId
    due: Count
    came: Count
    beside: Annotated[Count, about("That came and nobody had asked for.")]
    knowing: Annotated[Count, about("That have the number in each line.")]
    exact: Annotated[Count | None, about("Of the quantity: the sum of the shown cells of the table.")]
    doubt: Annotated[Number, about("Widths of the table's intervals, per unit of the total.")]


class JsonStatExtensionBody(Body, kw_only=True):
    """What JSON-stat has no word for: the releases, what a status means, and for whom this is."""

    dataset: DatasetId
    audience: AudienceId
    releases: list[JsonStatReleaseBody]
    status: Annotated[JsonStatLabelsBody, about("What the statuses mean.")]
    told: JsonStatToldBody | UnsetType = UNSET
    behind: Annotated[list[JsonStatReportsBody], about("Of sums: the reports behind them.")] | UnsetType = UNSET


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
    dimension: dict[str, JsonStatAxisBody]
    value: list[Number]
    status: Annotated[
        dict[str, ValueStatus],
        about("By the place of the value; a value without one is normal. `I`, `P` and `V` have a value."),
    ]
    extension: JsonStatExtensionBody
