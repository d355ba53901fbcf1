"""Writing a new dimension into the source: its code list, its field and its column, each beside the existing ones.

The source is treated as text and formatted by `ruff` afterwards. No module that changes is imported here.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
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
        """The source of its code list."""
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


def write(new: NewDimension, source: Path) -> tuple[str, ...]:
    """Write the dimension into the source tree. Returns the changed files. Raises `NoDimension` before anything is written."""
    check(new, source)
    edits: dict[str, Callable[[str], str]] = {
        LISTS: lambda text: with_import(text, "not_asked") + new.code_list(),
        NAMES: lambda text: with_name(text, new.constant),
        FIELDS: lambda text: with_field(text, new),
        COLUMNS: lambda text: with_column(text, new),
    }
    texts = {file: edit((source / file).read_text(encoding="utf-8")) for file, edit in edits.items()}
    for file, text in texts.items():
        (source / file).write_text(text, encoding="utf-8")
    return tuple(texts)


def with_import(text: str, name: str) -> str:
    """The lists with a name imported of what they have in common. The linter makes one import of two, or of the same twice."""
    place = "from cases.codelists.common import "
    return text.replace(place, f"{place}{name}\n{place}", 1)


def with_name(text: str, constant: str) -> str:
    """The package of the lists with the new list imported, which publishes it."""
    place = "from cases.codelists.referral import (\n"
    return text.replace(place, f"{place}    {constant},\n", 1)


def with_field(text: str, new: NewDimension) -> str:
    """The dictionary with the entry before `REFERRAL`, and its name at the end of `REFERRAL`."""
    fields = next(
        node
        for node in ast.parse(text).body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == "REFERRAL"
    )
    lines = text.splitlines(keepends=True)
    first, last = fields.lineno - 1, (fields.end_lineno or fields.lineno) - 1
    return "".join((*lines[:first], new.field(), *lines[first:last], f"    {new.constant},\n", *lines[last:]))


def with_column(text: str, new: NewDimension) -> str:
    """The models with the column after the last one of what a referral says."""
    body = ast.parse(text).body
    model = next(node for node in body if isinstance(node, ast.ClassDef) and node.name == "ReferralContent")
    lines = text.splitlines(keepends=True)
    columns = [number for number in range(model.lineno, model.end_lineno or 0) if ".column()" in lines[number]]
    return "".join(
        (*lines[: columns[-1] + 1], f"    {new.name} = d.{new.constant}.column()\n", *lines[columns[-1] + 1 :])
    )
