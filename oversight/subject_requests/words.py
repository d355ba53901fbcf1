"""Names of the register and its models on the staff pages."""

from __future__ import annotations

from typing import Any

from cases.words import FIELDS as SHARED
from core.text import ModelNames, Text

ROOM = Text("Fortegnelse over anmodninger", "Register of requests")

MODELS = {
    "subjectrequest": ModelNames(
        Text("anmodning fra en person", "person's request"), Text("anmodninger fra personer", "persons' requests")
    ),
    "requeststep": ModelNames(Text("trin", "step"), Text("trin", "steps")),
}

FIELDS = {
    **SHARED,
    "act": Text("trin", "step"),
    "channel": Text("modtaget via", "received by"),
    "code": Text("oplysning", "detail"),
    "day": Text("dato", "date"),
    "due_on": Text("frist", "due"),
    "ground": Text("grund til afslag", "ground for refusal"),
    "kind": Text("art", "kind"),
    "received_on": Text("modtaget den", "received on"),
    "restriction": Text("begrænsning", "restriction"),
    "recorded_at": Text("registreret", "recorded at"),
    "tombstone": Text("sletning", "erasure"),
}

# What the constraints of this app refuse, by their names.
CONSTRAINTS = {
    "requeststep_answered_once": Text("Anmodningen er besvaret.", "The request is answered."),
    "requeststep_day_of_act": Text("Datoen mangler eller hører ikke til.", "The date is missing or does not belong."),
    "requeststep_extended_once": Text(
        "Fristen er forlænget én gang og kan ikke forlænges igen.",
        "The time limit was extended once and cannot be extended again.",
    ),
    "requeststep_ground_of_refusal": Text(
        "Et afslag har en grund, og intet andet har en.", "A refusal has a ground, and nothing else has one."
    ),
    "requeststep_id_of_restriction": Text(
        "En begrænsning har sit nummer, og intet andet har et.", "A restriction has its id, and nothing else has one."
    ),
    "requeststep_lifted_once": Text("Begrænsningen er ophævet.", "The restriction is lifted."),
    "requeststep_restricted_once": Text(
        "Behandlingen er begrænset ud fra anmodningen.", "The processing was restricted from this request."
    ),
    "requeststep_tombstone_of_erasure": Text(
        "En sletning har sin sletning i listen, og intet andet har en.",
        "An erasure has its row in the list of erasures, and nothing else has one.",
    ),
    "subjectrequest_due_later": Text("Fristen ligger efter modtagelsen.", "A request is due after it was received."),
}

RECEIVED_HELP = Text(
    "Den dag, anmodningen nåede centret. Fristen er en måned, regnet i kalendermåneder.",
    "The day on which the request reached the centre. It is due within one calendar month.",
)
KIND_HELP = Text(
    "Beder personen om to ting, registreres to anmodninger.",
    "If the person asks for two things, register two requests.",
)
ADD_WARNING = Text(
    "Anmodningen kan ikke ændres eller slettes bagefter. Er den forkert, besvares den som registreret ved en fejl.",
    "The request cannot be changed or deleted afterwards. If it is wrong, answer it as registered by mistake.",
)

# What the page of a person's data is for, by the kind of the request.
PRODUCE_OR_ERASE = Text("Udlevér eller slet oplysningerne", "Produce or erase the data")
RESTRICT = Text("Begræns behandlingen", "Restrict the processing")
RESTRICT_OR_ERASE = Text("Begræns behandlingen, eller slet oplysningerne", "Restrict the processing, or erase the data")
LIFT = Text("Ophæv begrænsningen", "Lift the restriction")
LIFT_WARNING = Text(
    "Oplysningerne kan læses igen, og personen tælles med i det, der dannes fremover.",
    "The data can be read again, and what is built from now on counts the person.",
)
SEE_WHAT_IS_HELD = Text("Se, hvad der er registreret", "See what is held")
TASKS_ON_DATA: dict[str, Text] = {
    "ACCESS": Text("Udlevér oplysningerne", "Produce the data"),
    "RECTIFICATION": SEE_WHAT_IS_HELD,
    "ERASURE": PRODUCE_OR_ERASE,
    "RESTRICTION": RESTRICT,
    "OBJECTION": RESTRICT_OR_ERASE,
}


def task_on_data(request: Any) -> Text:
    """What the page of a person's data is for, of a request of the register. From each the processing is restricted once."""
    if not request.has_restricted:
        return TASKS_ON_DATA[request.kind]
    return PRODUCE_OR_ERASE if TASKS_ON_DATA[request.kind] is RESTRICT_OR_ERASE else SEE_WHAT_IS_HELD


# What the page of an act is called, and what follows from it.
QUESTIONS: dict[str, tuple[Text, Text]] = {
    "identify": (
        Text("Skriv ned, hvordan identiteten er kontrolleret", "Write down how the identity was checked"),
        Text(
            "Intet udleveres eller slettes, før det er sikkert, at sagskoden er den persons, der beder om det.",
            "Nothing is produced or erased before it is certain that the case token is that of the person who asks.",
        ),
    ),
    "extend": (
        Text("Forlæng fristen med to måneder", "Extend the time limit by two months"),
        Text(
            "Personen skal have besked om forlængelsen og grunden til den, før fristen udløber. Fristen forlænges kun én gang.",
            "Before the time limit is over, tell the person of the extension and why. It can be extended only once.",
        ),
    ),
    "inform": (
        Text("Skriv ned, at personen har fået besked", "Write down that the person was told"),
        Text(
            "Personen skal have besked, før begrænsningen ophæves (artikel 18, stk. 3). En anden end den, der har begrænset "
            "behandlingen, ophæver den derefter.",
            "The person must be told before the restriction is lifted (article 18(3)). Somebody else than who restricted the "
            "processing lifts it then.",
        ),
    ),
    "answer": (
        Text("Skriv ned, hvad der er svaret", "Write down the answer"),
        Text(
            "Svaret er endeligt, og der kan ikke gøres mere ved anmodningen bagefter.",
            "The answer is final. Nothing more can be done about the request afterwards.",
        ),
    ),
}
# What the functions of this room in the database refuse, by their codes.
REFUSALS = {
    "REQUEST_ANSWERED": Text("Anmodningen er besvaret.", "The request is answered."),
    "REQUEST_DATES": Text(
        "Datoen ligger ude i fremtiden, eller før anmodningen blev modtaget.",
        "The date is in the future, or before the request was received.",
    ),
    "REQUEST_NOT_RESTRICTED": Text(
        "Der er ingen begrænsning at ophæve: den er ophævet, eller personens oplysninger er slettet.",
        "There is no restriction to lift: it was lifted, or the person's data were erased.",
    ),
    "REQUEST_RESTRICTED": Text(
        "Behandlingen er allerede begrænset ud fra anmodningen.",
        "The processing was restricted from this request already.",
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
    "REQUEST_NOT_OF_RESTRICTION": Text(
        "Kun en anmodning om begrænsning eller en indsigelse fører til en begrænsning.",
        "Only a request for restriction or an objection leads to a restriction.",
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
