"""The noise: the design's numbers, entropy, and how uniform numbers become noise."""

from __future__ import annotations

from itertools import pairwise
from math import exp

import pytest

from stats.protection.perturbation import WHOLE, Noise

# The design's own numbers.
DESIGN = {
    (5, 4): (-0.117689, (0.194923, 0.173281, 0.121735, 0.067586, 0.029653, 0.010282)),
    (7, 6): (-0.081343, (0.161285, 0.148685, 0.116490, 0.077563, 0.043890, 0.021107, 0.008626, 0.002996)),
}


@pytest.mark.parametrize(("parameters", "numbers"), DESIGN.items())
def test_the_numbers_of_the_design(parameters: tuple[int, int], numbers: tuple[float, tuple[float, ...]]) -> None:
    noise = Noise.of(*parameters)
    assert noise.b == pytest.approx(numbers[0], abs=1e-6)
    assert noise.probabilities[noise.deviation :] == pytest.approx(numbers[1], abs=1e-6)


@pytest.mark.parametrize(("deviation", "variance"), [(2, 1), (2, 2), (5, 4), (5, 10), (7, 6), (20, 1), (30, 200)])
def test_mean_variance_symmetry_and_shape(deviation: int, variance: int) -> None:
    noise = Noise.of(deviation, variance)
    values = range(-deviation, deviation + 1)
    assert sum(noise.probabilities) == pytest.approx(1)
    assert sum(v * p for v, p in zip(values, noise.probabilities, strict=True)) == pytest.approx(0, abs=1e-12)
    assert sum(v * v * p for v, p in zip(values, noise.probabilities, strict=True)) == pytest.approx(variance)
    assert noise.probabilities == noise.probabilities[::-1]
    odds = [exp(noise.b * v * v) for v in values]
    assert noise.probabilities == pytest.approx([each / sum(odds) for each in odds])


def test_a_uniform_number_becomes_the_least_noise_whose_threshold_it_is_under() -> None:
    noise = Noise.of(5, 4)
    assert noise.perturb(0) == -5 and noise.perturb(WHOLE - 1) == 5
    for below, (first, after) in enumerate(pairwise((0, *noise.thresholds)), start=-5):
        assert noise.perturb(first) == noise.perturb(after - 1) == below
    assert noise.thresholds[-1] == WHOLE
    assert noise.thresholds[0] == pytest.approx(noise.probabilities[0] * WHOLE)


@pytest.mark.parametrize("uniform", [-1, WHOLE])
def test_a_number_of_more_than_64_bits_is_refused(uniform: int) -> None:
    with pytest.raises(ValueError, match="64 bits"):
        Noise.of(5, 4).perturb(uniform)


@pytest.mark.parametrize(("deviation", "variance"), [(0, 0), (1, 1), (5, 0), (5, -1), (5, 11), (-5, 4)])
def test_noise_that_there_is_not_is_refused(deviation: int, variance: int) -> None:
    with pytest.raises(ValueError, match="variance"):
        Noise.of(deviation, variance)
