"""The whole command: its help and its refusals in one language, and what an interruption means."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import typer
from typer.core import TyperGroup

from henvis_client.cli.help_texts import translate
from henvis_client.cli.surroundings import Surroundings
from henvis_client.texts import Text

# What Typer raises for a line that it cannot read. Its module has another name in each version.
WrongUsage: Any = typer.BadParameter.__base__
WRONG_USAGE = 2
MISSING = Text("Her mangler {name}.", "{name} is missing.")
NO_OPTION = Text("Der er intet valg {name}.", "There is no option {name}.")
NO_COMMAND = Text("Der er ingen kommando {name}.", "There is no command {name}.")
WHICH_COMMAND = Text("Hvilken kommando?", "Which command?")
MEANT = Text("Mente du {names}?", "Did you mean {names}?")
BAD_VALUE = Text("Værdien af {name} tages ikke imod.", "The value of {name} is not taken.")
BAD_OPTION = Text("Valget {name} er ikke skrevet rigtigt.", "The option {name} is not written rightly.")
TOO_MUCH = Text(
    "Der står mere, end kommandoen tager imod. Et navn med mellemrum skal stå i anførselstegn.",
    "There is more than the command takes. A name with blanks has to stand in quotation marks.",
)
SEE_HELP = Text("Se `{command} --help`.", "See `{command} --help`.")


class WholeCommand(TyperGroup):
    """`henvis`, in the language of the person who typed it."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a line, and end the process with its exit code."""
        arguments = list(sys.argv[1:] if args is None else args)
        around = extra.setdefault("obj", None) or Surroundings.of_system()
        language = around.language(language_option(arguments))
        translate(self, language)
        try:
            code = super().main(arguments, "henvis", standalone_mode=False, **{**extra, "obj": around})
        except WrongUsage as error:
            code = refuse(error, language, as_json="--json" in arguments)
        sys.exit(code or 0)


def language_option(arguments: Sequence[str]) -> str | None:
    """What `--lang` says, wherever it stands: the help needs it before anything is parsed."""
    for place, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return argument.partition("=")[2]
        if argument == "--lang":
            return next(iter(arguments[place + 1 :]), None)
    return None


def refuse(error: Any, language: str, *, as_json: bool) -> int:
    """Say what is wrong with a line. A group of commands without a command shows its help."""
    command = error.ctx.command_path if error.ctx else "henvis"
    message = " ".join(sentences_of(error, language))
    if type(error).__name__ == "NoArgsIsHelpError":
        typer.echo(error.ctx.get_help(), err=True)
    else:
        typer.echo(f"{message} {SEE_HELP(language, command=command)}", err=True)
    if as_json:
        body = {"error": {"code": "usage", "message": message}, "exit_code": WRONG_USAGE}
        typer.echo(json.dumps(body, ensure_ascii=False, indent=1))
    return WRONG_USAGE


def sentences_of(error: Any, language: str) -> list[str]:
    """What is wrong with a line, in words of our own."""
    parameter: Any = getattr(error, "param", None)
    match type(error).__name__:
        case "MissingParameter":
            return [MISSING(language, name=name_of(parameter))]
        case "NoSuchOption":
            return [NO_OPTION(language, name=error.option_name), *nearest(error.possibilities or (), language)]
        case "BadParameter":
            return [
                BAD_VALUE(language, name=name_of(parameter)),
                *([parameter.help] if parameter.help else []),
            ]
        case "BadOptionUsage":
            return [BAD_OPTION(language, name=error.option_name)]
    return of_command(error, language)


def of_command(error: Any, language: str) -> list[str]:
    """What is wrong with the name of a command, or behind it."""
    commands = list(getattr(error.ctx.command, "commands", {})) if error.ctx else []
    name = re.search(r"'([^']+)'", error.message)
    if not commands:
        return [TOO_MUCH(language)]
    if name is None:
        return [WHICH_COMMAND(language)]
    return [NO_COMMAND(language, name=name[1]), *nearest(get_close_matches(name[1], commands), language)]


def nearest(names: Sequence[str], language: str) -> list[str]:
    """What was probably meant."""
    return [MEANT(language, names=", ".join(names))] if names else []


def name_of(parameter: Any) -> str:
    """A parameter as it is typed, or as the help calls it."""
    if parameter.opts[0].startswith("-"):
        return str(parameter.opts[0])
    return str(parameter.metavar)
