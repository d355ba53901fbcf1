"""Whole years, small and large, and the United Kingdom's published records: after protection the attacker finds no small cell."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import product
from uuid import UUID

import pytest

from stats.periods import Period
from stats.publishing.cells import TableDraft, bounds_of_hidden
from stats.publishing.choice import PROTECTED, Choice
from stats.publishing.insiders import Insiders
from stats.publishing.planning import ProtectionResult, ReleasePlan
from stats.publishing.public import protect_for_the_public
from stats.publishing.sources import NAMES, CountedRecord, ReleaseSource
from tests.attacks.cellkeys import secret
from tests.attacks.crawl import Seen
from tests.attacks.lattice import systems
from tests.attacks.population import AGES, COUNTRIES
from tests.attacks.reconstruct import reconstruct
from tests.attacks.scores import Report, Score, Scored
from tests.reference import uk_nrm

MOMENT = datetime(2024, 3, 1, tzinfo=UTC)
THRESHOLD = 5
PAIRS = {
    "age": [
        "gender,exploitation.form",
        "gender,age_band.age18",
        "age_band.age18,exploitation.form",
        "citizenship.continent",
    ],
    "continent": ["gender,age_band.age18", "citizenship.continent,exploitation.form"],
}
UK = ["citizenship.continent,exploitation"]
NOBODY = Insiders({}, {}, frozenset())


def year(persons: int) -> list[CountedRecord]:
    """A year of so many persons. What partners know of theirs is another attack's (17)."""
    rng = random.Random(persons)
    return [person(rng) for _ in range(persons)]


def person(rng: random.Random) -> CountedRecord:
    """A person by chance."""
    country = rng.choices(list(COUNTRIES), [weight for weight, _, _ in COUNTRIES.values()])[0]
    _, gender, form = COUNTRIES[country]
    if rng.random() < 0.2:
        gender, form = rng.choice("FM"), rng.choice(["SEXUAL", "LABOUR", "CRIMINAL"])
    age = rng.choices(list(AGES), list(AGES.values()))[0]
    codes = {"citizenship": country, "gender": gender, "exploitation": form, "age_band": age}
    return record(rng, date(2023, rng.randint(1, 12), 1), codes)


def record(rng: random.Random, month: date, codes: dict[str, str]) -> CountedRecord:
    """A record with these codes; the others are not known."""
    name = UUID(int=rng.getrandbits(128), version=4)
    return CountedRecord(name, month, tuple(codes.get(dimension, unknown(dimension)) for dimension in NAMES))


def unknown(dimension: str) -> str:
    """The code of what is not known, or the last there is."""
    names = PROTECTED.by_name[dimension].codelist.names
    return "_U" if "_U" in names else names[-1]


def plan(period: str, told: Sequence[CountedRecord], tables: Sequence[str]) -> ReleasePlan:
    """The public release of a period to come, and nothing before it."""
    of = Period.parse(period)
    assert of is not None
    records = tuple(told)
    source = ReleaseSource(f"{period}.p1", "public", of, MOMENT, Choice.of(tables), records, {}, {})
    span = (date(of.first.year, 1, 1), date(of.last.year, 12, 1))
    return ReleasePlan(source, (), records, span, (), NOBODY, secret(1))


def published(protection: ProtectionResult, period: str) -> list[Seen]:
    """What everybody sees of protected tables."""
    return [
        Seen(f"{period}.p1", period, "", names, codes, low, high, hidden)
        for table in protection.tables
        for names in [tuple(axis.id for axis in table.table)]
        for codes in product(*([code.code for code in axis.codes] for axis in table.table))
        for low, high, hidden in [shown("|".join(codes), table)]
    ]


def shown(codes: str, table: TableDraft) -> tuple[int, int | None, bool]:
    """What is told of a cell: the least, the most, and whether it is hidden."""
    if codes in table.hidden:
        return *bounds_of_hidden(table.symbol, within=codes in table.within), True
    count = dict(zip(table.codes, table.counts, strict=True)).get(codes, 0)
    return count, count, False


def unsafe(seen: Sequence[Seen], told: Sequence[CountedRecord]) -> Score:
    """How many hidden cells are recovered, or certain to be small where they are."""
    counts = {axes: tabulate(told, axes) for axes in {cell.axes for cell in seen}}
    hidden = [cell for cell in seen if cell.hidden and not cell.quiet]
    small = {cell.place for cell in hidden if 0 < counts[cell.axes][cell.codes] < THRESHOLD}
    claims = reconstruct(systems(seen))
    for claim in claims:
        assert claim.low <= counts[claim.cell.axes][claim.cell.codes] <= (claim.high or 0)
    found = {claim.cell.place for claim in claims if claim.exact or claim.cell.place in small}
    return Score(len(found), sum(cell.hidden for cell in seen))


def tabulate(told: Sequence[CountedRecord], axes: Sequence[str]) -> Counter[tuple[str, ...]]:
    """The true counts of a table."""
    rolled = [PROTECTED.axes[axis] for axis in axes]
    return Counter(
        tuple(axis.code_of(each.codes[NAMES.index(axis.dimension)], each.month) for axis in rolled) for each in told
    )


def naive(seen: Sequence[Seen], told: Sequence[CountedRecord]) -> list[Seen]:
    """The same tables with nothing hidden but the small cells."""
    counts = {axes: tabulate(told, axes) for axes in {cell.axes for cell in seen}}
    found = []
    for cell in seen:
        count = counts[cell.axes][cell.codes]
        hidden = 0 < count < THRESHOLD
        low, high = (0, None) if hidden else (count, count)
        found.append(Seen(cell.release, cell.period, "", cell.axes, cell.codes, low, high, hidden))
    return found


def attacked(name: str, period: str, told: Sequence[CountedRecord], tables: Sequence[str], report: Report) -> None:
    """Protect and attack, and attack what is not protected."""
    protection = protect_for_the_public(plan(period, told, tables))
    assert protection.passed
    seen = published(protection, period)
    power, result = unsafe(naive(seen, told), told), unsafe(seen, told)
    report(Scored(f"4 {name}", "hidden cells recovered", "no complementary cells", power, result))
    assert power.hits > 0
    assert (result.hits, result.of > 0) == (0, True)


@pytest.mark.parametrize("pairs", PAIRS)
@pytest.mark.parametrize("persons", [64, 97, 121, 400, 1000])
def test_years(persons: int, pairs: str, report: Report) -> None:
    attacked(f"year, n = {persons}, {pairs}", "2023", year(persons), PAIRS[pairs], report)


@pytest.mark.reference
@pytest.mark.skipif(bool(uk_nrm.missing_reason()), reason=uk_nrm.missing_reason())
def test_the_records_of_the_united_kingdom(report: Report) -> None:
    rng = random.Random(1)
    told = []
    for row in uk_nrm.records():
        codes = {"citizenship": row.leaf.citizenship, "exploitation": row.leaf.exploitation}
        told.append(record(rng, date.fromisoformat(f"{row.referred_in}-01"), codes))
    attacked(f"UK, n = {len(told)}", "2022-2023", told, UK, report)
