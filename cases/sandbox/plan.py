"""How many persons of which fate a sandbox has, divided into blocks that are told one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cases import published
from cases.published import FigureKind, FigureUnit
from cases.sandbox import margins, people
from cases.sandbox.profile import SandboxPerson

BLOCK = 2_000
TEST_CASES = 12
# Where a year's number of persons assessed is not published: as many to one identified as in 2020 and 2021.
ASSESSED_TO_IDENTIFIED = 2.4
NEVER_ASSESSED, STILL_PENDING = 0.15, 0.06
# A sandbox of any size keeps to the referrals of the identified, with some others among them.
OTHERS_AT_SIZE, NEVER_AT_SIZE, PENDING_AT_SIZE = 0.06, 0.03, 0.02


@dataclass(frozen=True, slots=True)
class SandboxBlock:
    """Cases of one year. `exact` are the persons to identify; without them `identified` persons are drawn from the deck."""

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
        """How many cases the block opens."""
        return self.identified + self.not_identified + self.unassessed + self.pending


@dataclass(frozen=True, slots=True)
class SandboxPlan:
    """What a sandbox will hold."""

    seed: int
    years: tuple[int, ...]
    persons: int
    published: bool
    completions: tuple[margins.Completion, ...] = field(default=())

    def blocks(self) -> Iterator[SandboxBlock]:
        """The blocks in order; the last one is of partners in test mode, with tokens that live cases have too."""
        told = self._published() if self.published else self._at_size()
        number = 0
        for block in told:
            yield block
            number = block.number + 1
        yield SandboxBlock(number, self.years[-1], identified=TEST_CASES - 2, unassessed=2, test=True)

    def _published(self) -> Iterator[SandboxBlock]:
        for number, year in enumerate(self.years):
            exact = people.published_people(year, self.seed)
            early = published.total(year, kind=FigureKind.EARLY)
            assessed = published.total(year, measure=FigureUnit.ASSESSED) or round(ASSESSED_TO_IDENTIFIED * len(exact))
            yield SandboxBlock(
                number,
                year,
                identified=len(exact),
                exact=exact,
                late=len(exact) - early if early is not None else 0,
                not_identified=assessed - len(exact),
                unassessed=round(NEVER_ASSESSED * assessed),
                pending=round(STILL_PENDING * assessed) if year == self.years[-1] else 0,
            )

    def _at_size(self) -> Iterator[SandboxBlock]:
        number = 0
        for index, year in enumerate(self.years):
            left = share(self.persons, index, len(self.years))
            while left > 0:
                size = min(BLOCK, left)
                yield SandboxBlock(
                    number,
                    year,
                    identified=size,
                    not_identified=round(OTHERS_AT_SIZE * size),
                    unassessed=round(NEVER_AT_SIZE * size),
                    pending=round(PENDING_AT_SIZE * size) if year == self.years[-1] else 0,
                )
                number += 1
                left -= size


def share(whole: int, index: int, parts: int) -> int:
    """The size of one of the parts that a whole number is divided into as evenly as can be."""
    return whole * (index + 1) // parts - whole * index // parts


def of_published_years(seed: int, years: tuple[int, ...]) -> SandboxPlan:
    """The persons that the centre has published for these years."""
    completed = tuple(completion for year in years for completion in margins.completions(year))
    return SandboxPlan(seed, years, sum(margins.total(year) for year in years), published=True, completions=completed)


def of_size(seed: int, persons: int, years: tuple[int, ...]) -> SandboxPlan:
    """Any number of identified persons, divided evenly over the years."""
    return SandboxPlan(seed, years, persons, published=False)
