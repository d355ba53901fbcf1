"""The task of this room."""

from __future__ import annotations

from core.text import Text
from partners import jobs

REMIND = Text("Mind brugerne om det, der venter", "Remind people of what waits")
# Each hour of the day in Denmark, in UTC. A day's mails go out with the first; the others catch up where the worker was away.
DAYTIME = "5 5-15 * * *"

jobs.task("reminders.plan", queue=jobs.UPKEEP, words=REMIND, every=DAYTIME, priority=1)("oversight.reminders.plan.run")
