"""The Council of Europe's group of experts (GRETA): the statistics of its questionnaire, asked for in rounds of five years."""

from __future__ import annotations

from cases import dictionary as d
from core.text import Text
from publications.international.parts import (
    BY_AGE,
    BY_AUTHORITY,
    BY_COUNTRY,
    BY_FORM,
    BY_SEX,
    IDENTIFIED,
    IN_ALL,
    OF_ASSISTANCE,
    beside_identified,
    by,
    of_form,
    why_of_sums,
)
from publications.international.shapes import BodyField, FieldState, ReceivingBody

PLACE = Text("GRETA", "GRETA")
BY_DETECTION = by(d.DETECTED_BY.label, tables=(d.DETECTED_BY.name,))
NOT_ASKED_OF = Text("Registreres ikke i dette system.", "Not collected in this system.")
NOT_COUNTED = Text(
    "Oplysningen registreres om den enkelte person. Ingen udgivelse er opdelt efter den.",
    "It is recorded of the single person. No release is divided by it.",
)


def sum_field(name: str, label: Text, why: Text, form: str) -> BodyField:
    """A field that sums of a table of a form answer: source, table and field have one name."""
    return BodyField(name, PLACE, label, label, name, FieldState.PARTLY, why, of_form(form, name))


def returns_by_stage() -> BodyField:
    """The prepared returns, stage by stage: a person is counted at each stage that was reached, so that no two are added."""
    label = Text("Forberedte hjemrejser", "Prepared returns")
    stages = (
        each for each in of_form("ASSISTANCE", "returns") if any("stage" in name.split(",") for name in each.tables)
    )
    return BodyField("returns", PLACE, label, label, "returns", FieldState.PARTLY, OF_ASSISTANCE, tuple(stages))


def missing(name: str, label: Text, why: Text) -> BodyField:
    """A field of which there are no figures at all."""
    return BodyField(name, PLACE, label, label, "not_collected", FieldState.NOT_MET, why, (IN_ALL,))


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
            PLACE,
            Text("Identificerede ofre", "Identified victims"),
            IDENTIFIED,
            "identified",
            FieldState.MET,
            Text("Hver opdeling for sig.", "Each breakdown by itself."),
            (IN_ALL, BY_SEX, BY_AGE, BY_COUNTRY, BY_FORM, BY_AUTHORITY, BY_DETECTION),
        ),
        *beside_identified(PLACE, Text("Formodede ofre", "Presumed victims")),
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
            sum_field(name, label, why_of_sums(of_form("JUSTICE", name)), "JUSTICE")
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
