"""The list of action plans, and a plan: its areas and initiatives, its indicators with how they are doing, every observation."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponseBase

from core.text import Text
from pages.base.addresses import address_of
from pages.base.frame import PageAddress, answer_page
from publications.annual.labels import day_in_words
from publications.plans import reading
from publications.plans.choices import WITHDRAWN, value_words
from publications.plans.lights import LIGHTS, RULES, SHAPES, PlanLight
from publications.plans.plans import AFTERWARDS, MINISTRIES, PLANS, ministries_of
from publications.plans.reading import (
    IN_YEAR,
    ReadArea,
    ReadIndicator,
    ReadObservation,
    ReadPlan,
    baseline_words,
    query_words,
    target_words,
)
from publications.plans.shapes import ActionPlan, ResponsibleMinistry
from stats.reading.marks import number

PATH = Text("handlingsplaner", "plans")
LIST_WORDS: dict[str, Text] = {
    "title": Text("Handlingsplaner mod menneskehandel", "Action plans against human trafficking"),
    "lead": Text(
        "Danmarks nationale handlingsplaner: indsatsområder, og hvordan det går med deres indikatorer.",
        "Denmark's national action plans: their areas, and how their indicators are doing.",
    ),
    "table": Text("Planerne, den nyeste først", "The plans, the newest first"),
    "plan": Text("Plan", "Plan"),
    "areas": Text("Indsatsområder", "Areas"),
    "budget": Text("Bevilling", "Budget"),
    "ministries": Text("Ansvarligt ministerium", "Ministry responsible"),
    "ministry": Text("Ministerium", "Ministry"),
    "since": Text("Fra", "From"),
    "source": Text("Kilde", "Source"),
    "unofficial": Text("ikke bekræftet på en myndigheds side", "not verified at an official page"),
    "no_authority": Text("ingen myndigheds side", "no authority's page"),
    "about_ministries": Text(
        "Området har skiftet ministerium mange gange. Dagen er den, fra hvilken ministeriet havde området. Hvor kilden kun har "
        "året, står kun året. Hvor kilden ikke er en myndigheds side, er dagen ikke bekræftet. Der er ikke registreret "
        "en senere ændring end den øverste.",
        "The field has moved between ministries many times. The day is the one from which the ministry was responsible. "
        "Where the source gives a year alone, only the year is shown. Where the source is no authority's page, the day is not "
        "verified. No later change than the one at the top is registered.",
    ),
    "afterwards": Text(
        "Der er ikke registreret en plan for årene efter {}.", "No plan is registered for the years after {}."
    ),
}
PLAN_WORDS: dict[str, Text] = {
    "lead": Text(
        "Handlingsplanens indsatsområder, og hvordan det går. Hver måling er læst af to medarbejdere, før den står her.",
        "The areas of the plan, and how it is doing. Two members of staff have read each observation before it stands here.",
    ),
    "facts": Text("Om planen", "About the plan"),
    "years": Text("År", "Years"),
    "budget": Text("Bevilling", "Budget"),
    "ministries": Text("Ansvarligt ministerium", "Ministry responsible"),
    "sources": Text("Kilder", "Sources"),
    "initiatives": Text("Initiativer", "Initiatives"),
    "indicators": Text("Indikatorer", "Indicators"),
    "indicator": Text("Indikator", "Indicator"),
    "state": Text("Hvordan det går", "How it is doing"),
    "latest": Text("Seneste måling", "Latest observation"),
    "baseline": Text("Udgangspunkt", "Baseline"),
    "target": Text("Mål", "Target"),
    "definition": Text("Definition", "Definition"),
    "query": Text("Beregnes af udgivelserne", "Computed from the releases"),
    "observations": Text("Målinger", "Observations"),
    "year": Text("År", "Year"),
    "value": Text("Værdi", "Value"),
    "source": Text("Kilde", "Source"),
    "none": Text("Ingen indikator er udgivet for området.", "No indicator of this area is published."),
    "none_at_all": Text("Ingen indikator er udgivet for planen.", "No indicator of this plan is published."),
    "not_observed": Text("ikke målt endnu", "not observed yet"),
    "superseded": Text("erstattet af en senere måling", "replaced by a later observation"),
    "rule": Text("Sådan afgøres det", "How it is decided"),
    "every_plan": Text("Alle handlingsplaner", "All action plans"),
    "data": Text("Hent som JSON", "Get as JSON"),
}
NOT_KNOWN = Text("kendes ikke", "not known")
MILLIONS = Text("{}\N{NO-BREAK SPACE}mio.\N{NO-BREAK SPACE}kr.", "DKK\N{NO-BREAK SPACE}{}\N{NO-BREAK SPACE}million")
VINTAGE = Text("udgivelse {}, udgave {}", "release {}, vintage {}")
SINCE = Text("fra {}", "from {}")


NAME, EVERY = "plan", "plans"


def plans(request: HttpRequest, language: str) -> HttpResponseBase:
    """The page. It asks nothing of the database."""
    return answer_page(request, PageAddress(EVERY, language), (), lambda: ("plans/plans.html", context(language)))


def context(language: str) -> dict[str, Any]:
    return {
        "words": {name: text(language) for name, text in LIST_WORDS.items()},
        "plans": [
            (
                each.label(language),
                address_of("plan", language, plan=each.id),
                len(each.areas),
                budget_of(each, language),
            )
            for each in PLANS.values()
        ],
        "afterwards": LIST_WORDS["afterwards"](language).format(max(each.last_year for each in PLANS.values())),
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
    return words if ministry.is_official else f"{words} ({LIST_WORDS['unofficial'](language)})"


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
            "words": {name: text(language) for name, text in PLAN_WORDS.items()},
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
            return PLAN_WORDS["not_observed"](self.language)
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
