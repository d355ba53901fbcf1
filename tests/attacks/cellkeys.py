"""Cell keys as the product makes them, and as they should not be made: attacks on noise need thousands of cells a second."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

import numpy as np

from stats.protection import perturbation
from stats.protection.perturbation import WHOLE, Noise

NOISE = Noise.of(5, 4)
THRESHOLD = 5
SIDES = {"gender": "FMX", "form": "SLO", "age": "YMO", "continent": "EAFS"}
WEIGHTS = (5, 3, 2, 1)
TABLES = [table for size in range(3) for table in combinations(SIDES, size)]

Record = Mapping[str, str]
Name = tuple[tuple[str, str], ...]
Cube = dict[Name, int]


@dataclass(frozen=True)
class Method:
    """How the noise of a cell follows from the release's secret, the cell's name, and its records. This is the product's way."""

    secret: bytes

    def noise(self, name: str, records: Sequence[UUID]) -> int:
        """The noise of a cell."""
        if not records:
            return NOISE.perturb(perturbation.uniform(self.secret, name, 0, 0))
        labels = np.zeros(len(records), np.int64)
        key = int(perturbation.cell_keys(labels, perturbation.record_keys(self.secret, records), 1)[0])
        return NOISE.perturb(perturbation.uniform(self.secret, name, len(records), key))


@dataclass(frozen=True)
class Nameless(Method):
    """The same records, the same noise: the cell's name is left out."""

    def noise(self, name: str, records: Sequence[UUID]) -> int:
        """The noise of a cell."""
        return super().noise("", records)


@dataclass(frozen=True)
class Textbook(Method):
    """Record keys are numbers of 0..1, and their sum without its whole part goes straight into the table of noise."""

    def noise(self, name: str, records: Sequence[UUID]) -> int:
        """The noise of a cell."""
        return NOISE.perturb(sum(self.share(record) for record in records) % WHOLE)

    def share(self, record: UUID) -> int:
        """The key of a record in 2⁻⁶⁴."""
        return int.from_bytes(hashlib.sha256(self.secret + record.bytes).digest()[:8], "big")


def secret(number: int) -> bytes:
    """A secret for a trial."""
    return hashlib.sha256(b"attack" + number.to_bytes(8, "big")).digest()


def ids(rng: random.Random, number: int) -> list[UUID]:
    """Records."""
    return [UUID(int=rng.getrandbits(128), version=4) for _ in range(number)]


def record(rng: random.Random) -> Record:
    """The codes of a record by chance."""
    return {side: rng.choices(codes, WEIGHTS[: len(codes)])[0] for side, codes in SIDES.items()}


def cells() -> list[Name]:
    """Every cell of every table."""
    found: list[Name] = []
    for table in TABLES:
        names: list[Name] = [()]
        for side in table:
            names = [(*name, (side, code)) for name in names for code in SIDES[side]]
        found.extend(names)
    return found


CELLS = cells()


def cube(method: Method, people: Mapping[UUID, Record]) -> Cube:
    """What a release shows: every cell whose noisy count reaches the threshold."""
    shown = {}
    for name in CELLS:
        inside = [who for who, codes in people.items() if all(codes[side] == code for side, code in name)]
        value = len(inside) + method.noise(repr(name), inside)
        if value >= THRESHOLD:
            shown[name] = value
    return shown


def average(cubes: Iterable[Cube], name: Name) -> float | None:
    """A count from many noisy ones: the cell itself, and every way in which the tables split it, weighed by their noise."""
    values = [
        (sum(each[part] for part in parts), 1 / len(parts))
        for each in cubes
        for parts in splits(dict(name))
        if all(part in each for part in parts)
    ]
    total = sum(weight for _, weight in values)
    return sum(value * weight for value, weight in values) / total if total else None


def splits(fixed: Mapping[str, str]) -> list[list[Name]]:
    """The cell itself, and its cells in every table that has one side more."""
    itself: list[Name] = [tuple(fixed.items())]
    found = [itself]
    for side in SIDES:
        table = tuple(name for name in SIDES if name in fixed or name == side)
        if side not in fixed and table in TABLES:
            found.append([tuple({**{n: fixed.get(n, c) for n in table}}.items()) for c in SIDES[side]])
    return found
