"""Carrying out a page of docs/recipes/: its code goes where its sentences say, and its commands are run.

The sentence before a block of code ends with one of these, which people read as well:

    New file `path`:                        At the end of `path`:
    In `path`, after `line`:                In `path`, before `line`:
    In `path`, instead of `text`:           In `path`, instead of: … write:
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.journey.test_code_change import Tree

FENCE = "```"
PLACE = re.compile(
    r"(?P<how>New file|At the end of|In) `(?P<path>[^`]+)`(?:, (?P<where>[a-z ]+?)(?: `(?P<text>[^`]+)`)?)?:$"
)
SHOWN = 30_000


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code, and the paragraph before it."""

    said: str
    language: str
    text: str


def blocks(page: str) -> Iterator[Block]:
    """The blocks of a page."""
    said: list[str] = []
    lines = iter(page.splitlines())
    for line in lines:
        if line.startswith(FENCE):
            inside = iter(lambda: next(lines), FENCE)
            yield Block(" ".join(said), line.removeprefix(FENCE), "".join(f"{each}\n" for each in inside))
            said = []
        elif line:
            said.append(line)
        else:
            said = said if said and said[-1].endswith(":") else []


def carry_out(page: Path, tree: Tree) -> str:
    """Do what a page says, in its order; what the commands wrote. Raises `AssertionError` where something cannot be done."""
    written, before = [], ("", "")
    for block in blocks(page.read_text()):
        if block.language == "sh":
            written.append(run(tree, "sh", "-e", "-c", block.text))
        elif block.said.endswith("write:"):
            replace(tree.path / before[0], before[1], block.text)
        else:
            place = PLACE.search(block.said)
            assert place, f"{page.name} does not say where this goes:\n{block.text}"
            before = place["path"], block.text
            put(tree.path, place, block.text)
    return "".join(written)


def put(root: Path, place: re.Match[str], text: str) -> None:
    """Put text into a file."""
    file, where, line = root / place["path"], place["where"], place["text"]
    if place["how"] == "New file":
        assert not file.exists(), f"{file} is there already"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    elif place["how"] == "At the end of":
        file.write_text(file.read_text() + text)
    elif where == "after":
        replace(file, f"{line}\n", f"{line}\n{text}")
    elif where == "before":
        replace(file, f"{line}\n", f"{text}{line}\n")
    elif line:
        replace(file, line, text.removesuffix("\n"))
    else:
        assert where == "instead of", f"nobody knows what `{where}` means"


def replace(file: Path, old: str, new: str) -> None:
    """Put text in the place of another, which stands once."""
    text = file.read_text()
    assert text.count(old) == 1, f"{file} has this {text.count(old)} times, not once:\n{old}"
    file.write_text(text.replace(old, new))


def run(tree: Tree, *words: str) -> str:
    """Run a program in the copy; what it wrote."""
    done = subprocess.run(words, cwd=tree.path, env=tree.environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, (done.stdout + done.stderr)[-SHOWN:]
    return done.stdout
