"""Checking a public certificate by adding up.

A certificate lists what is published: cells, and facts of other sources. For every hidden cell it names two *points*, complete
tables of atomic cells. Each point must agree with all that is published, and the two must differ in that cell. Then nobody can tell
the cell's value from what is published. What is told of a hidden cell has two points, too: they are its ends. That both ends are
possible is proved; that no value lies outside takes a solver.

Who compares the listed cells with tables that were downloaded (`tables`) need not trust the certificate in their values, nor in
which of them are hidden. It is trusted in what those tables do not say: which months and vintages a release counts, which codes of
one level belong to which of another, when codes were not in use, and what others published.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import Any

from .cell_names import check_blocks, check_cells
from .checks import READABLE, CertificateCheck, check_that
from .points import AtomicCells, BoundedCount, Points, find_broken, ranges

FORMAT = "henvis-certificate/3"


def check_certificate(certificate: Mapping[str, Any]) -> list[CertificateCheck]:
    """Every check of a certificate: it holds where all passed. One that cannot be read fails the only check."""
    try:
        if certificate["format"] != FORMAT:
            return [CertificateCheck(READABLE, False, "another format")]
        blocks = certificate["blocks"]
        checks = [each for block in blocks for each in _check_block(certificate["release"], block)]
        return (
            [_check_given(certificate), check_blocks(blocks), *checks]
            if checks
            else [CertificateCheck(READABLE, False, "no tables")]
        )
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        return [CertificateCheck(READABLE, False, type(error).__name__)]


def _check_given(certificate: Mapping[str, Any]) -> CertificateCheck:
    """That the certificate names every release of its cells. It holds for these: a later one may narrow what can be told."""
    releases_given = certificate["given"]
    releases = {
        certificate["release"],
        *(cell["release"] for block in certificate["blocks"] for cell in block["cells"]),
    }
    check = check_that(
        "every cell is of a release that the certificate holds for", sorted(releases - set(releases_given))
    )
    return replace(check, detail=", ".join(releases_given)) if check.passed else check


def _check_block(release: str, block: Mapping[str, Any]) -> Iterator[CertificateCheck]:
    cells = AtomicCells(block["dimensions"])
    points = Points.read(block, cells)
    yield from check_cells(release, block)
    yield check_that("no count is under zero", points.under_zero())
    yield check_that(
        "every published cell holds at every point", find_broken(_published_cells(block, cells), points, cells.size)
    )
    facts = [
        BoundedCount(each["source"], cells.members(each["sides"]), each["low"], each["high"]) for each in block["facts"]
    ]
    yield check_that(
        "every fact holds at every point that it is to hold at", find_broken(facts, points.with_facts(), cells.size)
    )
    boxes = [BoundedCount(each["id"], cells.members(each["sides"]), 0, 0) for each in block["unused"]]
    yield check_that("nobody has a code that was not in use", find_broken(boxes, points, cells.size))
    yield check_that("nothing is said of changes between vintages", map(str, block["vintages"]))
    yield check_that(
        "a shown cell is told as its value",
        (each["id"] for each in block["cells"] if _bounds(each) != (each["low"], each["high"])),
    )
    yield from _check_hidden(release, block, cells, points)
    yield from _check_bounds(block, cells, points)


def _published_cells(block: Mapping[str, Any], cells: AtomicCells) -> list[BoundedCount]:
    """What is published of the cells: of a shown one its value, of a hidden one what its symbol tells."""
    return [
        BoundedCount(f"{each['release']} {each['id']}", cells.members(each["sides"]), *_bounds(each))
        for each in block["cells"]
        if _bounds(each) != (0, None)
    ]


def _bounds(cell: Mapping[str, Any]) -> tuple[int, int | None]:
    """Between what a cell lies."""
    return (cell["low"], cell["high"]) if cell["value"] is None else (cell["value"], cell["value"])


def _check_hidden(
    release: str, block: Mapping[str, Any], cells: AtomicCells, points: Points
) -> Iterator[CertificateCheck]:
    """That every hidden cell of the release, and no other cell, has two points that differ there."""
    entries = {each["id"]: each for each in block["hidden"]}
    hidden = {
        cell["id"]: cells.members(cell["sides"])
        for cell in block["cells"]
        if cell["release"] == release and cell["value"] is None
    }
    yield check_that("every hidden cell has two points, and no other cell", _missing(hidden.keys(), block["hidden"]))
    both = sorted(hidden.keys() & entries.keys())
    yield check_that(
        "the two points of a hidden cell differ there, and are as stated",
        (name for name in both if not _differ_as_stated(entries[name], hidden[name], points)),
    )
    yield _check_given_away({name: entries[name] for name in both}, points)


def _missing(names: Set[str], entries: Sequence[Mapping[str, Any]]) -> list[str]:
    """The cells that are not among the entries, or not alone there; and those that there should not be."""
    entries_by_id = Counter(entry["id"] for entry in entries)
    return sorted({*names ^ entries_by_id.keys(), *(name for name, times in entries_by_id.items() if times > 1)})


def _check_bounds(block: Mapping[str, Any], cells: AtomicCells, points: Points) -> Iterator[CertificateCheck]:
    """That what is told of every hidden cell without a symbol, of any release, has a point at either end, and holds at every point.

    So a narrower interval is found where any point lies outside it. With the points left out that lie outside, it is not.
    """
    open_cells = {
        each["id"]: cells.members(each["sides"])
        for each in block["cells"]
        if each["value"] is None and each["high"] is None
    }
    yield check_that(
        "every hidden cell without a symbol has what is told of it, and no other cell",
        _missing(open_cells.keys(), block["told"]),
    )
    entries = [entry for entry in block["told"] if entry["id"] in open_cells]
    every = ranges([open_cells[entry["id"]] for entry in entries], points, cells.size)
    yield check_that(
        "both ends of what is told of a hidden cell have a point, and no point lies outside",
        (
            entry["id"]
            for entry, values in zip(entries, every, strict=True)
            if values is None
            or not _is_within(entry, *values)
            or not _is_proved(entry, [points.count(point, open_cells[entry["id"]]) for point in entry["points"]])
        ),
    )


def _is_within(entry: Mapping[str, Any], least: int, most: int) -> bool:
    return entry["low"] <= least and (entry["high"] is None or most <= entry["high"])


def _is_proved(entry: Mapping[str, Any], values: Sequence[int]) -> bool:
    """Whether two points differ, and are the ends of what is told; and whether it is said where they are not."""
    is_exact = [*values] == [entry["low"], entry["high"]]
    return len(values) == 2 and values[0] < values[1] and entry["exact"] is is_exact


def _differ_as_stated(entry: Mapping[str, Any], members: list[int], points: Points) -> bool:
    values = [points.count(point, members) for point in entry["points"]]
    return len(values) == 2 and values == [entry["low"], entry["high"]] and values[0] < values[1]


def _check_given_away(entries: Mapping[str, Mapping[str, Any]], points: Points) -> CertificateCheck:
    """That a cell says so where its points agree with the published cells alone, and not with the facts of others."""
    without = [
        name
        for name, entry in entries.items()
        if any(not points.bases[points.changes[point][0]][0] for point in entry["points"])
    ]
    unsaid = [name for name in without if entries[name]["given_away_by_facts"] is not True]
    check = check_that("a cell whose points leave facts out is marked as given away by facts", unsaid)
    return replace(check, detail=f"given away: {', '.join(without)}") if check.passed and without else check
