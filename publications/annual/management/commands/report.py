"""Draft annual reports, list them, and do what staff ordered or published."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from core.text import Text
from partners.audit import Actor
from publications.annual.drafting import make_draft
from publications.annual.models import ReportDraft, ReportPublication
from publications.annual.production import work
from publications.annual.refusals import ReportRefused


class Command(BaseCommand):
    """The actions; each is a method of its name."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Actions and their options."""
        actions = parser.add_subparsers(dest="action", required=True)
        draft = actions.add_parser("draft", help="make the draft of a year's report from public releases")
        draft.add_argument("year", type=int)
        draft.add_argument("--user", required=True, help="the staff user who orders it; another one has to publish it")
        for language in Text._fields:
            draft.add_argument(f"--correction-{language}", default="", help="what a later version corrects")
        actions.add_parser("list", help="the drafts and the published versions")
        actions.add_parser(
            "work", help="make the drafts that staff ordered, and render what was published; the worker does it too"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        """Run the action; what the domain refuses is an error with its sentence."""
        actions: dict[str, Callable[..., None]] = {"draft": self.draft, "list": self.list, "work": self.work}
        try:
            actions[options["action"]](**options)
        except ReportRefused as refusal:
            raise CommandError(str(refusal)) from None

    def draft(self, *, year: int, user: str, correction_da: str, correction_en: str, **_: Any) -> None:
        person = User.objects.filter(username=user, is_staff=True, is_active=True).first()
        if person is None:
            raise CommandError("There is no such active member of staff.")
        draft = make_draft(
            by=Actor.of(person), year=year, correction=Text(correction_da.strip(), correction_en.strip())
        )
        self.stdout.write(f"Draft {draft.pk} of {year}. Its sections are to be finished in the admin.")

    def list(self, **_: Any) -> None:
        """One line a draft, the newest year first."""
        versions = dict(ReportPublication.objects.values_list("draft_id", "version"))
        for each in ReportDraft.objects.defer("documents"):
            state = f"version {versions[each.pk]}" if each.pk in versions else "draft"
            self.stdout.write(f"{each.year}  draft {each.pk}  {state}")

    def work(self, **_: Any) -> None:
        work(self.stderr.write, at_once=True)
