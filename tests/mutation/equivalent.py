"""Mistakes that change nothing that anybody could notice, each with the reason. They are chosen, but not tried."""

from __future__ import annotations

from dataclasses import dataclass

from tests.mutation.operators import Mutation


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A mistake by its file, the text of its line, what it changes, and how many alike are before it; with the reason."""

    path: str
    text: str
    change: str
    reason: str
    nth: int = 0

    def matches(self, mutation: Mutation) -> bool:
        """Whether it is this mistake."""
        return (self.path, self.text, self.change, self.nth) == (
            mutation.path,
            mutation.text,
            mutation.change,
            mutation.nth,
        )


PROTECTION, PUBLISHING = "stats/protection", "stats/publishing"
EQUIVALENT: tuple[Equivalent, ...] = (
    Equivalent(
        f"{PROTECTION}/audit/knowledge.py",
        "FAR = 2**60",
        "60 → 61",
        "No count comes near either, and sums of a few of either stay inside 64 bits.",
    ),
    Equivalent(
        f"{PROTECTION}/audit/knowledge.py",
        "if point.min(initial=0) < 0 or (point < floors).any():",
        "0 → 1",
        "The least of a point and of 0, or of a point and of 1, is under zero for the same points.",
    ),
    Equivalent(
        f"{PROTECTION}/audit/intervals.py",
        "answer = solver.farthest(np.concatenate((np.zeros(size), -np.ones(2 * rows))))",
        "2 → 3",
        "`Solver.farthest` takes the weights of its own unknowns, and leaves those after them.",
    ),
    Equivalent(
        f"{PROTECTION}/audit/intervals.py",
        "signs = (1,) if up else (-1,) if down else (1, -1)",
        "1 → 2",
        "A sum taken twice is bounded by the same constraints as the sum.",
    ),
    Equivalent(
        f"{PROTECTION}/audit/intervals.py",
        "signs = (1,) if up else (-1,) if down else (1, -1)",
        "1 → 2",
        "A sum taken twice is bounded by the same constraints as the sum.",
        nth=1,
    ),
    Equivalent(
        f"{PROTECTION}/audit/solver.py",
        "lp.num_col_, lp.num_row_ = len(columns[0]), len(rows[0])",
        "0 → 1",
        "The costs, the least and the most of columns are as many.",
    ),
    Equivalent(
        f"{PROTECTION}/audit/knowledge.py",
        "return [each for each in sums_kept if not (each.high == FAR and each.low <= 0 and not len(each.minus))]",
        "<= → <",
        "What it drops no more is a row that says of a sum of counts that it is not under zero.",
    ),
    Equivalent(
        f"{PROTECTION}/audit/knowledge.py",
        "break",
        "break → pass",
        "The rounds that are left find nothing more to reduce.",
    ),
    Equivalent(
        f"{PROTECTION}/audit/search.py",
        "self._take(answer)",
        "self._take(answer) → pass",
        "`_reach`, which follows, seeks the witness that was in the answer, and keeps it.",
    ),
    Equivalent(
        f"{PROTECTION}/audit/search.py",
        "model.clearSolver()  # from no change at all the way is shorter than from the last one",
        "model.clearSolver() → pass",
        "The solver begins elsewhere, and finds a move as near.",
    ),
    Equivalent(
        f"{PROTECTION}/suppress/programme.py",
        "for sign in (-1, 1) if need.sign == BOTH else (need.sign,):",
        "1 → 2",
        "`DeviationProgram.farthest` asks of a sign only whether it is above zero.",
    ),
    Equivalent(
        f"{PROTECTION}/suppress/forms.py",
        "bits[unknowns] = 1",
        "1 → 2",
        "Whatever is not zero is packed as a bit that is set.",
    ),
    Equivalent(
        f"{PROTECTION}/suppress/complementary.py",
        "return self.gap <= SPREAD",
        "<= → <",
        "No quotient of costs in floating point is exactly that part.",
    ),
    Equivalent(
        f"{PUBLISHING}/gate.py",
        "if not cheapest or tries == MOST_CURES:",
        "or → and",
        "Where few values are left after the last try, the draft fails, whatever else it hides.",
    ),
    Equivalent(
        f"{PUBLISHING}/implied_cells.py",
        "run for run, month in months.items() if not any(o.period.first <= month <= o.period.last for o in covering)",
        "<= → <",
        "No run of months begins with the last month of a release: that of a quarter or of a year.",
        nth=1,
    ),
    Equivalent(
        f"{PUBLISHING}/intruders.py",
        "MOST_CELLS, MOST_COUNTED = 5_000_000, 200_000",
        "200_000 → 199999",
        "A limit of memory and time, in round numbers. Tests set their own.",
    ),
    Equivalent(
        f"{PUBLISHING}/rules.py",
        "others = LinearForm(np.setdiff1d(with_value, cell.form.plus, assume_unique=True))",
        "True → False",
        "Both are unique; to assume it saves time.",
    ),
    Equivalent(
        f"{PUBLISHING}/demands.py",
        'yield cell, Target(f"{name}|{EVERYBODY}|{SHORT}", EVERYBODY, form, None, count, 0, SHORT)',
        "0 → 1",
        "What reaches the count from the truth, which is below it, is one wide.",
    ),
    Equivalent(
        "oversight/reporting/sql/first_reports.sql",
        "WHERE excluded.first_at < kept.first_at OR excluded.stood > kept.stood",
        "< → <=",
        "A row is updated with what it says already.",
    ),
)


def is_noticeable(mutation: Mutation) -> bool:
    """Whether somebody could notice a mistake."""
    return not any(each.matches(mutation) for each in EQUIVALENT)
