"""What a reader is told of hidden cells, against every town that agrees with what is printed; and that it breaks no promise.

`test_telling_weaker.py` has the builds that break each property.
"""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cases.statistics.errors import ReleaseRefused
from tests.cases.statistics.publishing.promises import Town, built, unsafe, wrong_symbols, wrongly_told
from tests.cases.statistics.publishing.telling import Codes, Groups, Reader, planned, protect

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
    years = [Groups(ONE_WAY, *former, year=2022), Groups(ONE_WAY, *latter, year=2023)]
    try:
        first, source = protect(planned(years[1:], "2023", ["region"]))
        pool, _ = protect(planned(years, "2022-2023", ["region"], [source]))
    except ReleaseRefused:
        assume(False)
    assume(first.tables[0].total is not None and pool.tables[0].total is not None)
    reader = Reader((2022, 2023), ONE_WAY)
    printed = [
        *reader.read("2023.p1", (2023,), first.tables),
        *reader.read("2022-2023.p1", (2022, 2023), pool.tables),
    ]
    now = {(each.of, each.axes): each.intervals for each in (*first.told, *pool.told)}
    towns = reader.towns(printed)
    for cell in (cell for cell in printed if cell.hidden):
        values, interval = towns[:, cell.members].sum(axis=1), now[cell.release, cell.axes][cell.codes]
        assert interval == ((0, cell.high) if cell.high is not None else (values.min(), values.max()))
