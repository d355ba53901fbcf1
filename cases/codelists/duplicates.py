"""The reasons for deciding that a pair is two persons. A merge has the reasons of a link (`cases.codelists.linking`)."""

from cases.codelists.common import code, code_list, other

DIFFERENT_REASON = code_list(
    "different_reason",
    "Begrundelse for at det er to personer",
    "Reason for two persons",
    (
        code("TWO_KNOWN", "Organisationerne kender to personer", "The organisations know two persons"),
        code("CONTRADICTION", "Oplysningerne udelukker hinanden", "The records exclude each other"),
        code("COINCIDENCE", "Ligheden er tilfældig", "The resemblance is a coincidence"),
        code("CODE_IN_ERROR", "Koblingskoden var forkert", "The linkage code was in error"),
        other(),
    ),
)
