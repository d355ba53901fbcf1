"""Tasks that do next to nothing, and write into the audit that they did it."""

from __future__ import annotations

import time
from collections.abc import Callable

from partners import audit, jobs
from partners.models import AuditEvent

SECRET = "0101011234"
LONGEST_SECONDS = 60


def note(batch: str) -> None:
    """Write that it was done."""
    audit.record(by=audit.COMMAND, action="toy.note", subject=batch)


def fail(batch: str) -> None:
    """Write that it was begun, and fail."""
    note(batch)
    raise ValueError(SECRET)


def let_go(batch: str) -> None:
    """Write that it will not be done."""
    audit.record(by=audit.COMMAND, action="toy.let_go", subject=batch)


def in_steps(batch: str) -> None:
    """Two steps, each done once. Between them it waits for leave."""
    for step in ("toy.first", "toy.second"):
        if not has(step):
            audit.record(by=audit.COMMAND, action=step, subject=batch)
        wait_for(lambda: has("toy.leave"))


def hold(batch: str) -> None:
    """Write that it was begun, and wait for leave."""
    note(batch)
    wait_for(lambda: has("toy.leave"))


def until_cancelled(batch: str) -> None:
    """Go on until staff cancel it."""
    note(batch)
    wait_for(jobs.is_cancelled)
    raise jobs.JobCancelled


def ring() -> None:
    """A task of the owner's, which is told nothing."""
    note("ring")


def has(action: str) -> bool:
    """Whether the audit has such a row."""
    return AuditEvent.objects.filter(action=action).exists()


def wait_for(holds: Callable[[], bool]) -> None:
    """Return when it holds. Raises `TimeoutError` where that takes too long."""
    for _ in range(LONGEST_SECONDS * 100):
        if holds():
            return
        time.sleep(0.01)
    raise TimeoutError


def register() -> None:
    """Name the tasks; a test takes the names back."""
    for work in (note, fail, in_steps, hold, until_cancelled):
        jobs.task(f"intake.{work.__name__}", queue=jobs.INTAKE, give_up=let_go)(work)
    jobs.task("toys.ring", queue=jobs.UPKEEP, every=jobs.EVERY_MINUTE)(ring)
