"""Work in the background: what a room needs to name a task and to have it done (docs/decisions/0061)."""

from partners.jobs.deferring import defer, is_open
from partners.jobs.registry import EVERY_MINUTE, INTAKE, LARGE, REHEARSAL, UPKEEP, task
from partners.jobs.running import JobCancelled, is_cancelled

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
