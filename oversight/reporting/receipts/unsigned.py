"""Which year waits for its signature, as the home of the desk says it and Monday's mail tells it."""

from __future__ import annotations

from datetime import datetime

from cases.months import COPENHAGEN
from cases.windows import reading
from oversight.reporting.periods import of_year
from oversight.reporting.receipts.open_points import open_points
from partners.kinds import Mode
from partners.models import Partner


def year_to_sign(partner: Partner, at: datetime) -> int | None:
    """Last year, where it was expected, nobody has signed it and nothing is open in it any more; otherwise None."""
    last = at.astimezone(COPENHAGEN).year - 1
    is_expected = partner.mode == Mode.LIVE and bool(of_year(partner.calendar, last))
    if not is_expected or reading.years_of(partner.pk).is_signed(last):
        return None
    return None if open_points(partner, last, at) else last
