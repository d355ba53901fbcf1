"""An intruder who has the printed figures, the form and, as a partner, its own reports. It shares no code with the program.

Its unknowns are every measure by place *and* way, of which it reads margins alone. A part is at most its whole in each line, of the
others' lines too. It asks how low and how high each hidden figure can be: an integer program over all tables at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

import highspy
import numpy as np

from stats.sums.public import ProtectedSums
from tests.stats.sums.worlds import MEASURES, PLACES, WAYS, Lines

# A figure: the measure, and its codes by dimension.
Figure = tuple[str, tuple[tuple[str, str], ...]]
# Between what a figure is.
Range = tuple[int, int | None]
LINES = tuple(product(PLACES, WAYS))
NOBODY: Lines = {}


def figures() -> Iterator[Figure]:
    """Every figure of the tables."""
    for measure in MEASURES:
        yield measure, ()
        for name, codes in (("place", PLACES), ("way", WAYS)):
            yield from ((measure, ((name, code),)) for code in codes)


def printed(release: ProtectedSums) -> dict[Figure, int | None]:
    """What is printed of each figure, None where it is hidden."""
    shown = {(m, tuple(zip(table, codes, strict=True))): n for (m, table, codes), n in release.shown.items()}
    return {figure: shown.get(figure) for figure in figures()}


def ranges(release: ProtectedSums) -> dict[Figure, Range]:
    """What everybody knows of each figure of a public release."""
    return {figure: (0, None) if value is None else (value, value) for figure, value in printed(release).items()}


def columns(figure: Figure) -> list[int]:
    """The unknowns that a figure is the sum of."""
    measure, codes = figure
    return [
        MEASURES.index(measure) * len(LINES) + n
        for n, (place, way) in enumerate(LINES)
        if dict(codes).items() <= {"place": place, "way": way}.items()
    ]


class Intruder:
    """Whoever knows these lines of its own, and what is printed; `knows_the_form`: also that a part is at most its whole."""

    def __init__(self, what: Mapping[Figure, Range], own: Lines = NOBODY, *, knows_the_form: bool = True) -> None:
        self.own = np.array([own.get(line, (0, 0, 0))[m] for m in range(len(MEASURES)) for line in LINES])
        self.solver = highspy.Highs()  # type: ignore[no-untyped-call]
        self.solver.silent()
        for least in self.own.tolist():
            self.solver.addVar(float(least), highspy.kHighsInf)
        size = len(self.own)
        every = np.arange(size, dtype=np.int32)
        self.solver.changeColsIntegrality(size, every, np.full(size, int(highspy.HighsVarType.kInteger), np.uint8))
        for figure, (low, high) in what.items():
            places = columns(figure)
            self._row(low, high, places, [1.0] * len(places))
        for part in range(1, len(MEASURES)) if knows_the_form else ():
            for n in range(len(LINES)):
                inside = part * len(LINES) + n
                self._row(int(self.own[n] - self.own[inside]), None, [n, inside], [1.0, -1.0])

    def _row(self, low: int, high: int | None, places: list[int], values: list[float]) -> None:
        most = highspy.kHighsInf if high is None else float(high)
        self.solver.addRow(float(low), most, len(places), np.array(places, np.int32), np.array(values))

    def others(self, figure: Figure) -> tuple[int, int | None]:
        """The least and the most that the others may have in a figure; None where there is no most."""
        least, most = self._extreme(figure, 1), self._extreme(figure, -1)
        assert least is not None
        return least, most

    def _extreme(self, figure: Figure, sign: int) -> int | None:
        places = columns(figure)
        costs = np.zeros(len(self.own))
        costs[places] = sign
        self.solver.changeColsCost(len(self.own), np.arange(len(self.own), dtype=np.int32), costs)
        self.solver.run()
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return sign * round(self.solver.getInfo().objective_function_value) - int(self.own[places].sum())
