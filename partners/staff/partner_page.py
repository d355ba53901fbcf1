"""What the staff's page of a partner tells beside its form: what to do next, sections, and what switching it off does.

Each room adds its own.

An app has a module `partner_page.py`, which is loaded when the program starts:

    partner_page.add(Text("Klienter", "Clients"), right="partners.view_client", find=lines_of_clients)
    partner_page.add_steps(Stage.CLIENTS, right="partners.change_partner", find=steps_of_clients)
    partner_page.add_effect(right="partners.view_client", find=effect_on_clients)

Who lacks the right is shown none of it, and nothing is asked for it. A line with a right of its own is left out without that one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, auto
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser, User

from core.text import Text
from partners.models import Partner

type Reader = User | AnonymousUser

# So many rows of one kind are named on the page; the list to which the section leads has them all.
NAMED = 8


class PartnerLine(NamedTuple):
    """A line: its words, the page it leads to (or nothing), and the right that its page needs beside the section's (or none)."""

    words: Any
    address: str = ""
    right: str = ""


class Stage(IntEnum):
    """When something can be done about a partner: what is earlier comes before what needs it."""

    INVITATION = auto()
    SECOND_FACTOR = auto()
    AGREEMENT = auto()
    CLIENTS = auto()
    REPORTS = auto()
    SIGNATURE = auto()
    CONTACT = auto()


type FindLines = Callable[[Partner, Reader], Iterable[PartnerLine]]


@dataclass(frozen=True, slots=True)
class PartnerSection:
    """Lines of one kind, for whoever has the right."""

    title: Text
    right: str
    find: FindLines


class ShownSection(NamedTuple):
    """A section as its reader sees it."""

    title: Text
    lines: Sequence[PartnerLine]


class Effect(NamedTuple):
    """What switching a partner off does to something of it: what that is, and what happens to it, with its number."""

    name: Text
    words: Text


type FindEffects = Callable[[Partner], Iterable[Effect]]

SECTIONS: list[PartnerSection] = []
STEPS: dict[Stage, tuple[str, FindLines]] = {}
EFFECTS: list[tuple[str, FindEffects]] = []


def add(title: Text, *, right: str, find: FindLines) -> None:
    SECTIONS.append(PartnerSection(title, right, find))


def add_steps(stage: Stage, *, right: str, find: FindLines) -> None:
    """Add what there may be to do next about a partner. `right`: whose task it is."""
    STEPS[stage] = (right, find)


def add_effect(*, right: str, find: FindEffects) -> None:
    """Add what switching a partner off does to what a room has of it."""
    EFFECTS.append((right, find))


def effects_of(partner: Partner, reader: Reader) -> list[Effect]:
    """What switching a partner off would do, as far as a reader may know its numbers."""
    return [effect for right, find in EFFECTS if reader.has_perm(right) for effect in find(partner)]


def lines_for(reader: Reader, lines: Iterable[PartnerLine]) -> list[PartnerLine]:
    """The lines that a reader may see."""
    return [line for line in lines if not line.right or reader.has_perm(line.right)]


def sections_of(partner: Partner, reader: Reader) -> list[ShownSection]:
    """The sections of a partner that a reader may see, and that have a line."""
    shown = (
        ShownSection(each.title, lines_for(reader, each.find(partner, reader)))
        for each in SECTIONS
        if reader.has_perm(each.right)
    )
    return [each for each in shown if each.lines]


def steps_of(partner: Partner, reader: Reader) -> list[PartnerLine]:
    """What a reader is to do next about a partner, in the order in which it can be done."""
    by_stage = (STEPS[stage] for stage in sorted(STEPS))
    return [
        line for right, find in by_stage if reader.has_perm(right) for line in lines_for(reader, find(partner, reader))
    ]
