"""The task of this room, and what it keeps and tells beside figures."""

from __future__ import annotations

from oversight.reporting.words import MAKE_RECEIPTS
from partners import jobs
from stats import rooms_above

rooms_above.KEEPERS.append("oversight.reporting.notes.keep")
rooms_above.TELLERS.append("oversight.reporting.notes.facts")
rooms_above.REPORTS.append("oversight.reporting.notes.reports_of_months")
make = jobs.task("receipts.make_files", queue=jobs.UPKEEP, words=MAKE_RECEIPTS, every=jobs.EVERY_MINUTE)
make("oversight.reporting.receipts.files.make_what_waits")
