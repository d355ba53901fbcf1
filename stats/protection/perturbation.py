"""Perturbation: the noise of cells for authorities, and the keys of records and cells that it is a function of.

The same cell of the same persons has the same noise, and no other cell has. The cell key is of Fraser and Wooton (2005), "A
proposed method for confidentialising tabular output to protect against differencing". Theirs is a sum of record keys; ours is
their exclusive or, and it passes through HMAC once more with the cell's name and count. So the noise of two cells tells nothing
of the noise of their union, and a cell of the same persons as its parent has noise of its own. All keys come from one secret of
32 bytes of the release (`k_rel`), by HMAC-SHA256. A record key is a signed number of 64 bits.

The noise is whole numbers from −D to D, symmetric, of variance V, and of the greatest entropy: p(v) = exp(b·v²) / Z. Newton's
method finds b for V. Giessing (2016), "Computational issues in the design of transition probabilities and disclosure risk
estimation for additive noise", chooses by greatest entropy too. It is computed in decimal arithmetic, which rounds alike on
every machine: a rebuild of a release finds the same noise.
"""

from __future__ import annotations

import hmac
import secrets
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from hashlib import sha256
from itertools import accumulate
from uuid import UUID

import numpy as np

from stats.protection.space import IntArray

KEY_BYTES = 32


def new_key() -> bytes:
    """A fresh secret for one release."""
    return secrets.token_bytes(KEY_BYTES)


def record_key(k_rel: bytes, record: UUID) -> int:
    """The key of a record in a release: signed, 64 bits. Raises `ValueError` for a secret that is not of 32 bytes."""
    return int.from_bytes(_digest(k_rel, b"rk" + record.bytes)[:8], "big", signed=True)


def record_keys(k_rel: bytes, records: Iterable[UUID]) -> IntArray:
    """The keys of records, in the order of the records."""
    return np.array([record_key(k_rel, record) for record in records], dtype=np.int64)


def cell_keys(labels: IntArray, keys: IntArray, cells: int) -> IntArray:
    """The key of each of `cells` cells: the exclusive or of the keys of its records, 0 where it has none.

    `labels[i]` is the cell of record i, `keys[i]` its key. Raises `ValueError` where a cell has a record twice: the two
    would cancel out.
    """
    if len(np.unique(np.stack((labels, keys)), axis=1).T) < len(labels):
        raise ValueError("A record is in a cell twice.")
    joint = np.zeros(cells, dtype=np.int64)
    np.bitwise_xor.at(joint, labels, keys)
    return joint


def uniform(k_rel: bytes, cell_id: str, n: int, key: int) -> int:
    """The uniform whole number (64 bits, unsigned) of a cell, by its name, its count and its key."""
    message = b"ck" + cell_id.encode() + b"\0" + n.to_bytes(8, "big") + int(key).to_bytes(8, "big", signed=True)
    return int.from_bytes(_digest(k_rel, message)[:8], "big")


def commitment(k_rel: bytes) -> str:
    """The SHA-256 of a secret, hexadecimal. It may be published: it commits to the secret and does not tell it."""
    return sha256(_check_length(k_rel)).hexdigest()


def seed(k_rel: bytes) -> int:
    """The release's seed for breaking ties (63 bits).

    Without the secret nobody can tell why one cell was hidden and not another.
    """
    return int.from_bytes(_digest(k_rel, b"seed")[:8], "big") >> 1


def _digest(k_rel: bytes, message: bytes) -> bytes:
    return hmac.digest(_check_length(k_rel), message, "sha256")


def _check_length(k_rel: bytes) -> bytes:
    if len(k_rel) != KEY_BYTES:
        raise ValueError("The secret of a release has 32 bytes.")
    return k_rel


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
