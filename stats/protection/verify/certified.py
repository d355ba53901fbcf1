"""What certificates say of cells: values of those that are shown; of hidden ones the symbol, and the interval that is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

Key = tuple[str, str]  # a cell by its release and id
ToldBounds = tuple[int, int | None]  # between what a hidden cell is told to lie; None: no end


def canonical(name: str) -> str:
    """A cell's id with its parts in one order."""
    return ";".join(sorted(name.split(";")))


@dataclass(frozen=True)
class CertifiedTelling:
    """What one certificate tells of hidden cells. It holds for `releases`."""

    release: str
    releases: frozenset[str]
    bounds: Mapping[Key, ToldBounds]


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
        self.symbols: dict[Key, set[ToldBounds]] = defaultdict(set)
        self.of_own_release: set[Key] = set()  # the cells in the certificate of their release: it has their two points
        for of, cell in (
            (each, cell) for each in self._certificates for block in each["blocks"] for cell in block["cells"]
        ):
            key = cell["release"], canonical(cell["id"])
            self.values[key].add(cell["value"])
            if of["release"] == cell["release"]:
                self.of_own_release.add(key)
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
    def every_bounds(self) -> list[CertifiedTelling]:
        return [
            CertifiedTelling(each["release"], frozenset(each["given"]), _bounds_of_cells(each))
            for each in self._certificates
        ]

    def bounds_of(self, key: Key, newest: str | None) -> set[ToldBounds]:
        """What is told of a hidden cell with the release `newest`: by its certificate, and by those of all that it reckons with.

        Where a table does not say with which release the last was told (None), with any that tells of the cell.
        """
        last = [each for each in self.every_bounds if each.release == newest or (newest is None and key in each.bounds)]
        bearing = [
            [each.bounds[key] for each in self.every_bounds if each.release in one.releases and key in each.bounds]
            for one in last
        ]
        return {narrowest(every) for every in bearing if every}

    def value(self, key: Key) -> int | None:
        """The value of a cell that is shown. None: it is hidden, or in no certificate."""
        return next(iter(self.values.get(key, {None})))


def _bounds_of_cells(certificate: Mapping[str, Any]) -> dict[Key, ToldBounds]:
    """What a certificate says that is told of each hidden cell without a symbol: what its blocks tell together."""
    bounds: dict[Key, ToldBounds] = {}
    for block in certificate["blocks"]:
        releases = {cell["id"]: cell["release"] for cell in block["cells"]}
        for entry in block["told"]:
            key = releases[entry["id"]], canonical(entry["id"])
            bounds[key] = narrowest([(entry["low"], entry["high"]), *([bounds[key]] if key in bounds else [])])
    return bounds


def narrowest(every: Iterable[ToldBounds]) -> ToldBounds:
    bounds = list(every)
    ends = [most for _, most in bounds if most is not None]
    return max(least for least, _ in bounds), min(ends, default=None)
