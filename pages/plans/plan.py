"""The list of action plans, and a plan: its areas and initiatives, its indicators with how they are doing, every observation."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponseBase

from pages.base.addresses import address_of
from pages.base.frame import PageAddress, answer_page
from pages.plans.words import MILLIONS, NOT_KNOWN, PLAN, SINCE, VINTAGE
from pages.plans.words import PLANS as WORDS
from publications.annual.labels import day_in_words
from publications.plans import reading
from publications.plans.lights import LIGHTS, RULES, SHAPES, PlanLight
from publications.plans.plans import AFTERWARDS, MINISTRIES, PLANS, ministries_of
from publications.plans.reading import ReadArea, ReadIndicator, ReadObservation, ReadPlan
from publications.plans.shapes import ActionPlan, ResponsibleMinistry
from publications.plans.shown import IN_YEAR, baseline_words, query_words, target_words
from publications.plans.values import WITHDRAWN, value_words
from stats.reading.marks import number

NAME, EVERY = "plan", "plans"


def plans(request: HttpRequest, language: str) -> HttpResponseBase:
    """The page. It asks nothing of the database."""
    return answer_page(request, PageAddress(EVERY, language), (), lambda: ("plans/plans.html", context(language)))


def context(language: str) -> dict[str, Any]:
    return {
        "words": {name: text(language) for name, text in WORDS.items()},
        "plans": [
            (
                each.label(language),
                address_of("plan", language, plan=each.id),
                len(each.areas),
                budget_of(each, language),
            )
            for each in PLANS.values()
        ],
        "afterwards": WORDS["afterwards"](language).format(max(each.last_year for each in PLANS.values())),
        "since": (AFTERWARDS.title(language), AFTERWARDS.address),
        "ministries": [
            (each.label(language), since_words(each, language), each.source, host_of(each.source), each.is_official)
            for each in reversed(MINISTRIES)
        ],
    }


def years_of(plan: ActionPlan) -> str:
    return f"{plan.first_year}–{plan.last_year}"


def budget_of(plan: ActionPlan, language: str) -> str:
    """The money of a plan, or that it is not known."""
    if plan.budget is None:
        return NOT_KNOWN(language)
    millions = number(int(plan.budget) if plan.budget == int(plan.budget) else plan.budget, language)
    return MILLIONS(language).format(millions)


def host_of(address: str) -> str:
    return (urlsplit(address).hostname or address).removeprefix("www.")


def since_words(ministry: ResponsibleMinistry, language: str) -> str:
    """From when a ministry answers: the day, or the year where the source has no more."""
    return day_in_words(ministry.since, language) if ministry.has_day else str(ministry.since.year)


def ministry_words(ministry: ResponsibleMinistry, language: str) -> str:
    """A ministry with its first day, and that this stands at no authority's page where it is so."""
    words = f"{ministry.label(language)}, {SINCE(language).format(since_words(ministry, language))}"
    return words if ministry.is_official else f"{words} ({WORDS['unofficial'](language)})"


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
        row, language = state.row, self.language
        return {
            "id": f"indicator-{row.code}",
            "code": row.code,
            "label": row.label(language),
            "definition": row.definition(language),
            "query": query_words(row, language),
            "shape": SHAPES[state.light],
            "light": LIGHTS[state.light](language),
            "light_name": state.light.value,
            "latest": self.latest(state),
            "baseline": baseline_words(row, language),
            "target": target_words(row, language),
            "observations": [self.observation(each, row.unit) for each in state.observations],
        }

    def latest(self, state: ReadIndicator) -> str:
        """The observation that counts, in words."""
        if state.latest is None:
            return PLAN["not_observed"](self.language)
        return IN_YEAR(self.language).format(self.value(state.latest, state.row.unit), state.latest.year)

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
