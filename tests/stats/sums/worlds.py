"""Small worlds of counts in memory: a form with three measures and two dimensions, some partners, and what each reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import product
from random import Random
from uuid import UUID

from cases.codelists.common import code, code_list
from cases.services.forms import OUTREACH
from cases.services.shapes import CountDimension, CountForm, CountMeasure, CountTable, CountUnit, PartOfWhole
from core.text import Text
from partners.kinds import Kind
from stats.models import PUBLIC
from stats.periods import Period
from stats.sums.datasets import SumDataset, SumTable
from stats.sums.leaves import CountLeaf, leaves_of
from stats.sums.public import ProtectedSums, protect_sums
from stats.sums.sources import SumSource, contributors_of
from stats.sums.views import SumPlan

NAME = Text("Navn", "Name")
MEASURES = ("met", "first", "told")
PLACES, WAYS = ("P1", "P2", "P3"), ("W1", "W2", "W3")
# A line by its place and way: what was met, of these the first ones, and those told.
Lines = Mapping[tuple[str, str], tuple[int, int, int]]
JUNE = date(2024, 6, 1)
YEAR = Period("2024", date(2024, 1, 1), date(2024, 12, 1))
NGOS = tuple(UUID(int=n) for n in range(1, 4))
POLICE, OTHER_NGO = UUID(int=9), UUID(int=8)
KEY = sha256(b"a key").digest()


def dimension(name: str, codes: Iterable[str]) -> CountDimension:
    """A dimension of a code list of its own."""
    return CountDimension.of(code_list(name, name, name, tuple(code(each, each, each) for each in codes)))


def dataset(unit: CountUnit = CountUnit.SUSPICION, *, linked: bool = True) -> SumDataset:
    """A table whose measures count a unit. Where they are linked, the first ones and those told are at most those met."""
    table = CountTable(
        "meetings",
        NAME,
        (dimension("place", PLACES), dimension("way", WAYS)),
        tuple(CountMeasure(name, NAME, unit) for name in MEASURES),
    )
    parts = MEASURES[1:] if linked else ()
    checks = tuple(PartOfWhole(f"{part}_above", (table.name, part), (table.name, "met"), NAME) for part in parts)
    form = CountForm("MEETINGS", NAME, NAME, OUTREACH.period, frozenset({Kind.NGO}), (table,), checks)
    return SumDataset(form, table)


@dataclass(frozen=True)
class World:
    """What each partner reported in June, and which kind it is."""

    reports: Mapping[UUID, Lines]
    of: SumDataset = field(default_factory=dataset)
    kinds: Mapping[UUID, Kind] = field(default_factory=dict)
    umbrellas: frozenset[frozenset[UUID]] = frozenset()

    @property
    def leaves(self) -> frozenset[CountLeaf]:
        """All of it as leaves."""
        return frozenset(leaf for who in self.reports for leaf in leaves_of(self.of, who, who, JUNE, self.content(who)))

    def content(self, who: UUID) -> dict[str, list[dict[str, object]]]:
        """A report as it is stored."""
        lines: list[dict[str, object]] = [
            {"place": place, "way": way, **dict(zip(MEASURES, numbers, strict=True))}
            for (place, way), numbers in self.reports[who].items()
        ]
        return {"meetings": lines}

    def number(self, measure: str, codes: Mapping[str, str], *partners: UUID) -> int:
        """A sum, of all or of some partners, by adding up what was reported."""
        return sum(
            numbers[MEASURES.index(measure)]
            for who in partners or self.reports
            for (place, way), numbers in self.reports[who].items()
            if codes.items() <= {"place": place, "way": way}.items()
        )

    def source(self, id_: str = "2024.p1", tables: tuple[SumTable, ...] = ((), ("place",), ("way",))) -> SumSource:
        """A release of it."""
        return SumSource(id_, PUBLIC, YEAR, datetime(2025, 3, 1, tzinfo=UTC), tables, self.leaves)

    def plan(self, *earlier: SumSource) -> SumPlan:
        """The plan of its release after some others."""
        kinds = {who: self.kinds.get(who, Kind.NGO) for who in self.reports}
        source = self.source(f"2024.p{len(earlier) + 1}")
        return SumPlan(self.of, source, earlier, contributors_of(kinds, self.umbrellas), KEY)

    def protect(self, *earlier: SumSource) -> ProtectedSums:
        """Its release."""
        return protect_sums(self.plan(*earlier))


def town(seed: int) -> World:
    """Three organisations with some lines each, by chance."""
    rng, reports = Random(seed), dict[UUID, Lines]()
    for who in NGOS:
        found = {}
        for line in rng.sample([*product(PLACES, WAYS)], rng.randint(2, 7)):
            met = rng.choice((0, 1, 2, 3, 5, 8, 13, 21))
            found[line] = (met, rng.randint(0, met), rng.randint(0, met))
        reports[who] = found
    return World(reports)


def town_with_public_bodies(seed: int) -> World:
    """The same town where the first is the centre and the second a municipality; another organisation has a few in one place."""
    here = PLACES[seed % len(PLACES)]
    of_other: Lines = {
        (place, way): (1, 1, 0) if place == here else (9, 5, 4) for place, way in product(PLACES, WAYS[:2])
    }
    return World({**town(seed).reports, OTHER_NGO: of_other}, kinds={NGOS[0]: Kind.CENTRE, NGOS[1]: Kind.MUNICIPALITY})
