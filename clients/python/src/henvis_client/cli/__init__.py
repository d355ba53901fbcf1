"""The command line, `henvis`. Its exit codes are documented in the README of the package."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import typer

from henvis_client.cli import account, batches, figures, files, linking, mapping, own_keys, waiting
from henvis_client.cli.app import app
from henvis_client.cli.help_texts import translate
from henvis_client.cli.surroundings import Surroundings

# Their commands are in the tree by being read.
ROOMS = (account, batches, files, figures, linking, mapping, own_keys, waiting)


def command_in(language: str) -> Any:
    """The whole command in a language."""
    return translate(typer.main.get_command(app), language)


def language_option(arguments: Sequence[str]) -> str | None:
    """What `--lang` says, wherever it stands: the help needs it before anything is parsed."""
    for place, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return argument.partition("=")[2]
        if argument == "--lang":
            return next(iter(arguments[place + 1 :]), None)
    return None


def main() -> None:
    """Run it."""
    around = Surroundings.of_system()
    command_in(around.language(language_option(sys.argv[1:])))(obj=around)
