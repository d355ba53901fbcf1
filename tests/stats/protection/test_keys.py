"""Keys: the same persons in the same cell have the same noise, and no other cell tells anything of it."""

from __future__ import annotations

from uuid import UUID

import numpy as np
import pytest

from stats.protection import perturbation
from stats.protection.perturbation import WHOLE, Noise
from stats.protection.space import IntArray

SECRET, OTHER = bytes(range(32)), bytes(range(1, 33))
NOISE = Noise.of(5, 4)


def records(first: int, n: int) -> list[UUID]:
    """Some records."""
    return [UUID(int=number) for number in range(first, first + n)]


def error(cell: str, n: int, key: int, secret: bytes = SECRET) -> int:
    """The noise of a cell."""
    return NOISE.perturb(perturbation.uniform(secret, cell, n, key))


def chi_square(seen: IntArray, expected: np.typing.NDArray[np.float64]) -> float:
    """The statistic of a table of frequencies."""
    return float(((seen - expected) ** 2 / expected).sum())


def test_a_records_key_is_its_own_in_every_release() -> None:
    one, two = records(1, 2)
    assert perturbation.record_key(SECRET, one) == perturbation.record_key(SECRET, one)
    assert (
        len(
            {
                perturbation.record_key(SECRET, one),
                perturbation.record_key(SECRET, two),
                perturbation.record_key(OTHER, one),
            }
        )
        == 3
    )
    assert perturbation.record_keys(SECRET, [two, one]).tolist() == [
        perturbation.record_key(SECRET, two),
        perturbation.record_key(SECRET, one),
    ]


def test_a_cells_key_is_of_its_records_in_any_order() -> None:
    own = perturbation.record_keys(SECRET, records(1, 6))
    labels = np.array([0, 0, 2, 0, 2, 0])
    joint = perturbation.cell_keys(labels, own, 4)
    assert joint[0] == own[0] ^ own[1] ^ own[3] ^ own[5]
    assert joint[[1, 3]].tolist() == [0, 0]
    assert perturbation.cell_keys(labels[::-1], own[::-1], 4).tolist() == joint.tolist()
    assert perturbation.cell_keys(labels[:0], own[:0], 1).tolist() == [0]
    assert perturbation.cell_keys(np.array([0, 1]), own[[0, 0]], 2).tolist() == [own[0], own[0]]


def test_a_record_twice_in_a_cell_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        perturbation.cell_keys(np.array([1, 1]), perturbation.record_keys(SECRET, records(1, 1) * 2), 2)


def test_secrets_are_fresh_committed_to_and_of_32_bytes() -> None:
    assert len(perturbation.new_key()) == 32 and perturbation.new_key() != perturbation.new_key()
    assert perturbation.commitment(SECRET) == "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd"
    assert perturbation.seed(SECRET) != perturbation.seed(OTHER) and 0 <= perturbation.seed(SECRET) < 2**63
    for short in (b"", SECRET[:31], SECRET + b"0"):
        with pytest.raises(ValueError, match="32 bytes"):
            perturbation.commitment(short)


def test_every_part_of_a_cell_changes_its_number() -> None:
    numbers = {
        perturbation.uniform(secret, cell, n, key)
        for secret in (SECRET, OTHER)
        for cell in ("period=2023", "period=2023;gender=F")
        for n in (3, 4)
        for key in (-5, 5)
    }
    assert len(numbers) == 16 and all(0 <= number < WHOLE for number in numbers)


def test_noise_fits_its_distribution_over_100_000_cells() -> None:
    """Ten degrees of freedom: under 29.6 in 999 of 1000."""
    joint = np.random.default_rng(1).integers(-(2**63), 2**63, size=100_000)
    errors = np.array([error(f"cell {n}", 7, key) for n, key in enumerate(joint.tolist())])
    seen = np.bincount(errors + 5, minlength=11)
    assert chi_square(seen, np.array(NOISE.probabilities) * len(errors)) < 29.6


def of_unions(cells: int) -> list[tuple[int, int, int]]:
    """The noise of two disjoint cells and of their union, many times."""
    found = []
    for n in range(cells):
        own = perturbation.record_keys(SECRET, records(10 * n, 10))
        a, b, both = (int(np.bitwise_xor.reduce(part)) for part in (own[:4], own[4:], own))
        found.append((error(f"a{n}", 4, a), error(f"b{n}", 6, b), error(f"both{n}", 10, both)))
    return found


def dependence(pairs: list[tuple[int, int]]) -> float:
    """The statistic of independence of two errors, cut to −2..2: sixteen degrees of freedom, under 39.3 in 999 of 1000."""
    seen = np.zeros((5, 5), dtype=np.int64)
    for one, other in pairs:
        seen[np.clip(one, -2, 2) + 2, np.clip(other, -2, 2) + 2] += 1
    return chi_square(seen, np.outer(seen.sum(1), seen.sum(0)) / seen.sum())


def test_the_noise_of_two_cells_tells_nothing_of_their_union() -> None:
    found = of_unions(8_000)
    assert dependence([(a + b, both) for a, b, both in found]) < 39.3
    assert dependence([(a, both) for a, _, both in found]) < 39.3
    assert dependence([(a, b) for a, b, _ in found]) < 39.3


def test_without_the_second_pass_it_would(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell whose key alone decides, added up over its records, is what the second pass is there for."""

    def plain(_: bytes, __: str, ___: int, key: int) -> int:
        return key % WHOLE

    monkeypatch.setattr(perturbation, "uniform", plain)
    random = np.random.default_rng(1).integers(0, 2**64, size=(8_000, 2), dtype=np.uint64)
    found = [(error("", 0, int(a)), error("", 0, int(b)), error("", 0, int(a) + int(b))) for a, b in random.tolist()]
    assert dependence([(a + b, both) for a, b, both in found]) > 1_000


def test_a_cell_with_its_parents_records_has_noise_of_its_own() -> None:
    """By chance the two agree with probability Σ p² = 0.133."""
    joint = perturbation.record_keys(SECRET, records(1, 5_000))
    same = [error(f"{n}", 4, int(key)) == error(f"{n};child", 4, int(key)) for n, key in enumerate(joint)]
    assert np.mean(same) == pytest.approx(sum(p * p for p in NOISE.probabilities), abs=0.02)
