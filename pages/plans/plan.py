"""A plan: its areas and initiatives, its indicators with how they are doing, and every observation."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

from pages.base.addresses import address_of
from pages.base.frame import PageAddress, answer_page
from pages.plans.plans import budget_of, ministry_words, years_of
from pages.plans.words import PLAN, VINTAGE
from publications.plans import reading, shown
from publications.plans.lights import LIGHTS, RULES, SHAPES, PlanLight
from publications.plans.plans import PLANS, ministries_of
from publications.plans.reading import ReadArea, ReadIndicator, ReadObservation, ReadPlan
from publications.plans.values import WITHDRAWN, value_words

NAME = "plan"


def plan(request: HttpRequest, language: str, plan: str) -> HttpResponseBase:
    """The page. Two statements."""
    if plan not in PLANS:
        raise Http404
    state = reading.read(PLANS[plan])
    page = PlanPage(state, language)
    return answer_page(
        request, PageAddress(NAME, language, {"plan": plan}), (state.key,), lambda: ("plans/plan.html", page.context())
    )


@dataclass(frozen=True)
class PlanPage:
    """A plan in a language."""

    state: ReadPlan
    language: str

    def context(self) -> dict[str, Any]:
        """What the page shows."""
        plan, language = self.state.plan, self.language
        return {
            "words": {name: text(language) for name, text in PLAN.items()},
            "title": plan.label(language),
            "years": years_of(plan),
            "budget": budget_of(plan, language),
            "doing": self.doing(),
            "ministries": [ministry_words(each, language) for each in ministries_of(plan)],
            "sources": [(each.title(language), each.address) for each in plan.sources],
            "remark": plan.remark(language),
            "areas": [self.area(each) for each in self.state.areas],
            "rules": [each(language) for each in RULES],
            "lights": [(SHAPES[each], LIGHTS[each](language), each.value) for each in PlanLight],
            "data": f"/api/v1/plans/{plan.id}",
        }

    def doing(self) -> list[tuple[str, str, str, int]]:
        """How many indicators are how far: the shape, the words, the name and the number of each light that there is."""
        numbers = Counter(each.light for each in self.state.indicators)
        return [
            (SHAPES[each], LIGHTS[each](self.language), each.value, numbers[each])
            for each in PlanLight
            if numbers[each]
        ]

    def area(self, state: ReadArea) -> dict[str, Any]:
        """An area with its initiatives and indicators."""
        return {
            "id": f"area-{state.area.id}",
            "label": f"{state.area.id}. {state.area.label(self.language)}",
            "initiatives": [each.label(self.language) for each in state.area.initiatives],
            "indicators": [self.indicator(each) for each in state.indicators],
        }

    def indicator(self, state: ReadIndicator) -> dict[str, Any]:
        """An indicator in words."""
        row, language = state.row, self.language
        return {
            "id": f"indicator-{row.code}",
            "code": row.code,
            "label": row.label(language),
            "definition": row.definition(language),
            "query": shown.query_words(row, language),
            "shape": SHAPES[state.light],
            "light": LIGHTS[state.light](language),
            "light_name": state.light.value,
            "latest": self.latest(state),
            "baseline": shown.baseline_words(row, language),
            "target": shown.target_words(row, language),
            "observations": [self.observation(each, row.unit) for each in state.observations],
        }

    def latest(self, state: ReadIndicator) -> str:
        """The observation that counts, in words."""
        if state.latest is None:
            return PLAN["not_observed"](self.language)
        return shown.IN_YEAR(self.language).format(self.value(state.latest, state.row.unit), state.latest.year)

    def value(self, observation: ReadObservation, unit: str) -> str:
        """A value in words, or why it is not shown."""
        if observation.is_withdrawn:
            return WITHDRAWN(self.language)
        return value_words(observation.value, unit, self.language, observation.is_least)

    def observation(self, observation: ReadObservation, unit: str) -> dict[str, Any]:
        """An observation in words, with the way to its release."""
        return {
            "year": observation.year,
            "value": self.value(observation, unit),
            "is_superseded": observation.is_superseded,
            "release": observation.release,
            "release_words": VINTAGE(self.language).format(observation.release, observation.vintage),
            "address": observation.release and address_of("release", self.language, release=observation.release),
            "source": observation.source(self.language),
        }
