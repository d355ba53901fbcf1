"""What certificates say of cells, and whether a downloaded table is that: its values, its symbols and its intervals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any

from .checks import CertificateCheck, check_that
from .tables import TOTAL, DownloadedTable, Interval, TableSum, cell_id


def compare_with_certificates(
    certificates: Iterable[Mapping[str, Any]] | CertifiedCells, table: DownloadedTable
) -> list[CertificateCheck]:
    """Whether a downloaded table is, cell by cell and without a gap, what the certificates of its releases say.

    The order of the codes in a cell's id does not matter. Blocks, and certificates, may share a cell.
    """
    every = certificates if isinstance(certificates, CertifiedCells) else CertifiedCells(certificates)
    cells = every.of(table.dataset)
    own = cells.values
    files = {(release, canonical(name)): value for (release, name), value in table.cells.items()}
    releases = {*table.sides, *(newest for release, newest in table.tellings.items() if release in table.sides)}
    differing = [key[1] for key in files if key in own and own[key] != {files[key]}]
    return [
        check_that("no cell has two values in the certificates", [key[1] for key in own if len(own[key]) > 1]),
        check_that("every release of the table has its certificate", sorted(releases - cells.releases)),
        check_that(
            "every cell of the table is in the certificate of its release",
            [key[1] for key in files if key not in cells.of_own_release],
        ),
        check_that("the values are the same", differing),
        check_that("no row of the table is missing", sorted(_releases_with_gaps(cells, table))),
        check_that("a hidden cell has the symbol of the certificates, or none", _with_other_symbol(cells, table)),
        check_that("what is told of a hidden cell is what the certificates tell", _with_other_bounds(cells, table)),
        check_that("a sum of hidden cells is their margin without what is shown", _false_sums(cells, table)),
    ]


def _releases_with_gaps(cells: CertifiedCells, table: DownloadedTable) -> set[str]:
    """The releases of which rows are missing. A table has a row for every combination of its codes.

    An axis has all its codes, or the one that was asked for.
    """
    rows: dict[str, int] = defaultdict(int)
    for release, _ in table.cells:
        rows[release] += 1
    return {
        release
        for release, sides in table.sides.items()
        if rows[release] != prod(map(len, sides.values()))
        or any(
            len(codes) > 1 and codes - {TOTAL} != cells.codes.get((release, axis), set())
            for axis, codes in sides.items()
        )
    }


def _with_other_symbol(cells: CertifiedCells, table: DownloadedTable) -> Iterator[str]:
    """The hidden cells of which the table says something else by the symbol than the certificates.

    A cell with the symbol is told by it and by nothing else; any other has more. A file without bounds says nothing of it.
    """
    for key, value in table.cells.items():
        for low, high in cells.symbols.get((key[0], canonical(key[1])), ()) if value is None else ():
            interval = table.intervals.get(key)
            if interval and not (interval == (low, high) if high is not None else _reaches(interval, low)):
                yield key[1]


def _reaches(interval: Interval, low: int) -> bool:
    """Whether an interval says no less than that there are at least so many."""
    return interval[0] is not None and interval[0] >= low


def _with_other_bounds(cells: CertifiedCells, table: DownloadedTable) -> Iterator[str]:
    """The hidden cells without a symbol of which more or less is told than in the certificates."""
    for key, interval in table.intervals.items():
        bounds = cells.bounds_of((key[0], canonical(key[1])), table.tellings.get(key[0]))
        if not _has_symbol(cells, key) and interval not in bounds:
            yield key[1]


def _has_symbol(cells: CertifiedCells, key: tuple[str, str]) -> bool:
    """Whether the certificates tell a cell by the symbol of its table."""
    return any(high is not None for _, high in cells.symbols.get((key[0], canonical(key[1])), ()))


def _false_sums(cells: CertifiedCells, table: DownloadedTable) -> Iterator[str]:
    """The sums that are not those of the hidden cells of a line."""
    for each in table.sums:
        if _sum_of_line(cells, each) != each.count:
            names = [f"{axis}={'|'.join(codes)}" for axis, codes in each.codes.items()]
            yield ";".join([each.release, *names])


def _sum_of_line(cells: CertifiedCells, each: TableSum) -> int | None:
    """The margin of a line without its shown cells. None: it is no line whose hidden cells are those of the sum."""
    varying = [axis for axis, codes in each.codes.items() if len(codes) > 1]
    if len(varying) != 1:
        return None
    (axis,) = varying
    others = [(name, codes[0]) for name, codes in each.codes.items() if name != axis]
    line = {code: cells.value(_key(each.release, [*others, (axis, code)])) for code in cells.codes[each.release, axis]}
    margin = cells.value(_key(each.release, others))
    if margin is None or {code for code, value in line.items() if value is None} != set(each.codes[axis]):
        return None
    return margin - sum(value for value in line.values() if value is not None)


def _key(release: str, codes: Iterable[tuple[str, str]]) -> tuple[str, str]:
    return release, canonical(cell_id(release, codes))


Key = tuple[str, str]  # a cell by its release and id
PublishedBounds = tuple[int, int | None]  # between what a hidden cell is told to lie; None: no end


def canonical(name: str) -> str:
    """A cell's id with its parts in one order."""
    return ";".join(sorted(name.split(";")))


@dataclass(frozen=True)
class CertifiedBounds:
    """What one certificate tells of hidden cells. It holds for `releases`."""

    release: str
    releases: frozenset[str]
    bounds: Mapping[Key, PublishedBounds]


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
        self.symbols: dict[Key, set[PublishedBounds]] = defaultdict(set)
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
    def every_bounds(self) -> list[CertifiedBounds]:
        return [
            CertifiedBounds(each["release"], frozenset(each["given"]), _bounds_of_cells(each))
            for each in self._certificates
        ]

    def bounds_of(self, key: Key, newest: str | None) -> set[PublishedBounds]:
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


def _bounds_of_cells(certificate: Mapping[str, Any]) -> dict[Key, PublishedBounds]:
    """What a certificate says that is told of each hidden cell without a symbol: what its blocks tell together."""
    bounds: dict[Key, PublishedBounds] = {}
    for block in certificate["blocks"]:
        releases = {cell["id"]: cell["release"] for cell in block["cells"]}
        for entry in block["told"]:
            key = releases[entry["id"]], canonical(entry["id"])
            bounds[key] = narrowest([(entry["low"], entry["high"]), *([bounds[key]] if key in bounds else [])])
    return bounds


def narrowest(every: Iterable[PublishedBounds]) -> PublishedBounds:
    bounds = list(every)
    ends = [most for _, most in bounds if most is not None]
    return max(least for least, _ in bounds), min(ends, default=None)
