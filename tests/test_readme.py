"""The commands in README.md and in docs/ exist and take what the pages give them; the README is a screen that leads on."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand, CommandError

from core.apps import ROOMS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
FIRST_HOUR = (ROOT / "docs/first-hour.md").read_text()
WALKS = (ROOT / "docs/walks.md").read_text()
PAGES = {path.relative_to(ROOT).as_posix(): path.read_text() for path in (ROOT / "docs").glob("*.md")}
EVERYTHING = "\n".join([README, *(PAGES[name] for name in sorted(PAGES))])
LEADING = {
    path.relative_to(ROOT).as_posix(): path.read_text()
    for pattern in ("*.md", "docs/*.md", "docs/decisions/*.md")
    for path in ROOT.glob(pattern)
}
TOP = "|".join(("api", "benchmarks", "clients", "config", "deploy", "docs", "pages", "tests", "tools", *ROOMS))
# Folders of the top that hold rooms.
HOUSES = ("cases", "oversight", "partners", "publications")
# Folders that frameworks ask for, and tell what they hold by their names.
OF_FRAMEWORKS = {"management", "migrations", "static", "templates", "templatetags", "__pycache__"}
# A whole line of a code block, or code within a sentence, which may go over a line's end.
COMMAND = re.compile(
    r"^\s*(?:python manage\.py|deploy/manage) (.+)$|`(?:python manage\.py|deploy/manage) ([^`]+)`", re.MULTILINE
)
# Where a command wants more than any word.
MEANT_BY = {"REFERENCE": "9d3c1f6e-5b1a-4c58-9a51-2f0f6f6f2f10", "DATE": "2026-01-01"}
# A newcomer sees what it is, for whom, a picture, two commands and where to go: lines of source, and words.
SCREEN, WORDS = 40, 400
LARGEST_PICTURE = 150_000


def commands(text: str) -> list[list[str]]:
    """Each command's words, placeholders filled, comments and redirections dropped."""
    found = [shlex.split(re.sub(r" >.*", "", line or inline), comments=True) for line, inline in COMMAND.findall(text)]
    return [[MEANT_BY.get(word, word) for word in words] for words in found]


def parse(name: str, *arguments: str) -> None:
    """Give a command's own parser the arguments; it raises `CommandError` for what it does not take."""
    where = get_commands()[name]
    command = where if isinstance(where, BaseCommand) else load_command_class(where, name)
    command.create_parser("manage.py", name).parse_args(arguments)


@pytest.mark.parametrize("words", commands(EVERYTHING), ids=" ".join)
def test_a_command_takes_what_a_page_gives_it(words: list[str]) -> None:
    parse(*words)


def test_the_commands_are_found() -> None:
    named = {words[0] for words in commands(EVERYTHING)}
    assert named >= {"add_partner", "partner_secret", "release", "purge", "migrate", "check", "tidy", "codelist"}
    assert sum(len(words) > 1 for words in commands(EVERYTHING)) >= 8
    said = re.findall(r"python manage\.py [a-z]|(?:^|`)deploy/manage [a-z]", EVERYTHING, re.MULTILINE)
    assert len(said) == len(commands(EVERYTHING))


@pytest.mark.parametrize("wrong", ["partner_secret revoke CLIENT_ID HINT", "release build 2025 --asof x", "purge P x"])
def test_a_wrong_line_is_noticed(wrong: str) -> None:
    (words,) = commands(f"    python manage.py {wrong}   # a comment that isn't closed")
    with pytest.raises(CommandError):
        parse(*words)


def test_the_tree_names_every_package_and_none_that_is_not_there() -> None:
    """Every room has its line, and so has every one at the top."""
    tree = FIRST_HOUR[FIRST_HOUR.index("## Where things are") :]
    named = {name.rstrip("/") for name in re.findall(r"`([a-z0-9_/.]+)`", tree) if name.endswith((".py", "/"))}
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
    inside = {path for package in HOUSES for path in (ROOT / package).iterdir() if path.is_dir()}
    held = {path for path in inside if any(each.name != "__pycache__" for each in path.iterdir())}
    assert sorted({*ROOMS} - {*HOUSES} - named) == []
    folders = {path.relative_to(ROOT).as_posix() for path in held if path.name not in OF_FRAMEWORKS}
    assert sorted(folders - named) == []
    assert {"config", "partners", "cases", "api", "tests", "benchmarks", "docs"} <= named


def test_the_readme_leads_to_every_page() -> None:
    assert sorted(page for page in PAGES if f"({page})" not in README) == []


@pytest.mark.parametrize("page", sorted(LEADING))
def test_every_link_and_every_path_of_a_page_leads_somewhere(page: str) -> None:
    text, here = LEADING[page], (ROOT / page).parent
    links = re.findall(r"\]\(([^)#:]+)\)", text)
    assert sorted(link for link in links if "NNNN" not in link and not (here / link).exists()) == []
    paths = re.findall(rf"`((?:{TOP})/[\w./-]*)`", text)
    assert sorted(path for path in paths if not (ROOT / path).exists()) == []


def in_code(text: str) -> list[str]:
    """The functions that a text names, a module before each."""
    return re.findall(r"`([a-z][\w.]+:\w[\w.]+)`", text)


def test_the_first_hour_goes_where_the_walks_go() -> None:
    """`tests/test_walks.py` takes the walks."""
    for name in ("From PUT to row", "From row to public table"):
        (part,) = re.findall(rf"\*\*{name}\*\*.*?\n\n(.*?)\n\n", FIRST_HOUR, re.DOTALL)
        assert sorted(set(in_code(part)) - set(in_code(WALKS))) == []
        assert len(in_code(part)) >= 5


def test_the_first_hour_names_targets_that_are_there() -> None:
    makefile = (ROOT / "Makefile").read_text()
    named = set(re.findall(r"`make (\w+)`", FIRST_HOUR))
    assert named >= {"demo", "near", "test", "rest", "gate"}
    assert sorted(name for name in named if not re.search(rf"^{name}:", makefile, re.MULTILINE)) == []


def test_the_readme_is_one_screen_with_a_picture() -> None:
    assert README.count("\n") <= SCREEN
    assert len(README.split()) <= WORDS
    assert re.findall(r"^    make (\w+)", README, re.MULTILINE) == ["demo", "test"]
    assert re.search(r"^\*Henvis\* .* is a ", README, re.MULTILINE)
    assert [
        who for who in ("Partner organisations", "The centre's staff", "Readers") if f"**{who}**" not in README
    ] == []
    (picture,) = re.findall(r"!\[[^]]+\]\(([^)]+)\)", README)
    assert 0 < (ROOT / picture).stat().st_size < LARGEST_PICTURE
