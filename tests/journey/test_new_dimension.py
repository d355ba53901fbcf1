"""The recipe for a new field, carried out in a copy of the source: what it brings passes the gate, loads and is counted."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.journey.test_code_change import PROGRAMS, ROOT, Tree, command, copied, step, url

__all__ = ["url"]
FIELD = "travelled_by"
PERSONS, YEAR = 200, "2022"


def recipe() -> str:
    """The command that the page gives."""
    page = (ROOT / "docs/recipes/field.md").read_text()
    return page.split("```sh\n", 1)[1].split("```", 1)[0]


@pytest.fixture
def tree(url: str, tmp_path: Path) -> Tree:
    """A copy of the source, as the recipe finds it."""
    return copied(url, tmp_path / "copy")


def run(tree: Tree, *words: str) -> str:
    """A program of a developer in the copy; what it wrote."""
    done = subprocess.run(words, cwd=tree.path, env=tree.environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.skipif(shutil.which("make") is None, reason="no make on this machine: the recipe ends with it")
def test_the_recipe_brings_a_dimension_that_loads_and_is_counted(tree: Tree) -> None:
    printed = run(tree, "sh", "-e", "-c", recipe().replace("make ", f"make RUN={PROGRAMS}/ ", 1))
    assert "What is left" in printed
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
