"""The leaves of a dataset as of a moment: what each line of a report says, as contributions that bear marks.

A part is at most its whole: of five contacts two were first ones and four were told something. So a line is taken apart into
contributions, each of which bears the *marks* of the measures that count it: two are a contact, first and told; two a contact and
told; one a contact. Which of the four were the two is not known. Here it is the first ones throughout; docs/decisions/0092 says why
it may be.

A report counts in the month of its period's fourth day. So a week is of the month that has its Thursday, as ISO 8601 counts weeks.

What is behind the figures is how many reports came of those that were due, and how many of all know each measure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from cases.services import expectations
from cases.services.content import key_of
from cases.services.expectations import counts_in_sums, words_of
from cases.services.models import CountReport
from cases.services.periods import CountPeriod
from partners.kinds import Mode
from stats.periods import Period
from stats.sums.datasets import SumDataset

THURSDAY = timedelta(days=3)
QUARTER = 3


@dataclass(frozen=True, slots=True)
class CountLeaf:
    """So many contributions (`value`, above 0) in a line of one partner's report, which all bear the same marks.

    `sender`: the partner whose client sent it, which knows it too. `period`: the first day of the report's period. `month`: the
    first day of the month in which it counts. `marks`: the measures that count these contributions. `codes`: those of the line.
    """

    partner: UUID
    sender: UUID
    period: date
    month: date
    marks: tuple[str, ...]
    codes: tuple[str, ...]
    value: int

    @property
    def place(self) -> tuple[UUID, date, tuple[str, ...], tuple[str, ...]]:
        """Where it stands, whatever its number: the same in every vintage."""
        return self.partner, self.period, self.marks, self.codes

    def known_to(self, partners: frozenset[UUID]) -> bool:
        """Whether one of some partners reported it, or sent it for another one."""
        return self.partner in partners or self.sender in partners


@dataclass(frozen=True, slots=True)
class CountSnapshot:
    """What was reported of a period by a moment.

    `reports`: how many reports there are. `knowing`: by measure how many of them know its number in each of their lines.
    """

    leaves: frozenset[CountLeaf]
    reports: int
    knowing: Mapping[str, int]

    @property
    def digest(self) -> str:
        """Equal for equal reports, in any order."""
        lines = sorted(repr(leaf) for leaf in self.leaves)
        return sha256("\n".join([*lines, repr((self.reports, sorted(self.knowing.items())))]).encode()).hexdigest()


def read_snapshot(dataset: SumDataset, period: Period, as_of: datetime) -> CountSnapshot:
    """What live partners had reported of a period by a moment, of the forms that are theirs to report. Two statements."""
    rows = (
        CountReport.objects.as_of(as_of)
        .filter(form=dataset.form.id, partner__mode=str(Mode.LIVE))
        .filter(period__gte=period.first - 2 * THURSDAY, period__lte=last_day(period))
        .values_list("partner_id", "client__partner_id", "period", "content", "partner__kind")
    )
    due = [each for each in rows if period.first <= month_of(each[2]) <= period.last]
    words = words_of({each[0] for each in due}, as_of)
    reports = [
        (partner, sender, first, content)
        for partner, sender, first, content, kind in due
        if counts_in_sums(kind, dataset.form, first, words[partner, dataset.form.id])
    ]
    knowing: Counter[str] = Counter()
    for _, _, first, content in reports:
        knowing.update(measure for measure in dataset.measures if knows(dataset, content, measure, first))
    leaves = (leaf for each in reports for leaf in leaves_of(dataset, *each))
    return CountSnapshot(frozenset(leaves), len(reports), {name: knowing[name] for name in dataset.measures})


def last_day(period: Period) -> date:
    return (period.last + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def month_of(first: date) -> date:
    """The month in which a report counts, by the first day of its period."""
    return (first + THURSDAY).replace(day=1)


def knows(
    dataset: SumDataset, content: Mapping[str, Iterable[Mapping[str, object]]], measure: str, first: date
) -> bool:
    """Whether a report knows a measure in each of its lines. Of what is not counted nothing is missing."""
    if not is_counted(dataset, measure, first):
        return True
    lines = content.get(dataset.table.name)
    return lines is not None and all(line.get(measure) is not None for line in lines)


def is_counted(dataset: SumDataset, measure: str, first: date) -> bool:
    """Whether a report of a period counts: of how it stood at the end, that of the last period of a quarter alone."""
    if not dataset.is_stock(measure):
        return True
    after = CountPeriod(first, dataset.form.period).last + timedelta(days=1)
    return quarter_of(month_of(after)) != quarter_of(month_of(first))


def quarter_of(month: date) -> tuple[int, int]:
    """The year and the quarter of a month, from 0."""
    return month.year, (month.month - 1) // QUARTER


def leaves_of(
    dataset: SumDataset, partner: UUID, sender: UUID, first: date, content: Mapping[str, Iterable[Mapping[str, object]]]
) -> Iterator[CountLeaf]:
    """The leaves of a report: what the numbers of each line come to, taken apart for each group of linked measures."""
    for line in content.get(dataset.table.name) or ():
        codes = tuple(map(str, key_of(dataset.table, line)))
        for group in dataset.linked_measures:
            names = [name for name in group if is_counted(dataset, name, first)]
            numbers = {name: value for name in names if isinstance(value := line.get(name), int)}
            for marks, value in take_apart(numbers):
                yield CountLeaf(partner, sender, first, month_of(first), marks, codes, value)


def take_apart(numbers: Mapping[str, int]) -> Iterator[tuple[tuple[str, ...], int]]:
    """Contributions by their marks, so that each measure counts its number: who bears a mark bears those of all larger numbers."""
    below = 0
    for number in sorted({number for number in numbers.values() if number}):
        yield tuple(name for name, each in numbers.items() if each >= number), number - below
        below = number


WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class SumCoverage:
    """What is behind the figures of a dataset: a function of calendars and blanks, told of the whole dataset and never by name.

    Of `due` reports `came` have come, and `beside` them others that nobody had asked for. `knowing`: by measure how many of all
    these know it in each of their lines. Where it is fewer than expected, each figure is "at least".
    """

    due: int
    came: int
    beside: int
    knowing: dict[str, int]

    @property
    def is_whole(self) -> bool:
        """Whether every expected report has come, and every report knows every number. Of what nobody expects nobody knows."""
        return 0 < self.due <= self.came and all(number == self.came + self.beside for number in self.knowing.values())

    def as_row(self) -> dict[str, Any]:
        """The columns of it as a release stores them."""
        return asdict(self)


def read_coverage(dataset: SumDataset, period: Period, as_of: datetime, snapshot: CountSnapshot) -> SumCoverage:
    """What is behind a snapshot of a period."""
    by_period = expectations.coverage(dataset.form, period.first - WEEK, last_day(period), as_of)
    coverages = [each for at, each in by_period.items() if period.first <= month_of(at.first) <= period.last]
    came = sum(each.reports for each in coverages)
    return SumCoverage(sum(each.partners for each in coverages), came, snapshot.reports - came, dict(snapshot.knowing))
