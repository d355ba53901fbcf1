"""The command line, `henvis`. Its exit codes are documented in the README of the package."""

from __future__ import annotations

from typing import Any

import typer

from henvis_client.cli import (
    account,
    batches,
    counts,
    figures,
    files,
    jobs,
    linking,
    mapping,
    own_keys,
    receipts,
    reports,
    returned,
    waiting,
    whoami,
    withdrawing,
)
from henvis_client.cli.app import app
from henvis_client.cli.commanding import language_option
from henvis_client.cli.help_texts import translate

__all__ = ["ROOMS", "command_in", "language_option", "main"]

# Their commands are in the tree by being read.
ROOMS = (
    account,
    batches,
    counts,
    files,
    figures,
    jobs,
    linking,
    mapping,
    own_keys,
    receipts,
    reports,
    returned,
    waiting,
    whoami,
    withdrawing,
)


def command_in(language: str) -> Any:
    """The whole command in a language."""
    return translate(typer.main.get_command(app), language)


def main() -> None:
    """Run it."""
    app()
