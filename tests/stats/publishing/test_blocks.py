"""Blocks and atoms of time: whatever records and releases there are, every sum of unknowns is the count that it stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.dimensions import table_id
from stats.counting.cube import SEPARATOR
from stats.errors import ReleaseRefused
from stats.models import AUTHORITY, PUBLIC
from stats.periods import Period
from stats.publishing.atoms import Timeline, make_timeline
from stats.publishing.blocks import TableBlock, make_blocks
from stats.publishing.cell_noise import code_of
from stats.publishing.cells import cells_of
from stats.publishing.choice import Choice
from stats.publishing.facts import Fact
from stats.publishing.sources import NAMES, CountedRecord, ReleaseSource, period_of

# Croatia joined the European Union in July 2013, within the span.
FIRST, LAST = 2012, 2014
SPAN = (date(FIRST, 1, 1), date(LAST, 12, 1))
CODES = {
    "gender": ["F", "M", "X"],
    "citizenship": ["HR", "RO", "NG", "DK"],
    "exploitation": ["SEXUAL", "LABOUR", "CRIMINAL", "_U"],
    "age_band": ["Y15T17", "Y25T34"],
    "minor_when_exploited": ["YES", "YES", "NO"],
    "region": ["DK01", "DK02"],
}
PERIODS = ["2012", "2013", "2014", "2013-Q2", "2013-Q3", "2012-2013", "2012-2014", "2014-Q4"]
TABLES = [
    "gender",
    "citizenship.eu,gender",
    "exploitation.form,gender",
    "age_band.age18",
    "citizenship.continent",
    "region",
    "minor_when_exploited",
]
FACTS = [
    Fact("a", 2013, 2013, (("gender", frozenset({"F"})),), 0, None, ""),
    Fact("b", 2012, 2014, (("exploitation", frozenset({"LABOUR", "CRIMINAL"})),), 0, None, ""),
    Fact("c", 2014, 2014, (), 0, None, ""),
]
RANDOM = settings(max_examples=15, derandomize=True, deadline=None)


@dataclass(frozen=True)
class Case:
    """Releases in the order of their moments, and the records as they are now."""

    sources: Sequence[ReleaseSource]
    now: Sequence[CountedRecord]

    def timeline(self) -> Timeline:
        """The atoms of time."""
        return make_timeline(self.sources, self.now, SPAN)

    def blocks(self) -> tuple[TableBlock, ...]:
        """The blocks."""
        return make_blocks(self.sources, FACTS, self.timeline(), SPAN)


@st.composite
def persons(draw: st.DrawFn) -> list[CountedRecord]:
    """A few persons of three years."""
    count = draw(st.integers(0, 14))
    return [
        CountedRecord(
            UUID(int=number + 1),
            date(draw(st.integers(FIRST, LAST)), draw(st.integers(1, 12)), 1),
            tuple(draw(st.sampled_from(CODES[name])) if name in CODES else "_U" for name in NAMES),
        )
        for number in range(count)
    ]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Up to four releases of records that are added, removed and moved in between."""
    made: list[ReleaseSource] = []
    known: list[CountedRecord] = draw(persons())
    for number in range(draw(st.integers(1, 4))):
        period = Period.parse(draw(st.sampled_from(PERIODS)))
        assert period is not None
        choice = Choice.of(draw(st.lists(st.sampled_from(TABLES), min_size=1, max_size=2, unique=True)))
        inside = tuple(record for record in known if period.first <= record.month <= period.last)
        moment = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=number)
        audience = draw(st.sampled_from([PUBLIC, AUTHORITY]))
        made.append(ReleaseSource(f"{period.id}.{number}", audience, period, moment, choice, inside, {}, {}))
        later: list[CountedRecord] = draw(changed(known))
        if draw(st.booleans()):
            known = later
    return Case(made, known)


@st.composite
def changed(draw: st.DrawFn, known: list[CountedRecord]) -> list[CountedRecord]:
    """The records later: some are gone, one is corrected, one is new."""
    kept = [record for record in known if draw(st.integers(0, 4))]
    moved: bool = draw(st.booleans())
    if kept and moved:
        kept[0] = CountedRecord(kept[0].id, date(draw(st.integers(FIRST, LAST)), 7, 1), kept[0].codes)
    free = 100 + max((record.id.int for record in known), default=0)
    return [*kept, CountedRecord(UUID(int=free), date(2013, 7, 1), tuple("_U" for _ in NAMES))]


def within(records: Sequence[CountedRecord], first: date, last: date) -> set[CountedRecord]:
    """The records of some months."""
    return {record for record in records if first <= record.month <= last}


@RANDOM
@given(cases())
def test_every_vintage_has_each_of_its_records_once(case: Case) -> None:
    time = case.timeline()
    for source in case.sources:
        runs = [time.runs[place] for place in time.of_source[source.id]]
        assert sum(len(run.records) for run in runs) == len(source.records)
        assert set().union(*(run.records for run in runs)) == set(source.records)
        assert min(run.first for run in runs) == source.period.first
        assert max(run.last for run in runs) == source.period.last
    assert set().union(*(time.runs[place].records for place in time.latest)) == within(case.now, *SPAN)
    for run in time.runs:
        assert all(run.first <= record.month <= run.last for record in run.records)
    for year in range(FIRST, LAST + 1):
        counted = set().union(*(time.runs[place].records for place in time.of_years(year, year)))
        assert counted == within(case.now, date(year, 1, 1), date(year, 12, 1))


@RANDOM
@given(cases())
def test_every_cell_s_sum_is_a_direct_count(case: Case) -> None:
    for block in case.blocks():
        for source in case.sources:
            for cell in cells_of(block, source):
                codes = tuple(cell.codes.split(SEPARATOR)) if cell.codes else ()
                count = sum(tuple(code_of(a, record) for a in cell.table) == codes for record in source.records)
                assert cell.count == cell.form.value(block.counts) == count, cell.id


@RANDOM
@given(cases())
def test_every_table_is_in_a_block_and_every_fact_counts_what_it_holds(case: Case) -> None:
    made = case.blocks()
    for source in case.sources:
        for table in source.choice.tables:
            assert sum(block.has(table) for block in made) == (1 if table else len(made)), table_id(table)
    told = {fact.id for block in made for fact in block.facts}
    assert "c" in told
    for block in made:
        for fact in block.facts:
            counted = block.form(block.fact(fact)).value(block.counts)
            assert counted == sum(map(fact.holds, case.now)), fact.id


@RANDOM
@given(cases())
def test_ties_hold_of_the_counts(case: Case) -> None:
    for block in case.blocks():
        for tie in block.ties():
            earlier, later = block.counts[tie.earlier], block.counts[tie.later]
            assert later.sum() - earlier.sum() == tie.added - tie.removed
            assert np.maximum(later - earlier, 0).sum() <= tie.added
            assert np.maximum(earlier - later, 0).sum() <= tie.removed


def own_unknowns(block: TableBlock) -> bool:
    """Whether every atomic cell of vintages that are tied is an unknown of its own, and every unknown has a cell."""
    tied = {place for pair in block.timeline.changes() for place in pair}
    runs = np.arange(block.space.size) // (block.space.size // len(block.timeline.runs))
    times = np.bincount(block.unknown_of, minlength=block.unknowns)
    return bool(times.all()) and all((times[block.unknown_of[runs == run]] == 1).all() for run in tied)


def test_a_year_that_has_changed_since_is_told_apart_from_another_of_the_same_pool() -> None:
    codes, moment = tuple("_U" for _ in NAMES), datetime(2020, 1, 1, tzinfo=UTC)
    before, other, newcomer = (
        CountedRecord(UUID(int=number), date(year, 5, 1), codes) for number, year in enumerate((2012, 2013, 2012))
    )
    releases = (("2012-2013", (before, other)), ("2012", (before, newcomer)))
    sources = [
        ReleaseSource(period, PUBLIC, period_of(period), moment, Choice.of(["gender"]), records, {}, {})
        for period, records in releases
    ]
    blocks = make_blocks(sources, [], make_timeline(sources, [before, other, newcomer], SPAN), SPAN)
    assert [own_unknowns(block) for block in blocks] == [True]


@RANDOM
@given(cases(), st.sets(st.integers(1, 14)))
def test_what_somebody_knows_is_a_part_of_every_count(case: Case, numbers: set[int]) -> None:
    known = frozenset(UUID(int=number) for number in numbers)
    for block in case.blocks():
        own = block.own(known)
        assert (own <= block.counts).all()
        for source in case.sources:
            (total,) = (cell for cell in cells_of(block, source) if not cell.table)
            assert total.form.value(own) == sum(record.id in known for record in source.records)


@RANDOM
@given(cases())
def test_nobody_is_where_a_rule_allows_nobody_unless_it_has_exceptions(case: Case) -> None:
    age, when = NAMES.index("age_band"), NAMES.index("minor_when_exploited")
    for block in case.blocks():
        for box in block.impossible:
            assert block.form(box).value(block.counts) == 0, box.id
        broken = [
            {record.id for record in run.records if (record.codes[age], record.codes[when]) == ("Y15T17", "NO")}
            for run in block.timeline.runs
        ]
        certain = {n for n, of_run in enumerate(broken) if not of_run}
        if {"age_band", "minor_when_exploited"} <= set(block.names):
            barred = [dict(box.sides)[0] for box in block.impossible if box.id.startswith("rule;")]
            assert [set(runs) for runs in barred] == [certain] * bool(certain)
            assert sum(block.exceptions.values()) == len(set().union(*broken))


def test_tables_that_share_only_their_total_are_blocks_of_their_own() -> None:
    choice = Choice.of(["gender,exploitation.form", "region", "citizenship"])
    period = Period.parse("2013")
    assert period is not None
    source = ReleaseSource("2013.p1", PUBLIC, period, datetime(2020, 1, 1, tzinfo=UTC), choice, (), {}, {})
    case = Case([source], [])
    assert [block.names for block in case.blocks()] == [("region",), ("gender", "exploitation"), ("citizenship",)]
    linking = Fact("d", 2013, 2013, (("citizenship", frozenset({"NG"})), ("gender", frozenset({"F"}))), 1, 1, "")
    (linked,) = (b for b in make_blocks([source], [linking], case.timeline(), SPAN) if "gender" in b.names)
    assert linked.names == ("gender", "citizenship", "exploitation")


def test_a_fact_that_links_too_many_is_refused() -> None:
    choice = Choice.of(
        ["gender,exploitation.form", "region,age_band", "citizenship", "minor_when_exploited,detected_by"]
    )
    period = Period.parse("2013")
    assert period is not None
    source = ReleaseSource("2013.p1", PUBLIC, period, datetime(2020, 1, 1, tzinfo=UTC), choice, (), {}, {})
    sides = tuple((name, frozenset({"_U"})) for name in ("gender", "region", "citizenship"))
    with pytest.raises(ReleaseRefused, match="Tables, facts and rules link 7 dimensions"):
        make_blocks([source], [Fact("e", 2013, 2013, sides, 0, None, "")], make_timeline([source], [], SPAN), SPAN)


def test_nobody_is_where_the_code_list_of_the_month_has_nobody() -> None:
    """Before and after the United Kingdom left the Union its citizens are in different atoms, and in each month in one of them."""
    when = (date(2019, 5, 1), date(2022, 5, 1))
    codes = ["_U"] * len(NAMES)
    codes[NAMES.index("citizenship")] = "GB"
    people = [CountedRecord(UUID(int=n, version=4), month, tuple(codes)) for n, month in enumerate(when, start=1)]
    choice = Choice.of(["citizenship", "citizenship.eu"])
    period = Period.parse("2019-2022")
    assert period is not None
    pool = ReleaseSource(
        "2019-2022.p1", PUBLIC, period, datetime(2024, 1, 1, tzinfo=UTC), choice, tuple(people), {}, {}
    )
    span = period.first, period.last
    (block,) = make_blocks([pool], (), make_timeline([pool], people, span), span)
    barred = [set(block.space.members(box).tolist()) for box in block.impossible]
    assert barred
    assert not [place for _, place in block.places if any(place in each for each in barred)]
    assert block.counts.sum() == 2
