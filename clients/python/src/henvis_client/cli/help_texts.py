"""Help in two languages. Typer takes its texts when a module is read, before anybody has said `--lang`; so each holds both."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import typer

from henvis_client.texts import Text

# No text has it.
BORDER = "\x1f"


# What Typer itself writes in a help, in Danish.
OF_TYPER = {
    r"^Usage: ": "Brug: ",
    r"^Options:$": "Valg:",
    r"^Arguments:$": "Argumenter:",
    r"^Commands:$": "Kommandoer:",
    r"\[required\]": "[skal angives]",
    r"\[default: ": "[standard: ",
    # As wide as what was there: the columns are in line already.
    "<str>": "<ord>",
    "<path>": "<fil> ",
    r"Show this message and exit\.": "Vis denne hjælp.",
}
PLACEHOLDERS = {
    "OPTIONS": "VALG",
    "COMMAND": "KOMMANDO",
    "ARGS": "ARGUMENTER",
    "TEXT": "TEKST",
    "FILE": "FIL",
    "PATH": "STI",
    "DATASET": "DATASÆT",
    "HEADER": "OVERSKRIFT",
    "FIELD": "FELT",
    "WORD": "ORD",
    "CODE": "KODE",
    "ORDER": "RÆKKEFØLGE",
    "EDITION": "UDGAVE",
    "FORM": "SKEMA",
    "PERIOD": "PERIODE",
    "MONTH": "MÅNED",
    "RULE": "REGEL",
    "REASON": "BEGRUNDELSE",
}
PLACEHOLDER = re.compile(rf"\b({'|'.join(PLACEHOLDERS)})\b")


def both(da: str, en: str) -> str:
    """A text of the help, to be cut to one language by `translate`."""
    return f"{da}{BORDER}{en}"


def option(da: str, en: str, /, *names: str, show_default: bool = False, **more: Any) -> Any:
    """An option of a command, with its help."""
    return typer.Option(*names, help=both(da, en), show_default=show_default, **more)


def cut(text: str | None, language: str) -> str | None:
    """The part of a text in one language."""
    return Text(*text.split(BORDER))(language) if text and BORDER in text else text


def in_danish(text: str) -> str:
    """A help in which what Typer writes is Danish too."""
    for pattern, words in OF_TYPER.items():
        text = re.sub(pattern, words, text, flags=re.MULTILINE)
    return danish_placeholders(text)


def danish_placeholders(text: str) -> str:
    """A text in which what stands for a word of the person's is called in Danish."""
    return PLACEHOLDER.sub(lambda match: PLACEHOLDERS[match[1]], text)


def helping(get_help: Callable[[Any], str]) -> Callable[[Any], str]:
    """The help of a command, in Danish."""
    return lambda ctx: in_danish(get_help(ctx))


def translate(command: Any, language: str) -> Any:
    """A command of Typer's, with all below it, in one language."""
    for name in ("help", "short_help", "epilog"):
        if hasattr(command, name):
            setattr(command, name, cut(getattr(command, name), language))
    for parameter in command.params:
        translate_parameter(parameter, language)
    if language == "da":
        command.get_help = helping(command.get_help)
    for inner in getattr(command, "commands", {}).values():
        translate(inner, language)
    return command


def translate_parameter(parameter: Any, language: str) -> None:
    """What is said of one parameter, in one language."""
    if parameter.param_type_name == "argument" and not parameter.metavar:
        parameter.metavar = parameter.name.upper()
    if language == "da" and parameter.metavar:
        parameter.metavar = danish_placeholders(parameter.metavar)
    if hasattr(parameter, "help"):
        parameter.help = cut(parameter.help, language)
