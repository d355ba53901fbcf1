"""`manage.py sandbox`: load synthetic data."""

from __future__ import annotations

import time
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sandbox.database import SandboxRefused
from sandbox.load import DEFAULT_SEED, SandboxSummary, load

SECONDS_BETWEEN_LINES = 5.0


class Command(BaseCommand):
    """Loads the published years 2015–2023, or any number of persons."""

    help = (
        "Load synthetic data: without --persons the centre's published years, exactly; with it any number of identified "
        "persons. Refuses a database that may be real. See docs/sandbox.md."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The size, the years and the seed."""
        parser.add_argument("--persons", type=int, help="the number of identified persons")
        parser.add_argument("--years", type=years, help="A-B, or one year (default: 2015-2023)")
        parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="the same seed gives the same data")
        parser.add_argument(
            "--force", action="store_true", help="load into a database that holds other partners or data"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load the sandbox with progress, and write what was completed."""
        self.began = self.last_line = time.monotonic()
        try:
            summary = load(
                seed=options["seed"],
                persons=options["persons"],
                years=options["years"],
                force=options["force"],
                progress=self.progress,
            )
        except SandboxRefused as refusal:
            raise CommandError(str(refusal)) from None
        self.report(summary, verbose=options["verbosity"] > 0)

    def progress(self, count: int, persons: int) -> None:
        """Write a line every few seconds."""
        now = time.monotonic()
        if now - self.last_line >= SECONDS_BETWEEN_LINES:
            self.last_line = now
            self.stdout.write(f"  {count:,} of {persons:,} persons, {now - self.began:.0f} s")
            self.stdout.flush()

    def report(self, summary: SandboxSummary, *, verbose: bool) -> None:
        """Write what was loaded, the partners, and the numbers that no source gives."""
        if not verbose:
            return
        first, last = summary.years[0], summary.years[-1]
        self.stdout.write(
            f"Sandbox {summary.seed}: {summary.persons:,} persons identified in {first}–{last}; {summary.cases:,} cases, "
            f"{summary.referrals:,} versions of referrals, {summary.assessments:,} of assessments, "
            f"{summary.reports:,} of counts; {summary.seconds:.1f} s."
        )
        if summary.completions:
            self.stdout.write("Completed where no final figure is published:")
            self.stdout.writelines(f"  {completion}\n" for completion in summary.completions)
        self.stdout.write("Partners, without a live secret (`manage.py partner_secret issue CLIENT_ID` creates one):")
        self.stdout.writelines(f"  {client_id}  {name}\n" for name, client_id in summary.clients.items())


def years(text: str) -> tuple[int, ...]:
    """``2015-2023`` or ``2020`` as years."""
    first, _, last = text.partition("-")
    try:
        return tuple(range(int(first), int(last or first) + 1))
    except ValueError:
        raise ArgumentTypeError("write A-B, such as 2015-2023, or one year") from None
