"""What the functions of `cases/annual/sql` refuse."""

from __future__ import annotations

from partners.text import Text

REFUSALS = {
    "REPORT_ISOLATION": Text(
        "Rapporten er ikke udgivet: programmet gjorde en fejl. Prøv igen, og sig det til driften, hvis det sker igen.",
        "The report is not published: the program made a mistake. Try again, and tell operations if it happens again.",
    ),
    "REPORT_RIGHT_MISSING": Text(
        "Kun centrets godkendere udgiver årsrapporten. Bed en af dem om at gøre det.",
        "Only the centre's approvers publish the annual report. Ask one of them to do it.",
    ),
    "NO_REPORT_DRAFT": Text("Udkastet findes ikke.", "There is no such draft."),
    "NO_PLACE_OF_REPORT": Text("Udkastet har ikke dette sted.", "The draft has no such place."),
    "REPORT_ORDER_CLOSED": Text(
        "En bestilling er åben, og serveren siger, hvad der blev af den.",
        "An order is open, and the server says what became of it.",
    ),
    "REPORT_NOT_OPEN": Text(
        "Rapporten er udgivet, eller et senere udkast til året er trådt i dens sted.",
        "The report is published, or a later draft of the year stands in its place.",
    ),
    "REPORT_STALE": Text(
        "Udkastet er forældet: udgivelser eller rettelser er blevet andre, siden det blev dannet. Bestil det igen.",
        "The draft is stale: releases or errata are others now than when it was made. Order it again.",
    ),
    "REPORT_INCOMPLETE": Text(
        "Alle overskrifter og alternative tekster skal være godkendt først.",
        "Every heading and alternative text must be approved first.",
    ),
    "REPORT_CORRECTION_MISSING": Text(
        "Årets rapport er allerede udgivet: skriv i bestillingen, hvad denne retter.",
        "A report of the year is published already: say in the order what this one corrects.",
    ),
    "REPORT_CHANGED": Text(
        "Nogen har skrevet i rapporten siden. Læs den igen.", "Somebody has written in the report since. Read it again."
    ),
    "REPORT_BY_AUTHOR": Text(
        "Der skal to medarbejdere til: den, der har bestilt udkastet eller skrevet i det, udgiver det ikke.",
        "Two members of staff are needed: whoever ordered the draft or wrote in it does not publish it.",
    ),
}
