"""Parameters of the statistics: the grammar of a query, with the forms of a table by the name that `format` has.

The first form is for who asks for none. Negotiation, the parameter, the index and the description are made from `FORMATS`.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from api.http.bodies import one_of, schema
from api.openapi.parts import LANG, Parameter
from api.statistics.audiences import PURPOSE_HEADER
from api.statistics.formats.flat import CSV, DANISH_CSV, LIST
from api.statistics.formats.form import TableFormat
from api.statistics.formats.json_stat import JSON_STAT
from api.statistics.formats.workbook import WORKBOOK
from api.statistics.vocabulary import (
    FILTERS,
    RELEASE,
    SELECTION,
    AudienceId,
    AxisId,
    DatasetId,
    MeasureId,
    PurposeId,
    ReleaseId,
)
from cases.dimensions import PRINCIPAL, Dimension
from stats.reading.datasets import READABLE, all_dimensions
from stats.reading.query import AS_OF, EXCLUDE, INCLUDE, LATEST

FORMATS: dict[str, TableFormat] = {
    each.id: each
    for each in (
        JSON_STAT,
        CSV,
        DANISH_CSV,
        LIST,
        WORKBOOK,
    )
}


# The first dataset that has a name describes it. Calls have `region` with the same codes, and one for what was not asked.
DIMENSIONS: dict[str, Dimension] = {
    name: d for dataset in reversed([*READABLE.values()]) for name, d in dataset.by_name.items()
}


def filter_by(dimension: Dimension) -> Parameter:
    """One published code of a dimension."""
    of = [dataset.id for dataset in READABLE.values() if dimension.name in dataset.by_name]
    only = f" Only of `{of[0]}`." if len(of) == 1 else ""
    about = f"{dimension.label.en}: one code, of the list or a roll-up.{only}"
    return Parameter(
        dimension.name, about, Annotated[str, FILTERS[dimension.codelist.id]], key=f"dimension.{dimension.name}"
    )


DATASET_IN_PATH = Parameter("dataset_id", "What is counted.", DatasetId, place="path", example=PRINCIPAL.id)
RELEASE_IN_PATH = Parameter("release_id", "A release.", ReleaseId, place="path", example="2023.p1")
PURPOSE = Parameter(
    PURPOSE_HEADER,
    "What exact figures are for; needed for those alone. It is logged with the query.",
    PurposeId,
    place="header",
)
BY = Parameter(
    "by",
    "The axes, with commas between; at most one of each dimension.",
    Annotated[list[AxisId], Meta(min_length=1), schema(uniqueItems=True)],
    example=["gender"],
    style="form",
    explode=False,
)
MOMENT = Parameter(
    AS_OF,
    "The vintages that were current at this moment: an RFC 3339 moment, or a date, which means its end in Copenhagen. "
    "Not together with the id of a release. A `+` is written `%2B`.",
    Annotated[str, schema(format_="moment-or-day")],
)
# What a table may be asked with, but for its dataset and its purpose.
QUERY = (
    BY,
    *(filter_by(DIMENSIONS[name]) for name in all_dimensions()),
    Parameter(
        "period",
        "Periods of one kind that do not overlap: one, several with commas between, or a range with `..`, of which either end "
        "may be open. A period that is named has to be released with the table; a range is what is released of it. Without it, "
        "every year that is released.",
        Annotated[str, Meta(pattern=SELECTION)],
        key="table.period",
    ),
    Parameter("year", "One year; instead of `period`.", Annotated[str, Meta(pattern=r"^2\d{3}$")]),
    Parameter(
        "release",
        "A release by its id, or the latest of each period.",
        Annotated[str, Meta(pattern=f"{RELEASE}|^{LATEST}$"), schema(default=LATEST)],
    ),
    MOMENT,
    Parameter(
        "measure",
        "The measures, with commas between; `count` where none is named.",
        Annotated[list[MeasureId], Meta(min_length=1), schema(uniqueItems=True)],
        style="form",
        explode=False,
    ),
    Parameter(
        "totals",
        "Whether each axis begins with its total.",
        Annotated[str, one_of((INCLUDE, EXCLUDE), default=INCLUDE)],
    ),
    Parameter("audience", "For whom: the widest that the token opens, or a narrower one.", AudienceId),
    Parameter("format", "The form, for people; it goes before Accept.", Annotated[str, one_of(FORMATS)]),
    LANG,
)
