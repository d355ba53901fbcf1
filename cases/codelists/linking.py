"""The reasons for the centre's decisions: for a merge, a split or an undo, and for an attribute.

They are not fields of a referral. No partner submits them, and they are not among the dictionary's lists.
"""

from cases.codelists.common import code, code_list, other

LINK_REASON = code_list(
    "link_reason",
    "Begrundelse for en kobling",
    "Reason for a link",
    (
        code("CONFIRMED", "Bekræftet af organisationerne", "Confirmed by the organisations"),
        code("MATCH", "Oplysningerne svarer til hinanden", "The records match"),
        code("TOKEN_LOST", "Sagskoden gik tabt, og en ny sag blev åbnet", "The token was lost and a new case opened"),
        code("TOKEN_MIXED_UP", "Sagskoden tilhører en anden person", "The token belongs to another person"),
        code("TWO_PERSONS", "Sagen omfatter flere personer", "The case is of more than one person"),
        code("WRONG_DECISION", "Den tidligere afgørelse var forkert", "The earlier decision was wrong"),
        other(),
    ),
)

ATTRIBUTE_REASON = code_list(
    "attribute_reason",
    "Begrundelse for en oplysning",
    "Reason for an attribute",
    (
        code("CONFIRMED", "Bekræftet af organisationerne", "Confirmed by the organisations"),
        code("BETTER_SOURCE", "Kilden står personen nærmere", "The source is closer to the person"),
        code("ENTRY_ERROR", "En af oplysningerne er tastet forkert", "One of the values was entered in error"),
        code("CHANGED", "Forholdet har ændret sig", "The circumstance has changed"),
        code("WRONG_DECISION", "Den tidligere afgørelse var forkert", "The earlier decision was wrong"),
        other(),
    ),
)
