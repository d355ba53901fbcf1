"""The tasks of this room."""

from __future__ import annotations

from cases.intake.words import FORGET_DELIVERIES, WORK_ON_DELIVERY
from partners import jobs

GIVE_UP = "cases.intake.batches.jobs.give_up"

work = jobs.task("intake.work_batch", queue=jobs.INTAKE, words=WORK_ON_DELIVERY, give_up=GIVE_UP)
work("cases.intake.batches.jobs.work_batch")
# Rows wait a day: once a night would let them stay for two.
forget = jobs.task("deliveries.forget", queue=jobs.UPKEEP, words=FORGET_DELIVERIES, every="*/15 * * * *", priority=1)
forget("cases.intake.batches.retention.forget")
