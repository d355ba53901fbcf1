"""Two reconstructions of hidden cells: subtraction, as anybody does it on paper, and integer programming over all that is known.

Both claim only what is certain: bounds that no true table within the published figures can break. Written apart from the auditor
of the product and sharing nothing with it, so that one finds what the other overlooks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt

from tests.attacks.crawl import Seen
from tests.attacks.lattice import Ints, System

Floats = npt.NDArray[np.float64]
INFINITE = highspy.kHighsInf
CLOSE = 1e-6
NEVER = 10**9  # more than anybody counts


class Contradiction(Exception):
    """No table fits what an attacker takes for certain: some of it is not."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What an attacker is certain of: between `low` and `high` records are in a cell; `high` is None where there is no bound."""

    cell: Seen
    low: int
    high: int | None

    @property
    def exact(self) -> bool:
        """Whether the count is known."""
        return self.low == self.high

    def below(self, threshold: int) -> bool:
        """Whether it is certain that somebody is there, and fewer than the threshold."""
        return self.high is not None and self.high < threshold and self.low > 0


def subtraction(system: System) -> list[Claim]:
    """Hidden cells by repeated subtraction: a cell split into others without a gap or an overlap, of which one is missing."""
    exact = {
        each.members.tobytes(): each.low for each in system.equations if each.low == each.high and len(each.members)
    }
    zero = np.zeros(system.size, np.bool_)
    for equation in system.equations:
        if equation.high == 0:
            zero[equation.members] = True
    everything = {e.members.tobytes(): e.members for e in system.equations if len(e.members)}
    parts = partitions(system)
    found = True
    while found:
        found = False
        for whole, pieces in parts:
            missing = [piece for piece in (whole, *pieces) if piece not in exact and not zero[everything[piece]].all()]
            if len(missing) != 1:
                continue
            rest = sum(exact.get(piece, 0) for piece in pieces)
            exact[missing[0]] = rest if missing[0] == whole else exact[whole] - rest
            found = True
    return [Claim(cell, value, value) for cell, m in system.hidden if (value := exact.get(m.tobytes())) is not None]


def partitions(system: System) -> list[tuple[bytes, list[bytes]]]:
    """Every cell with each way in which one table, or one kind of period, splits it: cells of a table are disjoint."""
    tables: dict[tuple[object, ...], dict[bytes, Ints]] = {}
    for cell, equation in zip(system.cells, system.equations, strict=False):
        kind = "quarter" if "-Q" in cell.period else "pool" if "-" in cell.period else "year"
        for key in ((cell.release, cell.axes), (cell.axes, cell.moment, kind)):
            if len(equation.members):
                tables.setdefault(key, {})[equation.members.tobytes()] = equation.members
    wholes = {e.members.tobytes(): e.members for e in system.equations if len(e.members)}
    found = []
    for whole, members in wholes.items():
        inside = np.zeros(system.size, np.bool_)
        inside[members] = True
        for table in tables.values():
            pieces = {name: m for name, m in table.items() if name != whole and inside[m].all()}
            covered = np.concatenate(list(pieces.values())) if pieces else np.empty(0, np.int64)
            if len(pieces) > 1 and len(covered) == len(members) == len(np.unique(covered)):
                found.append((whole, list(pieces)))
    return found


class Reconstruction:
    """The integer program of a system. Points that it finds on the way settle many cells at once."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.free = self._free()
        # What is only hidden by noise is bounded by it, and nobody's claim.
        self.hidden = [(cell, members) for cell, members in system.hidden if not cell.noisy]
        self.targets = [(cell, self._places(members)) for cell, members in self.hidden]
        self.seen_low = np.full(len(self.targets), NEVER)
        self.seen_high = np.full(len(self.targets), -1)
        self.solver = self._solver()

    def _free(self) -> Ints:
        """The number among the columns of each unknown, −1 for one under a zero."""
        zero = np.zeros(self.system.size, np.bool_)
        for equation in self.system.equations:
            if equation.high == 0:
                zero[equation.members] = True
        return np.where(zero, -1, np.cumsum(~zero) - 1)

    def _places(self, members: Ints) -> Ints:
        places = self.free[members]
        return places[places >= 0]

    def _known(self) -> dict[bytes, tuple[Ints, int, int | None]]:
        """What is known of each sum: the narrowest of all that was said of it."""
        found: dict[bytes, tuple[Ints, int, int | None]] = {}
        for equation in self.system.equations:
            places = self._places(equation.members)
            _, low, high = found.get(places.tobytes(), (places, 0, None))
            highs = [bound for bound in (high, equation.high) if bound is not None]
            found[places.tobytes()] = places, max(low, equation.low), min(highs, default=None)
        return found

    def _solver(self) -> highspy.Highs:
        rows = [(p, low, high) for p, low, high in self._known().values() if low > 0 or (high is not None and len(p))]
        columns = int(self.free.max()) + 1 if self.system.size else 0
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = columns, len(rows)
        lp.col_cost_ = np.zeros(columns)
        lp.col_lower_, lp.col_upper_ = np.zeros(columns), np.full(columns, INFINITE)
        lp.row_lower_ = np.array([float(low) for _, low, _ in rows])
        lp.row_upper_ = np.array([INFINITE if high is None else float(high) for _, _, high in rows])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *(len(places) for places, _, _ in rows)]).astype(np.int32)
        lp.a_matrix_.index_ = np.concatenate([np.empty(0, np.int64), *(p for p, _, _ in rows)]).astype(np.int32)
        lp.a_matrix_.value_ = np.ones(len(lp.a_matrix_.index_))
        self.rows, self.columns = rows, columns
        solver = highspy.Highs()  # type: ignore[no-untyped-call]
        solver.silent()
        solver.setOptionValue("threads", 1)
        solver.passModel(lp)
        return solver

    def _optimum(self, costs: Floats, *, whole: bool) -> tuple[int, float]:
        """Minimise; status 1 with the optimum, 0 where nothing fits, 2 without a bound. Whole points are noted."""
        every = np.arange(self.columns, dtype=np.int32)
        kind = highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
        self.solver.changeColsIntegrality(self.columns, every, np.full(self.columns, int(kind), np.uint8))
        self.solver.changeColsCost(self.columns, every, costs)
        self.solver.run()
        status = self.solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return 0, 0.0
        if status != highspy.HighsModelStatus.kOptimal:
            return 2, 0.0
        self.point = np.array(self.solver.getSolution().col_value)
        self._note()
        return 1, self.solver.getInfo().objective_function_value

    def _is_whole(self) -> bool:
        """Whether the last point is a possible truth."""
        rounded = np.rint(self.point).astype(np.int64)
        return bool(
            np.abs(self.point - rounded).max(initial=0) < CLOSE and rounded.min(initial=0) >= 0 and self._fits(rounded)
        )

    def _note(self) -> None:
        if not self._is_whole():
            return
        rounded = np.rint(self.point).astype(np.int64)
        for n, (_, places) in enumerate(self.targets):
            value = int(rounded[places].sum())
            self.seen_low[n], self.seen_high[n] = min(self.seen_low[n], value), max(self.seen_high[n], value)

    def _fits(self, point: Ints) -> bool:
        """Whether a whole point is a possible truth."""
        return all(low <= (v := int(point[p].sum())) and (high is None or v <= high) for p, low, high in self.rows)

    def extreme(self, members: Ints, sign: int) -> int | None:
        """The least (sign 1) or greatest (−1) sum of some unknowns, None where it has no bound. Raises `Contradiction`."""
        places = self._places(members)
        if not len(places):
            return 0
        costs = np.zeros(self.columns)
        costs[places] = sign
        status, value = self._optimum(costs, whole=False)
        if status == 1 and not self._is_whole():
            status, value = self._optimum(costs, whole=True)
        if status == 0:
            raise Contradiction
        return None if status == 2 else sign * round(value)

    def claims(self, threshold: int, width: int = 1) -> list[Claim]:
        """What is certain of hidden cells, as far as it matters: those below the threshold, and those closer to than `width`."""
        if not self.columns:
            return [Claim(cell, 0, 0) for cell, _ in self.targets]
        rng = np.random.default_rng(1)
        for _ in range(12):
            self._optimum(rng.integers(1, 100, self.columns).astype(float), whole=False)
        found = []
        for n, (cell, members) in enumerate(self.hidden):
            if self.seen_high[n] >= threshold and self.seen_low[n] + width <= self.seen_high[n]:
                continue
            high = self.extreme(members, -1)
            if high is None or (high >= threshold and self.seen_low[n] + width <= high):
                continue
            low = self.extreme(members, 1) or 0
            if high < threshold or low + width > high:
                found.append(Claim(cell, low, high))
        return found


def reconstruct(systems: Iterable[System], threshold: int = 5, width: int = 1) -> list[Claim]:
    """The claims of every system."""
    return [claim for system in systems for claim in Reconstruction(system).claims(threshold, width)]


def overlaps(system: System) -> list[Claim]:
    """Hidden cells from cells of other tables: a larger cell less what another table says of the rest of it.

    Levels overlap, and the complement of what one table shows can be a cell of another: those under 25 less those of 18 to 24.
    """
    shown = [
        (cell, e.members, e.low)
        for cell, e in zip(system.cells, system.equations, strict=False)
        if not cell.hidden and e.low == e.high and len(e.members)
    ]
    tables: dict[tuple[object, ...], list[tuple[Ints, int]]] = {}
    for cell, members, value in shown:
        tables.setdefault((cell.release, cell.axes), []).append((members, value))
    found = []
    for cell, members in system.hidden:
        others = [pieces for table, pieces in tables.items() if table != (cell.release, cell.axes)]
        wholes = [(m, v) for one, m, v in shown if (one.release, one.axes) != (cell.release, cell.axes)]
        rests = (rest(members, whole, value, others) for whole, value in wholes if len(whole) > len(members))
        if (left := next((left for left in rests if left is not None), None)) is not None:
            found.append(Claim(cell, left, left))
    return found


def rest(members: Ints, whole: Ints, value: int, tables: Sequence[Sequence[tuple[Ints, int]]]) -> int | None:
    """A whole's count less that of everything in it but these unknowns, where one table says it."""
    if not np.isin(members, whole, assume_unique=True).all():
        return None
    other = np.setdiff1d(whole, members, assume_unique=True)
    for pieces in tables:
        inside = [(m, v) for m, v in pieces if len(m) <= len(other) and np.isin(m, other, assume_unique=True).all()]
        if sum(len(m) for m, _ in inside) == len(other):
            return value - sum(v for _, v in inside)
    return None
