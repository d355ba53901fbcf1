"""Make the file of a year for an international organisation, from published releases."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from partners.audit import Actor
from publications.international import files
from publications.international.bodies import BODIES
from publications.international.files import InternationalRefused, content_of, csv_of, file_name, json_of
from publications.international.reading import release_of


class Command(BaseCommand):
    """With `--user` the file is kept for another person to send; without, it is only written."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The year, the body, and where the file goes."""
        parser.add_argument("year", type=int)
        parser.add_argument("--for", dest="body", choices=[*BODIES], required=True)
        parser.add_argument(
            "--user", help="the staff user who makes it, so that it is kept; another one has to send it"
        )
        parser.add_argument("--folder", type=Path, default=Path(), help="where the CSV and the JSON are written")

    def handle(self, *_: Any, year: int, body: str, user: str | None, folder: Path, **__: Any) -> None:
        """Make the file, and write it as CSV and as JSON."""
        if release_of(str(year)) is None:
            raise CommandError(f"There is no public release of {year}.")
        content = self.keep(body, year, user) if user else content_of(BODIES[body], year)
        for ending, data in (("csv", csv_of(content)), ("json", json_of(content))):
            path = folder / file_name(content, ending)
            path.write_bytes(data)
            self.stdout.write(str(path))

    def keep(self, body: str, year: int, user: str) -> dict[str, Any]:
        """The content of a file that is kept. Raises `CommandError`."""
        person = User.objects.filter(username=user, is_staff=True, is_active=True).first()
        if person is None:
            raise CommandError("There is no such active member of staff.")
        try:
            file = files.make(by=Actor.of(person), body=body, year=year)
        except InternationalRefused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"File {file.pk} is kept. Another person marks it as sent in the admin.")
        return file.content
