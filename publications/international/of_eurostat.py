"""Eurostat, collection `crim_thb`: registered victims by sex, age, citizenship and form, and persons suspected to convicted."""

from __future__ import annotations

from core.text import Text
from publications.international.parts import (
    BY_AGE,
    BY_GROUP,
    BY_SEX,
    BY_SEX_AND_AGE,
    BY_THREE_FORMS,
    DUE,
    GROUP,
    IDENTIFIED,
    IN_ALL,
    MINORITY,
    OF_SUMS_IN_FULL,
    ON_AGE,
    ON_FORM,
    ON_GROUP,
    ON_SEX,
    ONE_WAY,
    SEX,
    THREE_FORMS,
    beside_identified,
    by,
    cross_table,
    of_form,
)
from publications.international.shapes import BodyField, FieldState, ReceivingBody

VICTIMS = Text("crim_thb, ofre", "crim_thb, victims")
CROSSED = by(ON_GROUP, ON_FORM, ON_SEX, ON_AGE, tables=(cross_table(GROUP, THREE_FORMS, SEX, MINORITY),))


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
        of_form("JUSTICE", source, SEX),
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
        *beside_identified(
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
