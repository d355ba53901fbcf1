"""Refusals of a sandbox: invented records cannot be deleted again, so they must never be stored among real ones."""

from __future__ import annotations

from django.utils import timezone

from cases.models import Assessment, Case, Referral
from cases.months import COPENHAGEN
from partners.models import AuditEvent
from sandbox import history
from sandbox.organisations import real_partners
from stats import published

# The action of the audit row of a loaded sandbox; the subject of the row is the seed.
LOAD_ACTION = "sandbox.load"
EARLIEST_YEAR = 2000
LARGEST = 20_000_000
# A year ends half a year later: by then its persons are decided, reported and corrected.
SETTLED_IN_MONTH = 7


class SandboxRefused(Exception):
    """The sandbox is not loaded. The message says why, and what to do."""


def check_database(*, seed: int, force: bool) -> None:
    """Raise `SandboxRefused` where the database has real partners or any records. `force` allows both."""
    if AuditEvent.objects.filter(action=LOAD_ACTION, subject=str(seed)).exists():
        raise SandboxRefused(f"The sandbox with seed {seed} is already loaded; its case tokens would be repeated.")
    if not history.is_possible():
        raise SandboxRefused(
            "There are records that no sandbox invented. Records can be backdated only in a database of invented records: "
            "use an empty one."
        )
    if force:
        return
    if number := real_partners().count():
        raise SandboxRefused(
            f"{number} partner(s) of this database were not made by a sandbox, so this may be a real one. Invented records would "
            "stay in its statistics for ever. Use an empty database, or --force if this one is certainly not real."
        )
    if Case.objects.exists() or Referral.objects.exists() or Assessment.objects.exists():
        raise SandboxRefused(
            "There are records already. Use an empty database, or --force to add to them with another --seed."
        )


def check_size(persons: int | None, years: tuple[int, ...]) -> None:
    """Raise `SandboxRefused` for a size or for years that a sandbox cannot have."""
    if not years:
        raise SandboxRefused("The first year comes after the last.")
    if persons is None and not set(years) <= set(published.YEARS):
        first, last = published.YEARS[0], published.YEARS[-1]
        raise SandboxRefused(
            f"Figures of single years are published for {first}–{last}. For other years give --persons."
        )
    if persons is not None and not 1 <= persons <= LARGEST:
        raise SandboxRefused(f"A sandbox has between 1 and {LARGEST:,} persons.")
    if years[0] < EARLIEST_YEAR or years[-1] > latest_year():
        raise SandboxRefused(
            f"A sandbox has years from {EARLIEST_YEAR} to {latest_year()}: the last one must have ended half a year ago."
        )


def latest_year() -> int:
    """The last year that ended at least half a year ago, in Copenhagen."""
    today = timezone.now().astimezone(COPENHAGEN).date()
    return today.year - (1 if today.month >= SETTLED_IN_MONTH else 2)
