"""Clients in Python and TypeScript are made, compiled and used; those in Java and Go, and orval's, are made and compiled."""

from __future__ import annotations

import compileall
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from stats.models import PUBLIC
from tests.api.batches.sending import as_csv, row
from tests.callers import make_caller, referral
from tests.clients.conftest import BRIEFLY, DESCRIPTION, JAR, compiler, generator, run, tool
from tests.running import lacks
from tests.stats.published import publish

pytestmark = pytest.mark.clients
STRICT = (
    "--strict",
    "--skipLibCheck",
    "--target",
    "es2022",
    "--module",
    "nodenext",
    "--lib",
    "es2022,dom,dom.iterable",
)
# Debian's packages of what the Java client needs beside the generator's own jar (Jackson).
JARS = ("httpclient.jar", "httpcore.jar", "httpmime.jar", "geronimo-annotation-1.3-spec.jar")
JAVA_HOME, GO_HOME = Path("/usr/share/java"), Path("/usr/share/gocode")
HERE = Path(__file__).parent


def test_the_description_is_valid_to_the_generator() -> None:
    said = generator("validate", "-i", DESCRIPTION)
    assert "No validation issues detected." in said, said


@pytest.fixture
def table(live_server: Any) -> dict[str, int | None]:
    """A public table, as it has to be read."""
    shown = {"F": 60, "M": None, "_U": None}
    publish(PUBLIC, "2023", {"": {"": 73}, "gender": shown})
    return {"TOTAL": 73, "X": 0, **shown}


def test_the_python_client_submits_and_reads(clients: Path, live_server: Any, table: dict[str, int | None]) -> None:
    home, caller = clients / "python", make_caller("NGO")
    assert compileall.compile_dir(home, quiet=1)
    asked = {
        "address": live_server.url,
        "client": [caller.client.client_id, caller.secret],
        "referral": referral(means_of_control=["DEBT_BONDAGE", "THREATS"]),
        "file": as_csv([row(), row()]).decode(),
    }
    said = json.loads(
        run(sys.executable, "-W", "error", HERE / "use_python.py", json.dumps(asked), PYTHONPATH=str(home))
    )
    assert said["table"] == table
    assert said["written"] == said["read"] == {"version": 1, "means_of_control": ["DEBT_BONDAGE", "THREATS"]}
    assert said["minimal"] == {"version": 1, "means_of_control": None}
    assert said["refused"] == [400, "validation_failed"]
    assert said["file"] == {"format": "csv", "created": 2}


def test_the_other_python_client_submits_and_sends_a_file(
    client_of_openapi_python: Path, live_server: Any, table: dict[str, int | None]
) -> None:
    caller = make_caller("NGO")
    asked = {
        "address": live_server.url,
        "client": [caller.client.client_id, caller.secret],
        "referral": referral(),
        "file": as_csv([row(), row()]).decode(),
    }
    script = HERE / "use_openapi_python_client.py"
    said = json.loads(run(sys.executable, script, json.dumps(asked), PYTHONPATH=str(client_of_openapi_python)))
    assert said == {"version": 1, "file": {"format": "csv", "created": 2}, "table": table}


def test_the_typescript_client_is_strict_and_reads(
    clients: Path, live_server: Any, table: dict[str, int | None]
) -> None:
    home = clients / "typescript-fetch"
    (home / "package.json").write_text('{"type": "module"}')
    run(tool("tsc"), *STRICT, "--outDir", home / "made", home / "index.ts")
    (home / "use.js").write_text((HERE / "use_typescript.js").read_text())
    assert json.loads(run(*compiler("node"), home / "use.js", live_server.url)) == table


def test_orvals_client_is_strict(tmp_path: Path) -> None:
    wanted = {"input": str(DESCRIPTION), "output": {"target": str(tmp_path / "client.ts"), "client": "fetch"}}
    (tmp_path / "orval.config.cjs").write_text(f"module.exports = {{henvis: {json.dumps(wanted)}}};")
    run(tool("orval"), "--config", tmp_path / "orval.config.cjs", cwd=tmp_path, **os.environ)
    run(tool("tsc"), *STRICT, "--noEmit", tmp_path / "client.ts")


def test_the_java_client_compiles(clients: Path, tmp_path: Path) -> None:
    (javac,) = compiler("javac")
    jars = [JAVA_HOME / name for name in JARS]
    if missing := [jar.name for jar in jars if not jar.exists()]:
        lacks(f"no {', '.join(missing)} on this machine, so the Java client was not compiled")
    path, sources = os.pathsep.join(map(str, (JAR, *jars))), sorted((clients / "java/src/main").rglob("*.java"))
    assert len(sources) > 100
    run(javac, *(f"-J{option}" for option in BRIEFLY), "-proc:none", "-nowarn", "-d", tmp_path, "-cp", path, *sources)


def test_the_go_client_compiles(clients: Path, tmp_path: Path) -> None:
    (go,) = compiler("go")
    if not (GO_HOME / "src/golang.org/x/oauth2").exists():
        lacks("no golang.org/x/oauth2 on this machine, so the Go client was not compiled")
    quiet = {**os.environ, "GO111MODULE": "off", "GOPATH": str(GO_HOME), "GOFLAGS": "", "CGO_ENABLED": "0"}
    # Go's own packages are compiled with it; none of it will run, so that it need not be quick.
    run(go, "build", "-gcflags=all=-N -l", "./...", cwd=clients / "go", **quiet)
