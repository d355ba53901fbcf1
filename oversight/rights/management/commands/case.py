"""`manage.py case`: produce or erase the data about the person of a token; export tombstones, and apply them again."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from getpass import getpass
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from cases.erased.models import REASONS_OF_STAFF
from oversight.rights.database import RightsRefused
from oversight.rights.document import as_json, as_page
from oversight.rights.erasure import export, reapply
from oversight.rights.person import find
from oversight.rights.requests import erase_for, produce_for
from partners.audit import Actor


def read_token() -> str:
    """The token, typed without an echo or read from standard input. Never an argument: every process could read it."""
    return getpass("Case token: ") if sys.stdin.isatty() else sys.stdin.readline()


def staff(name: str) -> Actor:
    """The member of staff who acts. The database checks the right. Raises `CommandError`."""
    user = User.objects.filter(username=name, is_active=True, is_staff=True).first()
    if user is None:
        raise CommandError("There is no active staff user of this name.")
    return Actor.of(user)


class Command(BaseCommand):
    """One method for each action."""

    help = "Produce or erase the data about the person of a case. The token is read from standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The actions and their options."""
        actions = parser.add_subparsers(dest="action", required=True)
        producing = actions.add_parser("produce", help="write all data to standard output")
        producing.add_argument("--html", action="store_true", help="as a page (default: JSON)")
        producing.add_argument("--kinds-only", action="store_true", help="do not name the organisations")
        erasing = actions.add_parser("erase", help="show the number of records; with --confirm erase them permanently")
        erasing.add_argument("--reason", choices=[*dict(REASONS_OF_STAFF)], required=True)
        erasing.add_argument("--confirm", help="the digits that were shown: erase exactly these data")
        actions.add_parser("tombstones", help="export the tombstones, to be stored apart from the backups")
        again = actions.add_parser("reapply", help="after a restore: restore tombstones and erase what they name")
        again.add_argument("file", type=Path)
        for action in (producing, erasing, again):
            action.add_argument("--user", required=True, help="the member of staff who acts")
        for action in (producing, erasing):
            action.add_argument("--test", action="store_true", help="a test case")
            action.add_argument("--request", type=int, help="the number of the request in the register that it answers")

    def handle(self, *_: Any, **options: Any) -> None:
        """Run the action. A refusal is an error with its message."""
        actions: dict[str, Callable[..., None]] = {
            "produce": self.produce,
            "erase": self.erase,
            "tombstones": self.tombstones,
            "reapply": self.reapply,
        }
        try:
            actions[options["action"]](**options)
        except RightsRefused as refusal:
            raise CommandError(str(refusal)) from None

    def produce(self, *, user: str, test: bool, html: bool, kinds_only: bool, request: int | None, **_: Any) -> None:
        """Write the document."""
        document = produce_for(request, by=staff(user), token=read_token(), test=test, names=not kinds_only)
        self.stdout.write(as_page(document) if html else as_json(document), ending="")

    def erase(self, *, user: str, test: bool, reason: str, confirm: str | None, request: int | None, **_: Any) -> None:
        """Show the number of records, or erase them."""
        by, token = staff(user), read_token()
        if confirm is None:
            data = find(token, test=test)
            counts = ", ".join(f"{count} {name}" for name, count in data.counts().items())
            self.stdout.write(f"{counts}. Nothing is erased yet; to erase all of it: --confirm {data.fingerprint}")
            return
        tombstone = erase_for(request, by=by, token=token, test=test, reason_code=reason, fingerprint=confirm)
        self.stdout.write(f"Erased. Tombstone {tombstone}. Export the tombstones now: case tombstones")

    def tombstones(self, **_: Any) -> None:
        for row in export():
            self.stdout.write(json.dumps(row))

    def reapply(self, *, user: str, file: Path, **_: Any) -> None:
        """Apply the tombstones of a file again."""
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except (OSError, ValueError):
            raise CommandError("The file cannot be read.") from None
        counts = reapply(by=staff(user), lines=lines)
        self.stdout.write(
            f"{counts.tombstones} tombstones restored, "
            f"{counts.persons} persons and {counts.referrals} single referrals erased again."
        )
