"""The targets that somebody who changes the source calls: `make help` names them, and they bring the programs that they run."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
RECIPES = sorted((ROOT / "docs/recipes").glob("*.md"))

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="no make on this machine")


def make(*words: str) -> str:
    """What `make` prints; it runs nothing."""
    return subprocess.run(["make", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def called(page: Path) -> set[str]:
    """The targets that a page calls."""
    lines = re.findall(r"^make ([^'\n=]+)", page.read_text(), re.MULTILINE)
    return {word for line in lines for word in line.split() if word.islower()}


@pytest.mark.parametrize("page", RECIPES, ids=lambda page: page.stem)
def test_a_recipe_may_begin_without_any_program(page: Path) -> None:
    """A fresh clone has none, and `make demo` brings neither ruff nor pytest. `make` itself says what a target needs first."""
    rules = make("--print-data-base", "--dry-run", "help")
    assert called(page)
    for target in sorted(called(page)):
        assert re.search(rf"^{re.escape(target)}:.*\| \S*bin/ruff$", rules, re.MULTILINE), target


def test_help_names_what_recipes_call_and_the_first_steps_of_the_gate() -> None:
    named = make("help")
    wanted = {"demo", "test", "imports"}.union(*map(called, RECIPES)) - {"codelists"}
    missing = [each for each in wanted if not re.search(rf"^make .*\b{re.escape(each)}\b", named, re.MULTILINE)]
    assert sorted(missing) == []
