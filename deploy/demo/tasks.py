"""The job that builds the rest of the demo: the worker of `upkeep` does it, and pages of staff have words for it."""

from __future__ import annotations

from django.db import connection

from core.text import Text
from partners import jobs

BUILD = "demo.build"
WORDS = Text("Danner resten af demoen", "Build the rest of the demo")
# Before what is due by itself: charts of releases that are not all there would be drawn again.
PRIORITY = 3
LET_GO = "UPDATE procrastinate_jobs SET worker_id = NULL WHERE task_name = %s AND status = 'doing'"

jobs.task(BUILD, queue=jobs.UPKEEP, words=WORDS, priority=PRIORITY, give_up="deploy.demo.rest.give_up")(
    "deploy.demo.rest.build"
)


def start_again() -> None:
    """Have the worker do what is missing. No worker lives here now: nothing waits for a sign of life of one that was killed."""
    with connection.cursor() as cursor:
        cursor.execute(LET_GO, [BUILD])
    jobs.defer(BUILD)
