"""Proposals: every table that might be published, protected as if it came alone, with what a reader would get of it.

A roll-up comes before hiding. So a table of two dimensions is proposed of the finest axes that are offered by themselves and leave
it at most one cell for every T persons. Nothing is stored but the answer to an order of proposals, which has no cell and no figure
but protected ones. A table for authorities is proposed with the noise that it will have: to look twice is not to draw twice.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations, product
from math import prod
from typing import Any

from cases.dimensions import Axis, table_id
from core.text import both, one_of, say
from stats import published, rooms_above
from stats.counting import moments
from stats.counting.build import parse_period
from stats.errors import ReleaseRefused, refuse
from stats.periods import Period
from stats.publishing import build, sources, vintages
from stats.publishing.choice import PROTECTED, THRESHOLD, Choice, Table, most_dimensions
from stats.publishing.inputs import BuildInputs, check_data, check_years, read_inputs
from stats.publishing.intruders import check_size
from stats.publishing.planning import ReleasePlan

FAILED_AUDIT = say(
    "Fortrolighedskontrollen fandt fejl: tabellen kan ikke udgives.",
    "The disclosure check failed: the table cannot be published.",
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A table that might be published. `margins` has its cells, its share and the audit's room; `persons` are those in shown cells.

    Of a table that cannot be published `refusal` says in both languages why, and there are no figures.
    """

    table: Table
    margins: dict[str, Any] | None
    refusal: str = ""
    persons: int = 0

    @property
    def offered(self) -> bool:
        """Whether the table would be offered."""
        return self.own is not None and bool(self.own["offered"])

    @property
    def own(self) -> dict[str, Any] | None:
        """The figures of the table itself: cells shown and hidden, share of persons in shown cells."""
        tables = self.margins["tables"] if self.margins else []
        return next((each for each in tables if each["axes"] == table_id(self.table)), None)

    @property
    def why_refused(self) -> str:
        """Why the table cannot be published, in the language of the reader."""
        return one_of(self.refusal)

    def as_answer(self) -> dict[str, Any]:
        """What an order of proposals keeps of it: protected figures of the table itself, or the refusal."""
        if self.own is None:
            return {"axes": table_id(self.table), "refusal": self.refusal}
        return {**self.own, "persons": self.persons}


def propose(
    *, period: str, audience: str, as_of: datetime | None = None, tell: build.Tell = lambda _: None
) -> tuple[Proposal, ...]:
    """Every table of one axis, then of the offered axes together, up to the dimensions that such a release may have.

    Raises `ReleaseRefused` for a period or an audience that there is not.
    """
    return tuple(start_study(period, audience, as_of, tell).proposals(tell))


def choose(
    *,
    period: str,
    audience: str,
    as_of: datetime | None = None,
    tell: build.Tell = lambda _: None,
    among: Container[str] | None = None,
) -> Choice:
    """Every table that would be offered, in their order, but those that would link more than can be proved together.

    A new vintage has the tables of the last one first. An early one has the total alone beside these. `among`: where it is given,
    no other table comes to these. Raises `ReleaseRefused` where no table is offered.
    """
    study = start_study(period, audience, as_of, tell)
    tables_kept = study.tables_before()
    for proposal in [study.attempt((), tell)] if study.early else study.proposals(tell):
        name = table_id(proposal.table)
        is_wanted = among is None or not name or name in among
        if is_wanted and proposal.offered and study.provable([*tables_kept, name]):
            tables_kept.append(name)
    if not tables_kept:
        raise refuse("Ingen tabel over perioden kan vises.", "No table of this period would be offered.")
    return Choice.of(tables_kept)


def unregistered_years(period: str, as_of: datetime | None = None) -> dict[str, tuple[int, ...]]:
    """By collection abroad, the years whose figures bear on a period, were sent and are no facts here: no audit knows them.

    What was sent from here is drawn from releases, which every audit knows.
    Raises `ReleaseRefused` for a period that there is not.
    """
    first, last = sources.linked_span(parse_period(period), sources.published_ids())
    years, present = range(first.year, last.year + 1), vintages.year_of(moments.moment(as_of))
    return published.years_unregistered(years, present, rooms_above.years_sent())


@dataclass(frozen=True, slots=True)
class Study:
    """The inputs of proposals."""

    audience: str
    period: Period
    moment: datetime
    inputs: BuildInputs

    @property
    def early(self) -> bool:
        """Whether more decisions of the period will come."""
        return vintages.is_early(self.audience, self.period, self.moment)

    def tables_before(self) -> list[str]:
        """The tables of the published vintages: a new one has each of them."""
        before = vintages.vintages_of(self.audience, self.period, self.inputs.earlier)
        return list(dict.fromkeys(table_id(table) for each in before for table in each.choice.tables))

    def proposals(self, tell: build.Tell) -> Iterator[Proposal]:
        """Every proposal, as it is found."""
        single = []
        for axis in PROTECTED.axes.values():
            if axis.level is not None and not rolls_up(axis, self.period):
                continue
            single.append(self.attempt((axis,), tell))
            yield single[-1]
        persons = len(self.inputs.counted_records)
        if most_dimensions(self.audience, self.period, persons) > 1:
            yield from (self.attempt(table, tell) for table in pairs_of(offered_axes(single), persons))

    def plan(self, tables: Iterable[str]) -> ReleasePlan:
        return build.plan_release(
            self.audience, self.period, self.moment, Choice.of(tables), self.inputs, lambda _: None
        )

    def attempt(self, table: Table, tell: build.Tell) -> Proposal:
        """One table as if it came alone."""
        tell(table_id(table))
        try:
            protection = build.protect(self.plan([table_id(table)]))
        except ReleaseRefused as refusal:
            return Proposal(table, None, both(refusal))
        if not protection.passed:
            return Proposal(table, None, both(FAILED_AUDIT))
        persons = sum(sum(each.counts) for each in protection.tables if each.table == table)
        return Proposal(table, protection.margins, persons=persons)

    def provable(self, tables: Iterable[str]) -> bool:
        """Whether tables together link no more than can be proved."""
        plan = self.plan(tables)
        try:
            for block in plan.blocks:
                check_size(plan, block)
        except ReleaseRefused:
            return False
        return True


def start_study(period: str, audience: str, as_of: datetime | None, tell: build.Tell) -> Study:
    """Take the snapshot. Raises `ReleaseRefused` for a period or an audience that there is not."""
    vintages.check_audience(audience)
    of, moment = parse_period(period), moments.moment(as_of)
    moments.wait_for_writers(moment, longest=moments.LONGEST, tell=tell)
    inputs = read_inputs(audience, of, moment)
    check_data(inputs)
    Choice.of([""]).check(audience, of, len(inputs.counted_records))
    vintages.check_pool(audience, of, inputs.earlier)
    check_years(inputs)
    # Figures as of too few changes would tell of these few, whether a draft is made of them or not.
    if (last := vintages.last_published(audience, of, inputs.earlier)) is not None:
        vintages.check_changes(last, moment, inputs.counted_records)
    study = Study(audience, of, moment, inputs)
    if study.early:
        tell(str(vintages.EARLY))
    return study


def rolls_up(axis: Axis, period: Period) -> bool:
    """Whether an axis puts codes together in a period. Until 2026 each region is one area, so that its table would say the same."""
    leaves = axis.base.names
    return any(len({axis.code_of(leaf, month) for leaf in leaves}) < len(leaves) for month in period.months())


def fineness(*axes: Axis) -> int:
    """How many cells a table has at most in which anything can be counted for good: codes that end are none."""
    return prod(sum(code.valid_to is None for code in axis.codes) for axis in axes)


def offered_axes(proposals: Iterable[Proposal]) -> list[list[Axis]]:
    """Of each dimension the axes whose table is offered, that with the most codes first."""
    axes: dict[str, list[Axis]] = {}
    for proposal in proposals:
        (axis,) = proposal.table
        if proposal.offered:
            axes.setdefault(axis.dimension, []).append(axis)
    return [sorted(each, key=fineness, reverse=True) for each in axes.values()]


def pairs_of(axes: Iterable[Sequence[Axis]], persons: int) -> Iterator[Table]:
    """For each two dimensions the finest table of these axes with at most one cell for every T persons; else the coarsest."""
    for one, other in combinations(axes, 2):
        pairs = sorted(product(one, other), key=lambda pair: fineness(*pair), reverse=True)
        yield next((pair for pair in pairs if fineness(*pair) * THRESHOLD <= persons), pairs[-1])
