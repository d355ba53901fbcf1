"""Loading synthetic data: the centre's published years exactly, or any number of similar persons. See docs/sandbox.md.

The plan is the number of persons with each outcome, divided into blocks that are written one by one. No record describes a real
person. A sandbox is a function of its seed, except for the ids of partners and clients.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection, transaction

from partners import audit
from partners.models import Client
from sandbox import database, decks, margins, organisations, people
from sandbox.chance import Tokens, stream
from sandbox.counts import reports
from sandbox.database import LOAD_ACTION, SandboxRefused, check_database, check_size
from sandbox.margins import Completion
from sandbox.organisations import SandboxRole
from sandbox.profile import SandboxPerson
from sandbox.rows import Desk, Rows, number_of_month
from sandbox.story import Story
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


__all__ = ["DEFAULT_SEED", "SandboxRefused", "SandboxSummary", "load"]

DEFAULT_SEED = 2023
Progress = Callable[[int, int], None]
Desks = Mapping[SandboxRole, Desk]


@dataclass(slots=True)
class SandboxSummary:
    """The result of loading. `completions` are numbers that no source gives.

    `referrals`, `assessments` and `reports` (of counts) count versions.
    """

    seed: int
    years: tuple[int, ...]
    persons: int
    completions: tuple[Completion, ...]
    cases: int = 0
    referrals: int = 0
    assessments: int = 0
    reports: int = 0
    seconds: float = 0.0
    clients: Mapping[str, str] = field(default_factory=dict)


def load(
    *,
    seed: int = DEFAULT_SEED,
    persons: int | None = None,
    years: tuple[int, ...] | None = None,
    force: bool = False,
    progress: Progress | None = None,
) -> SandboxSummary:
    """Load a sandbox in one transaction: the published years, or `persons` identified persons over `years`.

    `progress(persons written, persons in all)` is called after each block. Raises `SandboxRefused` before anything is written.
    """
    began = time.monotonic()
    chosen_years = tuple(sorted(set(published.YEARS if years is None else years)))
    check_size(persons, chosen_years)
    plan_drawn = of_published_years(seed, chosen_years) if persons is None else of_size(seed, persons, chosen_years)
    summary = SandboxSummary(seed, chosen_years, plan_drawn.persons, plan_drawn.completions)
    with transaction.atomic():
        check_database(seed=seed, force=force)
        live, test = organisations.establish(organisations.LIVE), organisations.establish(organisations.TEST)
        _write(plan_drawn, _desks(live), _desks(test), summary, progress)
        summary.clients = {str(client.partner): client.client_id for client in (*live.values(), *test.values())}
        audit.record(
            by=audit.COMMAND,
            action=LOAD_ACTION,
            subject=str(seed),
            persons=plan_drawn.persons,
            years=list(chosen_years),
        )
    summary.seconds = time.monotonic() - began
    return summary


def _write(
    plan_drawn: SandboxPlan, live: Desks, test: Desks, summary: SandboxSummary, progress: Progress | None
) -> None:
    persons_written = 0

    def count(rows: Rows) -> None:
        nonlocal persons_written
        persons_written += rows.persons
        summary.cases += len(rows.cases)
        summary.referrals += len(rows.referrals)
        summary.assessments += len(rows.assessments)
        if progress is not None:
            progress(persons_written, summary.persons)

    with connection.cursor() as cursor:
        # Checked block by block; deferred, they would pile up in memory until the end.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with database.backdating():
            database.write(rows_of_plan(plan_drawn, live, test), count)
            if plan_drawn.published:
                lines = [*lines_of_reports(plan_drawn, live)]
                database.write_reports(lines)
                summary.reports = len(lines)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("ANALYZE cases_case, cases_referral, cases_assessment, services_countreport")


def rows_of_plan(plan_drawn: SandboxPlan, live: Desks, test: Desks) -> Iterator[Rows]:
    """The rows of a plan, block by block: a pure function of the plan and the desks."""
    all_decks, tokens = decks.make_decks(plan_drawn.seed), Tokens(plan_drawn.seed)
    deck = people.deck(plan_drawn.years, plan_drawn.seed)
    suspects = people.suspects(deck, plan_drawn.seed)
    last_month = number_of_month(plan_drawn.years[-1], 11)
    first = 0
    for block in plan_drawn.blocks():
        rng = stream(plan_drawn.seed, block.number)
        desks = test if block.test else live
        story = Story(
            desks,
            all_decks,
            tokens,
            rng,
            last_month=last_month,
            persons=0 if block.test else block.identified,
            test=block.test,
        )
        _write_block(story, block, deck, suspects, 0 if block.test else first)
        first += block.cases
        yield story.rows


def lines_of_reports(plan_drawn: SandboxPlan, live: Desks) -> Iterator[str]:
    """The count reports of the published years, as COPY reads them."""
    rng = stream(plan_drawn.seed, "reports")
    for report in reports.reports(plan_drawn.years, plan_drawn.seed):
        yield from reports.lines_to_copy(report, live[report.role], rng)


def _write_block(
    story: Story, block: SandboxBlock, deck: list[SandboxPerson], suspects: list[SandboxPerson], first: int
) -> None:
    months_of_persons = block.exact or story.rng.choices(deck, k=block.identified)
    others = story.rng.choices(suspects, k=block.cases - block.identified)
    for number, person in enumerate(months_of_persons):
        story.write_identified(person, first + number, block.year, late=number < block.late)
    fates = (
        *[story.not_identified] * block.not_identified,
        *[story.write_unassessed] * block.unassessed,
        *[story.pending] * block.pending,
    )
    for number, (fate, person) in enumerate(zip(fates, others, strict=True), start=first + len(months_of_persons)):
        fate(person, number, block.year)


def _desks(clients: Mapping[SandboxRole, Client]) -> Desks:
    return {role: Desk(str(client.partner_id), f"{client.partner_id}\t{client.pk}") for role, client in clients.items()}
