"""The codes of the register as Django's choices. Choices are functions, so that migrations contain no text."""

from __future__ import annotations

from enum import StrEnum

from cases.choices import codes_of
from cases.codelists.subject_requests import (
    EXTENSION_REASON,
    IDENTITY_CHECK,
    REFUSAL_GROUND,
    REQUEST_CHANNEL,
    REQUEST_KIND,
    REQUEST_OUTCOME,
)
from core.text import Text
from partners.choices import Choices, of


class RequestAct(StrEnum):
    """What is done about a request."""

    IDENTIFIED = "IDENTIFIED"
    EXTENDED = "EXTENDED"
    PRODUCED = "PRODUCED"
    ERASED = "ERASED"
    ANSWERED = "ANSWERED"


ACTS: dict[RequestAct, Text] = {
    RequestAct.IDENTIFIED: Text("Identitet kontrolleret", "Identity checked"),
    RequestAct.EXTENDED: Text("Frist forlænget", "Time limit extended"),
    RequestAct.PRODUCED: Text("Oplysninger udleveret", "Data produced"),
    RequestAct.ERASED: Text("Oplysninger slettet", "Data erased"),
    RequestAct.ANSWERED: Text("Besvaret", "Answered"),
}
# What a produced document names.
PRODUCTIONS = {
    "NAMES": Text("med organisationernes navne", "with the organisations' names"),
    "KINDS": Text("med organisationernes type alene", "with the organisations' kinds alone"),
}


def kinds() -> Choices:
    """The kinds of requests."""
    return codes_of(REQUEST_KIND)


def channels() -> Choices:
    """How requests are received."""
    return codes_of(REQUEST_CHANNEL)


def acts() -> Choices:
    """What is done about a request."""
    return of(ACTS)


def step_codes() -> Choices:
    """How an identity was checked, why a time limit was extended, what a document names, and what was answered."""
    return [*codes_of(IDENTITY_CHECK, EXTENSION_REASON, REQUEST_OUTCOME), *of(PRODUCTIONS)]


def grounds() -> Choices:
    """The grounds on which a request is refused."""
    return codes_of(REFUSAL_GROUND)
