"""The task of this room, and the reports that stand beside figures."""

from __future__ import annotations

from partners import jobs
from publications.annual.staff.words import MAKE_REPORTS
from stats import rooms_above

rooms_above.BUILDERS.append("publications.annual.editions.reports_of")
make = jobs.task("reports.work", queue=jobs.UPKEEP, words=MAKE_REPORTS, every=jobs.EVERY_MINUTE, priority=1)
make("publications.annual.production.make_what_waits")
