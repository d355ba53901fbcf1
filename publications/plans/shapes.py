"""What a national action plan is made of, and which ministry answers for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlsplit

from core.text import NO_TEXT, Text

# Whose pages say officially which ministry has which field.
OFFICIAL = frozenset({"stm.dk", "retsinformation.dk"})


@dataclass(frozen=True, slots=True)
class PlanSource:
    """Where something of a plan was read: what it is called, and its address."""

    title: Text
    address: str


@dataclass(frozen=True, slots=True)
class PlanInitiative:
    """What a plan sets going within an area."""

    id: str
    label: Text


@dataclass(frozen=True, slots=True)
class PlanArea:
    """An area of a plan, with the initiatives whose names were read."""

    id: str
    label: Text
    initiatives: tuple[PlanInitiative, ...] = ()


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """A plan of the years from the first to the last. `budget`: in million kroner; None where no source was read.

    `remark`: what of the plan is not verified.
    """

    id: str
    label: Text
    first_year: int
    last_year: int
    budget: Decimal | None
    areas: tuple[PlanArea, ...]
    sources: tuple[PlanSource, ...]
    remark: Text = NO_TEXT

    def holds_in(self, year: int) -> bool:
        """Whether the plan is in force in a year."""
        return self.first_year <= year <= self.last_year


@dataclass(frozen=True, slots=True)
class ResponsibleMinistry:
    """The ministry that answers for gender equality, and with it for the plan, from a day on.

    `source`: empty where it is no page that an authority refers to. `has_day`: whether the day stands in the source. Where it does
    not, only the year does. Of another page than an authority's readers are told so (`is_official`).
    """

    since: date
    label: Text
    source: str = ""
    has_day: bool = True

    @property
    def is_official(self) -> bool:
        """Whether the source is a page of an authority."""
        return (urlsplit(self.source).hostname or "").removeprefix("www.") in OFFICIAL
