"""The list of action plans, and which ministries have answered for them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponseBase

from pages.base.addresses import address_of
from pages.base.frame import PageAddress, answer_page
from pages.plans.words import MILLIONS, NOT_KNOWN, SINCE
from pages.plans.words import PLANS as WORDS
from publications.annual.labels import day_in_words
from publications.plans.plans import AFTERWARDS, MINISTRIES, PLANS
from publications.plans.shapes import ActionPlan, ResponsibleMinistry
from stats.reading.marks import number

NAME = "plans"


def plans(request: HttpRequest, language: str) -> HttpResponseBase:
    """The page. It asks nothing of the database."""
    return answer_page(request, PageAddress(NAME, language), (), lambda: ("plans/plans.html", context(language)))


def context(language: str) -> dict[str, Any]:
    """What the page shows."""
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
    """The years of a plan."""
    return f"{plan.first_year}–{plan.last_year}"


def budget_of(plan: ActionPlan, language: str) -> str:
    """The money of a plan, or that it is not known."""
    if plan.budget is None:
        return NOT_KNOWN(language)
    shown = number(int(plan.budget) if plan.budget == int(plan.budget) else plan.budget, language)
    return MILLIONS(language).format(shown)


def host_of(address: str) -> str:
    """Whose an address is."""
    return (urlsplit(address).hostname or address).removeprefix("www.")


def since_words(ministry: ResponsibleMinistry, language: str) -> str:
    """From when a ministry answers: the day, or the year where the source has no more."""
    return day_in_words(ministry.since, language) if ministry.has_day else str(ministry.since.year)


def ministry_words(ministry: ResponsibleMinistry, language: str) -> str:
    """A ministry with its first day, and that this stands at no authority's page where it is so."""
    words = f"{ministry.label(language)}, {SINCE(language).format(since_words(ministry, language))}"
    return words if ministry.is_official else f"{words} ({WORDS['unofficial'](language)})"
