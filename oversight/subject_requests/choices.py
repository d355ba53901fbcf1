"""The codes of the register as Django's choices."""

from __future__ import annotations

from enum import StrEnum

from cases.choices import codes_of
from cases.codelists.staff import (
    EXTENSION_REASON,
    IDENTITY_CHECK,
    REFUSAL_GROUND,
    REQUEST_CHANNEL,
    REQUEST_KIND,
    REQUEST_OUTCOME,
    RESTRICTION_GROUND,
)
from core.text import Text
from partners.choices import choices_of


class RequestAct(StrEnum):
    """What is done about a request."""

    IDENTIFIED = "IDENTIFIED"
    EXTENDED = "EXTENDED"
    PRODUCED = "PRODUCED"
    ERASED = "ERASED"
    RESTRICTED = "RESTRICTED"
    INFORMED = "INFORMED"
    LIFTED = "LIFTED"
    ANSWERED = "ANSWERED"


ACTS: dict[RequestAct, Text] = {
    RequestAct.IDENTIFIED: Text("Identitet kontrolleret", "Identity checked"),
    RequestAct.EXTENDED: Text("Frist forlænget", "Time limit extended"),
    RequestAct.PRODUCED: Text("Oplysninger udleveret", "Data produced"),
    RequestAct.ERASED: Text("Oplysninger slettet", "Data erased"),
    RequestAct.RESTRICTED: Text("Behandling begrænset", "Processing restricted"),
    RequestAct.INFORMED: Text(
        "Personen fik besked om, at begrænsningen ophæves", "Person told that the restriction is lifted"
    ),
    RequestAct.LIFTED: Text("Begrænsning ophævet", "Restriction lifted"),
    RequestAct.ANSWERED: Text("Besvaret", "Answered"),
}
# What a produced document names.
PRODUCTIONS = {
    "NAMES": Text("med organisationernes navne", "with the organisations' names"),
    "KINDS": Text("med organisationernes type alene", "with the organisations' kinds alone"),
}
KINDS = codes_of(REQUEST_KIND)
CHANNELS = codes_of(REQUEST_CHANNEL)
STEP_CODES = [
    *codes_of(IDENTITY_CHECK, EXTENSION_REASON, REQUEST_OUTCOME, RESTRICTION_GROUND),
    *choices_of(PRODUCTIONS),
]
GROUNDS = codes_of(REFUSAL_GROUND)
