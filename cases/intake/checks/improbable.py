"""Combinations that are improbable and not forbidden, one entry each with its reason.

A check asks and never blocks: every one of these is true of somebody. An honest delivery should meet one in fewer than three of a
hundred rows (docs/deliveries.md). A check sees stored values, as a rule does (`cases.rules`).
"""

from __future__ import annotations

from cases.intake.checks.of_exploitation import OF_EXPLOITATION
from cases.intake.checks.of_persons import OF_PERSONS

IMPROBABLE = (*OF_PERSONS, *OF_EXPLOITATION)
