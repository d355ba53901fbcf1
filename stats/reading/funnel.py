"""The way from a first contact to support, as five figures beside each other. Each has its unit, and is a part of no other one.

No ratio of two of them is made. Contacts, suspicions and referrals are what outreach reported, identified are persons, and support
is what was granted. Nothing binds one to the other (docs/decisions/0092): who divides one by another divides persons by contacts.
"""

from __future__ import annotations

from dataclasses import dataclass

from cases.codelists.types import Code, CodeList
from cases.dimensions import PRINCIPAL, Aggregation, Dataset, Dimension, ProtectionScheme
from cases.services.shapes import CountUnit
from cases.services.units import UNIT_WORDS
from core.text import Text
from stats.sums.of_forms import QUANTITY, QUANTITY_LABEL

FUNNEL_NAME, FUNNEL_VERSION = "funnel", "1.0"
PERSONS = Text("personer", "persons")


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """A figure: its name, its unit, and the dataset and quantity of which it is the total; persons have no quantities."""

    id: str
    label: Text
    unit: Text
    source: tuple[str, str]


STEPS = (
    FunnelStep("contact", Text("Kontakt", "Contact"), UNIT_WORDS[CountUnit.CONTACT], ("outreach.contacts", "contacts")),
    FunnelStep(
        "suspicion", Text("Mistanke", "Suspicion"), UNIT_WORDS[CountUnit.SUSPICION], ("outreach.contacts", "suspicions")
    ),
    FunnelStep(
        "referral",
        Text("Henvisning", "Referral"),
        UNIT_WORDS[CountUnit.REFERRAL],
        ("outreach.contacts", "referrals_made"),
    ),
    FunnelStep("identified", Text("Identificeret", "Identified"), PERSONS, (PRINCIPAL.id, "")),
    FunnelStep("support", Text("Støtte", "Support"), UNIT_WORDS[CountUnit.GRANT], ("assistance.grants", "granted")),
)
STEP_CODES = CodeList(QUANTITY, QUANTITY_LABEL, FUNNEL_VERSION, tuple(Code(each.id, each.label) for each in STEPS))
FUNNEL = Dataset(
    FUNNEL_NAME,
    Text("Fra kontakt til støtte", "From contact to support"),
    Text(
        "Fem tal, der ikke hører sammen: intet af dem er en del af et andet, og de kan ikke deles med hinanden. En kontakt er "
        "ikke en person, flere mistanker kan være om én person, og en person kan være identificeret uden at have mødt det "
        "opsøgende arbejde.",
        "Five separate figures: none of them is a part of another one, and none can be divided by another. A contact is no "
        "person, several suspicions may be about one person, and somebody may be identified whom outreach never met.",
    ),
    None,
    Aggregation.SUM,
    ProtectionScheme.SMALL_CELLS,
    "period",
    (Dimension(QUANTITY, QUANTITY_LABEL, STEP_CODES, has_total=False),),
    {each.id: each.unit for each in STEPS},
    drawn_from={each.id: each.source for each in STEPS},
)
