"""Directive 2011/36/EU, article 19a, as inserted by Directive (EU) 2024/1712: its fields (a) to (g)."""

from __future__ import annotations

from core.text import Text
from publications.international.parts import (
    BY_AGE,
    BY_AUTHORITY,
    BY_COUNTRY,
    BY_FORM,
    BY_GROUP,
    BY_SEX,
    CITIZENSHIP,
    DUE,
    FORM,
    IDENTIFIED,
    IN_ALL,
    MINORITY,
    ON_AGE,
    ON_AUTHORITY,
    ON_FORM,
    ON_GROUP,
    ON_SEX,
    ONE_WAY,
    SEX,
    beside_identified,
    by,
    cross_table,
    of_form,
    why_of_sums,
)
from publications.international.shapes import BodyField, FieldState, ReceivingBody

# The whole of letter (a) in one table, and the breakdowns that a release of a year has.
ALL_AT_ONCE = by(
    ON_AUTHORITY,
    ON_SEX,
    ON_AGE,
    ON_GROUP,
    ON_FORM,
    tables=(cross_table("decided_by", SEX, MINORITY, f"{CITIZENSHIP}.eu", FORM),),
)
OF_VICTIMS = (IN_ALL, BY_AUTHORITY, BY_SEX, BY_AGE, BY_GROUP, BY_COUNTRY, BY_FORM, ALL_AT_ONCE)


def point(letter: str) -> Text:
    return Text(f"Art. 19a, litra {letter}", f"Art. 19a, point ({letter})")


def justice(letter: str, source: str, label: Text, definition: Text, *, table: str = "") -> BodyField:
    """A field of points (b) to (g), which police and prosecution report."""
    breakdowns = of_form("JUSTICE", table or source)
    is_crossed = any("," in name for each in breakdowns for name in each.tables)
    return BodyField(
        f"{letter}-{source.replace('_', '-')}",
        point(letter),
        label,
        definition,
        source,
        FieldState.PARTLY if is_crossed else FieldState.MET,
        why_of_sums(breakdowns),
        breakdowns,
    )


def use_of_services(stage: str, label: Text) -> BodyField:
    """A field of point (g): who used services of victims, at a stage."""
    return justice(
        "g",
        f"used_{stage}",
        Text(f"Artikel 18a: {label.da}", f"Art. 18a: {label.en}"),
        Text(
            "Personer, der brugte ydelser, vel vidende at den, der gav dem, er offer.",
            "Persons who used services in the knowledge that the one who gave them is a victim.",
        ),
        table="services_used",
    )


EU_19A = ReceivingBody(
    "eu-19a",
    Text("EU, artikel 19a i direktiv 2011/36/EU", "EU, article 19a of Directive 2011/36/EU"),
    Text(
        "Formålet er sammenlignelighed; Danmark er ikke bundet af artikel 19a.",
        "Compatibility target; Denmark is not bound by Art. 19a.",
    ),
    (
        BodyField(
            "a-identified",
            point("a"),
            Text("Registrerede identificerede ofre", "Registered identified victims"),
            IDENTIFIED,
            "identified",
            FieldState.PARTLY,
            ONE_WAY,
            OF_VICTIMS,
        ),
        *beside_identified(point("a"), Text("Registrerede formodede ofre", "Registered presumed victims"), "a-"),
        justice(
            "b",
            "suspects",
            Text("Mistænkte", "Suspects"),
            Text("Personer mistænkt for menneskehandel.", "Persons suspected of trafficking in human beings."),
        ),
        justice(
            "c",
            "prosecuted",
            Text("Tiltalte", "Persons prosecuted"),
            Text("Tiltalte efter afgørelsens art.", "Persons prosecuted, by the nature of the final decision."),
        ),
        justice(
            "d",
            "decisions",
            Text("Afgørelser om tiltale", "Decisions to prosecute"),
            Text(
                "Tiltale efter artikel 2, anden tiltale, ingen tiltale, andet.",
                "Charge under Art. 2, other charge, no charge, other.",
            ),
        ),
        justice(
            "e",
            "convicted",
            Text("Dømte", "Persons convicted"),
            Text("Personer dømt for menneskehandel.", "Persons convicted of trafficking in human beings."),
        ),
        justice(
            "f",
            "judgments",
            Text("Domme", "Judgments"),
            Text(
                "Frifindelse, domfældelse og andet, efter instans.",
                "Acquittal, conviction and other, by court instance.",
            ),
        ),
        use_of_services("suspects", Text("mistænkte", "suspects")),
        use_of_services("prosecuted", Text("tiltalte", "persons prosecuted")),
        use_of_services("convicted", Text("dømte", "persons convicted")),
    ),
    DUE,
)
