"""The task of this room, and the forms that a crisis asks for."""

from __future__ import annotations

from cases.services import expectations
from notices import crises
from notices.words import MAKE_SHEETS
from partners import jobs

expectations.add_asked_periods(crises.asked_by)
make = jobs.task("notices.work", queue=jobs.UPKEEP, words=MAKE_SHEETS, every=jobs.EVERY_MINUTE, priority=1)
make("notices.work.make_what_waits")
