"""What the functions of `publications/plans/sql` refuse, and this room beside them."""

from __future__ import annotations

from cases.errors import DomainError
from core.text import Text

REFUSALS = {
    "PLAN_WRITE_RIGHT_MISSING": Text(
        "Indikatorer og målinger skrives af en statistiker i centret. Bed en af dem om det.",
        "A statistician of the centre writes indicators and observations. Ask one of them.",
    ),
    "PLAN_INDICATOR_NOT_PUBLISHED": Text(
        "Indikatoren er ikke udgivet. En godkender udgiver den først.",
        "The indicator is not published. An approver publishes it first.",
    ),
    "PLAN_SOURCE_WRONG": Text(
        "En beregnet indikator måles i en udgivelse. Kun de andre får en værdi, der skrives ind med sin kilde.",
        "A computed indicator is observed in a release. A value is typed in with its source for the others alone.",
    ),
    "PLAN_RELEASE_NOT_PUBLIC": Text(
        "Der er ingen offentlig udgivelse af året med denne opdeling.",
        "There is no public release of the year with this breakdown.",
    ),
    "PLAN_RELEASE_TAKEN": Text(
        "Årets nyeste udgivelse er allerede målt. Den næste udgave giver en ny måling.",
        "The newest release of the year is observed already. The next vintage gives another observation.",
    ),
    "PLAN_RIGHT_MISSING": Text(
        "En godkender i centret udgiver det. Bed en godkender om det.",
        "An approver of the centre publishes it. Ask an approver.",
    ),
    "PLAN_BY_AUTHOR": Text(
        "Der skal to medarbejdere til. Du har skrevet det, så en anden godkender tager stilling.",
        "Two members of staff are needed. You wrote this, so another approver decides.",
    ),
}
FIGURE_DIFFERS = Text(
    "Målingen svarer ikke til udgivelsen. Afvis den, og bed en statistiker måle igen.",
    "The observation does not say what the release says. Refuse it, and ask a statistician to observe again.",
)


class PlanRefused(DomainError):
    """Something of an action plan cannot be written or published as asked. The message is for staff."""
