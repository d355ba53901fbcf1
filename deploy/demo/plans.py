"""The indicators of the demo: one that is computed and one that is typed in. Both say that they are invented."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django.contrib.auth.models import User

from cases.dimensions import PRINCIPAL
from core.text import NO_TEXT, Text
from partners.audit import Actor
from publications.plans import writing
from publications.plans.choices import COMPUTED, MANUAL
from publications.plans.lights import TargetDirection
from publications.plans.models import PlanIndicator
from publications.plans.plans import OF_2022

YEARS_OF_PLANS = (2022, 2023)
INVENTED = Text("Opdigtet til demoen.", "Invented for the demo.")
# What was typed in of each year.
COURSES = {2022: Decimal(12), 2023: Decimal(15)}


def indicators() -> tuple[PlanIndicator, ...]:
    """One of each kind. They are not stored."""
    path = {"plan": OF_2022.id, "baseline_year": 2021, "direction": TargetDirection.UP, "due_year": 2025}
    return (
        PlanIndicator(
            **path,
            area="1",
            code="DEMO-WOMEN",
            label_da="Demotal: kvinder vurderet udsat for menneskehandel",
            label_en="Demo figure: women identified as victims",
            definition_da=f"Kvinder, der er vurderet udsat for menneskehandel i året. {INVENTED.da}",
            definition_en=f"Women who were identified as victims in the year. {INVENTED.en}",
            unit="PERSONS",
            source=COMPUTED,
            dataset=PRINCIPAL.id,
            filters={"gender": "F"},
            measure="count",
            baseline_value=Decimal(40),
            target_value=Decimal(80),
        ),
        PlanIndicator(
            **path,
            area="3",
            code="DEMO-COURSES",
            label_da="Demotal: kurser for politi og anklagemyndighed",
            label_en="Demo figure: courses for police and prosecution",
            definition_da=f"Kurser, der er holdt i året. {INVENTED.da}",
            definition_en=f"Courses that were held in the year. {INVENTED.en}",
            unit="COURSES",
            source=MANUAL,
            baseline_value=Decimal(10),
            target_value=Decimal(30),
        ),
    )


def publish_plans(say: Callable[[str], None], author: User, approver: User) -> None:
    """Write and publish each indicator that is not there, with its observations."""
    by, second = Actor.of(author), Actor.of(approver)
    for indicator in indicators():
        if PlanIndicator.objects.filter(plan=indicator.plan, code=indicator.code).exists():
            continue
        say(f"observing {indicator.code}")
        writing.add_indicator(by=by, indicator=indicator)
        writing.decide_indicator(by=second, indicator=indicator, approve=True)
        for year in YEARS_OF_PLANS:
            typed_in = (COURSES[year], INVENTED) if indicator.source == MANUAL else (None, NO_TEXT)
            row = writing.observe(by=by, observation=writing.observation_of(indicator, year, *typed_in))
            writing.decide_observation(by=second, observation=row, approve=True)
