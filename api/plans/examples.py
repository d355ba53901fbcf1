"""Examples of action plans: the table as it is, and one indicator of each light that is easily misread."""

from __future__ import annotations

from decimal import Decimal

from api.openapi.parts import Example
from api.plans.bodies import PlanDetailBody, PlansBody
from cases.dimensions import PRINCIPAL
from core.text import NO_TEXT
from publications.plans.choices import COMPUTED
from publications.plans.lights import light
from publications.plans.models import PlanIndicator
from publications.plans.plans import OF_2022
from publications.plans.reading import ReadArea, ReadIndicator, ReadObservation, ReadPlan


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
