"""The states of a job, as the library writes them."""

from __future__ import annotations

TODO, DOING, SUCCEEDED = "todo", "doing", "succeeded"
FAILED, CANCELLED, ABORTED = "failed", "cancelled", "aborted"
