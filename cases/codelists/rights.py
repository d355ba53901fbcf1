"""The reasons for erasing a person's data. The list is for staff and is no field of a record."""

from cases.codelists.common import code, code_list

ERASURE_REASON = code_list(
    "erasure_reason",
    "Begrundelse for sletning",
    "Reason for erasure",
    (
        code("REQUESTED", "Personen har bedt om det", "The person asked for it"),
        code("OBJECTED", "Personen har gjort indsigelse", "The person objected"),
        code("UNLAWFUL", "Oplysningerne skulle aldrig have været her", "The data should never have been here"),
        code("OBLIGED", "En lov eller afgørelse kræver det", "A law or a decision requires it"),
        code("RESTORED", "Slettet før; var tilbage fra en sikkerhedskopi", "Erased before; was back from a backup"),
    ),
)
