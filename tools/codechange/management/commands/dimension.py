"""A new dimension of referrals, written into the source: for developers, in a checkout.

Its code list, its field and its column are each written beside the existing ones. The source is treated as text and formatted by
`ruff` afterwards. No module that changes is imported here.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.text import Text

NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", re.ASCII)
CODE = re.compile(r"[A-Z][A-Z0-9_]*", re.ASCII)
LISTS, NAMES = "cases/codelists/referral.py", "cases/codelists/__init__.py"
FIELDS, COLUMNS = "cases/dictionary.py", "cases/models.py"


class NoDimension(ValueError):
    """The new dimension cannot be written. The message says why."""


@dataclass(frozen=True, slots=True)
class NewDimension:
    """A dimension: the name, label and meaning of its field, and its codes with their labels.

    The field is optional, since no partner sends it yet: an absent field is stored as `_N`. The list also has `_U`, not known.
    """

    name: str
    label: Text
    meaning: Text
    codes: Mapping[str, Text]

    @property
    def constant(self) -> str:
        """The name of its constants in the source."""
        return self.name.upper()

    def code_list(self) -> str:
        codes = "".join(f"code({each!r}, {words.da!r}, {words.en!r}), " for each, words in self.codes.items())
        return (
            f"\n\n{self.constant} = code_list(\n    {self.name!r},\n    {self.label.da!r},\n    {self.label.en!r},\n"
            f"    ({codes}unknown(), not_asked()),\n)\n"
        )

    def field(self) -> str:
        """The source of its entry in the dictionary."""
        return (
            f"{self.constant} = CodedField(\n    {self.name!r},\n    lists.{self.constant},\n    lists.{self.constant}.label,\n"
            f"    Text({self.meaning.da!r}, {self.meaning.en!r}),\n    Risk.QUASI,\n    {next(iter(self.codes))!r},\n"
            "    required=False,\n    dimension=True,\n)\n"
        )


def check(new: NewDimension, source: Path) -> None:
    """Raise `NoDimension` where the name or a code is not well-formed, or the name is taken."""
    if not NAME.fullmatch(new.name) or new.constant in (source / FIELDS).read_text(encoding="utf-8").split():
        raise NoDimension(
            f"{new.name!r} is no name for a new field: lower case, digits and underscores, and not taken."
        )
    if len(new.codes) < 2 or not all(CODE.fullmatch(code) for code in new.codes):
        raise NoDimension("A dimension has two codes or more, in upper case, digits and underscores.")


def insertions(new: NewDimension) -> dict[str, tuple[tuple[str, str, str], ...]]:
    """What is written into which file: a pattern of its text, what comes before that, and what comes after it."""
    common, name = "from cases.codelists.common import ", f"    {new.constant},\n"
    return {
        # The linter makes one import of two, or of the same twice.
        LISTS: ((common, f"{common}not_asked\n", ""), (r"\Z", "", new.code_list())),
        NAMES: ((r"from cases\.codelists\.referral import \(\n", "", name),),
        FIELDS: ((r"^REFERRAL: .*?(?=^\))", new.field(), name),),
        COLUMNS: (
            (r"class ReferralContent\(.*?\.column\(\)\n(?=\n)", "", f"    {new.name} = d.{new.constant}.column()\n"),
        ),
    }


def write(new: NewDimension, source: Path) -> tuple[str, ...]:
    """Write the dimension into the source tree. Returns the changed files. Raises `NoDimension` before anything is written."""
    check(new, source)
    places = insertions(new)
    texts = {file: (source / file).read_text(encoding="utf-8") for file in places}
    for file, text in texts.items():
        for place, before, after in places[file]:
            head, text_there, tail = re.split(f"({place})", text, maxsplit=1, flags=re.M | re.S)
            text = f"{head}{before}{text_there}{after}{tail}"
        (source / file).write_text(text, encoding="utf-8")
    return tuple(texts)


LEFT = """Written: {files}, the migration, the record of the code lists.

What is left:
  - `make openapi.json`, where you did not call this by `make dimension NEW=…`
  - in cases/dictionary.py: `Risk` is QUASI, the strictest that is counted; `required`, `tells` and `place` say no
  - in {lists}: roll-ups (`Level`), and names in other standards (`maps`)
  - in cases/rules.py: what it may not say beside other fields
  - in tests/cases/pins.py: the digest of the list's version, which the failing test prints
  - in CHANGELOG.md: a line; and a test of what the field is for
  - `make near`
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
