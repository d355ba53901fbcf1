"""Checking a public certificate by adding up: no solver, no database, nothing but the standard library.

A certificate lists what is published (cells, facts of other sources, what changed between vintages), and for every hidden cell two
points: complete tables of finest cells that satisfy all of it in whole numbers and differ in that cell. Who compares the cells in
it with files fetched elsewhere (`matches`) need not trust it in anything. An answer over several periods needs the certificates of
all its releases.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from pathlib import Path
from typing import Any

from cases.statistics.protection.verify import tables as verify_tables

FORMAT = "henvis-certificate/1"
Point = dict[int, int]
READABLE = "the certificate can be read"
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Check:
    """One check, with what is wrong where it failed, and what its reader should know where it did not."""

    name: str
    passed: bool
    detail: str = ""


def check(certificate: Mapping[str, Any]) -> list[Check]:
    """Every check of a certificate; it holds if all passed. One that cannot be read fails the only check there is."""
    try:
        if certificate["format"] != FORMAT:
            return [Check(READABLE, False, "another format")]
        blocks = certificate["blocks"]
        return [found for block in blocks for found in _checks(certificate["release"], block)] or [
            Check(READABLE, False, "no tables")
        ]
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        return [Check(READABLE, False, type(error).__name__)]


def matches(certificates: Iterable[Mapping[str, Any]], table: verify_tables.Table) -> list[Check]:
    """Whether a table that was fetched elsewhere is, cell by cell and without a gap, what the certificates of its releases say."""
    return [_check(name, wrong) for name, wrong in verify_tables.compared(certificates, table)]


def verify_files(paths: Sequence[str], write: Callable[[str], object] = sys.stdout.write) -> int:
    """Check certificates, and tables against them (CSV or JSON-stat), in any order. 0 if everything holds, else 1."""
    try:
        checks = list(_of_files([(Path(path).name, Path(path).read_text(encoding="utf-8-sig")) for path in paths]))
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        checks = [Check(READABLE, False, f"{type(error).__name__}: {error}")]
    for each in checks:
        write(f"{'passed' if each.passed else 'FAILED':8}{each.name}{f' ({each.detail})' if each.detail else ''}\n")
    return 0 if checks and all(each.passed for each in checks) else 1


def _of_files(files: Sequence[tuple[str, str]]) -> Iterator[Check]:
    certificates = [(name, found) for name, text in files if (found := _certificate(text)) is not None]
    releases = [found["release"] for _, found in certificates]
    yield (
        _check(
            "there is a certificate, and one of each release",
            sorted({each for each in releases if releases.count(each) > 1}),
        )
        if releases
        else Check(READABLE, False, "no certificate")
    )
    checks = [(name, each) for name, found in certificates for each in check(found)]
    for name, each in checks:
        yield replace(each, name=f"{name}: {each.name}")
    if all(each.passed for _, each in checks):
        known = [found for _, found in certificates]
        tables = [(name, text) for name, text in files if _certificate(text) is None]
        for name, each in (
            (name, each) for name, text in tables for each in matches(known, verify_tables.table_of(text))
        ):
            yield replace(each, name=f"{name}: {each.name}")


def _certificate(text: str) -> dict[str, Any] | None:
    found = json.loads(text) if text.startswith("{") else None
    return found if isinstance(found, dict) and "blocks" in found else None


def _check(name: str, wrong: Iterable[str]) -> Check:
    found = list(wrong)
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return Check(name, not found, f"{', '.join(found[:_NAMED])}{more}" if found else "")


def _checks(release: str, certificate: Mapping[str, Any]) -> Iterator[Check]:
    space = _Space(certificate["dimensions"])
    bases = [(bool(base["facts"]), _sparse(base["values"], space.size)) for base in certificate["bases"]]
    changes = [(int(point["base"]), _sparse(point["change"], space.size)) for point in certificate["points"]]
    yield _whole(bases, changes)
    cells = [
        (f"{each['release']} {each['id']}", space.members(each["sides"]), each["value"])
        for each in certificate["cells"]
    ]
    shown = [(name, members, value, value) for name, members, value in cells if value is not None]
    yield _check("every published cell holds at every point", _broken(shown, bases, changes, space.size))
    facts = [(each["source"], space.members(each["sides"]), each["low"], each["high"]) for each in certificate["facts"]]
    with_facts = [change for change in changes if bases[change[0]][0]]
    yield _check("every fact holds at every point that it is to hold at", _broken(facts, bases, with_facts, space.size))
    yield _check("what changed between vintages holds", _changed(certificate["vintages"], space, bases, changes))
    yield from _hidden_checks(release, certificate, space, bases, changes)


class _Space:
    """The numbering of the finest cells: the last dimension fastest."""

    def __init__(self, dimensions: Sequence[Mapping[str, Any]]) -> None:
        self.shape = [len(dimension["atoms"]) for dimension in dimensions]
        self.size = prod(self.shape)

    def members(self, sides: Iterable[tuple[int, Sequence[int]]]) -> list[int]:
        """The finest cells of a box: of some dimensions the atoms that are meant, and all of the others."""
        atoms: list[Sequence[int]] = [range(size) for size in self.shape]
        for place, meant in sides:
            if len(set(meant)) < len(meant) or not set(meant) <= set(range(self.shape[place])):
                raise ValueError("no such atoms")
            atoms[place] = meant
        return [self.number(each) for each in product(*atoms)]

    def number(self, atoms: Sequence[int]) -> int:
        """The number of the finest cell of one atom of each dimension."""
        number = 0
        for atom, size in zip(atoms, self.shape, strict=True):
            number = number * size + atom
        return number


def _sparse(pairs: Iterable[tuple[int, int]], size: int) -> Point:
    found: Point = {}
    for place, value in pairs:
        if type(place) is not int or type(value) is not int or not 0 <= place < size or place in found:
            raise ValueError("no whole numbers by finest cell")
        found[place] = value
    return found


_Condition = tuple[str, list[int], int | None, int | None]  # name, members, lowest, highest sum
_Bases = Sequence[tuple[bool, Point]]
_Changes = Sequence[tuple[int, Point]]


def _whole(bases: _Bases, changes: _Changes) -> Check:
    under = [f"base {n}" for n, (_, base) in enumerate(bases) if any(value < 0 for value in base.values())]
    for n, (of, change) in enumerate(changes):
        base = bases[of][1]
        if any(base.get(place, 0) + value < 0 for place, value in change.items()):
            under.append(f"point {n}")
    return _check("no count is under zero", under)


def _broken(conditions: Sequence[_Condition], bases: _Bases, changes: _Changes, size: int) -> Iterator[str]:
    """The conditions that a point breaks. A point is its base and a change, so only what the change touches is added up again."""
    containing: list[list[int]] = [[] for _ in range(size)]
    for n, (_, members, _, _) in enumerate(conditions):
        for member in members:
            containing[member].append(n)
    sums = [[sum(base.get(member, 0) for member in members) for _, members, _, _ in conditions] for _, base in bases]
    for of in sorted({of for of, _ in changes}):
        yield from (
            _named(conditions[n], f"base {of}") for n, value in enumerate(sums[of]) if _outside(value, conditions[n])
        )
    for point, (of, change) in enumerate(changes):
        touched = _touched(change, containing).items()
        wrong = (n for n, value in touched if _outside(sums[of][n] + value, conditions[n]))
        yield from (_named(conditions[n], f"point {point}") for n in wrong)


def _touched(change: Point, containing: Sequence[Sequence[int]]) -> dict[int, int]:
    """By how much a change changes each condition's sum."""
    touched: dict[int, int] = defaultdict(int)
    for place, value in change.items():
        for n in containing[place]:
            touched[n] += value
    return touched


def _outside(value: int, condition: _Condition) -> bool:
    low, high = condition[2:]
    return (low is not None and value < low) or (high is not None and value > high)


def _named(condition: _Condition, where: str) -> str:
    return f"{condition[0]} at {where}"


def _changed(vintages: Sequence[Mapping[str, Any]], space: _Space, bases: _Bases, changes: _Changes) -> Iterator[str]:
    for each in vintages:
        pairs = [
            pair
            for earlier, later in each["pairs"]
            for pair in zip(
                space.members([(each["dimension"], [earlier])]),
                space.members([(each["dimension"], [later])]),
                strict=True,
            )
        ]
        for point, (of, change) in enumerate(changes):
            if not _tied(pairs, each["added"], each["removed"], bases[of][1], change):
                yield f"point {point}"


def _tied(pairs: Sequence[tuple[int, int]], added: int, removed: int, base: Point, change: Point) -> bool:
    """Whether the later counts can have come from the earlier by these numbers of records added and removed."""
    rise = net = total = 0
    for before, after in pairs:
        earlier = base.get(before, 0) + change.get(before, 0)
        later = base.get(after, 0) + change.get(after, 0)
        rise, net, total = rise + max(0, later - earlier), net + later - earlier, total + later
    return net == added - removed and rise <= added <= total


def _hidden_checks(
    release: str, certificate: Mapping[str, Any], space: _Space, bases: _Bases, changes: _Changes
) -> Iterator[Check]:
    entries = {each["id"]: each for each in certificate["hidden"]}
    hidden = {
        cell["id"]: space.members(cell["sides"])
        for cell in certificate["cells"]
        if cell["release"] == release and cell["value"] is None
    }
    missing = sorted(hidden.keys() ^ entries.keys())
    twice = [] if len(entries) == len(certificate["hidden"]) else ["a cell twice"]
    yield _check("every hidden cell has two points, and no other cell", [*missing, *twice])
    both = sorted(hidden.keys() & entries.keys())
    yield _check(
        "the two points of a hidden cell differ there, and are as stated",
        (name for name in both if not _as_stated(entries[name], hidden[name], bases, changes)),
    )
    without = [name for name in both if any(not bases[changes[at][0]][0] for at in entries[name]["points"])]
    unsaid = [name for name in without if entries[name]["given_away_by_facts"] is not True]
    marked = _check("a cell whose points leave facts out is marked as given away by facts", unsaid)
    yield replace(marked, detail=f"given away: {', '.join(without)}") if marked.passed and without else marked


def _as_stated(entry: Mapping[str, Any], members: list[int], bases: _Bases, changes: _Changes) -> bool:
    values = []
    for at in entry["points"]:
        of, change = changes[at]
        values.append(sum(bases[of][1].get(member, 0) + change.get(member, 0) for member in members))
    return len(values) == 2 and values == [entry["low"], entry["high"]] and values[0] < values[1]


if __name__ == "__main__":
    sys.exit(verify_files(sys.argv[1:]))
