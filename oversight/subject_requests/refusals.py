"""What the functions of `oversight/subject_requests/sql` refuse."""

from __future__ import annotations

from core.text import Text

REFUSALS = {
    "REQUEST_ANSWERED": Text("Anmodningen er besvaret.", "The request is answered."),
    "REQUEST_DATES": Text(
        "Datoen ligger ude i fremtiden, eller før anmodningen blev modtaget.",
        "The date is in the future, or before the request was received.",
    ),
    "REQUEST_EXTENDED": Text(
        "Fristen er forlænget én gang og kan ikke forlænges igen.",
        "The time limit was extended once and cannot be extended again.",
    ),
    "REQUEST_NOT_PRODUCED": Text(
        "En anmodning om berigtigelse eller begrænsning fører ikke til en udlevering.",
        "A request for rectification or restriction does not lead to producing the data.",
    ),
    "REQUEST_OF_OTHER_KIND": Text(
        "Kun en anmodning om sletning eller en indsigelse fører til en sletning.",
        "Only a request for erasure or an objection leads to an erasure.",
    ),
    "REQUEST_OVERDUE": Text(
        "Fristen er overskredet og kan ikke længere forlænges.", "The request is overdue and can no longer be extended."
    ),
    "REGISTER_RIGHT_MISSING": Text(
        "Kun centrets databeskyttelse fører fortegnelsen. Bed en af dem om at gøre det.",
        "Only the centre's data protection staff keep the register. Ask one of them to do it.",
    ),
    "REQUEST_UNDONE": Text(
        "Det, der svares, er ikke gjort fra denne anmodning. Gør det herfra, før du svarer.",
        "What is answered was not done from this request. Do it from here before you answer.",
    ),
    "REQUEST_UNIDENTIFIED": Text(
        "Kontrollér først, hvem der beder om det, og skriv det ned.", "First check who asks, and write down how."
    ),
}
