"""Cells by their ids: whether each is the sum that its id names, and whether a block lists them as a release publishes them.

An id is `release;axis=code;axis=code` or `release;TOTAL`, of sums of counts `release;quantity=measure;axis=code`. The dimensions of
a block say which atoms a code has. No id names the months, nor the vintage, that a release counts: these must be the same in all
its cells, and which they are is the certificate's word.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import prod
from typing import Any

from .certified_cells import canonical
from .checks import CertificateCheck, check_that
from .tables import QUANTITY, TOTAL

MARKS = "marks"  # the dimension of the measures that a contribution counts in; its labels are `measure+measure`
Cell = Mapping[str, Any]
Sides = dict[int, list[int]]  # by place of a dimension the atoms, ascending


def check_cells(release: str, block: Mapping[str, Any]) -> Iterator[CertificateCheck]:
    """The checks of the list of a block's cells. Raises `ValueError` for dimensions whose codes do not divide their atoms."""
    cells: Sequence[Cell] = block["cells"]
    yield check_that(
        "every cell is the sum that its id names", _with_other_atoms(cells, CodeAtoms(block["dimensions"]))
    )
    times = Counter(canonical(cell["id"]) for cell in cells)
    yield check_that("no cell stands twice in a block", (name for name, n in times.items() if n > 1))
    yield check_that(
        "every block has a cell of the release",
        [] if any(cell["release"] == release for cell in cells) else [release],
    )
    yield check_that("the hidden cells of a table have one symbol", _with_symbols_of_their_own(cells))


def check_blocks(blocks: Sequence[Mapping[str, Any]]) -> CertificateCheck:
    """That no block leaves out a cell of its tables, nor one of another block that it has the codes of.

    A cell is hidden beside its margins and beside every other cell of its table, or not at all.
    """
    cells_by_dataset: dict[str, dict[str, Cell]] = defaultdict(dict)
    for block in blocks:
        cells_by_dataset[block.get("dataset", "")] |= {canonical(cell["id"]): cell for cell in block["cells"]}
    missing: set[str] = set()
    for block in blocks:
        codes, cells = CodeAtoms(block["dimensions"]), cells_by_dataset[block.get("dataset", "")]
        missing |= {*_tables_with_gaps(block["cells"], codes)}
        names = cells.keys() - {canonical(cell["id"]) for cell in block["cells"]}
        missing |= {name for name in names if codes.sides_of_id(cells[name]) is not None}
    return check_that("every block has every cell of its codes", sorted(missing))


class CodeAtoms:
    """The atoms of each code of a block's dimensions."""

    def __init__(self, dimensions: Sequence[Mapping[str, Any]]) -> None:
        self._sides: dict[str, tuple[int, list[int]]] = {}
        # The dimensions (by place) that no id names.
        self._without_codes = {
            place for place, each in enumerate(dimensions) if not each["axes"] and each["id"] != MARKS
        }
        for place, dimension in enumerate(dimensions):
            for name, atoms in _codes_of(dimension):
                if name in self._sides:
                    raise ValueError("a code twice")
                self._sides[name] = place, atoms

        self._codes_by_axis = Counter(name.partition("=")[0] for name in self._sides)

    def count(self, axes: Iterable[str]) -> int:
        """How many cells a table by these axes has."""
        return prod(self._codes_by_axis[axis] for axis in axes)

    def sides_of_id(self, cell: Cell) -> Sides | None:
        """The sides that a cell's id names. None: it is no id of a cell of its release."""
        release, *codes = cell["id"].split(";")
        if release != cell["release"] or not codes or not (codes == [TOTAL] or self._sides.keys() >= {*codes}):
            return None
        sides = [self._sides[code] for code in codes if code != TOTAL]
        return dict(sides) if len(dict(sides)) == len(sides) else None

    def split(self, cell: Cell) -> tuple[Sides, Sides]:
        """The sides that a cell lists: those of dimensions that ids name, and those of the others."""
        sides = {place: sorted(atoms) for place, atoms in cell["sides"]}
        others = {place: atoms for place, atoms in sides.items() if place in self._without_codes}
        return {place: atoms for place, atoms in sides.items() if place not in others}, others


def _codes_of(dimension: Mapping[str, Any]) -> Iterator[tuple[str, list[int]]]:
    """Each code of a dimension as an id has it, with its atoms."""
    atoms: Sequence[str] = dimension["atoms"]
    if dimension["id"] == MARKS and not dimension["axes"]:
        for measure in dict.fromkeys(name for label in atoms for name in label.split("+")):
            yield f"{QUANTITY}={measure}", [n for n, label in enumerate(atoms) if measure in label.split("+")]
    for axis in dimension["axes"]:
        if len(axis["of_atom"]) != len(atoms) or not set(axis["of_atom"]) <= set(range(len(axis["codes"]))):
            raise ValueError("atoms without a code")
        for place, code in enumerate(axis["codes"]):
            yield f"{axis['id']}={code}", [atom for atom, of in enumerate(axis["of_atom"]) if of == place]


def _with_other_atoms(cells: Iterable[Cell], codes: CodeAtoms) -> Iterator[str]:
    """The cells with other atoms than their id names, or with other months than the first of their release and measure."""
    months: dict[tuple[str, str], Sides] = {}
    for cell in cells:
        sides, others = codes.split(cell)
        if sides != codes.sides_of_id(cell) or others != months.setdefault((cell["release"], _quantity(cell)), others):
            yield cell["id"]


def _tables_with_gaps(cells: Iterable[Cell], codes: CodeAtoms) -> Iterator[str]:
    """The tables without a cell for each combination of their codes."""
    names_by_table: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for cell in cells:
        names_by_table[_table(cell)].add(canonical(cell["id"]))
    for (release, measure, *axes), names in names_by_table.items():
        if len(names) != codes.count(axes):
            yield ";".join([release, measure, *axes])


def _with_symbols_of_their_own(cells: Iterable[Cell]) -> Iterator[str]:
    """The tables whose hidden cells are told by several symbols: each is 0 to the symbol's end, or more than that."""
    ends: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for cell in cells:
        if cell["value"] is None:
            # Without a symbol nothing is told: that is more than -1.
            ends[_table(cell)].add(cell["low"] - 1 if cell["high"] is None else cell["high"])
            if cell["high"] is not None and cell["low"] != 0:
                yield cell["id"]
    yield from (";".join(table) for table, of_table in ends.items() if len(of_table) > 1)


def _quantity(cell: Cell) -> str:
    """The measure of a cell of sums, as its id has it."""
    return next((part for part in cell["id"].split(";") if part.startswith(f"{QUANTITY}=")), "")


def _table(cell: Cell) -> tuple[str, ...]:
    """The release of a cell, its measure, and its axes."""
    axes = {part.partition("=")[0] for part in cell["id"].split(";") if "=" in part} - {QUANTITY}
    return cell["release"], _quantity(cell) or TOTAL, *sorted(axes)
