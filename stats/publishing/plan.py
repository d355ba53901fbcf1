"""The plan of a release: everything that its protection is a function of; and the result of the protection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from stats.publishing.blocks import TableBlock, make_blocks
from stats.publishing.cells import TableDraft, ToldTable
from stats.publishing.facts import Fact
from stats.publishing.insiders import Insiders
from stats.publishing.records import CountedRecord
from stats.publishing.release_sums import ReleaseSums
from stats.publishing.sources import ReleaseSource
from stats.publishing.timeline import Timeline, make_timeline
from stats.sums.planning import CountedSums


@dataclass(frozen=True)
class ReleasePlan:
    """A release to come, `source`, with everything that bears on it.

    `earlier`: the published releases of linked months. `everyone`: the records of `span` as they are now. `sums`: the datasets of
    sums that come with it.
    """

    source: ReleaseSource
    earlier: tuple[ReleaseSource, ...]
    everyone: tuple[CountedRecord, ...]
    span: tuple[date, date]
    facts: tuple[Fact, ...]
    insiders: Insiders
    key: bytes
    tell: Callable[[str], None] = lambda _: None
    sums: tuple[CountedSums, ...] = ()

    @cached_property
    def sources(self) -> tuple[ReleaseSource, ...]:
        """Every release that bears on the new one, by moment; and, last, the new one."""
        return (*sorted(self.earlier, key=lambda source: (source.as_of, source.id)), self.source)

    @property
    def noise(self) -> bool:
        """Whether any release has noisy cells. Then authorities know more than the public."""
        return any(not source.public for source in self.sources)

    @cached_property
    def alone(self) -> ReleasePlan:
        """The plan as it is if nothing has changed since the moment of the release. It is silent.

        A fact that its records contradict counts somebody who was erased, or who came later, and is left out.
        """
        records = self.source.records
        facts = tuple(fact for fact in self.facts if fact.fits(records))
        return replace(self, everyone=records, facts=facts, tell=lambda _: None)

    @cached_property
    def timeline(self) -> Timeline:
        """The atoms of time."""
        return make_timeline(self.sources, self.everyone, self.span)

    @cached_property
    def blocks(self) -> tuple[TableBlock, ...]:
        """The blocks. Raises `ReleaseRefused`."""
        return make_blocks(self.sources, self.facts, self.timeline, self.span)


@dataclass(frozen=True)
class ProtectionResult:
    """Protected tables, and whether they passed the audit.

    `report`: for staff, with the rules of each primary cell. `certificate`: for everybody. `margins`: what the statistician weighs,
    the cells of each table and the room to spare. `bounds`: what everybody is told of hidden cells from its publication on.
    `sums`: those of each dataset that was chosen.
    """

    tables: tuple[TableDraft, ...]
    passed: bool
    report: dict[str, Any]
    certificate: dict[str, Any]
    margins: dict[str, Any]
    digest: str
    bounds: tuple[ToldTable, ...] = ()
    sums: tuple[ReleaseSums, ...] = ()
