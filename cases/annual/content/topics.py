"""The one table of a report's sections, in their order. It points at dimensions of the dictionary, and says nothing of their codes.

A section about dimensions of which no release has figures is left out, and named under the method. It comes by itself later.
"""

from __future__ import annotations

from dataclasses import dataclass

from cases import dictionary as d
from partners.text import Text

KEY_FIGURES, STAGES, OVERVIEW, METHOD = "key-figures", "stages", "overview", "method"
INDICATORS = "indicators"


@dataclass(frozen=True)
class Topic:
    """A section: its anchor, what it is about, and the dimensions whose figures it has. One without any is made otherwise."""

    id: str
    title: Text
    dimensions: tuple[str, ...] = ()


TOPICS = (
    Topic(KEY_FIGURES, Text("Nøgletal", "Key figures")),
    Topic("contacts", Text("Henvendelser og hotline", "Enquiries and hotline")),
    Topic(STAGES, Text("Udredte og vurderede", "Persons assessed and identified")),
    Topic("gender", Text("Køn", "Gender"), (d.GENDER.name,)),
    Topic("age", Text("Alder", "Age"), (d.AGE_BAND.name,)),
    Topic("exploitation", Text("Udnyttelsesform", "Form of exploitation"), (d.EXPLOITATION.name,)),
    Topic("trade", Text("Brancher og handlinger", "Trades and acts"), (d.EXPLOITATION_DETAIL.name,)),
    Topic("citizenship", Text("Statsborgerskab", "Citizenship"), (d.CITIZENSHIP.name,)),
    Topic(OVERVIEW, Text("Oversigt", "Overview")),
    Topic(
        "support",
        Text("Støtte, refleksion og forberedte hjemsendelser", "Support, reflection and prepared returns"),
        (d.SERVICES_GIVEN.name, d.REFLECTION.name, d.PREPARED_RETURN.name),
    ),
    Topic("outreach", Text("Opsøgende arbejde og sundhedstilbud", "Outreach and health services")),
    Topic("prosecution", Text("Efterforskning og retsforfølgelse", "Investigation and prosecution")),
    Topic(INDICATORS, Text("Handlingsplanens indikatorer", "Indicators of the action plan")),
    Topic(METHOD, Text("Metode, ændringer og rettelser", "Method, changes and errata")),
)
