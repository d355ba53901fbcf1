"""The task of this room, and what it keeps and tells beside figures."""

from __future__ import annotations

from oversight.reporting.words import MAKE_RECEIPTS
from partners import jobs
from stats import beside

beside.KEEPERS.append("oversight.reporting.notes.keep")
beside.TELLERS.append("oversight.reporting.notes.facts")
beside.REPORTS.append("oversight.reporting.behind.behind")
make = jobs.task("receipts.make_files", queue=jobs.UPKEEP, words=MAKE_RECEIPTS, every=jobs.EVERY_MINUTE)
make("oversight.reporting.receipts.work.make_what_waits")
