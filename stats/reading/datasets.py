"""What can be asked for, and by whom: datasets of records, sums of what services report, the funnel across both, and the audiences.

The funnel is the way from a first contact to support, as five figures beside each other. Each has its unit, and is a part of no
other one. No ratio of two of them is made. Contacts, suspicions and referrals are what outreach reported, identified are persons,
and support is what was granted. Nothing binds one to the other (docs/decisions/0092): who divides one by another divides persons by
contacts.
"""

from __future__ import annotations

from dataclasses import dataclass

from cases.codelists.types import Code, CodeList
from cases.dimensions import DATASETS, PRINCIPAL, Aggregation, Axis, Dataset, Dimension, ProtectionScheme
from cases.services.shapes import UNIT_WORDS, CountUnit
from core.text import Text
from stats.models import AUTHORITY, EXACT, PUBLIC
from stats.sums.datasets import DATASETS_AS_READ, QUANTITY, QUANTITY_LABEL

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


# Every dataset that somebody may read, by its id.
READABLE: dict[str, Dataset] = {**DATASETS, **DATASETS_AS_READ, FUNNEL.id: FUNNEL}
# Those without cells of their own.
DRAWN: tuple[Dataset, ...] = tuple(one for one in READABLE.values() if one.drawn_from)


def public_datasets() -> tuple[Dataset, ...]:
    """The datasets of which there may be figures for everybody."""
    return tuple(one for one in READABLE.values() if one.protection != ProtectionScheme.EXACT_ONLY)


def all_dimensions() -> tuple[str, ...]:
    """The name of every dimension of any dataset."""
    return tuple(dict.fromkeys(name for dataset in READABLE.values() for name in dataset.by_name))


def axes_of(dataset: str, table: str) -> list[Axis]:
    """The axes of a stored table, that of the quantities first where the dataset has one."""
    of, names = READABLE[dataset], table.split(",")
    return [axis for axis in of.axes.values() if not axis.has_total or axis.id in names]


# From the narrowest: who may read for one of these may read for those before it.
LADDER = (PUBLIC, AUTHORITY, EXACT)

# Once a cell is public, authorities get the public value.
ANSWERED_BY: dict[str, tuple[str, ...]] = {
    PUBLIC: (PUBLIC,),
    AUTHORITY: (PUBLIC, AUTHORITY),
    EXACT: (EXACT,),
}

AUDIENCE_TEXTS: dict[str, Text] = {
    PUBLIC: Text(
        "Alle: nøjagtige tal, hvoraf små er skjult, og flere, så de små ikke kan beregnes",
        "Everybody: exact figures of which small ones are hidden, and more, so that no small one can be computed",
    ),
    AUTHORITY: Text(
        "Myndigheder: det offentliggjorte, og derudover tal med tilfældige afvigelser; små er skjult",
        "Authorities: what is published, and beyond it figures with random deviations; small ones are hidden",
    ),
    EXACT: Text(
        "Centret: nøjagtige tal, ikke til offentliggørelse; hver forespørgsel logges med sit formål",
        "The centre: exact figures, not for publication; every query is logged with its purpose",
    ),
}


def audiences_up_to(audience: str) -> tuple[str, ...]:
    """The audiences that one may read for: itself and the narrower ones."""
    return LADDER[: LADDER.index(audience) + 1]
