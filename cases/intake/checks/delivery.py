"""The checks of a whole delivery, beside what the same partner has reported before: its tally, and how probable its counts are.

A period is a year of referral. A delivery with fewer than `LEAST` rows of each year is taken as a whole; of one with fewer
altogether only the months are looked at. A difference counts where chance alone would make it in fewer than one of a thousand
deliveries (`RARELY`), and where it is large enough to matter. A period of which every row is stored already as it is is asked
nothing: it changes nothing. docs/deliveries.md gives the reasons.

Percentages mislead where counts are small: from 2 to 4 is a doubling and says nothing. So two counts are compared by the
conditional test (Przyborowski and Wilenski, Biometrika 31, 1940: given their sum, the one is binomial), and two shares by Fisher's
exact test. A tail is summed from the count outwards, until a term adds nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from math import exp, lgamma, log, log1p
from uuid import UUID

from cases import dictionary as d
from cases.codelists.types import NOT_ASKED, UNKNOWN
from cases.fields import CodedField, CodeSetField
from cases.intake.checks.content import MONTH_PLACE, Parts, delivery_digest, parts_of
from cases.intake.checks.counts import MASK, History, YearTally
from cases.intake.findings import Finding
from cases.months import later, month_id, span, this_month
from cases.rules import UNINFORMATIVE, Values

SMALLEST = 1e-16


def ways(n: int, k: int) -> float:
    """The logarithm of the number of ways to choose k of n."""
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def add_up(first: float, ratio: Callable[[int], float], start: int, end: int) -> float:
    """A term, and each one after it by the ratio to the one before, up to the end or until they add nothing."""
    total = term = first
    for k in range(start, end):
        term *= ratio(k)
        total += term
        if term < SMALLEST * total:
            break
    return min(total, 1.0)


def at_least(x: int, n: int, share: float) -> float:
    """The chance of x or more of n, each with this chance. 1 where x is not more than expected: nobody asks about that."""
    if x <= n * share:
        return 1.0
    first = exp(ways(n, x) + x * log(share) + (n - x) * log1p(-share)) if share < 1 else 0.0
    return add_up(first, lambda k: (n - k) / (k + 1) * share / (1 - share), x, n)


def as_far_apart(x: int, before: int, share: float = 0.5) -> float:
    """The chance that two counts of equal rates lie as far apart as these, on either side. `share`: the first one's of the time."""
    total = x + before
    upper, lower = at_least(x, total, share), at_least(before, total, 1 - share)
    return min(1.0, 2 * min(upper, lower))


def as_many_marked(x: int, n: int, x_before: int, n_before: int) -> float:
    """The chance of x or more marked ones of n, where the share is that of both groups together (Fisher, one-sided)."""
    marks, everyone = x + x_before, n + n_before
    if x * everyone <= n * marks:
        return 1.0
    first = exp(ways(marks, x) + ways(everyone - marks, n - x) - ways(everyone, n))
    rest = everyone - marks - n
    return add_up(first, lambda k: (marks - k) * (n - k) / ((k + 1) * (rest + k + 1)), x, min(n, marks))


LEAST = 20
RARELY = 0.001
# A share that is higher by less than this is no change that anybody has to explain.
HIGHER_BY = 0.2
# A count that is less than half as large again, or less than a third smaller, likewise.
TIMES = 1.5
MOST_MONTHS = 24
LEAST_REPEATS, SHARE_OF_REPEATS = 10, 0.1
# What varies among twenty persons, whoever refers them. Of other fields only the partner's own referrals say whether they vary.
ALWAYS_VARY = frozenset({d.AGE_BAND.name, d.CITIZENSHIP.name})
MINORS_ALONE = frozenset({d.UNACCOMPANIED_MINOR.name, d.GUARDIAN_ASSIGNED.name})

HIGH, ROSE, ONE, JUMP = "unknown_share_high", "unknown_share_rose", "one_value", "count_jump"
MISSING, EMPTY, REPEATS = "month_missing", "month_empty", "rows_identical"
DELIVERY_CHECKS = (HIGH, ROSE, ONE, JUMP, MISSING, EMPTY, REPEATS)


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is looked at together: a year or a whole delivery, and the values of the year before it, of the same partner."""

    period: str | None
    tally: YearTally
    before: Mapping[str, Mapping[str, int]]

    def unknown(self, name: str) -> tuple[int, int, int, int]:
        """How many of how many do not say: here, and the year before."""
        counts, earlier = self.tally.values[name], self.before.get(name, {})
        return (
            sum(counts[code] for code in (UNKNOWN, NOT_ASKED)),
            self.tally.rows,
            sum(earlier.get(code, 0) for code in (UNKNOWN, NOT_ASKED)),
            sum(earlier.values()),
        )


def findings(years: Mapping[int, YearTally], history: History) -> Iterator[Finding]:
    """Every finding of a delivery, whose years have counted all of their rows."""
    for stretch in stretches(years, history):
        yield from of_values(stretch)
        if stretch.tally.repeats >= max(LEAST_REPEATS, SHARE_OF_REPEATS * stretch.tally.rows):
            yield Finding(REPEATS, period=stretch.period)
    yield from of_counts(years, history)
    yield from of_months(years, history)


def stretches(years: Mapping[int, YearTally], history: History) -> Iterator[Stretch]:
    """The years with enough rows; where none has, the whole delivery, if that has enough. Each where something of it changes."""
    large = [year for year in sorted(years) if years[year].rows >= LEAST]
    for year in large:
        if years[year].changes:
            yield Stretch(str(year), years[year], history.values.get(year - 1, {}))
    if not large and changes_anything(years) and sum(year.rows for year in years.values()) >= LEAST:
        together = YearTally()
        for year_tally in years.values():
            together.merge(year_tally)
        yield Stretch(None, together, history.values.get(min(years) - 1, {}))


def changes_anything(years: Mapping[int, YearTally]) -> bool:
    """Whether a row of the delivery is not stored already as it is."""
    return any(year.changes for year in years.values())


def of_values(stretch: Stretch) -> Iterator[Finding]:
    """What the values of a field say over many rows: too much that is not known, or one value alone."""
    for each in d.REFERRAL:
        if isinstance(each, CodedField | CodeSetField):
            rule = unknown_rule(stretch, each) or one_value_rule(stretch, each)
            if rule:
                yield Finding(rule, each.name, period=stretch.period)


def unknown_rule(stretch: Stretch, field: CodedField | CodeSetField) -> str | None:
    """The rule on what is not known that a field breaks, if any. Fields for minors alone are rarely asked about."""
    if field.name in MINORS_ALONE:
        return None
    x, n, x_before, n_before = stretch.unknown(field.name)
    has_risen = n_before >= LEAST and x / n - x_before / n_before >= HIGHER_BY
    if has_risen and as_many_marked(x, n, x_before, n_before) < RARELY:
        return ROSE
    return HIGH if field.required and at_least(x, n, 0.5) < RARELY else None


def one_value_rule(stretch: Stretch, field: CodedField | CodeSetField) -> str | None:
    """The rule that a field varies, where all rows have one value, and that is no chance by what the partner reported before."""
    counts = stretch.tally.values[field.name]
    if len(counts) != 1:
        return None
    (value,) = counts
    earlier = stretch.before.get(field.name, {})
    total = sum(earlier.values())
    if value in UNINFORMATIVE:
        return None
    if total < LEAST:
        return ONE if field.name in ALWAYS_VARY else None
    # One of each kind more, so that what never occurred is rare and not impossible.
    share = (earlier.get(value, 0) + 1) / (total + 2)
    return ONE if share**stretch.tally.rows < RARELY else None


def of_counts(years: Mapping[int, YearTally], history: History) -> Iterator[Finding]:
    """The count of each year against that of the same months of the year before, as far as the partner reported then.

    The present month is not over, so it is left out.
    """
    first = min((*history.months, *(month for year in years.values() for month in year.months)), default=date.max)
    for year in sorted(years):
        months = [each for each in span(*ends(years[year])) if each < this_month() and first <= later(each, -12)]
        if not months or not years[year].changes or years[year].rows < LEAST:
            continue
        count = total_of(months, years, history)
        before = total_of([later(month, -12) for month in months], years, history)
        is_far = count >= TIMES * before or before >= TIMES * count
        if is_far and as_far_apart(count, before) < RARELY:
            yield Finding(JUMP, period=str(year))


def of_months(years: Mapping[int, YearTally], history: History) -> Iterator[Finding]:
    """Months without a referral between the first and the last one of a delivery that changes anything."""
    every = sorted(month for year in years.values() for month in year.months)
    if every and changes_anything(years):
        months = span(every[0], every[-1])
        empty = [m for m in months if m not in history.nil and not total_of([m], years, history)]
        yield from islice(empty_months(empty, months, years, history), MOST_MONTHS)


def empty_months(
    empty: Sequence[date], months: Sequence[date], years: Mapping[int, YearTally], history: History
) -> Iterator[Finding]:
    """A finding for each empty month that the partner reports on, and for each that is empty by no chance."""
    for month in empty:
        if history.monthly_since and history.monthly_since <= month:
            yield Finding(MISSING, period=month_id(month))
            continue
        same_year = [each for each in months if each.year == month.year]
        count = total_of(same_year, years, history)
        if len(same_year) > 2 and (1 - 1 / len(same_year)) ** count < RARELY:
            yield Finding(EMPTY, period=month_id(month))


def ends(year: YearTally) -> tuple[date, date]:
    """The first and the last month of the rows of a year."""
    return min(year.months), max(year.months)


def total_of(months: Sequence[date], years: Mapping[int, YearTally], history: History) -> int:
    """How many referrals of these months there will be: those that are stored, and the new ones of the delivery."""
    new = sum(years[month.year].new[month] for month in months if month.year in years)
    return new + sum(history.months.get(month, 0) for month in months)


@dataclass(slots=True)
class DeliveryTally:
    """The tally of one delivery. Its memory grows by eight bytes a row, and by what there is to count."""

    years: dict[int, YearTally] = field(default_factory=dict)

    def add(self, row: Values, digest: str, *, is_new: bool = True) -> None:
        """Count a row that breaks no rule, in its stored form. `digest`: its `content_digest`.

        `is_new`: whether its reference is not stored yet. A row that corrects another, or repeats it, is no further referral.
        """
        self.add_parts(parts_of(row), digest, is_new=is_new)

    def add_parts(self, parts: Parts, digest: str, *, is_new: bool, is_change: bool = True) -> None:
        """Count a row whose parts are known. `is_change`: whether it is not stored already as it is."""
        number = int(parts[MONTH_PLACE][:4])
        year = self.years.get(number)
        if year is None:
            year = self.years[number] = YearTally()
        year.add(parts, digest, is_new=is_new, is_change=is_change)

    @property
    def digest(self) -> int:
        """The sum of the digests of all rows, whatever their order."""
        return sum(year.digest for year in self.years.values()) & MASK

    def history_of(self, partner_id: UUID) -> History:
        """What this partner has stored: its months, and the values of the year before each year of the delivery.

        Nothing is counted for a delivery that changes nothing, of which nothing is asked.
        """
        asks = changes_anything(self.years)
        return History.of(partner_id, [year - 1 for year in self.years]) if asks else History()

    def findings(self, history: History) -> list[Finding]:
        """What the delivery checks ask about, the earliest period first."""
        for year in self.years.values():
            year.count_waiting()
        return list(findings(self.years, history))

    def digest_of(self, finding: Finding) -> str:
        """What a confirmation of a finding of this delivery is of: the rule, the field, the period, and the rows of that year."""
        year = self.years.get(int(finding.period[:4])) if finding.period else None
        return delivery_digest(finding, self.digest if year is None else year.digest)
