"""What hidden cells have together, against the counts that are hidden: a sum is told where its line's margin is shown."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from cases.dimensions import PERSONS, table_id
from stats.periods import Period
from stats.reading import query
from stats.reading.cells import TableCells
from stats.reading.layout import sums_of_period

AXES = ("gender", "age_band.age18", "exploitation.form")
SIDES = [sorted(PERSONS.axes[name].names) for name in AXES]
YEAR = Period.parse("2023")
counts_of_cells = st.lists(st.integers(0, 12), min_size=3 * 4 * 4, max_size=3 * 4 * 4)


def table(counts: Counter[tuple[str, ...]], places: tuple[int, ...], secret: st.DataObject) -> TableCells:
    """The table of the axes at some places; any of its cells may be hidden."""
    sums: Counter[str] = Counter()
    for codes, count in counts.items():
        sums["|".join(codes[place] for place in places)] += count
    hidden = secret.draw(st.sets(st.sampled_from(sorted(sums)), max_size=8))
    shown = {codes: count for codes, count in sums.items() if count and codes not in hidden}
    return TableCells(list(shown), list(shown.values()), sorted(hidden), release="2023.p1")


@settings(max_examples=60, derandomize=True, deadline=None)
@given(counts_of_cells, st.none() | st.sampled_from(SIDES[0]), st.data())
def test_a_sum_is_of_what_is_hidden_in_a_line_and_none_is_left_out(
    numbers: list[int], only: str | None, data: st.DataObject
) -> None:
    assert YEAR is not None
    counts = Counter(dict(zip(product(*SIDES), numbers, strict=False)))
    places = [p for n in range(4) for p in combinations(range(3), n)]
    tables = {table_id(PERSONS.axes[AXES[n]] for n in each): table(counts, each, data) for each in places}
    by = ",".join(AXES[1:] if only else AXES)
    asked = query.parse(PERSONS, {"by": by, "year": "2023", **({"gender": only} if only else {})})
    found = list(sums_of_period(asked, YEAR, tables))
    for each in found:
        true = sum(
            count
            for codes, count in counts.items()
            if all(code in each.codes.get(name, (code,)) for name, code in zip(AXES, codes, strict=True))
        )
        assert each.count == true
        assert [len(codes) > 1 for codes in each.codes.values()].count(True) == 1
        assert only is None or each.codes["gender"] == (only,)
    assert len(found) == sum(lines_of(tables, each, only) for each in places if each and (0 in each or not only))


def lines_of(tables: dict[str, TableCells], places: tuple[int, ...], only: str | None) -> int:
    """How many lines of a table have several hidden cells and a margin that is shown."""
    names = [AXES[place] for place in places]
    hidden = [codes.split("|") for codes in tables[",".join(names)].hidden]
    hidden = [codes for codes in hidden if only in {None, codes[0]}]
    lines = 0
    for at, place in enumerate(places):
        margin = tables[",".join(name for name in names if name != AXES[place])]
        rests = Counter("|".join(codes[:at] + codes[at + 1 :]) for codes in hidden)
        if not (only and place == 0):
            lines += sum(n > 1 and rest not in margin.hidden for rest, n in rests.items())
    return lines
