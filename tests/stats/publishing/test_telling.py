"""What a reader is told of hidden cells, against every town that agrees with what is printed; and that it breaks no promise.

`test_telling_weaker.py` has the builds that break each property.
"""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from stats.errors import ReleaseRefused
from tests.stats.publishing.promises import Town, built, unsafe, wrong_symbols, wrongly_told
from tests.stats.publishing.telling import Codes, Groups, Interval, Reader, count_of, planned, protect

Drawn = tuple[tuple[str, ...], dict[Codes, int], dict[Codes, int]]
few = settings(derandomize=True, deadline=None, max_examples=25)
ONE_WAY, TWO_WAY = ("region",), ("gender", "age_band.age18")
REGIONS = ("DK01", "DK02", "DK03", "DK04", "_U")
CELLS_TWO_WAY = [(gender, age) for gender in ("F", "M") for age in ("Y_LT18", "Y_GE18", "_U")]
COUNT = st.one_of(st.integers(0, 4), st.integers(5, 10), st.integers(11, 18))


def persons(places: Sequence[Codes]) -> st.SearchStrategy[tuple[dict[Codes, int], dict[Codes, int]]]:
    """Persons in some places; and how many of them one organisation referred: few, most, or all of a place."""

    def referred(counts: list[int]) -> st.SearchStrategy[tuple[dict[Codes, int], dict[Codes, int]]]:
        parts = [st.sampled_from(sorted({0, count // 3, max(0, count - 2), count})) for count in counts]
        known = st.one_of(st.just((0,) * len(counts)), st.tuples(*parts))
        return known.map(lambda own: (dict(zip(places, counts, strict=True)), dict(zip(places, own, strict=True))))

    return st.lists(COUNT, min_size=len(places), max_size=len(places)).flatmap(referred)


TOWNS = st.one_of(
    persons([(region,) for region in REGIONS]).map(lambda drawn: (ONE_WAY, *drawn)),
    persons(CELLS_TWO_WAY).map(lambda drawn: (TWO_WAY, *drawn)),
)


def drawn_town(axes: tuple[str, ...], counts: dict[Codes, int], own: dict[Codes, int]) -> Town:
    """A drawn town's release. One that is refused, or that hides its total, is no example."""
    try:
        town = built(axes, counts, own)
    except ReleaseRefused:
        assume(False)
    assume(town.protection.tables[0].total is not None)
    return town


@given(TOWNS)
@few
def test_what_is_told_of_a_hidden_cell_is_what_every_town_that_agrees_has(drawn: Drawn) -> None:
    assert wrongly_told(drawn_town(*drawn)) == []


@given(TOWNS)
@few
def test_every_hidden_cell_of_at_most_b_is_told_by_the_symbol_and_no_other(drawn: Drawn) -> None:
    assert wrong_symbols(drawn_town(*drawn)) == []


@given(TOWNS)
@few
def test_what_was_promised_holds_in_spite_of_what_is_told(drawn: Drawn) -> None:
    town = drawn_town(*drawn)
    assert town.protection.passed
    assert unsafe(town) == []


@given(persons([("DK01",), ("DK02",), ("DK03",)]), persons([("DK01",), ("DK02",), ("DK03",)]))
@settings(few, max_examples=12)
def test_a_later_release_tells_of_an_earlier_one_what_follows_from_both(
    former: tuple[dict[Codes, int], dict[Codes, int]], latter: tuple[dict[Codes, int], dict[Codes, int]]
) -> None:
    try:
        told, agreeing = of_two_releases(Groups(ONE_WAY, *former, year=2022), Groups(ONE_WAY, *latter, year=2023))
    except ReleaseRefused:
        assume(False)
    assert told == agreeing


def test_what_is_told_is_true_where_a_country_has_left_the_union() -> None:
    """Until 2020 the United Kingdom is of the Union, so the pool has an atom that is impossible in its last year."""
    axes, tables = ("citizenship",), ["citizenship", "citizenship.eu"]
    former, latter = (
        Groups(axes, {("GB",): uk, ("FR",): france, ("NG",): 30}, {}, year=year)
        for uk, france, year in ((12, 3, 2019), (3, 14, 2023))
    )
    first, source = protect(planned([latter], "2023", tables))
    plan = planned([former, latter], "2019-2023", tables, [source])
    pool, _ = protect(plan)
    assert any(block.out_of_time() for block in plan.blocks)
    people = {"2023.p1": latter.records()[0], "2019-2023.p1": [*former.records()[0], *latter.records()[0]]}
    told = [(people[each.of], each) for each in (*first.bounds, *pool.bounds)]
    assert sum(len(each.intervals) for _, each in told) == 4
    for counted, each in told:
        counts = count_of(counted, [each.axes])
        wrong = [code for code, (least, most) in each.intervals.items() if not least <= counts[code] <= (most or 0)]
        assert wrong == []


def of_two_releases(former: Groups, latter: Groups) -> tuple[dict[str, Interval], dict[str, Interval]]:
    """What is told of every hidden cell of a year, and of a pool that ends with it; and what every town that agrees has.

    Raises `ReleaseRefused`.
    """
    years, tables = (former.year, latter.year), former.axes
    first, source = protect(planned([latter], "2023", tables))
    pool, _ = protect(planned([former, latter], f"{former.year}-2023", tables, [source]))
    reader = Reader(years, former.axes)
    printed = [
        *reader.read(source.id, (2023,), first.tables),
        *reader.read(f"{former.year}-2023.p1", years, pool.tables),
    ]
    if any(cell.hidden for cell in printed if not cell.axes):
        return {}, {}  # without a total there is no end of what agrees
    now = {(each.of, each.axes): each.intervals for each in (*first.bounds, *pool.bounds)}
    towns = reader.towns(printed)
    told, agreeing = dict[str, Interval](), dict[str, Interval]()
    for cell in (cell for cell in printed if cell.hidden):
        values, name = towns[:, cell.members].sum(axis=1), f"{cell.release} {cell.codes}"
        told[name] = now[cell.release, cell.axes][cell.codes]
        agreeing[name] = (0, cell.high) if cell.high is not None else (int(values.min()), int(values.max()))
    return told, agreeing
