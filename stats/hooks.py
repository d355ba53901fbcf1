"""The task of this room."""

from __future__ import annotations

from partners import jobs
from stats.words import BUILD_ORDERED

build = jobs.task("releases.build", queue=jobs.UPKEEP, words=BUILD_ORDERED, every=jobs.EVERY_MINUTE)
build("stats.publishing.orders.build_ordered")
