"""The one table of a report's sections, in their order. It points at dimensions of the dictionary, and says nothing of their codes.

A section about dimensions and sums of which no release has figures is left out, and named under the method. It comes by itself
later.
"""

from __future__ import annotations

from dataclasses import dataclass

from cases import dictionary as d
from core.text import NO_TEXT, Text
from publications.annual.places import slug
from stats.reading.datasets import FUNNEL

KEY_FIGURES, STAGES, OVERVIEW, METHOD = "key-figures", "stages", "overview", "method"
INDICATORS = "indicators"


@dataclass(frozen=True)
class SumTopic:
    """What a section shows of a dataset of sums: a table of all that it counts, and charts, each of a quantity by a dimension.

    `title`: what the table is of. `says`: what the section's heading says of the first quantity, where it is the first dataset.
    `divides`: the dimension of a dataset of one quantity whose codes must not be added up; the table has them in place of a total.
    """

    dataset: str
    title: Text
    charts: tuple[tuple[str, str], ...] = ()
    says: Text = NO_TEXT
    divides: str = ""

    def chart_id(self, quantity: str, dimension: str) -> str:
        return slug(f"{self.dataset}-{quantity}-{dimension}")


@dataclass(frozen=True)
class Topic:
    """A section: its anchor, what it is about, and the dimensions and sums whose figures it has. One without any is made otherwise.

    `about`: what a reader has to know of its sums.
    """

    id: str
    title: Text
    dimensions: tuple[str, ...] = ()
    sums: tuple[SumTopic, ...] = ()
    about: Text = NO_TEXT


CONTACTS = Topic(
    "contacts",
    Text("Henvendelser og hotline", "Enquiries and hotline"),
    sums=(
        SumTopic(
            "hotline.calls",
            Text("Opkald til hotlinen", "Calls to the hotline"),
            (("calls", "caller"), ("calls", "subject")),
            Text("Hotlinen fik {count} opkald i {year}", "The hotline received {count} calls in {year}"),
        ),
    ),
    about=Text(
        "Myndigheder, organisationer og borgere kan ringe til centrets hotline og få råd, hvis de har mistanke om "
        "menneskehandel. Et opkald er ikke en person: der kan være flere opkald om den samme person, og mange opkald drejer "
        "sig ikke om nogen bestemt.",
        "Authorities, organisations and citizens can call the centre's hotline and get advice if they suspect human "
        "trafficking. A call is no person: there may be several calls about the same person, and many calls are about nobody "
        "in particular.",
    ),
)
SUPPORT = Topic(
    "support",
    Text("Støtte, refleksion og forberedte hjemrejser", "Support, reflection and prepared returns"),
    (d.SERVICES_GIVEN.name, d.REFLECTION.name, d.PREPARED_RETURN.name),
    (
        SumTopic(
            "assistance.grants",
            Text("Bistand, som personer fik", "Assistance that persons were granted"),
            (("granted", "assistance"),),
            Text(
                "Der blev givet refleksion, tilladelser eller erstatning {count} gange i {year}",
                "Reflection, permits or compensation were granted {count} times in {year}",
            ),
        ),
        SumTopic(
            "assistance.returns",
            Text("Forberedte hjemrejser", "Prepared returns"),
            (("returns", "stage"),),
            divides="stage",
        ),
        SumTopic(
            "shelter.places",
            Text("Krisecentrenes pladser", "Places of shelters"),
        ),
        SumTopic("shelter.moves", Text("Ind- og udflytninger", "Moves in and out of shelters")),
    ),
    Text(
        "Centret indberetter hver måned, hvad personer har fået, og hvor langt forberedte hjemrejser er kommet. Den samme "
        "person kan stå på flere trin og i flere måneder, så trinene må ikke lægges sammen. Pladser og ventende er opgjort "
        "ved årets slutning.",
        "The centre reports each month what persons were granted, and how far prepared returns came. The same person may be "
        "at several stages and in several months, so the stages must not be added up. Places and persons waiting are as they "
        "were at the end of the year.",
    ),
)
OUTREACH = Topic(
    "outreach",
    Text("Opsøgende arbejde og sundhedstilbud", "Outreach and health services"),
    sums=(
        SumTopic(
            "outreach.contacts",
            Text("Kontakter i det opsøgende arbejde", "Contacts of outreach"),
            (("contacts", "region"), ("contacts", "setting"), ("contacts", "citizenship_group")),
            Text("Det opsøgende arbejde gav {count} kontakter i {year}", "Outreach made {count} contacts in {year}"),
        ),
        SumTopic("outreach.visits", Text("Besøg i det opsøgende arbejde", "Visits of outreach")),
        SumTopic(
            "clinic.opening",
            Text("Drop-in og sundhedsklinikker", "Drop-in centres and health clinics"),
        ),
        SumTopic(
            "clinic.services", Text("Ydelser i drop-in og klinikker", "Services of drop-in centres and clinics"),
            (("given", "service"),),
        ),
    ),
    about=Text(
        "Organisationer og centret opsøger mennesker på gaden, i massageklinikker, på arbejdspladser og på internettet, og "
        "drop-in og sundhedsklinikker tager imod uden at spørge om navn. En kontakt er ikke en person: den samme person kan "
        "mødes mange gange, og ingen ved, hvor mange forskellige det er.",
        "Organisations and the centre seek people out in the street, in massage clinics, at workplaces and on the internet, "
        "and drop-in centres and health clinics receive people without asking for a name. A contact is no person: the same "
        "person may be met many times, and nobody knows how many different ones there are.",
    ),
)  # fmt: skip
PROSECUTION = Topic(
    "prosecution",
    Text("Efterforskning og retsforfølgelse", "Investigation and prosecution"),
    sums=(
        SumTopic(
            "justice.decisions",
            Text("Afgørelser om tiltale", "Decisions on prosecution"),
            (("decisions", "decision"),),
            Text(
                "Der blev truffet {count} afgørelser om tiltale i {year}",
                "There were {count} decisions on prosecution in {year}",
            ),
        ),
        SumTopic(
            "justice.suspects",
            Text("Mistænkte", "Suspects"),
            (("suspects", "exploitation"), ("suspects", "citizenship_group")),
        ),
        SumTopic("justice.prosecuted", Text("Tiltalte", "Persons prosecuted")),
        SumTopic("justice.judgments", Text("Domme", "Judgments"), (("judgments", "outcome"),)),
        SumTopic("justice.convicted", Text("Dømte", "Persons convicted")),
    ),
    about=Text(
        "Politi og anklagemyndighed indberetter en gang om året. En sag kan vare flere år: de, der dømmes i et år, er "
        "sjældent dem, der blev mistænkt i det. Tallene er derfor ikke dele af hinanden.",
        "Police and prosecution report once a year. A case may last for several years: those convicted in a year are seldom "
        "those who became suspects in it. So the figures are no parts of each other.",
    ),
)
# Its figures are in the sections before. It says that none is a part of another.
FROM_CONTACT = Topic(
    FUNNEL.id,
    FUNNEL.label,
    sums=(SumTopic(FUNNEL.id, FUNNEL.label),),
    about=FUNNEL.about,
)

TOPICS = (
    Topic(KEY_FIGURES, Text("Nøgletal", "Key figures")),
    CONTACTS,
    Topic(STAGES, Text("Udredte og vurderede", "Persons assessed and identified")),
    Topic("gender", Text("Køn", "Gender"), (d.GENDER.name,)),
    Topic("age", Text("Alder", "Age"), (d.AGE_BAND.name,)),
    Topic("exploitation", Text("Udnyttelsesform", "Form of exploitation"), (d.EXPLOITATION.name,)),
    Topic("trade", Text("Brancher og handlinger", "Trades and acts"), (d.EXPLOITATION_DETAIL.name,)),
    Topic("citizenship", Text("Statsborgerskab", "Citizenship"), (d.CITIZENSHIP.name,)),
    Topic(OVERVIEW, Text("Oversigt", "Overview")),
    SUPPORT,
    OUTREACH,
    PROSECUTION,
    FROM_CONTACT,
    Topic(INDICATORS, Text("Handlingsplanens indikatorer", "Indicators of the action plan")),
    Topic(METHOD, Text("Metode, ændringer og rettelser", "Method, changes and errata")),
)
