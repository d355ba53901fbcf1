"""Builds of the product with one protection taken away, of a year and a pool that nobody has published: `SPARE`.

A protection is taken away by replacing its function for the time of one test; what the test publishes is undone with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
from django.db import transaction

from cases.statistics.models import PUBLIC
from cases.statistics.protection.audit import Report
from tests.attacks.world import issue

PUBLISHING = "cases.statistics.publishing"
SPARE = ["2010.p1", "2009-2010.p1"]


def publish_spare(year: Sequence[str] = ("gender", "region", "exploitation.form"), pool: Sequence[str] = ()) -> None:
    """Publish the spare year, and the pool that ends with it where it has tables."""
    issue("2010", PUBLIC, year)
    if pool:
        issue("2009-2010", PUBLIC, pool)


@contextmanager
def undone() -> Iterator[None]:
    """What is published within is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def believe(patch: pytest.MonkeyPatch, audience: str = "public") -> None:
    """Let every audit pass, and certify nothing."""

    def audit(**given: Any) -> Report:
        return Report((), {})

    patch.setattr(f"{PUBLISHING}.{audience}.audit", audit)
    patch.setattr(f"{PUBLISHING}.certificates.of_release", lambda *given: {})


def without_complements(patch: pytest.MonkeyPatch) -> None:
    """Hide what the rules hit, and nothing beside it."""

    def suppress(*, hidden: Any, **given: Any) -> frozenset[str]:
        return frozenset(hidden)

    patch.setattr(f"{PUBLISHING}.hiding.suppress", suppress)
    believe(patch)


def without_coalitions(patch: pytest.MonkeyPatch) -> None:
    """No partner's own knowledge counts."""
    patch.setattr(f"{PUBLISHING}.rules.coalition", lambda counts, parts: np.zeros(parts.shape, np.bool_))
    believe(patch)


def without_groups(patch: pytest.MonkeyPatch) -> None:
    """A table may say of a whole group what would harm its members."""
    patch.setattr(f"{PUBLISHING}.rules.group", lambda wholes, parts: np.zeros(parts.shape, np.bool_))


def without_facts(patch: pytest.MonkeyPatch) -> None:
    """What others have published is not looked at."""
    patch.setattr(f"{PUBLISHING}.facts.known", lambda first, last: ())


def without_limits(patch: pytest.MonkeyPatch) -> None:
    """A new vintage at any time, however few records have changed."""
    patch.setattr(f"{PUBLISHING}.vintages.check", lambda *given: None)
    patch.setattr(f"{PUBLISHING}.rules.revised", lambda *given: ())
