"""What each stored column of jobs says of a person: nothing. A job names rows by their ids (`config.columns`)."""

from __future__ import annotations

from partners.risks import OPERATIONAL, Risk

COLUMNS: dict[str, dict[str, Risk]] = {
    "jobs.Job": {
        **dict.fromkeys(("id", "queue_name", "task_name", "priority", "lock", "queueing_lock", "args"), OPERATIONAL),
        **dict.fromkeys(("status", "scheduled_at", "attempts", "abort_requested", "worker_id"), OPERATIONAL),
        # A class of the program and a line of its code.
        **dict.fromkeys(("henvis_error", "henvis_where"), OPERATIONAL),
    },
}
APPEND_ONLY: dict[str, tuple[str, ...]] = {}
# The library's workers change them, and functions of the database.
MUTABLE: tuple[str, ...] = ("jobs.Job",)
BUILD: tuple[str, ...] = ()
