"""A worked example of a proof: a hidden figure, and two whole tables in which it differs and every shown figure is the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cases.dimensions import PRINCIPAL, Axis
from stats.protection.verify.certified_cells import canonical
from stats.protection.verify.points import AtomicCells, Points
from stats.reading.datasets import public_datasets
from stats.reading.layout import TOTAL_CODE
from stats.reading.marks import MARKS, number
from stats.reading.measures import CellStatus

Cell = Mapping[str, Any]
# By dataset; a block of persons names none.
AXES: dict[str, dict[str, Axis]] = {"": PRINCIPAL.axes, **{one.id: one.axes for one in public_datasets()}}


@dataclass(frozen=True, slots=True)
class WitnessRow:
    """A cell: what is published of it, and how many persons it has in either table. `differs`: it is the one that is hidden."""

    heading: str
    text: str
    first: str
    second: str
    differs: bool


@dataclass(frozen=True, slots=True)
class WitnessTables:
    """The example: what its rows are, and the hidden figure. `given_away`: others have published what tells it."""

    corner: str
    hidden: str
    first: str
    second: str
    given_away: bool
    rows: Sequence[WitnessRow]


@dataclass(frozen=True)
class CertifiedBlock:
    """A block of a certificate that holds."""

    release: str
    block: Mapping[str, Any]

    @property
    def axes(self) -> Mapping[str, Axis]:
        return AXES[self.block.get("dataset", "")]

    def cells(self) -> dict[tuple[str, ...], list[Cell]]:
        """The cells of the release, by their axes."""
        by_axes: dict[tuple[str, ...], list[Cell]] = defaultdict(list)
        for cell in self.block["cells"]:
            if cell["release"] == self.release:
                by_axes[tuple(axis for axis, _ in codes_of(cell["id"]))].append(cell)
        return by_axes

    def candidates(self) -> Iterator[tuple[bool, bool, int, int, Mapping[str, Any]]]:
        """The hidden cells, each with whether it is given away, whether it is no number of persons, and the sizes of its table.

        The least is the plainest example.
        """
        cells = self.cells()
        for entry in self.block["hidden"]:
            axes = tuple(axis for axis, _ in codes_of(entry["id"]))
            is_sum = "dataset" in self.block
            yield entry["given_away_by_facts"], is_sum, len(axes), len(cells[axes]), entry

    def example(self, entry: Mapping[str, Any], language: str) -> WitnessTables:
        """The two tables of a hidden cell."""
        atomic = AtomicCells(self.block["dimensions"])
        points, cells = Points.read(self.block, atomic), self.cells()
        axes = tuple(axis for axis, _ in codes_of(entry["id"]))
        # Of sums the table is that of one quantity: it says which one.
        codes_kept = {(axis, code) for axis, code in codes_of(entry["id"]) if not self.axes[axis].has_total}
        margin = tuple(axis for axis in axes if not self.axes[axis].has_total)
        rows = []
        for cell in [*(cells[margin] if axes != margin else ()), *cells[axes]]:
            if not codes_kept <= {*codes_of(cell["id"])}:
                continue
            first, second = (points.count(point, atomic.members(cell["sides"])) for point in entry["points"])
            if first or second or cell["value"] is None:
                differs = canonical(cell["id"]) == canonical(entry["id"])
                rows.append(
                    WitnessRow(
                        heading_of(self.axes, cell["id"], language),
                        text_of(cell, language),
                        number(first, language),
                        number(second, language),
                        differs,
                    )
                )
        corner = ", ".join(self.axes[name].label(language) for name in axes)
        low, high = (number(entry[name], language) for name in ("low", "high"))
        return WitnessTables(
            corner, heading_of(self.axes, entry["id"], language), low, high, entry["given_away_by_facts"] is True, rows
        )


def example(certificate: Mapping[str, Any], language: str) -> WitnessTables | None:
    """The plainest example of a certificate that holds. None: it hides nothing."""
    blocks = [CertifiedBlock(certificate["release"], block) for block in certificate["blocks"]]
    candidates = [(*each, block) for block in blocks for each in block.candidates()]
    if not candidates:
        return None
    *_, entry, block = min(candidates, key=lambda each: each[:4])
    return block.example(entry, language)


def codes_of(name: str) -> list[tuple[str, str]]:
    """The axes and codes in a cell's id; of the total none."""
    return [(axis, code) for axis, sign, code in (part.partition("=") for part in name.split(";")) if sign]


def heading_of(axes: Mapping[str, Axis], name: str, language: str) -> str:
    """A cell in words."""
    labels = (
        next((each.label(language) for each in axes[axis].codes if each.code == code), code)
        for axis, code in codes_of(name)
    )
    return ", ".join(labels) or TOTAL_CODE.label(language)


def text_of(cell: Cell, language: str) -> str:
    """What the release itself tells of a cell."""
    if cell["value"] is not None:
        return number(cell["value"], language)
    return MARKS[CellStatus.HIDDEN] if cell["high"] is None else f"0–{cell['high']}"
