"""The calendar of a partner: what it is expected to report, and until when. What has arrived is in `oversight.reporting`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from partners.kinds import Reporting

DUE_DAYS, MOST_DUE_DAYS = 14, 180
EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """How often a partner reports, how many days after a period the report is due, and since when (a month's first day)."""

    frequency: Reporting = Reporting.NONE
    due_days: int = DUE_DAYS
    since: date | None = None

    @property
    def as_details(self) -> dict[str, object]:
        """The settings as an audit row has them."""
        since = self.since.isoformat()[:7] if self.since else None
        return {"reporting": str(self.frequency), "due_days": self.due_days, "since": since}


NOTHING_EXPECTED = Calendar()
