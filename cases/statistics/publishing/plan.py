"""What a protection is a function of, and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from cases.statistics.publishing.cells import Protected
from cases.statistics.publishing.facts import Fact
from cases.statistics.publishing.records import Known, Record
from cases.statistics.publishing.sources import Source
from cases.statistics.publishing.timeline import Timeline, timeline
from cases.statistics.publishing.universe import Block, blocks


@dataclass(frozen=True, slots=True)
class Company:
    """Who knows some of the persons by name: those who referred them, those who assessed them; and who may read noisy cells."""

    referred: Known
    decided: Known
    authorities: frozenset[UUID]

    def known_to(self, who: UUID) -> frozenset[UUID]:
        """Everybody whom a partner knows."""
        return self.referred.get(who, frozenset()) | self.decided.get(who, frozenset())


@dataclass(frozen=True)
class Plan:
    """A release to come, with everything that bears on it."""

    source: Source
    earlier: tuple[Source, ...]
    everyone: tuple[Record, ...]
    span: tuple[date, date]
    facts: tuple[Fact, ...]
    company: Company
    key: bytes
    memory: MutableMapping[str, Any]
    tell: Callable[[str], None] = lambda _: None

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every release that bears on it, by moment, and itself."""
        return (*sorted(self.earlier, key=lambda source: (source.as_of, source.id)), self.source)

    @property
    def noise(self) -> bool:
        """Whether there is any noisy cell: then authorities know more than the public."""
        return any(not source.public for source in self.sources)

    @cached_property
    def timeline(self) -> Timeline:
        """The atoms of time."""
        return timeline(self.sources, self.everyone, self.span)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks. Raises `ReleaseRefused`."""
        return blocks(self.sources, self.facts, self.timeline, self.span)


@dataclass(frozen=True)
class Protection:
    """Protected tables, whether they passed the audit, and the two certificates.

    `report`: for staff, with the rule of each primary. `certificate`: for everybody. `margins`: what the statistician weighs.
    """

    tables: tuple[Protected, ...]
    passed: bool
    report: dict[str, Any]
    certificate: dict[str, Any]
    margins: dict[str, Any]
    digest: str
