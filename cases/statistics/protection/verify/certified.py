"""What certificates say of cells: the values of those that are shown; of hidden ones the symbol, and the values that are proved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .points import AtomicCells, Points, ranges

Key = tuple[str, str]  # a cell by its release and id
Range = tuple[int, int]
SymbolBounds = tuple[int, int | None]  # what the symbol of its table tells of a hidden cell; None: no end


def canonical(name: str) -> str:
    """A cell's id with its parts in one order."""
    return ";".join(sorted(name.split(";")))


@dataclass(frozen=True)
class ProvedValues:
    """The values that one certificate proves to be possible. It holds for `releases`."""

    release: str
    releases: frozenset[str]
    ranges: Mapping[Key, Range]


class CertifiedCells:
    """The cells of several certificates. They may share a cell, and so may the blocks of one.

    `dataset`: of sums of counts. Blocks without a dataset are of persons; the cells of two datasets may have one name.
    """

    def __init__(self, certificates: Iterable[Mapping[str, Any]], dataset: str = "") -> None:
        self._every = list(certificates)
        self._by_dataset = {dataset: self}
        self._certificates = [
            {**each, "blocks": [block for block in each["blocks"] if block.get("dataset", "") == dataset]}
            for each in self._every
        ]
        self.releases = {each["release"] for each in self._certificates}
        self.values: dict[Key, set[int | None]] = defaultdict(set)
        self.symbols: dict[Key, set[SymbolBounds]] = defaultdict(set)
        for cell in (cell for each in self._certificates for block in each["blocks"] for cell in block["cells"]):
            key = cell["release"], canonical(cell["id"])
            self.values[key].add(cell["value"])
            if cell["value"] is None:
                self.symbols[key].add((cell["low"], cell["high"]))

    def of(self, dataset: str) -> CertifiedCells:
        """The cells of a dataset in the same certificates."""
        if dataset not in self._by_dataset:
            self._by_dataset[dataset] = CertifiedCells(self._every, dataset)
        return self._by_dataset[dataset]

    @cached_property
    def codes(self) -> dict[Key, set[str]]:
        """The codes of each axis of each release."""
        codes_published: dict[Key, set[str]] = defaultdict(set)
        for release, name in self.values:
            for axis, _, code in (part.partition("=") for part in name.split(";") if "=" in part):
                codes_published[release, axis].add(code)
        return codes_published

    @cached_property
    def proofs(self) -> list[ProvedValues]:
        """What each certificate proves."""
        return [ProvedValues(each["release"], frozenset(each["given"]), _ranges(each)) for each in self._certificates]

    def proofs_of(self, key: Key, newest: str | None) -> list[Range]:
        """The values that certificates prove of a cell: that of the release `newest`, else those of releases that it reckons with.

        None is any: where a table does not say with which release the last was told.
        """
        proofs = [proof for proof in self.proofs if key in proof.ranges]
        if newest is not None:
            last = next((proof for proof in self.proofs if proof.release == newest), None)
            if last is not None and key in last.ranges:
                return [last.ranges[key]]
            proofs = [proof for proof in proofs if last is not None and proof.release in last.releases]
        return [proof.ranges[key] for proof in proofs]

    def value(self, key: Key) -> int | None:
        """The value of a cell that is shown. None: it is hidden, or in no certificate."""
        return next(iter(self.values.get(key, {None})))


def _ranges(certificate: Mapping[str, Any]) -> dict[Key, Range]:
    """The least and the greatest value that each hidden cell has at a point that agrees with everything published.

    Each block has points of its own. All of them hold together: what is told may be as narrow as the narrowest allows.
    """
    by_cell: dict[Key, list[Range]] = defaultdict(list)
    for block in certificate["blocks"]:
        for key, values in _ranges_of_block(block):
            by_cell[key].append(values)
    return {key: (max(low for low, _ in each), min(high for _, high in each)) for key, each in by_cell.items()}


def _ranges_of_block(block: Mapping[str, Any]) -> Iterator[tuple[Key, Range]]:
    cells = AtomicCells(block["dimensions"])
    secret: Sequence[Mapping[str, Any]] = [cell for cell in block["cells"] if cell["value"] is None]
    points = Points.read(block, cells).with_facts()
    pairs = zip(secret, ranges([cells.members(cell["sides"]) for cell in secret], points, cells.size), strict=True)
    yield from (((cell["release"], canonical(cell["id"])), values) for cell, values in pairs if values is not None)
