"""What an audit came to: a verdict on each target in each view, and the room to spare."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from stats.protection.views import Constraint


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a target was proved in a view. `hidden`: the target is that a hidden cell has more than one value.

    `least` and `most` are the extreme values of its form at the witnesses, None without any. The feasibility interval holds
    them. `undecided`: neither proof nor disproof was found in time, which counts as failed. `because` names the cells and
    facts that bound a failing form.
    """

    id: str
    view: str
    passed: bool
    least: int | None
    most: int | None
    hidden: bool = False
    undecided: bool = False
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditReport:
    """The verdicts of an audit. `margins`: by view and kind (low, high, width) the room to spare of the target with the least."""

    verdicts: tuple[Verdict, ...]
    margins: dict[str, dict[str, int]]

    @property
    def passed(self) -> bool:
        """Whether every target was proved."""
        return all(verdict.passed for verdict in self.verdicts)

    @property
    def failing(self) -> tuple[Verdict, ...]:
        """The verdicts on targets that were not proved."""
        return tuple(verdict for verdict in self.verdicts if not verdict.passed)

    @property
    def determined_cells(self) -> tuple[tuple[str, str], ...]:
        """View and id of every hidden cell for which two values were not found."""
        return tuple((verdict.view, verdict.id) for verdict in self.failing if verdict.hidden)

    def cells_to_hide(self, rows: Mapping[str, Constraint], hidden: Collection[str]) -> set[str]:
        """Of the cells that bound each failing target, the one with the fewest unknowns: a reader misses it least."""
        offending_names = set()
        for verdict in self.failing:
            hideable = [source for source in verdict.because if source in rows and source not in hidden]
            if hideable:
                offending_names.add(min(hideable, key=lambda source: (len(rows[source].form.plus), source)))
        return offending_names

    def as_json(self) -> dict[str, Any]:
        """What the build keeps of the audit. It names what failed and why, and is not for publication."""
        return {
            "passed": self.passed,
            "verdicts": len(self.verdicts),
            "failing": [
                {name: value for name, value in asdict(each).items() if name != "passed"} for each in self.failing
            ],
            "margins": self.margins,
        }
