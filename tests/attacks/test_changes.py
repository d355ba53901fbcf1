"""5: revision differencing with the table of changes: both vintages of a year and what is said to have changed, taken together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import highspy
import numpy as np
import pytest

from stats.models import PUBLIC
from tests.attacks.crawl import API, NOT_KNOWN, Reader, crawl, unoffered
from tests.attacks.population import population
from tests.attacks.scores import Report, Score, Scored
from tests.attacks.weakbuild import publish_spare, undone, with_bare_changes
from tests.attacks.world import World, enter, issue

pytestmark = pytest.mark.django_db
PEOPLE = [person for person in population() if person.month.year == 2010]
TABLES = ["gender", "region", "exploitation.form", "citizenship.continent"]
VINTAGES = ("2010.p1", "2010.p2")
SMALL = range(1, 5)
# Sixteen who are like others of the year, and come late.
NEWCOMERS = [
    replace(person, id=UUID(int=2**126 + n, version=4)) for n, person in enumerate([*PEOPLE[3:60:4], PEOPLE[-1]])
]


Ends = tuple[int, int | None]
Row = tuple[dict[int, int], int, int | None]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one table with one axis: between what the total and the cells of both vintages lie, and changes."""

    axis: str
    totals: tuple[Ends, Ends]
    cells: tuple[Mapping[str, Ends], Mapping[str, Ends]]
    changes: Mapping[str, int | None]


def arrive(world: World) -> None:
    """The late ones."""
    for person in NEWCOMERS:
        enter(person, world.callers[person.partner].partner, world.callers["CENTRE"].partner, 70)


def collected(reader: Reader) -> Iterator[Known]:
    """Both vintages and the changes, as everybody reads them."""
    told = reader.get(f"{API}/releases/{VINTAGES[1]}/changes").json
    changes = {
        ",".join(table["axes"]): {"|".join(row["codes"]): row["change"] for row in table["rows"]}
        for table in told["tables"]
    }
    seen = {name: [*crawl(reader, ["", *TABLES], [name]), *unoffered(reader, [name])] for name in VINTAGES}
    for axis in TABLES:
        totals, cells = [], []
        for name in VINTAGES:
            ends = {(cell.axes, cell.codes): (cell.low, cell.high) for cell in seen[name]}
            totals.append(ends[(), ()])
            cells.append({codes[0]: value for (axes, codes), value in ends.items() if axes == (axis,)})
        yield Known(axis, (totals[0], totals[1]), (cells[0], cells[1]), changes.get(axis, {}))


def bounds(known: Known) -> Iterator[tuple[tuple[int, ...], str, float, float]]:
    """For each count that a vintage hides, and each change that is not told, its least and greatest value.

    The unknowns are the cells of the one vintage and then of the other. Signs: (1, 0) is a count before, (0, 1) one after, and
    (-1, 1) a change.
    """
    codes = list(known.cells[0])
    size = len(codes)
    rows: list[Row] = []
    for n, (total, cells) in enumerate(zip(known.totals, known.cells, strict=True)):
        rows += [({n * size + codes.index(code): 1}, *ends) for code, ends in cells.items()]
        rows.append((dict.fromkeys(range(n * size, (n + 1) * size), 1), *total))
    rows += [
        ({codes.index(code): -1, size + codes.index(code): 1}, change, change)
        for code, change in known.changes.items()
        if change is not None
    ]
    for place, code in enumerate(codes):
        before, after = (low != high for low, high in (cells[code] for cells in known.cells))
        asked = [(1, 0)] * before + [(0, 1)] * after + [(-1, 1)] * (before or after)
        for signs in asked:
            goal = {place: signs[0], size + place: signs[1]}
            yield signs, code, optimum(2 * size, rows, goal, 1), optimum(2 * size, rows, goal, -1)


def optimum(size: int, rows: Sequence[Row], goal: Mapping[int, int], sign: int) -> float:
    """The least (sign 1) or greatest value of a goal where the rows hold and nothing is negative."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.silent()
    for column in range(size):
        solver.addVar(0.0, highspy.kHighsInf)
        solver.changeColCost(column, float(sign * goal.get(column, 0)))
    for row, low, high in rows:
        places, most = np.array(list(row), dtype=np.int32), highspy.kHighsInf if high is None else float(high)
        solver.addRow(float(low), most, len(row), places, np.array(list(row.values()), dtype=np.float64))
    solver.run()
    if solver.getModelStatus() == highspy.HighsModelStatus.kUnbounded:
        return -sign * np.inf
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(sign * solver.getInfo().objective_function_value)


def attack(reader: Reader) -> Score:
    """How many hidden counts of 1 to 4, and hidden changes of 1 to 4 either way, are found: exactly, or as one of these."""
    hits = of = 0
    for known in collected(reader):
        for signs, code, low, high in bounds(known):
            counts = [
                sum(person.is_in([known.axis], [code]) for person in people)
                for people in (PEOPLE, [*PEOPLE, *NEWCOMERS])
            ]
            truth = sum(sign * count for sign, count in zip(signs, counts, strict=True))
            assert low - 1e-6 <= truth <= high + 1e-6
            if abs(truth) in SMALL and not (code in NOT_KNOWN and 0 in signs):
                of += 1
                hits += high - low < 0.5 or (low > 0.5 and high < 4.5) or (high < -0.5 and low > -4.5)
    return Score(hits, of)


def test_5_both_vintages_and_the_table_of_changes(
    world: World, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_spare(TABLES)
    arrive(world)
    with undone():
        issue("2010", PUBLIC, TABLES, minutes=80)
        result = attack(world.anonymous)
    with_bare_changes(monkeypatch)
    issue("2010", PUBLIC, TABLES, minutes=80)
    power = attack(world.anonymous)
    report(Scored("5 table of changes", "small counts and changes found", "true changes told", power, result))
    assert power.hits > 0
    assert (result.hits, result.of > 0) == (0, True)
