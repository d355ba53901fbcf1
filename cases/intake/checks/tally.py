"""The tally of a whole delivery, a row at a time, and what its checks say."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from cases.intake.checks import delivery
from cases.intake.checks.content import MONTH_PLACE, Parts, delivery_digest, parts_of
from cases.intake.checks.counts import MASK, YearTally
from cases.intake.checks.history import History
from cases.intake.findings import Finding
from cases.rules import Values


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
        asks = delivery.changes_anything(self.years)
        return History.of(partner_id, [year - 1 for year in self.years]) if asks else History()

    def findings(self, history: History) -> list[Finding]:
        """What the delivery checks ask about, the earliest period first."""
        for year in self.years.values():
            year.count_waiting()
        return list(delivery.findings(self.years, history))

    def digest_of(self, finding: Finding) -> str:
        """What a confirmation of a finding of this delivery is of: the rule, the field, the period, and the rows of that year."""
        year = self.years.get(int(finding.period[:4])) if finding.period else None
        return delivery_digest(finding, self.digest if year is None else year.digest)
