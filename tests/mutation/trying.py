"""Which mistakes are chosen, which tests are asked about each, and what came of it: kept in a folder, so that one can go on."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from tests.mutation import reach
from tests.mutation.asking import GREEN, TreeRed
from tests.mutation.equivalent import is_noticeable
from tests.mutation.operators import Mutation
from tests.mutation.reach import Reach
from tests.mutation.run import Outcome, Workshop, described
from tests.mutation.targets import Tests, first_tests, further_tests

QUICK = ("tests/sql/test_moments.py",)  # makes the database
AGAIN = 20  # so many mistakes, and the last tests are asked about none: nothing of the mistakes may have stayed
Asked = tuple[Tests, Tests]
Tell = Callable[[str], None]


def chosen(mutations: Iterable[Mutation], seed: int, most: int) -> list[Mutation]:
    """Some mistakes by chance. Where a line changes, or an equivalent is named, all the others are the same."""
    return sorted(mutations, key=lambda each: sha256(f"{seed} {each.name}".encode()).digest())[:most]


@dataclass(frozen=True)
class Kept:
    """What was measured and tried, in a folder. A mistake that was noticed is not tried again; one that survived is."""

    folder: Path

    @property
    def log(self) -> Path:
        """A line for each mistake that was tried."""
        return self.folder / "tried"

    def noticed(self) -> dict[str, Outcome]:
        """What became of those that something noticed, by their names."""
        lines = self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []
        words = [line.split("\t") for line in lines]
        return {name: Outcome(outcome) for outcome, name, *_ in words if outcome != Outcome.SURVIVED}

    def add(self, mutation: Mutation, outcome: Outcome, seconds: float) -> str:
        """The line of a mistake, which is added."""
        line = f"{outcome}\t{mutation.name}\t{seconds:.1f} s\t{described(mutation)}"
        with self.log.open("a", encoding="utf-8") as log:
            print(line, file=log)
        return line

    def reach(self, shop: Workshop, tests: Iterable[str]) -> Reach:
        """Which tests reach a line: measured, if not yet for this tree. Raises `TreeRed`."""
        measured = self.folder / shop.digest()
        if not measured.exists():
            made = measured.with_name("measuring")
            made.mkdir(exist_ok=True)
            shop.measure(sorted(set(tests)), made)
            made.rename(measured)
        return reach.read(measured)


@dataclass(frozen=True)
class Limits:
    """Seconds: `whole` for all mistakes, after which no other is begun; `each` for the tests of one, by what was measured."""

    whole: float
    each: float


def try_all(
    shop: Workshop, mutations: Sequence[Mutation], kept: Kept, limits: Limits, tell: Tell
) -> dict[Mutation, Outcome]:
    """What became of each mistake, until the time is over or Ctrl-C is pressed. Raises `TreeRed`."""
    end, before = time.monotonic() + limits.whole, kept.noticed()
    outcomes = {each: before.get(each.name, Outcome.UNTRIED) for each in mutations}
    outcomes |= {each: Outcome.EQUIVALENT for each in mutations if not is_noticeable(each)}
    rest = [each for each, outcome in outcomes.items() if outcome == Outcome.UNTRIED]
    reached = kept.reach(shop, (test for each in rest for test in (*first_tests(each.path), *further_tests(each.path))))
    asked = {each: asked_about(each, reached, limits.each) for each in rest}
    shop.prepare(QUICK)
    with contextlib.suppress(KeyboardInterrupt), shop.asking.warmed(files(asked.values())) as asking:
        for place, each in enumerate(rest, 1):
            if (begun := time.monotonic()) > end:
                break
            ours = replace(shop, asking=asking) if reached.takes_effect(each) else shop
            outcomes[each] = ours.try_out(each, *asked[each])
            tell(kept.add(each, outcomes[each], time.monotonic() - begun))
            if place % AGAIN == 0 and (answer := asking.about(asked[each][0], None)).status != GREEN:
                raise TreeRed(answer.log)
    return outcomes


def asked_about(mutation: Mutation, reached: Reach, seconds: float) -> Asked:
    """The tests that reach a line, the quickest first; those of the file too where none does, as in SQL."""
    soon, later = reached.asked(mutation, seconds)
    if mutation.line in reached.lines.get(mutation.path, {}):
        return soon, later
    return (*soon, *later), (*first_tests(mutation.path), *(() if soon else further_tests(mutation.path)))


def files(asked: Iterable[Asked]) -> list[str]:
    """The files of tests, without what stands in others."""
    return sorted({test.partition("::")[0] for batches in asked for tests in batches for test in tests})


def conclude(outcomes: Mapping[Mutation, Outcome], tell: Tell) -> int:
    """Say what came of it. 1 where anything survived, else 0."""
    for kind in Outcome:
        tell(f"{sum(outcome == kind for outcome in outcomes.values()):5} {kind}")
    survivors = [mutation for mutation, outcome in outcomes.items() if outcome == Outcome.SURVIVED]
    for mutation in survivors:
        tell(f"No test notices {described(mutation)}")
    return int(bool(survivors))
