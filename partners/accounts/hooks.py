"""The task of this room: each night, and whenever the worker begins."""

from __future__ import annotations

from core.text import Text
from partners import jobs

REVIEW = Text("Varsl og luk konti, der ikke bruges", "Warn of idle accounts, and switch them off")

jobs.task("accounts.review", queue=jobs.UPKEEP, words=REVIEW, every="40 1 * * *")("partners.accounts.idle.run")
