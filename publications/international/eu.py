"""Two bodies of the EU. `EU_19A`: Directive 2011/36/EU, article 19a, as inserted by Directive (EU) 2024/1712, fields (a) to (g).

`EUROSTAT`: the collection `crim_thb`, of registered victims by sex, age, citizenship and form, and persons suspected to convicted.
"""

from __future__ import annotations

from core.text import Text
from publications.international.fields import (
    BY_AGE,
    BY_AUTHORITY,
    BY_COUNTRY,
    BY_FORM,
    BY_GROUP,
    BY_SEX,
    BY_SEX_AND_AGE,
    BY_THREE_FORMS,
    CITIZENSHIP,
    DUE,
    FORM,
    GROUP,
    IDENTIFIED,
    IN_ALL,
    MINORITY,
    OF_SUMS_IN_FULL,
    ON_AGE,
    ON_AUTHORITY,
    ON_FORM,
    ON_GROUP,
    ON_SEX,
    ONE_WAY,
    SEX,
    THREE_FORMS,
    breakdown,
    breakdowns_of_form,
    cross_table,
    presumed_and_declined,
    why_of_sums,
)
from publications.international.shapes import BodyField, FieldState, ReceivingBody

# The whole of letter (a) in one table, and the breakdowns that a release of a year has.
ALL_AT_ONCE = breakdown(
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
    breakdowns = breakdowns_of_form("JUSTICE", table or source)
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
        *presumed_and_declined(point("a"), Text("Registrerede formodede ofre", "Registered presumed victims"), "a-"),
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


VICTIMS = Text("crim_thb, ofre", "crim_thb, victims")
CROSSED = breakdown(ON_GROUP, ON_FORM, ON_SEX, ON_AGE, tables=(cross_table(GROUP, THREE_FORMS, SEX, MINORITY),))


def by_legal_status(source: str, label: Text) -> BodyField:
    """Persons of a legal status, by sex."""
    return BodyField(
        source,
        Text("crim_thb, personer efter retlig status", "crim_thb, persons by legal status"),
        label,
        label,
        source,
        FieldState.MET,
        OF_SUMS_IN_FULL,
        breakdowns_of_form("JUSTICE", source, SEX),
    )


EUROSTAT = ReceivingBody(
    "eurostat",
    Text("Eurostat, om menneskehandel", "Eurostat, on trafficking in human beings"),
    Text(
        "Nul betyder ingen (»known none«), blankt betyder ukendt. Eurostats offer er også den, der opfylder kriterierne, "
        "og den, der ikke ønskede at blive udredt; udgivelserne tæller dem, der er vurderet udsat for menneskehandel.",
        "Zero means known none, blank means not known. Eurostat counts as a victim who meets the criteria and who declined "
        "identification, too; the releases count those identified.",
    ),
    (
        BodyField(
            "victims-identified",
            VICTIMS,
            Text("Ofre, formelt vurderet", "Victims, formally identified"),
            IDENTIFIED,
            "identified",
            FieldState.PARTLY,
            ONE_WAY,
            (IN_ALL, BY_SEX, BY_AGE, BY_GROUP, BY_THREE_FORMS, BY_SEX_AND_AGE, CROSSED),
        ),
        *presumed_and_declined(
            VICTIMS, Text("Ofre, der opfylder kriterierne", "Victims who meet the criteria"), "victims-"
        ),
        by_legal_status("suspects", Text("Mistænkte", "Suspects")),
        by_legal_status("prosecuted", Text("Tiltalte", "Persons prosecuted")),
        by_legal_status("convicted", Text("Dømte", "Persons convicted")),
    ),
    DUE,
    collection="crim_thb",
    terms="EUROSTAT",
)
