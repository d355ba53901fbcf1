"""What an early vintage costs the final one: the share of persons in shown cells of the years whose first count became another."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

from benchmarks.protection import forget, proof_of, staff
from benchmarks.setting import Setting

LOADED = tuple(range(2019, 2024))
# 64 and then 77, 68 and 80, 72 and 73.
YEARS = (2020, 2021, 2022)
TABLES = ("region", "gender", "age_band.age18", "citizenship.continent", "exploitation.form")
TOTAL = ("",)


def main(setting: Setting) -> None:
    """A line for each year and each early vintage. What others published is left out: it came later than the first counts."""
    from django.conf import settings
    from django.db import transaction

    from sandbox.load import load

    forget()
    load(years=LOADED, force=True)
    print("\nA final vintage beside an early one: share of persons in shown cells, by table; — is not offered")
    with (
        tempfile.TemporaryDirectory(prefix="henvis-bench-keys-") as keys,
        patch.object(settings, "HENVIS_KEYS", keys),
        patch("stats.publishing.facts.facts_of_years", lambda first, last: ()),
    ):
        for year in setting.size(YEARS, YEARS[:1]):
            for name, early in (("the total", TOTAL), ("five tables", TABLES)):
                with transaction.atomic():
                    print(f"{year}, {name} in the spring after: {both(year, early)}", flush=True)
                    transaction.set_rollback(True)


def both(year: int, early: Sequence[str]) -> str:
    """Publish an early vintage with some tables, and build the final one; what that shows."""
    from core.text import Text
    from partners.audit import Actor
    from stats.errors import ReleaseRefused
    from stats.models import PUBLIC
    from stats.publishing import build
    from stats.publishing.choice import Choice
    from stats.staff import approval

    by, notes = (
        Actor(user_id=staff("bench-builder").pk),
        Text("Sene afgørelser er med.", "Late decisions are included."),
    )
    common: dict[str, Any] = {"by": by, "period": str(year), "audience": PUBLIC, "change_notes": notes}
    spring, later = datetime(year + 1, 4, 1, tzinfo=UTC), datetime(LOADED[-1] + 1, 9, 1, tzinfo=UTC)
    try:
        first = build.build(**common, choice=Choice.of(early), as_of=spring)
        approval.publish(by=Actor(user_id=staff("bench-approver").pk), release_id=first.release.pk)
        last = build.build(**common, choice=Choice.of(TABLES), as_of=later)
    except ReleaseRefused as refusal:
        return str(refusal)
    return ", ".join(share(each) for each in proof_of(last.release).margins["tables"])


def share(margin: dict[str, Any]) -> str:
    """A table's share in words."""
    part = "hidden" if margin["share"] is None else f"{margin['share']} %"
    return f"{margin['axes'] or 'total'} {part}{'' if margin['offered'] else ' —'}"
