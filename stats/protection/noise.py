"""The noise of cells for authorities: whole numbers from −D to D, symmetric, of variance V, and of the greatest entropy.

The distribution is p(v) = exp(b·v²) / Z. Newton's method finds b for V. Giessing (2016), "Computational issues in the design of
transition probabilities and disclosure risk estimation for additive noise", chooses by greatest entropy too. It is computed in
decimal arithmetic, which rounds alike on every machine: a rebuild of a release finds the same noise.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from itertools import accumulate

WHOLE = 2**64  # a uniform number is a whole number under this
_DIGITS, _CLOSE = 50, Decimal("1e-30")


@dataclass(frozen=True, slots=True)
class Noise:
    """A distribution of noise. `probabilities[v + D]` is p(v); `thresholds[v + D]` is F(v)·2⁶⁴ as a whole number."""

    deviation: int
    variance: int
    b: float
    probabilities: tuple[float, ...]
    thresholds: tuple[int, ...]

    @classmethod
    def of(cls, deviation: int, variance: int) -> Noise:
        """The noise of at most `deviation` either way, with this variance.

        Raises `ValueError` for a variance that is not above 0 or is above D(D+1)/3: with more than
        that, the variance of even odds, the largest deviations would be likelier than none.
        """
        if deviation < 1 or not 0 < 3 * variance <= deviation * (deviation + 1):
            raise ValueError("The variance is above 0 and at most D(D+1)/3.")
        with localcontext(Context(prec=_DIGITS)):
            b = _exponent(deviation, variance)
            odds = _odds(deviation, b)
            below = [round(part * WHOLE) for part in accumulate(odds)]
        return cls(deviation, variance, float(b), tuple(map(float, odds)), (*below[:-1], WHOLE))

    def perturb(self, uniform: int) -> int:
        """The noise of a uniform whole number u of 0..2⁶⁴−1: the least v with u < F(v)·2⁶⁴. Raises `ValueError` for another u."""
        if not 0 <= uniform < WHOLE:
            raise ValueError("A uniform number is a whole number of 64 bits, unsigned.")
        return bisect_right(self.thresholds, uniform) - self.deviation


def _odds(deviation: int, b: Decimal) -> list[Decimal]:
    weights = [(b * v * v).exp() for v in range(-deviation, deviation + 1)]
    total = sum(weights)
    return [weight / total for weight in weights]


def _exponent(deviation: int, variance: int) -> Decimal:
    """The b at which E(v²) is the variance. E(v²) is convex, so Newton's steps from b = 0 come down to it without passing it."""
    b, step = Decimal(0), Decimal(1)
    squares = [v * v for v in range(-deviation, deviation + 1)]
    while abs(step) > _CLOSE:
        odds = _odds(deviation, b)
        second = sum((p * square for p, square in zip(odds, squares, strict=True)), Decimal(0))
        fourth = sum((p * square * square for p, square in zip(odds, squares, strict=True)), Decimal(0))
        step = (second - variance) / (fourth - second * second)
        b -= step
    return b
