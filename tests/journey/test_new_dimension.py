"""The README's recipe for a new dimension, walked in a copy of the source: what it brings passes the gate, loads and is counted."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.journey.test_code_change import PROGRAMS, ROOT, Tree, command, copied, step, url

__all__ = ["url"]
RECIPE = re.compile(r"^ *<!-- recipe: (\S+) -->\n *```\w+\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
NEW, FIELD = "TRAVELLED_BY", "travelled_by"
PERSONS, YEAR = 200, "2022"


def steps() -> dict[str, str]:
    """What the README gives for each file, without the margin of its list."""
    readme = (ROOT / "README.md").read_text()
    recipe = readme[readme.index("## How to add a dimension") : readme.index("## How to add, retire or split a code")]
    return {file: re.sub("^   ", "", text, flags=re.MULTILINE) for file, text in RECIPE.findall(recipe)}


@pytest.fixture
def tree(url: str, tmp_path: Path) -> Tree:
    """A copy of the source, as the recipe finds it."""
    return copied(url, tmp_path / "copy")


def put_in(file: Path, text: str, before: str) -> None:
    """Text before the first line that begins so."""
    found = file.read_text()
    assert found.count(before) >= 1, before
    file.write_text(found.replace(before, text + before, 1))


def follow(tree: Path) -> str:
    """Do what the README says, as a developer does; return the command that ends it."""
    said = steps()
    lists, table, columns, last = said
    (tree / lists).write_text(f"{(tree / lists).read_text()}\n\n{said[lists]}")
    names = tree / "cases/codelists/__init__.py"
    put_in(names, f"    {NEW},\n", "    WITHDRAWAL_REASON,\n)")
    put_in(names, f"        {NEW},\n", "        PARTNER_KIND,\n    )")
    put_in(names, f'    "{NEW}",\n', '    "WITHDRAWAL_REASON",\n')
    put_in(tree / table, f"{said[table]}\n", "REFERRAL: tuple")
    put_in(tree / table, f"    {NEW},\n", ")\n\nOUTCOME")
    put_in(tree / columns, said[columns], "    reason_code = ")
    return said[last]


def run(tree: Tree, *words: str) -> str:
    """A program of a developer in the copy; what it wrote."""
    done = subprocess.run(words, cwd=tree.path, env=tree.environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.skipif(shutil.which("make") is None, reason="no make on this machine: the recipe ends with it")
def test_the_recipe_brings_a_dimension_that_loads_and_is_counted(tree: Tree) -> None:
    make, what = follow(tree.path).split()
    run(tree, make, f"RUN={PROGRAMS}/", what)
    run(tree, f"{PROGRAMS}/ruff", "check", "--no-cache", ".")
    run(tree, f"{PROGRAMS}/ruff", "format", "--no-cache", "--check", ".")
    described = json.loads((tree.path / "openapi.json").read_text())
    assert FIELD in json.dumps(described["components"]["schemas"])

    *checks, _, _, _, sent, figures = tree.run(
        command("makemigrations", "--check", "--dry-run"),
        command("codelist", "check"),
        command("migrate", "--verbosity=0"),
        command("sandbox", f"--persons={PERSONS}", f"--years={YEAR}", "--verbosity=0"),
        command("release", "build", YEAR, "--depth=1", f"--dimensions={FIELD}"),
        step("told_of", field=FIELD, code="AIR"),
        step("counted", axis=FIELD, period=YEAR),
    )
    assert [each["status"] for each in checks] == [0, 0]
    before, now, wrong = sent["answers"]
    assert (before["status"], now["status"], now["body"][FIELD]) == (201, 201, "AIR")
    assert [(row["code"], row["pointer"]) for row in wrong["errors"]] == [("code_unknown", f"#/{FIELD}")]
    total = figures.pop("TOTAL")
    assert (total, sum(figures.values())) == (PERSONS, PERSONS)
    assert min(figures[code] for code in ("AIR", "ROAD", "_U")) > 0
