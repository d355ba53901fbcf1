"""Build, list, show and verify releases of the statistics."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases.rules import COPENHAGEN
from cases.statistics import catalogue, release, verify
from cases.statistics.errors import ReleaseRefused, UnknownRelease
from cases.statistics.models import Release
from cases.statistics.options import DEEPEST, DEFAULT_DEPTH
from cases.statistics.waiting import LONGEST
from partners.audit import COMMAND

MARKS = {True: "ok", False: "FAILED", None: "not checked"}


def moment(text: str) -> datetime:
    """An ISO moment; without an offset it is the time of Copenhagen."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError("write a moment as 2026-03-01T00:00:00+01:00") from None
    return found if found.tzinfo else found.replace(tzinfo=COPENHAGEN)


class Command(BaseCommand):
    """The four actions; each is a method of its name."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Actions and their options."""
        actions = parser.add_subparsers(dest="action", required=True)
        build = actions.add_parser("build", help="count a period and store its release")
        build.add_argument("period", help="a year (2025), a quarter (2025-Q4) or a pool of years (2021-2025)")
        build.add_argument("--as-of", type=moment, help="count the records as they were then; default: now")
        build.add_argument("--depth", type=int, default=DEFAULT_DEPTH, help=f"dimensions of a table, 1 to {DEEPEST}")
        build.add_argument("--dimensions", help="only these, separated by commas; default: all")
        build.add_argument(
            "--wait", type=float, default=LONGEST.total_seconds(), help="seconds to wait for open transactions"
        )
        listing = actions.add_parser("list", help="the releases")
        show = actions.add_parser("show", help="one release, with its totals")
        check = actions.add_parser("verify", help="check the stored cells, and count again from the records")
        for named in (show, check):
            named.add_argument("id", help="such as 2025.v1")
        for action in (build, listing, show, check):
            action.add_argument("--json", action="store_true", help="for machines")

    def handle(self, *_: Any, **options: Any) -> None:
        """Run the action; what the domain refuses is an error with its sentence."""
        actions: dict[str, Callable[..., None]] = {
            "build": self.build,
            "list": self.list,
            "show": self.show,
            "verify": self.verify,
        }
        try:
            actions[options["action"]](**options)
        except UnknownRelease:
            raise CommandError("There is no such release; `release list` names them.") from None
        except ReleaseRefused as refused:
            raise CommandError(str(refused)) from None

    def build(
        self, *, period: str, as_of: datetime | None, depth: int, wait: float, json: bool, **options: Any
    ) -> None:
        """Build, telling on standard error what goes on."""
        chosen = options["dimensions"]
        built = release.build(
            by=COMMAND,
            period=period,
            as_of=as_of,
            depth=depth,
            dimensions=chosen.split(",") if chosen is not None else None,
            longest_wait=timedelta(seconds=wait),
            tell=self.stderr.write,
        )
        if json:
            return self.machine({**described(built.release), "created": built.created})
        news = "built" if built.created else "unchanged: the same records and the same cells"
        return self.stdout.write(f"{built.release.pk} {news} (as of {local(built.release.as_of)})")

    def list(self, *, json: bool, **_: Any) -> None:
        """One line a release."""
        releases = catalogue.every()
        if json:
            return self.machine([{"id": r.id, "period": r.period.id, "as_of": r.as_of.isoformat()} for r in releases])
        for r in releases:
            self.stdout.write(
                f"{r.id:16} as of {local(r.as_of)}  depth {r.options.depth}  {' '.join(r.notes)}".rstrip()
            )
        return None

    def show(self, *, id: str, json: bool, **_: Any) -> None:  # noqa: A002 (the argument's name)
        """Everything but the cells."""
        facts = described(verify.find(id))
        if json:
            return self.machine(facts)
        for name, value in facts.items():
            self.stdout.write(f"{name:12} {value}")
        return None

    def verify(self, *, id: str, json: bool, **_: Any) -> None:  # noqa: A002 (the argument's name)
        """Every check; exit status 1 where one failed."""
        checks = verify.verify(id, tell=self.stderr.write)
        if json:
            self.machine([{"check": c.name, "passed": c.passed, "detail": c.detail} for c in checks])
        else:
            for check in checks:
                self.stdout.write(
                    f"{MARKS[check.passed]:12} {check.name}{f' ({check.detail})' if check.detail else ''}"
                )
        if any(check.passed is False for check in checks):
            sys.exit(1)

    def machine(self, value: dict[str, Any] | Sequence[dict[str, Any]]) -> None:
        """A value as JSON."""
        self.stdout.write(json.dumps(value, indent=2))


def local(at: datetime) -> str:
    """A moment in Copenhagen, to the second."""
    return at.astimezone(COPENHAGEN).isoformat(sep=" ", timespec="seconds")


def described(stored: Release) -> dict[str, Any]:
    """A release as names and values."""
    moments = {"as_of": stored.as_of.isoformat(), "built_at": stored.built_at.isoformat()}
    names = ("records", "cells", "settings", "codelists", "notes", "snapshots", "digest", "audience", "software")
    return {"id": stored.pk, "period": stored.period, **moments, **{name: getattr(stored, name) for name in names}}
