"""The README's commands exist and take what the README gives them."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand, CommandError

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
# Folders that frameworks ask for, and tell what they hold by their names.
OF_FRAMEWORKS = {"management", "migrations", "static", "templates", "templatetags", "__pycache__"}
# A whole line of a code block, or code within a sentence, which may go over a line's end.
COMMAND = re.compile(r"^\s*(?:python manage\.py|deploy/manage) (.+)$|`python manage\.py ([^`]+)`", re.MULTILINE)
# Where a command wants more than any word.
MEANT_BY = {"REFERENCE": "9d3c1f6e-5b1a-4c58-9a51-2f0f6f6f2f10"}


def commands(text: str) -> list[list[str]]:
    """Each command's words, placeholders filled and comments dropped."""
    found = [shlex.split(line or inline, comments=True) for line, inline in COMMAND.findall(text)]
    return [[MEANT_BY.get(word, word) for word in words] for words in found]


def parse(name: str, *arguments: str) -> None:
    """Give a command's own parser the arguments; it raises `CommandError` for what it does not take."""
    where = get_commands()[name]
    command = where if isinstance(where, BaseCommand) else load_command_class(where, name)
    command.create_parser("manage.py", name).parse_args(arguments)


@pytest.mark.parametrize("words", commands(README), ids=" ".join)
def test_a_command_takes_what_the_readme_gives_it(words: list[str]) -> None:
    parse(*words)


def test_the_commands_are_found() -> None:
    named = {words[0] for words in commands(README)}
    assert named >= {"add_partner", "partner_secret", "release", "purge", "migrate", "check", "tidy"}
    assert sum(len(words) > 1 for words in commands(README)) >= 8
    assert README.count("python manage.py ") + README.count("\ndeploy/manage ") == len(commands(README))


@pytest.mark.parametrize("wrong", ["partner_secret revoke CLIENT_ID HINT", "release build 2025 --asof x", "purge P x"])
def test_a_wrong_line_is_noticed(wrong: str) -> None:
    (words,) = commands(f"    python manage.py {wrong}   # a comment that isn't closed")
    with pytest.raises(CommandError):
        parse(*words)


def test_the_tree_names_every_package_and_none_that_is_not_there() -> None:
    """Every folder of `cases` and `partners` has its line, and so has every one at the top."""
    tree = README[README.index("## Where things are") : README.index("## How to add a dimension")]
    named = {name.rstrip("/") for name in re.findall(r"`([a-z_/.]+)`", tree) if name.endswith((".py", "/"))}
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
    inside = {path for package in ("cases", "partners") for path in (ROOT / package).iterdir() if path.is_dir()}
    folders = {path.relative_to(ROOT).as_posix() for path in inside if path.name not in OF_FRAMEWORKS}
    assert sorted(folders - named) == []
    assert {"config", "partners", "cases", "api", "tests", "benchmarks", "docs"} <= named


def test_the_readme_leads_to_every_page() -> None:
    pages = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md")}
    assert sorted(page for page in pages if f"({page})" not in README) == []
