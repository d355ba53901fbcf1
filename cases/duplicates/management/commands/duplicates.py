"""Search for pairs of persons who may be one. Staff decide on them in the admin."""

from __future__ import annotations

import json
from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from cases.duplicates.search import SearchCounts, search
from partners.audit import COMMAND

LINES = {
    "referrals": "current referrals compared",
    "found": "pairs of persons who may be one",
    "by_code": "of these pairs with equal linkage codes",
    "decided": "of these pairs already decided to be two persons, without new evidence",
    "listed": "pairs that now wait for a decision",
    "too_common": "referrals whose pattern is too common to tell",
    "dropped_blocks": "patterns that are too common to tell",
    "common_codes": "linkage codes of too many persons to identify one",
}


def month(text: str) -> date:
    """The first day of a month."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise ArgumentTypeError("write a month as 2026-03") from None


class Command(BaseCommand):
    """Runs a search and prints its counts."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The one action and its options."""
        actions = parser.add_subparsers(dest="action", required=True)
        find = actions.add_parser("find", help="compare referrals and replace the candidates that nobody has decided")
        find.add_argument("--since", type=month, help="only referrals of this month and later, such as 2026-03")
        find.add_argument("--json", action="store_true", help="for machines")

    def handle(self, *_: Any, since: date | None, json: bool, **__: Any) -> None:
        """Run the search."""
        self.print_counts(search(by=COMMAND, since=since), as_json=json)

    def print_counts(self, outcome: SearchCounts, *, as_json: bool) -> None:
        """Print the counts, one on each line or as JSON."""
        counts = asdict(outcome)
        if as_json:
            self.stdout.write(json.dumps(counts))
            return
        for name, count in counts.items():
            self.stdout.write(f"{count:9,}  {LINES[name]}")
