"""UNODC, the yearly questionnaire of the Global Report on Trafficking in Persons (GLOTIP), and SDG indicator 16.2.2."""

from __future__ import annotations

from core.text import Text
from publications.international.parts import (
    BY_AGE,
    BY_COUNTRY,
    BY_FORM,
    BY_SEX,
    BY_SEX_AND_AGE,
    DUE,
    FORM,
    IDENTIFIED,
    IN_ALL,
    MINORITY,
    OF_SUMS_IN_FULL,
    ON_AGE,
    ON_FORM,
    ON_SEX,
    ONE_WAY,
    SEX,
    beside_identified,
    by,
    cross_table,
    of_form,
)
from publications.international.shapes import BodyField, FieldState, ReceivingBody

PLACE = Text("GLOTIP", "GLOTIP")
CROSSED = by(ON_FORM, ON_SEX, ON_AGE, tables=(cross_table(FORM, SEX, MINORITY),))


def by_stage(source: str, label: Text) -> BodyField:
    """Persons at a stage of criminal justice."""
    return BodyField(
        source, PLACE, label, label, source, FieldState.MET, OF_SUMS_IN_FULL, of_form("JUSTICE", source, SEX)
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
        *beside_identified(PLACE, Text("Formodede ofre", "Presumed victims")),
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
            PLACE,
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
