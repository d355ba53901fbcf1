"""Indicators of the plan of 2022-2025, who writes them, and two published years to compute them from."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User

from cases.dimensions import PRINCIPAL
from core.text import Text
from partners.audit import Actor
from publications.plans import observations
from publications.plans.choices import COMPUTED, MANUAL
from publications.plans.models import PlanIndicator, PlanObservation
from stats.models import PUBLIC, Release
from tests.people.visitors import staff
from tests.stats.published import publish

PLAN = "2022-2025"
SOURCE = Text("Kursusregnskab 2023", "Account of courses 2023")

# The form of a computed indicator.
INDICATOR = {
    "of_area": f"{PLAN}/1",
    "code": "WOMEN",
    "label_da": "Kvinder",
    "label_en": "Women <1>.",
    "definition_da": "Kvinder, der er vurderet som ofre.",
    "definition_en": "Women who were identified.",
    "unit": "PERSONS",
    "source": COMPUTED,
    "measure": "count",
    "cell": "gender=F",
    "baseline_year": "2021",
    "baseline_value": "44",
    "direction": "UP",
    "target_value": "80",
    "due_year": "2025",
}


def writer() -> User:
    """The statistician of these tests."""
    return User.objects.filter(username="plan-writer").first() or staff("plan-writer", "statistician")


def approver() -> User:
    """The approver of these tests."""
    return User.objects.filter(username="plan-approver").first() or staff("plan-approver", "approver")


def publish_year(year: str = "2023", vintage: int = 1, women: int | None = 72, **columns: Any) -> Release:
    """A public release with genders. Without a number of women two cells are hidden."""
    genders = {"F": women, "M": 40 if women is not None else None, "X": 0}
    return publish(PUBLIC, year, {"": {"": 112}, "gender": genders}, vintage, **columns)


def a_computed(code: str = "WOMEN", **changes: Any) -> PlanIndicator:
    """Women identified: 44 in 2021, 80 in 2025. It is not stored."""
    values: dict[str, Any] = {
        "plan": PLAN,
        "area": "1",
        "code": code,
        "label_da": "Kvinder identificeret",
        "label_en": "Women identified",
        "definition_da": "Kvinder, der er vurderet som ofre i året.",
        "definition_en": "Women who were identified as victims in the year.",
        "unit": "PERSONS",
        "source": COMPUTED,
        "dataset": PRINCIPAL.id,
        "filters": {"gender": "F"},
        "measure": "count",
        "baseline_year": 2021,
        "baseline_value": Decimal(44),
        "target_value": Decimal(80),
        "direction": "UP",
        "due_year": 2025,
    }
    return PlanIndicator(**{**values, **changes})


def a_manual(code: str = "COURSES", **changes: Any) -> PlanIndicator:
    """Courses held: 10 in 2021, 30 in 2025. It is not stored."""
    words = {"label_da": "Kurser holdt", "label_en": "Courses held", "unit": "COURSES"}
    values = {"baseline_value": Decimal(10), "target_value": Decimal(30)}
    return a_computed(code, source=MANUAL, dataset="", filters={}, measure="", **{**words, **values, **changes})


def reason_of(approve: bool) -> str:
    """The reason of a refusal; none of a publication."""
    return "" if approve else "WRONG"


def stored(indicator: PlanIndicator, *, approve: bool | None = True) -> PlanIndicator:
    """The indicator as the statistician writes it, and what an approver decides of it (None: nothing yet)."""
    observations.add_indicator(by=Actor.of(writer()), indicator=indicator)
    if approve is not None:
        observations.decide_indicator(
            by=Actor.of(approver()), indicator=indicator, approve=approve, reason=reason_of(approve)
        )
    return indicator


def observed(
    indicator: PlanIndicator, year: int = 2023, value: int | None = None, *, approve: bool | None = True
) -> PlanObservation:
    """An observation as the statistician writes it, and what an approver decides of it (None: nothing yet)."""
    source = () if value is None else (Decimal(value), SOURCE)
    row = observations.observe(by=Actor.of(writer()), observation=observations.observation_of(indicator, year, *source))
    if approve is not None:
        observations.decide_observation(
            by=Actor.of(approver()), observation=row, approve=approve, reason=reason_of(approve)
        )
    return row
