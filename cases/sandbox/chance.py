"""Chance that can be repeated: every draw of the sandbox comes from a stream that its seed and a name determine."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

Weights = Mapping[str, float]


def stream(seed: int, *names: object) -> Random:
    """The stream of random numbers with this name. Nothing secret is drawn from it."""
    return Random("/".join(map(str, (seed, *names))))  # noqa: S311


def draw(weights: Weights, rng: Random) -> str:
    """One code by weight."""
    return rng.choices(tuple(weights), tuple(weights.values()))[0]


def draw_set(codes: tuple[str, ...], most: int, rng: Random) -> str:
    """A set as an array's text: not asked, known none, or up to `most` codes, sorted."""
    count = rng.randint(-1, most)
    return "{_N}" if count < 0 else f"{{{','.join(sorted(rng.sample(codes, count)))}}}"
