"""Django's registration of the app."""

from django.apps import AppConfig

from core.text import Text, lazily
from partners import jobs

REMINDERS = Text("Påmindelser", "Reminders")
REMIND = Text("Mind brugerne om det, der venter", "Remind people of what waits")
# Each hour of the day in Denmark, in UTC. A day's mails go out with the first; the others catch up where the worker was away.
DAYTIME = "5 5-15 * * *"


class RemindersConfig(AppConfig):
    """Reminders."""

    name = "oversight.reminders"
    verbose_name = lazily(REMINDERS)

    def ready(self) -> None:
        """Name the task."""
        jobs.task("reminders.plan", queue=jobs.UPKEEP, words=REMIND, every=DAYTIME, priority=1)(
            "oversight.reminders.plan.run"
        )
