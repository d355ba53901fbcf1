"""The package as others install it: its README, its version, and that it knows nothing of the service's source."""

from __future__ import annotations

import ast
import inspect
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.conf import settings
from typer.testing import CliRunner

import henvis_client
from henvis_client import Client
from henvis_client.cli import command_in
from henvis_client.cli.app import app
from henvis_client.cli.desk import NETWORK, OK, REFUSED, ROWS, USAGE
from henvis_client.errors import CredentialProblem, NetworkError, Problem, ServiceProblem, UsageError

HOME = Path(settings.BASE_DIR) / "clients/python"
SOURCES = sorted((HOME / "src").rglob("*.py"))
README = (HOME / "README.md").read_text()
UV = shutil.which("uv") or shutil.which("uv", path=Path(settings.BASE_DIR) / ".henvis-tools/bin")
PROJECT = tomllib.loads((HOME / "pyproject.toml").read_text())["project"]
COMMANDS = [
    shlex.split(line, comments=True)[1:]
    for line in re.findall(r"^    (henvis .+)$", README, re.MULTILINE) + re.findall(r"`(henvis [^`]+)`", README)
]


def test_the_version_is_that_of_the_package() -> None:
    assert henvis_client.__version__ == PROJECT["version"]
    assert CliRunner().invoke(app, ["--version"]).stdout.strip() == PROJECT["version"]
    assert (HOME / "src/henvis_client/py.typed").exists()


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_the_readme_says_what_there_is(words: list[str]) -> None:
    command = command_in("en")
    while words and words[0] in getattr(command, "commands", {}):
        command, words = command.commands[words[0]], words[1:]
    assert not hasattr(command, "commands"), "a command of a group"
    needs_more = not words and any(each.required for each in command.params)
    command.make_context("henvis", list(words), resilient_parsing=needs_more)


def test_the_readme_has_commands_and_every_command_is_in_it() -> None:
    assert len(COMMANDS) > 20
    tree = command_in("en").commands
    names = {name for name, each in tree.items() if not hasattr(each, "commands")}
    names |= {f"{name} {inner}" for name, each in tree.items() for inner in getattr(each, "commands", {})}
    lines = [" ".join(words) for words in COMMANDS]
    assert sorted(name for name in names if not any(line.startswith(name) for line in lines)) == []


def test_a_misspelt_line_would_be_noticed() -> None:
    with pytest.raises(Exception, match="No such option"):
        test_the_readme_says_what_there_is(["send", "x.csv", "--lenientt"])


def test_exit_codes_are_those_of_the_readme() -> None:
    codes = [int(each) for each in re.findall(r"^\| (\d) \|", README, re.MULTILINE)]
    assert codes == [OK, ROWS, USAGE, REFUSED, NETWORK]
    assert [each.exit_code for each in (UsageError, Problem, CredentialProblem)] == [USAGE, REFUSED, REFUSED]
    assert [each.exit_code for each in (NetworkError, ServiceProblem)] == [NETWORK, NETWORK]


def test_the_program_in_the_readme_is_one() -> None:
    (program,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    tree = ast.parse(program)
    methods = {
        node.attr: node
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "client"
    }
    assert set(methods) == {"wait", "check", "results", "send"}
    assert all(inspect.isfunction(getattr(Client, name)) for name in methods)
    (names,) = [node.names for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert {each.name for each in names} <= set(henvis_client.__all__)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(HOME).as_posix())
def test_it_needs_what_it_says_and_nothing_of_the_service(path: Path) -> None:
    others = {"henvis_client", "openpyxl", *(re.match(r"\w+", each)[0] for each in PROJECT["dependencies"])}  # type: ignore[index]
    tree = ast.parse(path.read_text())
    modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    modules |= {each.name for node in ast.walk(tree) if isinstance(node, ast.Import) for each in node.names}
    from sys import stdlib_module_names

    assert {name.split(".")[0] for name in modules} - set(stdlib_module_names) <= others


def test_both_languages_say_something() -> None:
    from henvis_client.texts import Text

    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"Text", "both"}:
                texts = [each.value for each in node.args if isinstance(each, ast.Constant)]
                assert len(texts) in {0, 2}, ast.unparse(node)
                assert all(isinstance(each, str) and each for each in texts), ast.unparse(node)
                parts = [set(re.findall(r"\{(\w+)\}", str(each))) for each in texts]
                assert not parts or parts[0] == parts[1], ast.unparse(node)
    assert Text("a {n}", "b {n}")("da", n=1) == "a 1"


RUN = """
import sys
from importlib.metadata import distribution
(entry,) = distribution("henvis-client").entry_points
sys.argv = [entry.name, *sys.argv[1:]]
command = entry.load()
assert sys.modules["henvis_client"].__file__.startswith(sys.path[1]), "another package"
command()
"""


@pytest.mark.skipif(UV is None, reason="no uv on this machine")
def test_the_wheel_is_built_and_its_command_runs(tmp_path: Path) -> None:
    subprocess.run([str(UV), "build", "--wheel", "--offline", "-q", "-o", tmp_path, HOME], check=True)
    (wheel,) = tmp_path.glob("*.whl")
    place = tmp_path / "unpacked"
    ZipFile(wheel).extractall(place)
    surroundings = {
        **os.environ,
        "PYTHONPATH": str(place),
        "HENVIS_CLIENT_HOME": str(tmp_path / "home"),
        "HENVIS_LANG": "da",
    }
    (metadata,) = place.glob("*.dist-info/METADATA")
    said = Parser().parsestr(metadata.read_text())
    assert (said["License-Expression"], said["License-File"]) == (PROJECT["license"], "LICENSE")
    (licence,) = place.glob("*.dist-info/licenses/LICENSE")
    assert licence.read_text() == (Path(settings.BASE_DIR) / "LICENSE").read_text()
    assert said.get_all("Project-URL") == ["License, https://data.europa.eu/eli/dec_impl/2017/863/oj"]
    assert not re.search(r"\]\((?!#|https:)", str(said.get_payload())), "a link that leads nowhere from a wheel"
    for words, part in ((["--version"], PROJECT["version"]), (["--help"], "Brug: henvis")):
        done = subprocess.run(
            [sys.executable, "-c", RUN, *words], env=surroundings, capture_output=True, text=True, check=True
        )
        assert part in done.stdout
