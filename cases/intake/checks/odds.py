"""How probable a count is, exactly, by the binomial and the hypergeometric distribution.

Percentages mislead where counts are small: from 2 to 4 is a doubling and says nothing. So two counts are compared by the
conditional test (Przyborowski and Wilenski, Biometrika 31, 1940: given their sum, the one is binomial), and two shares by Fisher's
exact test. A tail is summed from the count outwards, until a term adds nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp, lgamma, log, log1p

SMALLEST = 1e-16


def ways(n: int, k: int) -> float:
    """The logarithm of the number of ways to choose k of n."""
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def add_up(first: float, ratio: Callable[[int], float], start: int, end: int) -> float:
    """A term, and each one after it by the ratio to the one before, up to the end or until they add nothing."""
    total = term = first
    for k in range(start, end):
        term *= ratio(k)
        total += term
        if term < SMALLEST * total:
            break
    return min(total, 1.0)


def at_least(x: int, n: int, share: float) -> float:
    """The chance of x or more of n, each with this chance. 1 where x is not more than expected: nobody asks about that."""
    if x <= n * share:
        return 1.0
    first = exp(ways(n, x) + x * log(share) + (n - x) * log1p(-share)) if share < 1 else 0.0
    return add_up(first, lambda k: (n - k) / (k + 1) * share / (1 - share), x, n)


def as_far_apart(x: int, before: int, share: float = 0.5) -> float:
    """The chance that two counts of equal rates lie as far apart as these, on either side. `share`: the first one's of the time."""
    total = x + before
    upper, lower = at_least(x, total, share), at_least(before, total, 1 - share)
    return min(1.0, 2 * min(upper, lower))


def as_many_marked(x: int, n: int, x_before: int, n_before: int) -> float:
    """The chance of x or more marked ones of n, where the share is that of both groups together (Fisher, one-sided)."""
    marks, everyone = x + x_before, n + n_before
    if x * everyone <= n * marks:
        return 1.0
    first = exp(ways(marks, x) + ways(everyone - marks, n - x) - ways(everyone, n))
    rest = everyone - marks - n
    return add_up(first, lambda k: (marks - k) * (n - k) / ((k + 1) * (rest + k + 1)), x, min(n, marks))
