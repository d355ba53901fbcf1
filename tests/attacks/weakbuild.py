"""Builds of the product with one protection taken away, of a year and a pool that nobody has published: `SPARE`.

A protection is taken away by replacing its function for the time of one test; what the test publishes is undone with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
from django.db import transaction

from stats import published
from stats.counting.cube import SEPARATOR
from stats.models import PUBLIC
from stats.protection.audit.auditor import AuditReport
from stats.protection.suppress.complementary import Suppression
from stats.publishing import vintage_changes, vintages
from stats.publishing.cell_noise import code_of
from stats.publishing.cells import TableDraft
from stats.publishing.planning import ReleasePlan
from stats.publishing.sources import ReleaseSource
from tests.attacks.world import issue
from tests.stats.publishing.town import without_gate

PUBLISHING = "stats.publishing"
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

    def audit(**given: Any) -> AuditReport:
        return AuditReport((), {})

    patch.setattr(f"{PUBLISHING}.{audience}.audit", audit)
    patch.setattr(f"{PUBLISHING}.published_bounds.certify_release", lambda *given: {})
    patch.setattr(f"{PUBLISHING}.public.none_determined", lambda tables: True)
    without_gate(patch)


def without_complements(patch: pytest.MonkeyPatch) -> None:
    """Hide what the rules hit, and nothing beside it."""

    def suppress(*, hidden: Any, **given: Any) -> Suppression:
        return Suppression(frozenset(hidden), 0, 0)

    patch.setattr(f"{PUBLISHING}.suppression.suppress", suppress)
    believe(patch)


def without_coalitions(patch: pytest.MonkeyPatch) -> None:
    """No partner's own knowledge counts."""
    patch.setattr(f"{PUBLISHING}.rules.coalition", lambda counts, parts: np.zeros(parts.shape, np.bool_))
    believe(patch)


def without_umbrellas(patch: pytest.MonkeyPatch) -> None:
    """Every partner is taken to know what it knows alone."""
    patch.setattr(f"{PUBLISHING}.inputs.umbrellas_now", frozenset)
    believe(patch)


def without_groups(patch: pytest.MonkeyPatch) -> None:
    """A table may say of a whole group what would harm its members."""
    patch.setattr(f"{PUBLISHING}.rules.group", lambda wholes, parts: np.zeros(parts.shape, np.bool_))


def without_rules(patch: pytest.MonkeyPatch) -> None:
    """Readers do not know the dictionary's rules."""
    patch.setattr(f"{PUBLISHING}.blocks.linking_rules", lambda names: ())


def with_not_known_as_elsewhere(patch: pytest.MonkeyPatch) -> None:
    """Who has a value that is not known has another value than the rest of a group."""
    patch.setattr(f"{PUBLISHING}.rules.substantive_codes", lambda axis: [code.code for code in axis.codes])


def without_facts(patch: pytest.MonkeyPatch) -> None:
    """What others have published is not looked at."""
    patch.setattr(f"{PUBLISHING}.facts.facts_of_years", lambda first, last: ())


def without_sent_abroad(patch: pytest.MonkeyPatch) -> None:
    """The figures that were sent abroad are not registered."""
    patch.setattr(published, "known_figures", lambda: iter(published.FIGURES))


def with_bare_changes(patch: pytest.MonkeyPatch) -> None:
    """The table of changes says of every cell by how much it truly changed."""

    def since_last(plan: ReleasePlan, published: Sequence[TableDraft]) -> vintage_changes.ChangeTables | None:
        before = vintages.last_published(plan.source.audience, plan.source.period, plan.earlier)
        if before is None:
            return None
        return vintage_changes.ChangeTables(before.id, tuple(bare(plan, before, table) for table in published))

    patch.setattr(f"{PUBLISHING}.vintage_changes.changes_since_last", since_last)


def bare(plan: ReleasePlan, before: ReleaseSource, table: TableDraft) -> vintage_changes.ChangeTable:
    """The changes of one table with nothing hidden."""
    was, now = vintage_changes.values_before(before, table), vintage_changes.values_now(table)
    counts = [
        Counter(SEPARATOR.join(code_of(axis, record) for axis in table.table) for record in source.records)
        for source in (before, plan.source)
    ]
    codes = [code for code in now if counts[1][code] != counts[0][code]]
    return vintage_changes.ChangeTable(
        table.axes,
        tuple(codes),
        tuple(was[code] for code in codes),
        tuple(now[code] for code in codes),
        tuple(counts[1][code] - counts[0][code] for code in codes),
    )
