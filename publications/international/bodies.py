"""Every body that figures are sent to, one entry each, and the two that send a questionnaire; those of the EU have a module.

`GLOTIP`: UNODC, the yearly questionnaire of the Global Report on Trafficking in Persons, and SDG indicator 16.2.2.
`GRETA`: the Council of Europe's group of experts, the statistics of its questionnaire, asked for in rounds of five years.
"""

from __future__ import annotations

from cases import dictionary as d
from core.text import Text
from publications.international.eu import EU_19A, EUROSTAT
from publications.international.fields import (
    BY_AGE,
    BY_AUTHORITY,
    BY_COUNTRY,
    BY_FORM,
    BY_SEX,
    BY_SEX_AND_AGE,
    DUE,
    FORM,
    IDENTIFIED,
    IN_ALL,
    MINORITY,
    OF_ASSISTANCE,
    OF_SUMS_IN_FULL,
    ON_AGE,
    ON_FORM,
    ON_SEX,
    ONE_WAY,
    SEX,
    breakdown,
    breakdowns_of_form,
    cross_table,
    presumed_and_declined,
    why_of_sums,
)
from publications.international.shapes import BodyField, FieldState, ReceivingBody

GRETA_PLACE = Text("GRETA", "GRETA")
BY_DETECTION = breakdown(d.DETECTED_BY.label, tables=(d.DETECTED_BY.name,))
NOT_ASKED_OF = Text("Registreres ikke i dette system.", "Not collected in this system.")
NOT_COUNTED = Text(
    "Oplysningen registreres om den enkelte person. Ingen udgivelse er opdelt efter den.",
    "It is recorded of the single person. No release is divided by it.",
)


def sum_field(name: str, label: Text, why: Text, form: str) -> BodyField:
    """A field that sums of a table of a form answer: source, table and field have one name."""
    return BodyField(name, GRETA_PLACE, label, label, name, FieldState.PARTLY, why, breakdowns_of_form(form, name))


def returns_by_stage() -> BodyField:
    """The prepared returns, stage by stage: a person is counted at each stage that was reached, so that no two are added."""
    label = Text("Forberedte hjemrejser", "Prepared returns")
    stages = (
        each
        for each in breakdowns_of_form("ASSISTANCE", "returns")
        if any("stage" in name.split(",") for name in each.tables)
    )
    return BodyField("returns", GRETA_PLACE, label, label, "returns", FieldState.PARTLY, OF_ASSISTANCE, tuple(stages))


def missing(name: str, label: Text, why: Text) -> BodyField:
    """A field of which there are no figures at all."""
    return BodyField(name, GRETA_PLACE, label, label, "not_collected", FieldState.NOT_MET, why, (IN_ALL,))


GRETA = ReceivingBody(
    "greta",
    Text("Europarådet, GRETA", "Council of Europe, GRETA"),
    Text(
        "GRETA spørger i runder: filen har fem år, hvert for sig og samlet, hvor de er udgivet samlet.",
        "GRETA asks in rounds: the file has five years, each by itself, and together where they are released together.",
    ),
    (
        BodyField(
            "identified",
            GRETA_PLACE,
            Text("Identificerede ofre", "Identified victims"),
            IDENTIFIED,
            "identified",
            FieldState.MET,
            Text("Hver opdeling for sig.", "Each breakdown by itself."),
            (IN_ALL, BY_SEX, BY_AGE, BY_COUNTRY, BY_FORM, BY_AUTHORITY, BY_DETECTION),
        ),
        *presumed_and_declined(GRETA_PLACE, Text("Formodede ofre", "Presumed victims")),
        missing(
            "transnational",
            Text("National eller grænseoverskridende handel", "Internal or transnational trafficking"),
            NOT_COUNTED,
        ),
        missing("guardians", Text("Børn med værge", "Children with a guardian"), NOT_COUNTED),
        missing("disappeared", Text("Børn, der forsvandt", "Children who disappeared"), NOT_ASKED_OF),
        sum_field(
            "grants",
            Text(
                "Bistand: refleksionsperiode, opholdstilladelser og erstatning",
                "Assistance: reflection periods, residence permits and compensation",
            ),
            OF_ASSISTANCE,
            "ASSISTANCE",
        ),
        returns_by_stage(),
        missing("investigations", Text("Efterforskninger", "Investigations"), NOT_ASKED_OF),
        *(
            sum_field(name, label, why_of_sums(breakdowns_of_form("JUSTICE", name)), "JUSTICE")
            for name, label in (
                ("suspects", Text("Mistænkte", "Suspects")),
                ("prosecuted", Text("Tiltalte", "Persons prosecuted")),
                ("convicted", Text("Dømte", "Persons convicted")),
                ("judgments", Text("Domme", "Judgments")),
            )
        ),
    ),
    None,
    years=5,
)


GLOTIP_PLACE = Text("GLOTIP", "GLOTIP")
CROSSED = breakdown(ON_FORM, ON_SEX, ON_AGE, tables=(cross_table(FORM, SEX, MINORITY),))


def by_stage(source: str, label: Text) -> BodyField:
    """Persons at a stage of criminal justice."""
    return BodyField(
        source,
        GLOTIP_PLACE,
        label,
        label,
        source,
        FieldState.MET,
        OF_SUMS_IN_FULL,
        breakdowns_of_form("JUSTICE", source, SEX),
    )


GLOTIP = ReceivingBody(
    "glotip",
    Text("UNODC, GLOTIP og SDG 16.2.2", "UNODC, GLOTIP and SDG 16.2.2"),
    Text(
        "Opdagede ofre er personer, der er vurderet udsat for menneskehandel i året. UNODC har hidtil trykt små tal som »<5«; "
        "her står i stedet, hvad alle kan læse.",
        "Detected victims are persons identified in the year. UNODC has printed small figures as “<5”; here stands what everybody "
        "can read instead.",
    ),
    (
        BodyField(
            "detected",
            Text("GLOTIP, VC_HTF_DETV", "GLOTIP, VC_HTF_DETV"),
            Text("Opdagede ofre", "Detected trafficking victims"),
            IDENTIFIED,
            "identified",
            FieldState.PARTLY,
            ONE_WAY,
            (IN_ALL, BY_SEX, BY_AGE, BY_FORM, BY_COUNTRY, BY_SEX_AND_AGE, CROSSED),
        ),
        *presumed_and_declined(GLOTIP_PLACE, Text("Formodede ofre", "Presumed victims")),
        BodyField(
            "rate",
            Text("VC_HTF_DETVR", "VC_HTF_DETVR"),
            Text("Opdagede ofre pr. 100.000 indbyggere", "Detected victims per 100,000 inhabitants"),
            Text("Opdagede ofre delt med befolkningen.", "Detected victims divided by the population."),
            "not_collected",
            FieldState.NOT_MET,
            Text(
                "UNODC beregner det selv. Ingen udgivelse har befolkningens størrelse.",
                "UNODC computes it. No release has the size of the population.",
            ),
            (IN_ALL,),
        ),
        BodyField(
            "repatriated",
            GLOTIP_PLACE,
            Text("Ofre efter hjemrejseland", "Victims by country of repatriation"),
            Text("Personer, der rejste hjem, efter land.", "Persons who returned, by country."),
            "not_collected",
            FieldState.NOT_MET,
            Text(
                "Landet registreres ikke: kun, om der var en forberedt hjemrejse.",
                "The country is not collected: only whether there was a prepared return.",
            ),
            (IN_ALL,),
        ),
        by_stage("suspects", Text("Mistænkte", "Suspects")),
        by_stage("prosecuted", Text("Tiltalte", "Persons prosecuted")),
        by_stage("convicted", Text("Dømte", "Persons convicted")),
    ),
    DUE,
    collection="GLOTIP",
)


BODIES: dict[str, ReceivingBody] = {each.id: each for each in (EU_19A, EUROSTAT, GLOTIP, GRETA)}


BODY_NAMES = {each.id: each.name for each in BODIES.values()}
