"""What a query and an answer may name: axes, codes, measures, periods, releases. Each is a component of the description."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from msgspec import Meta

from api.http.bodies import Schema, value
from api.openapi.schemas import enumeration
from api.reference.members import CODES, enum_name
from cases.codelists import CODELISTS
from cases.codelists.types import CodeList, Level
from stats.reading.datasets import AUDIENCE_TEXTS, LADDER, READABLE
from stats.reading.exact_figures import Purpose
from stats.reading.measures import STATUSES, UNITS, CellStatus, Measure
from stats.sums.datasets import QUANTITY

NOTES = (
    "What a reader must know, as codes: `PERIOD_NOT_ENDED`; `UNRESOLVED`, that a person of whom contradictory things are said "
    "counts as not known (a protected release always has it; an exact one names each attribute that is unresolved); "
    "`DEFINITIONS_DIFFER`, that others published the period's total by another definition; "
    "`WITHDRAWN`; `PART_WITHDRAWN`, that a release of a part of the period was; `ERRATUM`; `UNDER_REVIEW`; "
    "`BEFORE_PERIOD_END`, `FEW_REPORTS` and `OTHER_DAY`, what spoke against publishing it; of what is published elsewhere "
    "`PUBLISHED_ELSEWHERE` and how firm it is. An answer says them in words."
)
PERIOD = r"2\d{3}(-Q[1-4]|-2\d{3})?"
RANGE = rf"({PERIOD}(\.\.({PERIOD})?)?|\.\.{PERIOD})"
SELECTION = f"^{RANGE}(,{RANGE})*$"
RELEASE = rf"^{PERIOD}\.[vpax][1-9]\d{{0,5}}$"


def axes() -> Schema:
    names = dict.fromkeys(axis for dataset in READABLE.values() for axis in dataset.axes)
    return enumeration(names, "A dimension, or a roll-up of one: `citizenship.eu`.")


def measures() -> Schema:
    """The measures with their labels."""
    return enumeration(map(str, Measure), "\n".join(f"* `{name}` {unit.label.en}" for name, unit in UNITS.items()))


def statuses() -> Schema:
    """The statuses of a value with their meanings."""
    return enumeration(map(str, CellStatus), "\n".join(f"* `{status}` {text.en}" for status, text in STATUSES.items()))


def audiences() -> Schema:
    """The audiences, from the narrowest, and what each reads."""
    return enumeration(LADDER, "\n".join(f"* `{audience}` {AUDIENCE_TEXTS[audience].en}" for audience in LADDER))


AxisId = Annotated[str, value("Axis", axes)]
MeasureId = Annotated[str, value("Measure", measures)]
ValueStatus = Annotated[str, value("ValueStatus", statuses)]
AudienceId = Annotated[str, value("Audience", audiences)]
PurposeId = Annotated[str, value("Purpose", lambda: enumeration(map(str, Purpose)))]
DatasetId = Annotated[str, value("DatasetId", lambda: enumeration(READABLE))]
PeriodId = Annotated[
    str,
    value(
        "Period",
        {
            "type": "string",
            "pattern": f"^{PERIOD}$",
            "description": "A year `2023`, a quarter `2023-Q4`, or a pool of years `2019-2023`.",
        },
    ),
]
ReleaseId = Annotated[
    str,
    value(
        "ReleaseId",
        {
            "type": "string",
            "pattern": RELEASE,
            "description": "A period and a vintage: `v` exact, `p` public, `a` authority, `e` published elsewhere.",
        },
    ),
]

NoteCodes = Annotated[
    list[str], value("NoteCodes", {"type": "array", "items": {"type": "string"}, "description": NOTES})
]


def quantities() -> Schema:
    """The quantities of all datasets of sums."""
    labels = {
        code.code: code.label.en for each in READABLE.values() if each.quantities for code in each.quantities.codes
    }
    return enumeration(labels, "\n".join(f"* `{name}` {label}" for name, label in labels.items()))


def filter_name(codelist: CodeList) -> str:
    """`age_band` with its roll-ups is AgeBandFilterCode."""
    return enum_name(codelist).removesuffix("Code") + "FilterCode"


def filter_schema(codelist: CodeList) -> Schema:
    """The codes of a list and of its roll-ups, each once. The list describes its own codes."""
    rolled_up = [code.code for level in codelist.levels for code in level.codes]
    shown = "\n\n".join(f"{level.label.en}:\n\n{labels(level)}" for level in codelist.levels)
    about = f"{codelist.label.en}: `{enum_name(codelist)}`, or a roll-up.\n\n{shown}"
    return enumeration(dict.fromkeys((*codelist.names, *rolled_up)), about)


def labels(level: Level) -> str:
    """The codes of a roll-up with their labels."""
    return "\n".join(f"* `{code.code}` {code.label.en}" for code in level.codes)


# By the list's id: what a filter may say. A list without roll-ups is itself.
FILTERS: dict[str, Meta] = CODES | {
    **{each.id: value(filter_name(each), partial(filter_schema, each)) for each in CODELISTS.values() if each.levels},
    QUANTITY: value("QuantityCode", quantities),
}
