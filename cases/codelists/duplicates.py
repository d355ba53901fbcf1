"""Why two persons who looked like one are two. Why they are one is a reason for a link (`cases.codelists.linking`)."""

from cases.codelists.common import code, code_list, other

DIFFERENT_REASON = code_list(
    "different_reason",
    "Begrundelse for at det er to personer",
    "Reason for two persons",
    (
        code("TWO_KNOWN", "Organisationerne kender to personer", "The organisations know two persons"),
        code("CONTRADICTION", "Oplysningerne udelukker hinanden", "The records exclude each other"),
        code("COINCIDENCE", "Ligheden er ikke andet end tilfældig", "The likeness is no more than chance"),
        code("CODE_IN_ERROR", "Koblingskoden var forkert", "The linkage code was in error"),
        other(),
    ),
)
