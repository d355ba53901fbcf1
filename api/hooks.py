"""What programs read, for the pages of reads, and the nightly tidying."""

from __future__ import annotations

from api.records.read_words import words_by_operation
from core.text import Text
from partners import jobs
from partners.staff import audit_words

audit_words.add_operation(words_by_operation())
tidy = jobs.task(
    "service.tidy",
    queue=jobs.UPKEEP,
    words=Text("Slette det, der har udtjent", "Delete what has served its time"),
    every="17 1 * * *",
    priority=1,
)
tidy("api.service.tidying.tidy")
