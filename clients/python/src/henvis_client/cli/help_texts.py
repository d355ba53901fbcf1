"""Help in two languages. Typer takes its texts when a module is read, before anybody has said `--lang`; so each holds both."""

from __future__ import annotations

from typing import Any

from henvis_client.texts import Text

# No text has it.
BORDER = "\x1f"


def both(da: str, en: str) -> str:
    """A text of the help, to be cut to one language by `translate`."""
    return f"{da}{BORDER}{en}"


def cut(text: str | None, language: str) -> str | None:
    """The part of a text in one language."""
    return Text(*text.split(BORDER))(language) if text and BORDER in text else text


def translate(command: Any, language: str) -> Any:
    """A command of Typer's, with all below it, in one language."""
    for name in ("help", "short_help", "epilog"):
        if hasattr(command, name):
            setattr(command, name, cut(getattr(command, name), language))
    for parameter in command.params:
        if hasattr(parameter, "help"):
            parameter.help = cut(parameter.help, language)
    for inner in getattr(command, "commands", {}).values():
        translate(inner, language)
    return command
