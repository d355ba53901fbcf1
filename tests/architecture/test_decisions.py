"""The records of decisions: each has the form, and what one says of another the other says of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.architecture.test_sources import PACKAGES

FOLDER = Path(settings.BASE_DIR) / "docs/decisions"
RECORDS = {path.name: path.read_text() for path in sorted(FOLDER.glob("[0-9]*.md"))}
LINK = r"\[(\d{4})\]\((\1-[a-z0-9-]+\.md)\)"
HEAD = re.compile(r"# (\d{4}) (\S.*)\n\nStatus: (.+)\n((?:[A-Z][a-z ]+: .+\n)*)\n## Context\n")
ACCEPTED = re.compile(r"accepted, \d{4}-\d{2}-\d{2}\b.*")
SUPERSEDED = re.compile(rf"superseded by {LINK}, \d{{4}}-\d{{2}}-\d{{2}}")
SECTIONS = ["Context", "Decision", "Consequences"]
# What a record says of another, and what that one says of it.
ANSWERS = {"Supersedes": "Superseded by", "Amends": "Amended by", "Amended by": "Amends", "Superseded by": "Supersedes"}


def statements(text: str) -> set[tuple[str, str]]:
    """What a record says of others: the word, and the file of the other."""
    head = HEAD.match(text)
    assert head is not None
    lines = [line.partition(": ") for line in head[4].splitlines()]
    pairs = {(word, file) for word, _, links in lines for _, file in re.findall(LINK, links)}
    return pairs | {("Superseded by", file) for _, file in re.findall(rf"superseded by {LINK}", head[3])}


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_has_the_form(name: str) -> None:
    text = RECORDS[name]
    head = HEAD.match(text)
    assert head is not None, "title, status, context"
    assert head[1] == name[:4]
    assert ACCEPTED.fullmatch(head[3]) or SUPERSEDED.fullmatch(head[3]), head[3]
    assert {line.partition(": ")[0] for line in head[4].splitlines()} <= set(ANSWERS) - {"Superseded by"}
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == SECTIONS
    assert [part for part in re.split(r"^## .+$", text, flags=re.MULTILINE)[1:] if not part.strip()] == []


def test_the_records_that_the_tree_names_are_there() -> None:
    """A number that a comment, a setting or a page gives leads to a record."""
    root = Path(settings.BASE_DIR)
    paths = [root / "pyproject.toml", *root.glob("docs/**/*.md"), *root.glob("*.md")]
    paths += [path for each in PACKAGES for kind in ("py", "sql") for path in (root / each).rglob(f"*.{kind}")]
    numbers = {number for path in paths for number in re.findall(r"decisions/(\d{4})", path.read_text())}
    assert len(numbers) >= 10
    assert sorted(numbers - {name[:4] for name in RECORDS}) == []


def test_numbers_are_given_once() -> None:
    numbers = [name[:4] for name in RECORDS]
    assert sorted(set(numbers)) == numbers


@pytest.mark.parametrize("name", RECORDS)
def test_what_a_record_says_of_another_that_one_says_of_it(name: str) -> None:
    for word, file in statements(RECORDS[name]):
        assert (ANSWERS[word], name) in statements(RECORDS[file])


def test_the_index_has_each_record_with_its_title_and_status() -> None:
    index = (FOLDER / "README.md").read_text()
    rows = []
    for name, text in RECORDS.items():
        head = HEAD.match(text)
        assert head is not None
        rows.append(f"| [{head[1]}]({name}) | {head[2]} | {head[3]} |")
    assert re.findall(r"^\| \[\d{4}\].+$", index, re.MULTILINE) == rows
