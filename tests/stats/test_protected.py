"""A dense table of protected cells, against the plain reading of them: each cell from the table of the axes that divide it."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.codelists.types import TOTAL
from cases.dimensions import PERSONS, table_id
from stats.models import AUTHORITY, PUBLIC
from stats.periods import Period
from stats.reading import published_figures as protected
from stats.reading import query
from stats.reading import table as read
from stats.reading.cells import NOTHING, TableCells
from stats.reading.entries import CatalogueEntry, PeriodReleases, Terms
from stats.reading.layout import table_ids
from stats.reading.measures import CellStatus
from stats.reading.query import Query

MOMENT = datetime(2024, 6, 1, tzinfo=UTC)
AXES = ("region.country", "gender", "age_band.age18")
YEAR = Period.parse("2023")


def release(audience: str, *offered: str) -> CatalogueEntry:
    """A release that offers tables."""
    assert YEAR is not None
    terms = Terms({"persons": offered}, 5, 5, 4)
    names = frozenset(f"persons:{table}" for table in offered)
    return CatalogueEntry(
        f"2023.{audience[0]}1", audience, YEAR, 1, MOMENT, MOMENT, terms, {}, (), offered_tables=names
    )


@st.composite
def queries(draw: st.DrawFn) -> Query:
    """A query of up to three axes, some of them filtered."""
    asked = {"year": "2023", "measure": "count,share", "totals": draw(st.sampled_from(["include", "exclude"]))}
    by = draw(st.lists(st.sampled_from(AXES), unique=True))
    filtered = draw(st.lists(st.sampled_from(AXES), unique=True))
    codes = {
        name.partition(".")[0]: draw(st.sampled_from(sorted(PERSONS.axes[name].names - {"_U"}))) for name in filtered
    }
    return query.parse(PERSONS, {**asked, **codes, **({"by": ",".join(by)} if by else {})})


@st.composite
def cells_of(draw: st.DrawFn, table: str) -> TableCells:
    """Any cells of a table."""
    axes = [PERSONS.axes[name] for name in table.split(",") if name]
    every = ["|".join(codes) for codes in product(*(sorted(axis.names) for axis in axes))]
    counts = {
        code: draw(st.none() | st.integers(0, 40)) for code in draw(st.lists(st.sampled_from(every), unique=True))
    }
    shown = {code: count for code, count in counts.items() if count is not None}
    hidden = [code for code in counts if code not in shown]
    return TableCells(list(shown), list(shown.values()), hidden, draw(st.sampled_from([0, None])))


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.data())
def test_every_cell_is_that_of_the_table_it_is_divided_by(data: st.DataObject) -> None:
    asked = data.draw(queries())
    stored = {table: data.draw(cells_of(table) | st.just(NOTHING)) for table in table_ids(asked)}
    one = release(PUBLIC)
    figures = read.figures(asked, [PeriodReleases(one, None, (one,))], lambda: {one.id: stored}, PUBLIC)
    fixed = {axis.id: code for axis, code in asked.filters}
    whole = stored[table_id(axis for axis in asked.axes if axis.id in fixed)].of(
        "|".join(fixed[a.id] for a in asked.axes if a.id in fixed)
    )
    counts, shares = figures.columns
    assert len(counts.values) == prod(len(side.codes) for side in figures.sides)
    for place, cell in enumerate(product(*([code.code for code in side.codes] for side in figures.sides))):
        codes = {side.axis.id: code for side, code in zip(figures.sides, cell, strict=True) if code != TOTAL}
        divided = [axis for axis in asked.axes if axis.id in codes]
        expected = stored[table_id(divided)].of("|".join(codes[axis.id] for axis in divided))
        assert counts.values[place] == expected
        assert (counts.statuses[place] == CellStatus.HIDDEN) == (expected is None)
        assert (shares.statuses[place] == CellStatus.HIDDEN) == (expected is None or whole is None)


def test_each_table_is_from_the_first_release_that_has_it() -> None:
    public, authority = release(PUBLIC, "gender"), release(AUTHORITY, "region,gender")
    has = {public.id: ("", "gender"), authority.id: ("", "gender", "region,gender")}
    found = {(one, table): TableCells([table], [n]) for n, one in enumerate(has) for table in has[one]}
    for table, count in (("", 0), ("gender", 0), ("region,gender", 1)):
        assert protected.first(table, (public, authority), found).counts == [count]
    assert protected.first("region", (public, authority), found) is NOTHING


@pytest.mark.parametrize("absent", [0, None])
def test_a_code_that_is_not_stored(absent: int | None) -> None:
    cells = TableCells(["F"], [7], ["M"], absent)
    assert [cells.of(code) for code in ("F", "M", "X")] == [7, None, absent]
