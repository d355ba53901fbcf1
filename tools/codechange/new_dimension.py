"""Writing a new dimension into the source: its code list, its field and its column, each beside the existing ones.

The source is treated as text and formatted by `ruff` afterwards. No module that changes is imported here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

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
