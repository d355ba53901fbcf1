"""A new dimension of referrals, written into the source: for developers, in a checkout."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.text import Text
from tools.codechange.new_dimension import NewDimension, NoDimension, write

LEFT = """Written: {files}, the migration, the record of the code lists.

What is left:
  - `make openapi.json`, where you did not call this by `make dimension NEW=…`
  - in cases/dictionary.py: `Risk` is QUASI, the strictest that is counted; `required`, `tells` and `place` say no
  - in {lists}: roll-ups (`Level`), and names in other standards (`maps`)
  - in cases/rules.py: what it may not say beside other fields
  - in tests/cases/test_codelists.py: the list's name, and the digest of its version in `PINS`
  - `make test`
"""


class Command(BaseCommand):
    """Writes the code list, the field, the column and the migration of a new dimension."""

    help = "Write a new dimension into the source: code list, field, column, migration. docs/recipes/field.md"

    def add_arguments(self, parser: CommandParser) -> None:
        new = parser.add_subparsers(dest="action", required=True).add_parser("new", help="a field that is counted")
        new.add_argument("name", help="the field's name, as in JSON")
        new.add_argument("--label", nargs=2, required=True, metavar=("DA", "EN"))
        new.add_argument("--meaning", nargs=2, required=True, metavar=("DA", "EN"), help="a sentence each")
        new.add_argument("--code", nargs=3, required=True, action="append", metavar=("CODE", "DA", "EN"))

    def handle(
        self, *_: Any, name: str, label: list[str], meaning: list[str], code: list[list[str]], **__: Any
    ) -> None:
        """Write it, and what follows from it."""
        source = Path(settings.BASE_DIR)
        new = NewDimension(name, Text(*label), Text(*meaning), {each: Text(da, en) for each, da, en in code})
        try:
            files = write(new, source)
        except NoDimension as error:
            raise CommandError(str(error)) from None
        tidy(source, files)
        # Programs of their own: this one has read the source as it was.
        for words in (("makemigrations", "--verbosity=0"), ("codelist", "record")):
            subprocess.run([sys.executable, "manage.py", *words], cwd=source, check=True)  # noqa: S603 (our own commands)
        self.stdout.write(LEFT.format(files=", ".join(files), lists=files[0]))


def tidy(source: Path, files: tuple[str, ...]) -> None:
    """Sort names and format, where `ruff` is installed: it is in every checkout that has run the tests."""
    ruff = shutil.which("ruff", path=str(Path(sys.executable).parent))
    if ruff:
        for words in (("check", "--quiet", "--fix", "--select=I,RUF022"), ("format", "--quiet")):
            subprocess.run([ruff, *words, *files], cwd=source, check=True)  # noqa: S603 (the checkout's own program)
