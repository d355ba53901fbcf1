"""What the audit calls the actions of this room."""

from __future__ import annotations

from core.text import Text
from partners.staff import audit_words, subjects
from publications.plans.plans import PLANS

audit_words.add(
    {
        "planindicator.add": Text("Indikator i handlingsplan skrevet", "Indicator of an action plan written"),
        "planindicator.decide": Text(
            "Indikator i handlingsplan udgivet eller afvist", "Indicator of an action plan published or refused"
        ),
        "planobservation.add": Text("Måling i handlingsplan skrevet", "Observation of an action plan written"),
        "planobservation.decide": Text(
            "Måling i handlingsplan udgivet eller afvist", "Observation of an action plan published or refused"
        ),
    },
    {"approved": Text("udgivet", "published")},
)


def indicator_in_words(subject: str) -> str:
    """An indicator by the plan that it belongs to and its code, and an observation of it by its year too."""
    plan, *rest = subject.split("/")
    return ", ".join((str(PLANS[plan].label), *rest)) if plan in PLANS else subject


subjects.say(("planindicator.", "planobservation."), indicator_in_words)
