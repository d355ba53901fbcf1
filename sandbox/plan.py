"""The plan of a sandbox: the number of persons with each outcome, divided into blocks that are written one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sandbox import margins, people
from sandbox.profile import SandboxPerson
from stats import published
from stats.published import FigureKind, FigureUnit

BLOCK = 2_000
TEST_CASES = 12
# Persons assessed for each person identified, as in 2020 and 2021; used where a year's number is not published.
ASSESSED_TO_IDENTIFIED = 2.4
NEVER_ASSESSED, STILL_PENDING = 0.15, 0.06
# A sandbox of any size consists mostly of identified persons, with these shares of others.
OTHERS_AT_SIZE, NEVER_AT_SIZE, PENDING_AT_SIZE = 0.06, 0.03, 0.02


@dataclass(frozen=True, slots=True)
class SandboxBlock:
    """Cases of one year. `exact`: the persons to identify; without them, `identified` persons are drawn from the deck."""

    number: int
    year: int
    identified: int
    exact: Sequence[SandboxPerson] = ()
    late: int = 0
    not_identified: int = 0
    unassessed: int = 0
    pending: int = 0
    test: bool = False

    @property
    def cases(self) -> int:
        """The number of cases that the block opens."""
        return self.identified + self.not_identified + self.unassessed + self.pending


@dataclass(frozen=True, slots=True)
class SandboxPlan:
    """The content of a sandbox."""

    seed: int
    years: tuple[int, ...]
    persons: int
    published: bool
    completions: tuple[margins.Completion, ...] = field(default=())

    def blocks(self) -> Iterator[SandboxBlock]:
        """The blocks in order. The last block is of partners in test mode; its tokens are also those of live cases."""
        live = self._of_published() if self.published else self._at_size()
        number = 0
        for block in live:
            yield block
            number = block.number + 1
        yield SandboxBlock(number, self.years[-1], identified=TEST_CASES - 2, unassessed=2, test=True)

    def _of_published(self) -> Iterator[SandboxBlock]:
        for number, year in enumerate(self.years):
            exact = people.published_people(year, self.seed)
            early = published.total(year, kind=FigureKind.EARLY)
            assessments = published.total(year, measure=FigureUnit.ASSESSED) or round(
                ASSESSED_TO_IDENTIFIED * len(exact)
            )
            yield SandboxBlock(
                number,
                year,
                identified=len(exact),
                exact=exact,
                late=len(exact) - early if early is not None else 0,
                not_identified=assessments - len(exact),
                unassessed=round(NEVER_ASSESSED * assessments),
                pending=round(STILL_PENDING * assessments) if year == self.years[-1] else 0,
            )

    def _at_size(self) -> Iterator[SandboxBlock]:
        number = 0
        for index, year in enumerate(self.years):
            persons_left = share(self.persons, index, len(self.years))
            while persons_left > 0:
                size = min(BLOCK, persons_left)
                yield SandboxBlock(
                    number,
                    year,
                    identified=size,
                    not_identified=round(OTHERS_AT_SIZE * size),
                    unassessed=round(NEVER_AT_SIZE * size),
                    pending=round(PENDING_AT_SIZE * size) if year == self.years[-1] else 0,
                )
                number += 1
                persons_left -= size


def share(whole: int, index: int, parts: int) -> int:
    """The size of one of `parts` parts into which a whole number is divided as evenly as possible."""
    return whole * (index + 1) // parts - whole * index // parts


def of_published_years(seed: int, years: tuple[int, ...]) -> SandboxPlan:
    """A plan of the persons that the centre published for these years."""
    completions = tuple(completion for year in years for completion in margins.completions(year))
    return SandboxPlan(seed, years, sum(margins.total(year) for year in years), published=True, completions=completions)


def of_size(seed: int, persons: int, years: tuple[int, ...]) -> SandboxPlan:
    """A plan of any number of identified persons, divided evenly over the years."""
    return SandboxPlan(seed, years, persons, published=False)
