"""Code lists on a delivery: why its sender stands by what looked improbable."""

from cases.codelists.common import code, code_list

CONFIRMATION_REASON = code_list(
    "confirmation_reason",
    "Begrundelse for en bekræftelse",
    "Reason for a confirmation",
    (
        code(
            "CHECKED_WITH_SOURCE",
            "Kontrolleret i kilden, og det er rigtigt",
            "Checked with the source, and it is right",
        ),
        code("RARE_BUT_TRUE", "Sjældent, men rigtigt", "Rare, but true"),
        code(
            "KNOWN_CHANGE",
            "En kendt ændring i arbejdet eller registreringen",
            "A known change of the work or its records",
        ),
        code("SOURCE_LACKS_IT", "Kilden har ikke oplysningen", "The source does not have the information"),
    ),
)
