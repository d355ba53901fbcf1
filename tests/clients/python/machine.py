"""A person's machine: commands as they are typed, and what they print and end with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
from typer.testing import CliRunner

from henvis_client.cli import command_in, language_option
from henvis_client.cli.app import app
from henvis_client.cli.surroundings import Surroundings
from henvis_client.timing import Patience
from tests.clients.python.register import Register

RUNNER = CliRunner()


@dataclass(frozen=True)
class Ending:
    """What a command ended with."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The object on standard output."""
        value: dict[str, Any] = json.loads(self.out)
        assert value["exit_code"] == self.code
        return value


@dataclass
class Machine:
    """A machine with a folder of its own."""

    around: Surroundings
    service: Register
    columns: int = 200

    def henvis(self, *words: str | Path, typed: str = "") -> Ending:
        """Run a command; `typed` is what the person answers."""
        arguments = [str(word) for word in words]
        result = RUNNER.invoke(app, arguments, input=typed, obj=self.around, env={"COLUMNS": str(self.columns)})
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        return Ending(result.exit_code, result.stdout, result.stderr)

    def change(self, **changes: Any) -> None:
        """Another network, other variables, nobody there."""
        self.around = replace(self.around, **changes)

    def set_variables(self, **variables: str) -> None:
        """More variables of the environment."""
        self.change(variables={**self.around.variables, **variables})

    def lose_network(self) -> None:
        """From now on nobody answers."""
        self.change(transport=httpx.MockTransport(away), patience=Patience(attempts=2))

    def log_in(self, *options: str, answers: str = "") -> Ending:
        """Log in with the client of the present mode."""
        who = self.service
        return self.henvis("login", *options, typed=f"http://localhost\n{who.id}\n{who.secret}\n{answers}")


def away(request: httpx.Request) -> httpx.Response:
    """No answer."""
    raise httpx.ConnectError("away")


def help_in(language: str, words: Sequence[str]) -> str:
    """The help of a command."""
    command = command_in(language_option(["--lang", language]) or "en")
    for word in words:
        command = command.commands[word]
    return str(command.get_help(command.make_context("henvis", [], resilient_parsing=True)))
