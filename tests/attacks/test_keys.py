"""Noise: differences between releases (5), averages (7), and what one cell's noise says of another's (21)."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable
from itertools import product

from tests.attacks.cellkeys import (
    CELLS,
    NOISE,
    SIDES,
    Cube,
    Method,
    Nameless,
    Record,
    Textbook,
    average,
    cube,
    ids,
    record,
    secret,
)
from tests.attacks.scores import Report, Score, Scored

PERSONS, TRIALS, YEARS = 150, 40, 60
RECORDS = [dict(zip(SIDES, codes, strict=True)) for codes in product(*SIDES.values())]
# Chi-square with ten degrees of freedom stays under this in 999 of 1,000 cases.
CHI_SQUARE_10 = 29.59


def likely(shift: int, *, contains: bool) -> float:
    """The probability that a cell moves so between two releases whose noise has nothing in common."""
    move = shift - contains
    return sum(
        NOISE.probabilities[v + 5] * NOISE.probabilities[v + move + 5] for v in range(-5, 6) if abs(v + move) <= 5
    )


def same(shift: int, *, contains: bool) -> float:
    """The same where the noise of unchanged cells stays."""
    return likely(shift, contains=True) if contains else (1 - 1e-6 if shift == 0 else 1e-6)


def differencing(before: Cube, after: Cube, chance: Callable[..., float]) -> Record:
    """Whom a new release added, when it added one person: the codes under which the cells move as they did."""
    moves = {name: after[name] - before[name] for name in before.keys() & after.keys()}

    def fits(codes: Record) -> float:
        return sum(
            math.log(chance(move, contains=all(codes[side] == code for side, code in name)) + 1e-12)
            for name, move in moves.items()
        )

    return max(RECORDS, key=fits)


def found(*, stable: bool) -> Score:
    """How often the person is found who came between two releases."""
    hits = 0
    for trial in range(TRIALS):
        rng = random.Random(trial)
        people = {who: record(rng) for who in ids(rng, PERSONS)}
        (new,) = ids(rng, 1)
        more = {**people, new: record(rng)}
        first, second = Method(secret(trial)), Method(secret(trial if stable else 1000 + trial))
        guesses = [differencing(cube(first, people), cube(second, more), chance) for chance in (same, likely)]
        hits += guesses[not stable] == more[new]
    return Score(hits, TRIALS)


def test_5_a_person_who_came_between_two_releases_is_not_found(report: Report) -> None:
    weakened, ours = found(stable=True), found(stable=False)
    report(Scored("5 revision differencing", "persons who came are found", "record keys stay", weakened, ours))
    assert weakened.hits >= 0.8 * TRIALS
    assert ours.hits <= 0.15 * TRIALS


def averaged(vintages: int) -> Score:
    """How many counts an average over decompositions and vintages gives exactly."""
    rng = random.Random(1)
    people = {who: record(rng) for who in ids(rng, PERSONS)}
    cubes = [cube(Method(secret(2000 + n)), people) for n in range(vintages)]
    names = [name for name in CELLS if all(name in each for each in cubes)]
    hits = 0
    for name in names:
        truth = sum(all(codes[side] == code for side, code in name) for codes in people.values())
        guess = average(cubes, name)
        hits += guess is not None and round(guess) == truth
    return Score(hits, len(names))


def test_7_averages_over_decompositions_and_vintages_give_no_count(report: Report) -> None:
    weakened, ours = averaged(YEARS), averaged(2)
    report(Scored("7 averaging", "counts exact", f"{YEARS} vintages, ours at most 2", weakened, ours))
    assert weakened.hits >= 0.9 * weakened.of
    assert ours.hits <= 0.5 * ours.of


def unions(method: Method, pairs: int = 12000) -> Score:
    """Where two disjoint cells both have noise −3, how often the likeliest noise of their union comes."""
    rng = random.Random(3)
    seen: Counter[int] = Counter()
    for n in range(pairs):
        one, two = ids(rng, 3), ids(rng, 4)
        if method.noise(f"A{n}", one) == method.noise(f"B{n}", two) == -3:
            seen[method.noise(f"AB{n}", [*one, *two])] += 1
    return Score(max(seen.values()), seen.total())


def test_21_the_noise_of_two_cells_says_nothing_of_their_union(report: Report) -> None:
    weakened, ours = unions(Textbook(secret(1))), unions(Method(secret(1)))
    report(Scored("21 key hygiene", "noises of a union guessed", "raw sum of keys", weakened, ours))
    assert weakened.hits >= 0.8 * weakened.of
    assert ours.hits <= 0.4 * ours.of


def twins(method: Method, pairs: int = 3000) -> Score:
    """How often two cells of the same persons have the same noise."""
    rng = random.Random(4)
    hits = 0
    for n in range(pairs):
        members = ids(rng, 6)
        hits += method.noise(f"parent {n}", members) == method.noise(f"child {n}", members)
    return Score(hits, pairs)


def test_21_cells_of_the_same_persons_have_noise_of_their_own(report: Report) -> None:
    weakened, ours = twins(Nameless(secret(1))), twins(Method(secret(1)))
    report(Scored("21 same persons", "pairs with the same noise", "no name in the key", weakened, ours))
    assert weakened.hits == weakened.of
    by_chance = sum(p * p for p in NOISE.probabilities)
    assert abs(ours.hits / ours.of - by_chance) < 0.03


def test_21_noise_fits_its_table_over_a_hundred_thousand_cells() -> None:
    rng = random.Random(5)
    method, cells = Method(secret(6)), 100_000
    members = ids(rng, 3)
    seen = Counter(method.noise(f"cell {n}", members[: n % 4]) for n in range(cells))
    expected = [p * cells for p in NOISE.probabilities]
    assert sum((seen[v - 5] - e) ** 2 / e for v, e in enumerate(expected)) < CHI_SQUARE_10
