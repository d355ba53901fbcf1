"""Building a public release: seconds of each step for 1,000 persons, and what a reader gets of the sandbox's published years.

Other programs may be running: the seconds of CPU that this one used stand beside those on the clock.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from benchmarks.releases import empty, truncate
from benchmarks.setting import Setting

if TYPE_CHECKING:
    from cases.statistics.models import Release
    from cases.statistics.publishing.build import BuiltDraft

SIZE, SMALLEST = 1000, 150
YEARS = tuple(range(2019, 2024))
YEAR, POOL = "2023", "2019-2023"
PAIRS = ("gender,exploitation.form", "citizenship.continent,exploitation.form", "gender,citizenship.continent")
TRIPLE = "gender,citizenship.continent,exploitation.form"
# Seed, years, period, tables, seconds at most on a machine that does nothing else.
CASES: tuple[tuple[int, tuple[int, ...], str, tuple[str, ...], int], ...] = (
    (1, (2023,), YEAR, PAIRS, 10),
    (2, YEARS, POOL, PAIRS, 180),
    (3, YEARS, POOL, (TRIPLE,), 180),
    (4, YEARS, POOL, (TRIPLE, "gender,age_band,exploitation.form"), 180),
    (5, YEARS, POOL, ("gender,citizenship,exploitation.form",), 180),
)
CASES_LEAST = ((1, (2023,), YEAR, ("gender",), 10),)


@dataclass
class Watch:
    """Seconds on the clock and of this process, by step; a step within another counts in both."""

    clock: dict[str, float] = field(default_factory=dict)
    cpu: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time what is within."""
        began = time.perf_counter(), time.process_time()
        try:
            yield
        finally:
            self.clock[name] = self.clock.get(name, 0.0) + time.perf_counter() - began[0]
            self.cpu[name] = self.cpu.get(name, 0.0) + time.process_time() - began[1]

    def with_clock(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """A function that times itself."""

        def run(*args: Any, **kwargs: Any) -> Any:
            with self.step(name):
                return function(*args, **kwargs)

        return run


def main(setting: Setting) -> None:
    """Both tables."""
    from django.conf import settings

    with tempfile.TemporaryDirectory(prefix="henvis-bench-keys-") as keys, patch.object(settings, "HENVIS_KEYS", keys):
        print(f"\nPublic release of {setting.size(SIZE, SMALLEST):,} persons: seconds on the clock (of CPU)")
        print(
            f"{'cells':>7}{'rules':>7}{'hidden':>8}{'hiding':>16}{'audit':>16}{'certificate':>16}{'all':>16}{'target':>8}"
        )
        for case in setting.size(CASES, CASES_LEAST):
            one_build(*case, persons=setting.size(SIZE, SMALLEST))
        shares(setting.size(YEARS, YEARS[:1]))


def one_build(
    seed: int, years: tuple[int, ...], period: str, tables: Sequence[str], target: int, *, persons: int
) -> None:
    """Load a sandbox, build the release, print its line."""
    from cases.sandbox.load import load
    from cases.statistics.publishing import certificates, public

    forget()
    load(seed=seed, persons=persons, years=years, force=True)
    supersede(*years)
    watch = Watch()
    steps = (
        (public, "hide_cells", "hiding"),
        (public, "audit_block", "audit"),
        (certificates, "certify_block", "certificate"),
    )
    with watching(watch, steps), watch.step("all"):
        draft = build_draft(period, tables)
    print(f"{period}, {' and '.join(tables)}{'' if draft.passed else ' FAILED'}, load {os.getloadavg()[0]:.1f}")
    proof = proof_of(draft.release)
    tables_of_proof = proof.margins["tables"]
    cells, hidden = (
        sum(each["shown"] + each["hidden"] for each in tables_of_proof),
        sum(each["hidden"] for each in tables_of_proof),
    )
    times = "".join(
        f"{f'{watch.clock.get(name, 0):.1f} ({watch.cpu.get(name, 0):.1f})':>16}"
        for name in ("hiding", "audit", "certificate", "all")
    )
    print(f"{cells:7,}{len(proof.report['primaries']):7,}{hidden:8,}{times}{target:8}", flush=True)


@contextmanager
def watching(watch: Watch, steps: Sequence[tuple[Any, str, str]]) -> Iterator[None]:
    """The steps (module, function, name) time themselves."""
    (module, function, name), *rest = steps
    with patch.object(module, function, watch.with_clock(name, getattr(module, function))):
        if rest:
            with watching(watch, rest):
                yield
        else:
            yield


def shares(years: tuple[int, ...]) -> None:
    """The published years of the sandbox beside all that is known of them, as the demo publishes them: the share of persons."""
    from cases.sandbox.load import load
    from cases.statistics.models import PUBLIC
    from cases.statistics.staff import approval
    from deploy.demo.data import PROTECTED
    from partners.audit import Actor

    forget()
    load(years=years, force=True)
    print("\nThe sandbox's published years: share of persons in shown cells, by table; — is not offered")
    for period, audience, tables in PROTECTED:
        if audience == PUBLIC and {int(period[:4]), int(period[-4:])} <= set(years):
            watch = Watch()
            with watch.step("all"):
                draft = build_draft(period, tables)
            approval.publish(by=Actor(user_id=staff("bench-approver").pk), release_id=draft.release.pk)
            shares_of_tables = (share(each) for each in proof_of(draft.release).margins["tables"])
            print(
                f"{period:10}{watch.clock['all']:6.1f} s ({watch.cpu['all']:.1f})  {', '.join(shares_of_tables)}",
                flush=True,
            )


def share(margin: dict[str, Any]) -> str:
    """A table's share in words."""
    part = "hidden" if margin["share"] is None else f"{margin['share']} %"
    return f"{margin['axes'] or 'total'} {part}{'' if margin['offered'] else ' —'}"


def build_draft(period: str, tables: Sequence[str]) -> BuiltDraft:
    """Build the draft."""
    from cases.statistics.models import PUBLIC
    from cases.statistics.publishing import build
    from cases.statistics.publishing.choice import Choice
    from partners.audit import Actor

    by = Actor(user_id=staff("bench-builder").pk)
    return build.build(by=by, period=period, audience=PUBLIC, choice=Choice.of(tables))


def proof_of(release: Release) -> Any:
    """The proof of a draft."""
    from cases.statistics.models import Proof

    return Proof.objects.get(pk=release.pk)


def staff(name: str) -> Any:
    """A superuser of this database, which is the benchmark's own."""
    from django.contrib.auth import get_user_model

    users = get_user_model().objects
    return users.filter(username=name).first() or users.create_superuser(name, password=None)


def supersede(*years: int) -> None:
    """What is published of the centre's years is not of these persons."""
    from cases.statistics.models import SUPERSEDED, FactDecision
    from cases.statistics.publishing import facts

    facts_known = facts.facts_of_years(years[0], years[-1])
    FactDecision.objects.bulk_create(
        FactDecision(fact=fact.id, decision=SUPERSEDED, reason="Other persons.", user=staff("bench-builder"))
        for fact in facts_known
    )


def forget() -> None:
    """Remove all data, what was counted of them and what was decided about them, past the triggers."""
    empty()
    truncate("statistics_factdecision, statistics_snapshotrecord")
