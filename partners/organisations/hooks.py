"""The task of this room."""

from __future__ import annotations

from partners import jobs
from partners.organisations.words import TAKE_FORCE

take_force = jobs.task("organisations.rename", queue=jobs.UPKEEP, words=TAKE_FORCE, every="*/15 * * * *")
take_force("partners.organisations.names.take_force")
