"""Work in the background: what a room needs to name a task and to have it done (docs/decisions/0061)."""

from partners.jobs.queue import JobCancelled, defer, is_cancelled, is_open
from partners.jobs.registry import EVERY_MINUTE, INTAKE, LARGE, REHEARSAL, UPKEEP, task

__all__ = [
    "EVERY_MINUTE",
    "INTAKE",
    "LARGE",
    "REHEARSAL",
    "UPKEEP",
    "JobCancelled",
    "defer",
    "is_cancelled",
    "is_open",
    "task",
]
