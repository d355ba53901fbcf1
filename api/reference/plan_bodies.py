"""What is answered of action plans."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Self

from msgspec import UNSET, Meta

from api.http.bodies import Body, Day, InventedMark, LabelBody, Uri, about, one_of, value
from api.openapi.parts import Example
from cases.dimensions import PRINCIPAL
from core.text import NO_TEXT
from publications.plans.choices import COMPUTED, DIRECTIONS, INDICATOR_UNITS, SOURCES
from publications.plans.lights import LIGHTS, light
from publications.plans.models import PlanIndicator
from publications.plans.plans import MINISTRIES, OF_2022, PLANS
from publications.plans.reading import ReadArea, ReadIndicator, ReadObservation, ReadPlan
from publications.plans.shapes import ActionPlan, ResponsibleMinistry

PlanId = Annotated[
    str, value("PlanId", {"type": "string", "enum": [*PLANS], "description": "A plan, by its first and last year."})
]
Year = Annotated[int, Meta(ge=2000, le=2100)]
Amount = Annotated[float, about("In the indicator's unit.")]


class PlanInitiativeBody(Body):
    """What a plan sets going."""

    id: str
    label: LabelBody


class PlanAreaBody(Body):
    """An area of a plan, with the initiatives whose names were read."""

    id: str
    label: LabelBody
    initiatives: list[PlanInitiativeBody]


class PlanSourceBody(Body):
    """Where a plan was read."""

    title: LabelBody
    address: Uri


class PlanBody(Body):
    """A plan."""

    id: PlanId
    label: LabelBody
    first_year: Year
    last_year: Year
    budget: Annotated[float | None, about("In million kroner; null where no source of it was found.")]
    areas: list[PlanAreaBody]
    sources: list[PlanSourceBody]
    remark: Annotated[LabelBody | None, about("What of the plan is not verified.")]

    @classmethod
    def of(cls, plan: ActionPlan) -> Self:
        """A plan as it is typed in."""
        return cls(**plan_members(plan))


def plan_members(plan: ActionPlan) -> dict[str, Any]:
    """What a plan has by the names of the body's members: of the body without its indicators and of the one with them."""
    return {
        "id": plan.id,
        "label": LabelBody.of(plan.label),
        "first_year": plan.first_year,
        "last_year": plan.last_year,
        "budget": amount(plan.budget),
        "areas": [
            PlanAreaBody(
                area.id,
                LabelBody.of(area.label),
                [PlanInitiativeBody(each.id, LabelBody.of(each.label)) for each in area.initiatives],
            )
            for area in plan.areas
        ],
        "sources": [PlanSourceBody(LabelBody.of(each.title), each.address) for each in plan.sources],
        "remark": LabelBody.of(plan.remark) if any(plan.remark) else None,
    }


def amount(number: Decimal | None) -> float | None:
    """A number of JSON: whole, or with at most two decimals."""
    return None if number is None else int(number) if number == int(number) else float(number)


class MinistryBody(Body):
    """The ministry that answers for the plans, from a day on."""

    since: Day
    has_day: Annotated[bool, about("Whether the day stands in the source. Where it does not, the year alone does.")]
    label: LabelBody
    source: Annotated[Uri | None, about("Null where no page is referred to.")]

    @classmethod
    def of(cls, ministry: ResponsibleMinistry) -> Self:
        """A ministry as it is typed in."""
        return cls(ministry.since.isoformat(), ministry.has_day, LabelBody.of(ministry.label), ministry.source or None)


class PlansBody(Body):
    """Every plan, the newest first; and the ministries, the first one first."""

    items: list[PlanBody]
    ministries: list[MinistryBody]

    @classmethod
    def of_all(cls) -> Self:
        return cls([PlanBody.of(each) for each in PLANS.values()], [MinistryBody.of(each) for each in MINISTRIES])


class ObservationBody(Body):
    """What was observed of an indicator in a year. A second member of staff has approved it."""

    year: Year
    value: Annotated[
        Amount | None, about("Null: the release does not show it. Null is neither zero nor unknown to the release.")
    ]
    shown: Annotated[bool, about("Whether there is a value to see.")]
    release: Annotated[str | None, about("The release that it is of; see `GET /api/v1/releases/{release_id}`.")]
    vintage: Annotated[int | None, about("The vintage of the release.")]
    withdrawn: Annotated[bool, about("Whether the release was withdrawn since. Then no value is shown.")]
    source: Annotated[LabelBody | None, about("Where a value that was typed in is from.")]
    least: Annotated[bool, about("Of a sum that not every report knows: the value is the least.")]
    superseded: Annotated[bool, about("Whether a later observation of the year stands in its place.")]

    @classmethod
    def of(cls, each: ReadObservation) -> Self:
        """An observation; of one without a release, or without words on its source, there is null."""
        return cls(
            each.year,
            amount(each.value),
            each.value is not None,
            each.release or None,
            each.vintage,
            each.is_withdrawn,
            LabelBody.of(each.source) if any(each.source) else None,
            each.is_least,
            each.is_superseded,
        )


class PlanQueryBody(Body):
    """The cell of public releases that a computed indicator is."""

    dataset: str
    filters: Annotated[dict[str, str], about("By axis the code; empty: everybody.")]
    measure: str


class PointBody(Body):
    """A value of a year."""

    year: Year
    value: Amount


class IndicatorBody(Body):
    """What a plan is measured by."""

    code: str
    area: Annotated[str, about("The id of its area.")]
    label: LabelBody
    definition: LabelBody
    unit: Annotated[str, one_of(INDICATOR_UNITS)]
    source: Annotated[str, one_of(SOURCES), about("`COMPUTED` from releases, or `MANUAL`: typed in with its source.")]
    query: PlanQueryBody | None
    baseline: PointBody
    target: Annotated[PointBody, about("The value that is aimed at, and the year in which it is due.")]
    direction: Annotated[str, one_of(DIRECTIONS), about("`UP`: the target is reached from below. `DOWN`: from above.")]
    light: Annotated[
        str,
        one_of(LIGHTS),
        about(
            "Of the latest year that was observed: `reached`, it meets the target; `on_track`, it is at least as good as the "
            "straight line from baseline to target; `behind`; `not_known`, nothing was observed or it is not shown."
        ),
    ]
    observations: Annotated[list[ObservationBody], about("The newest year first.")]
    invented: InventedMark = UNSET

    @classmethod
    def of(cls, each: ReadIndicator) -> Self:
        """An indicator with its observations. One that is typed in has no query."""
        row, path = each.row, each.row.path
        return cls(
            row.code,
            row.area,
            LabelBody.of(row.label),
            LabelBody.of(row.definition),
            row.unit,
            row.source,
            PlanQueryBody(row.dataset, dict(row.filters), row.measure) if row.dataset else None,
            PointBody(path.baseline_year, amount(path.baseline) or 0),
            PointBody(path.due_year, amount(path.target) or 0),
            row.direction,
            each.light.value,
            [ObservationBody.of(observation) for observation in each.observations],
        )


class PlanDetailBody(PlanBody):
    """A plan with its indicators."""

    indicators: list[IndicatorBody]

    @classmethod
    def of_state(cls, state: ReadPlan) -> Self:
        """A plan with all that is published of it."""
        return cls(**plan_members(state.plan), indicators=[IndicatorBody.of(each) for each in state.indicators])


def detail() -> PlanDetailBody:
    """A plan with a computed indicator, whose last year is not shown."""
    row = PlanIndicator(
        plan=OF_2022.id,
        area="1",
        code="WOMEN",
        label_da="Kvinder vurderet udsat for menneskehandel",
        label_en="Women identified",
        definition_da="Kvinder, der er vurderet udsat for menneskehandel i året.",
        definition_en="Women who were identified as victims in the year.",
        unit="PERSONS",
        source=COMPUTED,
        dataset=PRINCIPAL.id,
        filters={"gender": "F"},
        measure="count",
        baseline_year=2021,
        baseline_value=Decimal(44),
        target_value=Decimal(80),
        direction="UP",
        due_year=2025,
    )
    rows = (
        ReadObservation(2, 2023, None, "2023.p1", 1, False, NO_TEXT, False),
        ReadObservation(1, 2022, Decimal(51), "2022.p1", 1, False, NO_TEXT, False),
    )
    indicator = ReadIndicator(row, rows, light(row.path, ((each.year, each.value) for each in rows)))
    first, *others = OF_2022.areas
    areas = (ReadArea(first, (indicator,)), *(ReadArea(each, ()) for each in others))
    return PlanDetailBody.of_state(ReadPlan(OF_2022, areas))


PLANS_LIST = Example("Plans", "Every plan", PlansBody.of_all)
PLAN = Example("Plan", "A plan whose indicator is not shown in its last year", detail)
