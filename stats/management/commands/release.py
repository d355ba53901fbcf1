"""Propose, build, list, show and verify releases of the statistics."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases.months import COPENHAGEN
from partners.audit import COMMAND
from stats.counting import build as release
from stats.counting import verification
from stats.counting.cube import DEEPEST, DEFAULT_DEPTH
from stats.counting.moments import LONGEST
from stats.errors import ReleaseRefused, UnknownRelease
from stats.management import protected_options
from stats.models import AUDIENCES, EXACT, Publication, Release, Withdrawal
from stats.protection.verify.files import QUIET, verify_files
from stats.publishing import checks, proposals, publisher

CHANGE_NOTES = ("change_notes_da", "change_notes_en")
VERIFIED, FAILED, UNCHECKED = 0, 1, 2
OUTCOMES = {
    VERIFIED: "Verified.",
    FAILED: "NOT as it was built.",
    UNCHECKED: "Not all of it can be checked; what can be is as it was built.",
}
MARKS = {True: "ok", False: "FAILED", None: "not checked"}


def moment(text: str) -> datetime:
    """An ISO moment; without an offset it is the time of Copenhagen."""
    try:
        moment_found = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError("write a moment as 2026-03-01T00:00:00+01:00") from None
    return moment_found if moment_found.tzinfo else moment_found.replace(tzinfo=COPENHAGEN)


class Command(BaseCommand):
    """The actions; each is a method of its name."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Actions and their options."""
        actions = parser.add_subparsers(dest="action", required=True)
        build = actions.add_parser("build", help="count a period and store its release")
        build.add_argument("period", help="a year (2025), a quarter (2025-Q4) or a pool of years (2021-2025)")
        build.add_argument("--as-of", type=moment, help="count the records as they were then; default: now")
        build.add_argument(
            "--audience", choices=AUDIENCES, default=EXACT, help="for whom; default: exact, for the centre"
        )
        build.add_argument(
            "--user", help="the staff user who builds a protected release; another one has to publish it"
        )
        protected_options.add_choice(build)
        protected_options.add_notes(build)
        protected_options.add_reason(build)
        build.add_argument("--depth", type=int, default=DEFAULT_DEPTH, help=f"dimensions of a table, 1 to {DEEPEST}")
        build.add_argument("--dimensions", help="only these, separated by commas; default: all")
        build.add_argument(
            "--wait", type=float, default=LONGEST.total_seconds(), help="seconds to wait for open transactions"
        )
        listing = actions.add_parser("list", help="the releases")
        show = actions.add_parser("show", help="one release, with its totals")
        check = actions.add_parser(
            "verify",
            help="check the stored cells, and count again from the records; "
            "exit status 0: verified, 1: not as it was built, 2: not all of it can be checked",
        )
        for parser_of_id in (show, check):
            parser_of_id.add_argument("id", help="such as 2025.v1 or 2025.p1")
        for action in (build, listing, show, check, *protected_options.add_actions(actions.add_parser, moment)):
            action.add_argument("--json", action="store_true", help="for machines")

    def handle(self, *_: Any, **options: Any) -> None:
        """Run the action; what the domain refuses is an error with its sentence."""
        actions: dict[str, Callable[..., None]] = {
            "build": self.build,
            "list": self.list,
            "propose": self.propose,
            "show": self.show,
            "verify": self.verify,
            "verify-public": self.verify_public,
            "publish-due": self.publish_due,
        }
        try:
            actions[options["action"]](**options)
        except UnknownRelease:
            # Of no release nothing can be checked; the status of a forgery is no slip's.
            raise CommandError("There is no such release; `release list` names them.", returncode=UNCHECKED) from None
        except ReleaseRefused as refusal:
            raise CommandError(str(refusal)) from None

    def build(self, *, json: bool, **options: Any) -> None:
        """Build, telling on standard error what goes on."""
        if options["audience"] == EXACT:
            return self.build_exact(json=json, **options)
        outcome = protected_options.build_protected(options, self.stderr.write)
        if json:
            self.machine(outcome)
        else:
            protected_options.print_draft(outcome, self.stdout.write)
        if not outcome["passed"]:
            sys.exit(1)
        return None

    def build_exact(
        self, *, period: str, as_of: datetime | None, depth: int, wait: float, json: bool, **options: Any
    ) -> None:
        """Build an exact release, or find that its cells are stored already. `wait`: seconds for open transactions."""
        names = options["dimensions"]
        release_built = release.build(
            by=COMMAND,
            period=period,
            as_of=as_of,
            depth=depth,
            dimensions=names.split(",") if names is not None else None,
            change_notes=protected_options.change_notes_of(options),
            longest_wait=timedelta(seconds=wait),
            tell=self.stderr.write,
        )
        if json:
            return self.machine({**all_values(release_built.release), "created": release_built.created})
        news = "built" if release_built.created else "unchanged: the same records and the same cells"
        return self.stdout.write(f"{release_built.release.pk} {news} (as of {local(release_built.release.as_of)})")

    def list(self, *, json: bool, **_: Any) -> None:
        """One line a release, drafts among them."""
        rows_of_list = [(each, state_of(each)) for each in Release.objects.order_by("first_month", "last_month", "pk")]
        if json:
            return self.machine([{**brief_values(each), "state": state} for each, state in rows_of_list])
        for each, state in rows_of_list:
            line = f"{each.pk:16} as of {local(each.as_of)}  {each.audience:10} {state}  {' '.join(each.notes)}"
            self.stdout.write(line.rstrip())
        return None

    def propose(self, *, period: str, audience: str, as_of: datetime | None, json: bool, **_: Any) -> None:
        """Every table that might be published."""
        proposals_found = proposals.propose(period=period, audience=audience, as_of=as_of, tell=self.stderr.write)
        protected_options.print_unregistered(proposals.unregistered_years(period, as_of), self.stderr.write)
        if json:
            return self.machine(protected_options.proposals_as_json(proposals_found))
        return protected_options.print_proposals(proposals_found, self.stdout.write)

    def publish_due(self, *, once: bool, **_: Any) -> None:
        """Publish what is scheduled, at its moment."""
        publisher.work(once=once)

    def verify_public(self, *, files: Sequence[str], quiet: bool, **_: Any) -> None:
        """The same as `python -m stats.protection.verify`, which needs no settings."""
        sys.exit(verify_files([*files, *([QUIET] if quiet else [])]))

    def show(self, *, id: str, json: bool, **_: Any) -> None:  # noqa: A002 (the argument's name)
        """Everything but the cells."""
        facts = all_values(verification.find(id))
        if json:
            return self.machine(facts)
        for name, value in facts.items():
            self.stdout.write(f"{name:12} {value}")
        return None

    def verify(self, *, id: str, json: bool, **_: Any) -> None:  # noqa: A002 (the argument's name)
        """Every check; exit status 0 where all passed, 1 where one failed, and 2 where none did and one could not be made."""
        release_row = verification.find(id)
        how = verification.verify if release_row.audience == EXACT else checks.verify
        outcome_of_checks = how(id, tell=self.stderr.write)
        outcomes = {check.passed for check in outcome_of_checks}
        status = FAILED if False in outcomes else UNCHECKED if None in outcomes else VERIFIED
        if json:
            self.machine([{"check": c.name, "passed": c.passed, "detail": c.detail} for c in outcome_of_checks])
        else:
            for check in outcome_of_checks:
                self.stdout.write(
                    f"{MARKS[check.passed]:12} {check.name}{f' ({check.detail})' if check.detail else ''}"
                )
            self.stdout.write(OUTCOMES[status])
        if status:
            sys.exit(status)

    def machine(self, value: dict[str, Any] | Sequence[dict[str, Any]]) -> None:
        self.stdout.write(json.dumps(value, indent=2))


def local(at: datetime) -> str:
    """A moment in Copenhagen, to the second."""
    return at.astimezone(COPENHAGEN).isoformat(sep=" ", timespec="seconds")


def state_of(release: Release) -> str:
    """Whether a release is exact, a draft, published or withdrawn."""
    if release.audience == EXACT:
        return f"depth {release.settings['depth']}"
    if Withdrawal.objects.filter(pk=release.pk).exists():
        return "withdrawn"
    return "published" if Publication.objects.filter(pk=release.pk).exists() else "draft"


def brief_values(release: Release) -> dict[str, Any]:
    return {
        "id": release.pk,
        "period": release.period,
        "audience": release.audience,
        "as_of": release.as_of.isoformat(),
    }


def all_values(release_row: Release) -> dict[str, Any]:
    moments = {"as_of": release_row.as_of.isoformat(), "built_at": release_row.built_at.isoformat()}
    names = (
        "records",
        "cells",
        "settings",
        "codelists",
        "notes",
        *CHANGE_NOTES,
        "snapshots",
        "digest",
        "audience",
        "software",
    )
    return {
        "id": release_row.pk,
        "period": release_row.period,
        **moments,
        **{name: getattr(release_row, name) for name in names},
    }
