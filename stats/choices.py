"""The codes of releases, orders and decisions on figures, with their words as Django's choices.

Functions, so that migrations carry no text.
"""

from __future__ import annotations

from core.text import Text
from partners.choices import Choices, of

AUDIENCES = {
    "public": Text("offentligheden", "the public"),
    "authority": Text("myndigheder", "authorities"),
    "exact": Text("centret", "the centre"),
}
FACT_DECISIONS = {
    "superseded": Text("afløst", "superseded"),
    "different_definition": Text("anden definition", "different definition"),
    "interval": Text("kendt som et interval", "known as an interval"),
}
FACT_OUTCOMES = {
    "CONFIRMED": Text("bekræftet", "confirmed"),
    "REFUSED": Text("afvist", "refused"),
    "TAKEN_BACK": Text("taget tilbage", "taken back"),
}
ORDER_KINDS = {
    "BUILD": Text("udkast", "draft"),
    "PROPOSE": Text("forslag til tabeller", "proposals of tables"),
}
ORDER_STATES = {
    "OPEN": Text("venter", "waiting"),
    "RUNNING": Text("dannes", "being built"),
    "DONE": Text("dannet", "built"),
    "FAILED": Text("afvist", "refused"),
}
DATE_STATUSES = {
    "ANNOUNCED": Text("foreløbig dato", "provisional date"),
    "CONFIRMED": Text("fast dato", "confirmed date"),
    "POSTPONED": Text("flyttet", "postponed"),
    "CANCELLED": Text("aflyst", "cancelled"),
    "PUBLISHED": Text("udgivet", "published"),
}
SCHEDULE_OUTCOMES = {
    "PUBLISHED": Text("udgivet", "published"),
    "TAKEN_BACK": Text("taget tilbage", "taken back"),
    "FAILED": Text("kunne ikke udgives", "could not be published"),
}


def audiences() -> Choices:
    """The audiences of releases."""
    return of(AUDIENCES)


def protected_audiences() -> Choices:
    """The audiences of protected releases."""
    return of({code: words for code, words in AUDIENCES.items() if code != "exact"})


def date_statuses() -> Choices:
    """What is said of a date in the calendar."""
    return of(DATE_STATUSES)


def fact_decisions() -> Choices:
    """The decisions that staff may take on a fact."""
    return of(FACT_DECISIONS)


def fact_outcomes() -> Choices:
    """How a decision on a fact ends its wait."""
    return of(FACT_OUTCOMES)


def order_kinds() -> Choices:
    """What an order asks for."""
    return of(ORDER_KINDS)


def order_states() -> Choices:
    """The states of an order to build."""
    return of(ORDER_STATES)


def schedule_outcomes() -> Choices:
    """How a scheduled publication ends."""
    return of(SCHEDULE_OUTCOMES)
