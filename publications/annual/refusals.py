"""What the annual report refuses: this room, and the functions of `publications/annual/sql`."""

from __future__ import annotations

from cases.errors import DomainError
from core.text import Text, say

REFUSALS = {
    "REPORT_ISOLATION": Text(
        "Serverens database er sat sådan op, at ingen rapport kan udgives. Sig det til den, der driver systemet.",
        "The database is set up so that no report can be published. Tell whoever runs the server.",
    ),
    "REPORT_RIGHT_MISSING": Text(
        "Årsrapporten udgives af en godkender i centret. Bed en godkender om det.",
        "An approver at the centre publishes the annual report. Ask an approver.",
    ),
    "NO_REPORT_DRAFT": Text(
        "Udkastet findes ikke. Find rapporten på listen over årsrapporter.",
        "There is no such draft. Find the report in the list of annual reports.",
    ),
    "NO_PLACE_OF_REPORT": Text(
        "Afsnittet har ikke dette felt. Åbn afsnittet igen fra rapportens side.",
        "The section has no such field. Open the section again from the page of the report.",
    ),
    "REPORT_ORDER_CLOSED": Text(
        "En bestilling er åben, og serveren oplyser, hvad der blev af den.",
        "An order is open, and the server says what became of it.",
    ),
    "REPORT_NOT_OPEN": Text(
        "Rapporten er udgivet, eller et senere udkast til året er trådt i stedet. Åbn det nyeste udkast på listen over "
        "årsrapporter.",
        "The report is published, or a later draft of the year stands in its place. Open the newest draft.",
    ),
    "REPORT_STALE": Text(
        "Udkastet er forældet: udgivelser eller rettelser er blevet andre, siden det blev dannet. En statistiker bestiller "
        "det igen.",
        "The draft is stale: releases or errata are others now. A statistician orders it again.",
    ),
    "REPORT_INCOMPLETE": Text(
        "Alle overskrifter og alternative tekster skal være færdige først. En statistiker gør dem færdige afsnit for afsnit.",
        "Every heading and alternative text must be finished first. A statistician finishes them.",
    ),
    "REPORT_CORRECTION_MISSING": Text(
        "Årets rapport er allerede udgivet. Bestil udkastet igen, og skriv, hvad den nye version retter.",
        "A report of the year is published already. Order the draft again, and say what the new version corrects.",
    ),
    "REPORT_CHANGED": Text(
        "Nogen har skrevet i rapporten, siden du åbnede siden. Læs den igen, og udgiv derefter.",
        "Somebody has written in the report since you opened the page. Read it again, then publish.",
    ),
    "REPORT_BY_AUTHOR": Text(
        "Der skal to medarbejdere til. Du har bestilt udkastet eller skrevet i det, så en anden godkender udgiver rapporten.",
        "Two members of staff are needed. You ordered the draft or wrote in it, so another approver publishes the report.",
    ),
}


class ReportRefused(DomainError):
    """A report cannot be made, written or published as asked. The message is for staff."""


def refuse(da: str, en: str) -> ReportRefused:
    """The refusal in both languages."""
    return ReportRefused(say(da, en))
