"""Building a public release: seconds of each step, what hiding costs beside the least, and how near a reader comes to the truth.

Other programs may be running: the seconds of CPU that this one used stand beside those on the clock.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from benchmarks.doubt import ReaderKnowledge, knowledge_of_release, without_symbols
from benchmarks.releases import empty, truncate
from benchmarks.setting import Setting

if TYPE_CHECKING:
    from stats.models import Release
    from stats.protection.suppress.complementary import Suppression
    from stats.publishing.build import BuiltDraft
    from stats.publishing.cells import Symbols
    from stats.publishing.planning import ProtectionResult, ReleasePlan

    ChosenCells = tuple[Suppression, Symbols]

YEARS = tuple(range(2019, 2024))
YEAR, POOL = "2023", "2019-2023"
ONE_WAY = ("gender", "exploitation.form", "citizenship.continent", "age_band.age18", "region")
PAIRS = ("gender,exploitation.form", "citizenship.continent,exploitation.form", "gender,citizenship.continent")
TRIPLE = "gender,citizenship.continent,exploitation.form"
WITH_AGE = "gender,age_band,exploitation.form"
COUNTRIES = "gender,citizenship,exploitation.form"


@dataclass(frozen=True, slots=True)
class SandboxCase:
    """A release of a sandbox of so many persons, and the seconds that it may take on a machine that does nothing else."""

    persons: int
    years: tuple[int, ...]
    period: str
    tables: tuple[str, ...]
    seconds: int


CASES = (
    *(SandboxCase(persons, (2023,), YEAR, ONE_WAY, 2) for persons in (64, 112, 400)),
    SandboxCase(2_000, YEARS, POOL, PAIRS, 10),
    SandboxCase(1_000, YEARS, POOL, (TRIPLE, WITH_AGE), 60),
    SandboxCase(1_000, YEARS, POOL, (COUNTRIES,), 180),
    SandboxCase(10_000, YEARS, POOL, (TRIPLE, WITH_AGE), 60),
)
CASES_LEAST = (SandboxCase(40, (2023,), YEAR, ("gender",), 2),)
SECONDS = {YEAR: 2, POOL: 10}  # of the demo's releases
# What the demo's one-way tables are to reach, facts of others known; and the cost of what is hidden, against the least.
MOST_DOUBT, LEAST_WITHIN, MOST_COST = 0.45, 0.80, 1.02


@dataclass
class Watch:
    """Seconds on the clock and of this process, by step; a step within another counts in both. `gaps`: of each block."""

    clock: dict[str, float] = field(default_factory=dict)
    cpu: dict[str, float] = field(default_factory=dict)
    gaps: list[float] = field(default_factory=list)

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

    def with_gap(self, function: Callable[..., ChosenCells]) -> Callable[..., ChosenCells]:
        """The choice of hidden cells and symbols, whose gap is kept."""

        def run(*args: Any, **kwargs: Any) -> ChosenCells:
            choice, symbols = function(*args, **kwargs)
            self.gaps.append(choice.gap)
            return choice, symbols

        return run

    @property
    def cost(self) -> float:
        """What hiding costs: in no block more than so many times the least. Out of time it may be less, and is not proved."""
        return 1 / (1 - max(self.gaps, default=0.0))


@dataclass(frozen=True)
class MeasuredBuild:
    """A draft, how long it took, and what a reader knows of its tables: where hidden cells are told nothing, and as it is."""

    release: Release
    watch: Watch
    before: dict[str, ReaderKnowledge]
    after: dict[str, ReaderKnowledge]


def main(setting: Setting) -> None:
    """Releases of sandboxes of several sizes; then those of the demo's years, beside all that is known of them."""
    from django.conf import settings

    with tempfile.TemporaryDirectory(prefix="henvis-bench-keys-") as keys, patch.object(settings, "HENVIS_KEYS", keys):
        print("\nPublic releases: seconds on the clock (of CPU), and cost ÷ the least")
        print(f"{'':10}{''.join(f'{name:>16}' for name in STEPS)}{'all':>16}{'at most':>9}{'cost':>7}")
        print(
            "of each table: per cent of persons exact, within 2.5, within 5; and doubt: told nothing, then as it is told"
        )
        for seed, case in enumerate(setting.size(CASES, CASES_LEAST), 1):
            sandbox_release(seed, case)
        demo_releases(setting.size(YEARS, YEARS[:1]))


STEPS = {
    "hiding": "choose_cells_and_symbols",
    "audit": "audit_block",
    "intervals": "bounds_of_blocks",
    "certificate": "certify_block",
}


def sandbox_release(seed: int, case: SandboxCase) -> None:
    """Load a sandbox, build the release, print what was measured."""
    from sandbox.load import load

    forget()
    load(seed=seed, persons=case.persons, years=case.years, force=True)
    supersede(*case.years)
    print(f"\n{case.persons:,} persons, {case.period}, load {os.getloadavg()[0]:.1f}")
    report(measure(case.period, case.tables), case.period, case.seconds)


def demo_releases(years: tuple[int, ...]) -> None:
    """The published years of the sandbox beside all that is known of them, published one after the other as the demo does."""
    from cases.dimensions import table_id
    from deploy.demo.releases import PROTECTED
    from partners.audit import Actor
    from sandbox.load import load
    from stats.models import PUBLIC
    from stats.staff import approval

    forget()
    load(years=years, force=True)
    print("\nThe sandbox's published years, with the facts of others")
    one_way: list[MeasuredBuild] = []
    for period, audience, choice in PROTECTED:
        if audience == PUBLIC and {int(period[:4]), int(period[-4:])} <= set(years):
            build = measure(period, [table_id(each) for each in choice.tables])
            approval.publish(by=Actor(user_id=staff("bench-approver").pk), release_id=build.release.pk)
            report(build, period, SECONDS.get(period, SECONDS[YEAR]))
            one_way += [build] if len(period) == len(YEAR) else []
    before = total(*(build.before for build in one_way))
    after = total(*(build.after for build in one_way))
    print(f"\n{'all one-way tables of the years':44}{before.columns()}  {after.columns()}")
    is_met = after.doubt is not None and after.doubt <= MOST_DOUBT and after.share_within >= LEAST_WITHIN
    print(f"doubt of at most {MOST_DOUBT} and {LEAST_WITHIN:.0%} within 5: {'met' if is_met else 'MISSED'}")


def measure(period: str, tables: Sequence[str]) -> MeasuredBuild:
    """Build a draft, and protect it once more as if hidden cells were told nothing."""
    from stats.publishing import build, public, published_bounds, suppression

    watch, results = Watch(), list[tuple[Any, Any]]()
    protect = build.protect

    def protect_and_keep(plan: ReleasePlan) -> ProtectionResult:
        protection = protect(plan)
        results.append((plan, protection))
        return protection

    modules = (suppression, public, published_bounds, published_bounds)
    steps = [(module, name, step) for module, (step, name) in zip(modules, STEPS.items(), strict=True)]
    with (
        patch.object(suppression, "choose_cells_and_symbols", watch.with_gap(suppression.choose_cells_and_symbols)),
        patch.object(build, "protect", protect_and_keep),
        watching(watch, steps),
        watch.step("all"),
    ):
        draft = build_draft(period, tables)
    ((plan, protection),) = results
    with without_symbols():
        untold = protect(plan)
    if not (draft.passed and untold.passed):
        raise SystemExit(f"{draft.release.pk} failed its audit")
    return MeasuredBuild(
        draft.release, watch, knowledge_of_release(plan, untold), knowledge_of_release(plan, protection)
    )


def report(build: MeasuredBuild, period: str, seconds: int) -> None:
    """Print what was measured of one release: its times and cost, and a line for each table."""
    watch = build.watch
    times = "".join(f"{f'{watch.clock[name]:.1f} ({watch.cpu[name]:.1f})':>16}" for name in (*STEPS, "all"))
    remarks = [
        *(["LATE"] if watch.cpu["all"] > seconds else []),
        *(["NOT PROVED"] if watch.cost > MOST_COST else []),
    ]
    print(f"{period:10}{times}{seconds:9}{watch.cost:7.3f}  {' '.join(remarks)}".rstrip())
    margins = {each["axes"]: each for each in proof_of(build.release).margins["tables"]}
    for axes, after in build.after.items():
        print(f"{name_of(margins[axes]):44}{build.before[axes].columns()}  {after.columns()}", flush=True)


def name_of(margin: Mapping[str, Any]) -> str:
    """A table with its symbol; in brackets where it is not offered."""
    name = margin["axes"] if margin["symbol"] is None else f"{margin['axes']} 0–{margin['symbol']}"
    return name if margin["offered"] else f"({name})"


def share(margin: Mapping[str, Any]) -> str:
    """A table's share in words."""
    part = "hidden" if margin["share"] is None else f"{margin['share']} %"
    return f"{margin['axes'] or 'total'} {part}{'' if margin['offered'] else ' —'}"


def total(*tables: Mapping[str, ReaderKnowledge]) -> ReaderKnowledge:
    """What is known of all these tables together."""
    return reduce(add, (each for by_name in tables for each in by_name.values()), ReaderKnowledge())


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


def build_draft(period: str, tables: Sequence[str]) -> BuiltDraft:
    from partners.audit import Actor
    from stats.models import PUBLIC
    from stats.publishing import build
    from stats.publishing.choice import Choice

    by = Actor(user_id=staff("bench-builder").pk)
    return build.build(by=by, period=period, audience=PUBLIC, choice=Choice.of(tables))


def proof_of(release: Release) -> Any:
    from stats.models import Proof

    return Proof.objects.get(pk=release.pk)


def staff(name: str) -> Any:
    """A superuser of this database, which is the benchmark's own."""
    from django.contrib.auth import get_user_model

    users = get_user_model().objects
    return users.filter(username=name).first() or users.create_superuser(name, password=None)


def supersede(*years: int) -> None:
    """What is published of the centre's years is not of these persons."""
    from stats.models import CONFIRMED, SUPERSEDED, FactDecision, FactDecisionEnd
    from stats.publishing import facts

    facts_known = facts.facts_of_years(years[0], years[-1])
    decisions = FactDecision.objects.bulk_create(
        FactDecision(fact=fact.id, decision=SUPERSEDED, reason="It counts other persons.", user=staff("bench-builder"))
        for fact in facts_known
    )
    FactDecisionEnd.objects.bulk_create(
        FactDecisionEnd(decision=each, outcome=CONFIRMED, user=staff("bench-approver")) for each in decisions
    )


def forget() -> None:
    """Remove all data, what was counted of them and what was decided about them, past the triggers."""
    empty()
    truncate("statistics_factdecision, statistics_factdecisionend, statistics_snapshotrecord")
