"""Check, record, migrate and list changes of the code lists. See docs/code-lists.md."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases import months
from cases.codelists import CODELISTS
from cases.codelists.changes import CodeChange, changes
from tools.codechange import constraints, record
from tools.codechange.check import objections


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError("write a day as 2027-03-31") from None


class Command(BaseCommand):
    """One method for each action."""

    help = __doc__ or ""
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The actions and their options."""
        actions = parser.add_subparsers(dest="action", required=True)
        check = actions.add_parser("check", help="compare the lists with the record and with the migrations")
        check.add_argument(
            "--draft", action="store_true", help="while a change is written: neither record nor migration is needed"
        )
        check.add_argument("--database", action="store_true", help="also compare the constraints of the database")
        actions.add_parser("migration", help="write the migrations that exchange the changed constraints")
        actions.add_parser("record", help="record the present lists, with which later ones are compared")
        listing = actions.add_parser("changes", help="list the changes as partners see them")
        listing.add_argument("--since", type=day, help="announced on this day or later")
        listing.add_argument("--json", action="store_true", help="for machines")

    def handle(self, *_: Any, action: str, **options: Any) -> None:
        actions: dict[str, Callable[..., None]] = {
            "check": self.check_lists,
            "migration": self.migration,
            "record": self.record,
            "changes": self.changes,
        }
        actions[action](**options)

    def check_lists(self, *, draft: bool, database: bool, **_: Any) -> None:
        """Write one line for each objection, and exit with 1 where there is any."""
        faults = [str(objection) for objection in objections(CODELISTS, record.load())]
        faults += [] if draft else list(missing_steps())
        faults += [f"{name} {text}" for name, text in constraints.differences()] if database else []
        for line in faults:
            self.stdout.write(line)
        if faults:
            sys.exit(1)
        self.stdout.write(f"{len(CODELISTS)} code lists: no objection.")

    def migration(self, **_: Any) -> None:
        """Write the migrations of constraints that codes have changed. Other changes of models are refused."""
        try:
            paths = constraints.write()
        except constraints.OtherChanges:
            raise CommandError("The models have other changes than those of codes: run makemigrations first.") from None
        for path in paths:
            self.stdout.write(f"{path} is written.")
        if not paths:
            self.stdout.write("No constraint has changed.")

    def record(self, **_: Any) -> None:
        """Record the lists, unless there is an objection."""
        before = record.load()
        faults = objections(CODELISTS, before)
        if faults:
            raise CommandError("\n".join(map(str, faults)))
        after = record.update(before, CODELISTS.values(), months.today())
        record.save(after)
        for name, entry in after.items():
            if entry != before.get(name):
                self.stdout.write(f"{name} {entry['version']} is recorded.")

    def changes(self, *, since: date | None, json: bool, **_: Any) -> None:
        """Write the changes, one line or one JSON object for each."""
        all_changes = changes(CODELISTS.values(), since)
        if json:
            return self.stdout.write(machine(all_changes))
        for each in all_changes:
            self.stdout.write(line(each))
        return None


def missing_steps() -> Iterator[str]:
    """The steps of a change that are still missing."""
    before = record.load()
    for name, codelist in CODELISTS.items():
        if not record.is_same(before.get(name), record.entry_of(codelist)):
            yield f"{name}: version {codelist.version} is not recorded: run codelist record"
    if constraints.pending_migrations():
        yield "the migrations do not have the constraints of the models: run codelist migration"


def line(change: CodeChange) -> str:
    """One change as a line of text."""
    code = change.code
    span = f"{code.valid_from or ''}–{code.valid_to or ''}"
    following = f" → {', '.join(code.replaced_by)}" if code.replaced_by else ""
    return f"{change.notice.announced}  {change.codelist.id} {change.notice.version}  {change.kind}  {code.code}{following}  {span}"


def machine(rows: list[CodeChange]) -> str:
    return json.dumps([each.as_json() for each in rows], ensure_ascii=False, indent=2)
