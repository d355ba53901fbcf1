"""What every command has at hand: the profile, the client, the language, and the way to say things.

Results go to standard output, as tables or with `--json` as one object; messages and progress go to standard error.
"""

from __future__ import annotations

import inspect
import json
import re
import shutil
import sys
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, wraps
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text as Line

from henvis_client.cli import key_hints
from henvis_client.cli import words as w
from henvis_client.cli.choices import Dictionaries
from henvis_client.cli.help_texts import option
from henvis_client.cli.refusals import KEY_TOO_MUCH, detail_of, sentence_of
from henvis_client.cli.refusals import RULES as OWN_RULES
from henvis_client.cli.surroundings import Surroundings
from henvis_client.client import Client
from henvis_client.errors import HenvisError, Problem, UsageError, Violation
from henvis_client.key_columns import has_references as has_references_in
from henvis_client.profiles import LIVE, Profile, secret_of
from henvis_client.texts import Text

OK, ROWS, USAGE, REFUSED, NETWORK = range(5)
# What a shell gives a program that was stopped from the keyboard.
INTERRUPTED = 130
# What a terminal obeys instead of showing it, but for the end of a line and a tab: an answer may have anything in it.
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# So many rows of a table are shown.
MOST_ROWS = 50
INDENT = 2
WHOLE_FILE = "*"
MOST_CODES = 8
DESK = "henvis_client.desk"

ProfileOption = Annotated[
    str | None,
    option("Profilen, fx test eller live.", "The profile, such as test or live."),
]
LangOption = Annotated[str | None, option("Sproget: da eller en.", "The language: da or en.")]
JsonOption = Annotated[bool, option("Resultatet som JSON.", "The result as JSON.", "--json")]
ANYWHERE = inspect.Parameter.POSITIONAL_OR_KEYWORD
CONTEXT = inspect.Parameter("ctx", ANYWHERE, annotation=typer.Context)
COMMON_OPTIONS = {
    name: inspect.Parameter(name, ANYWHERE, default=default, annotation=annotation)
    for name, default, annotation in (
        ("profile", None, ProfileOption),
        ("lang", None, LangOption),
        ("as_json", False, JsonOption),
    )
}


@dataclass
class Desk:
    """A command at work. `command`: how it is called. `file`: the one that it is about; `key_column`: that of its own keys."""

    around: Surroundings
    language: str
    as_json: bool
    profile_name: str | None = None
    command: str = "henvis"
    file: Path | None = None
    key_column: str | None = None
    accepts_guesses: bool = False

    @classmethod
    def of(cls, ctx: typer.Context, options: Mapping[str, Any]) -> Desk:
        """The desk of a command, which has one."""
        if DESK in ctx.meta:
            return ctx.meta[DESK]  # type: ignore[no-any-return]
        around = ctx.find_root().obj or Surroundings.of_system()
        name = options.get("profile") or around.variables.get("HENVIS_PROFILE")
        language = around.language(options.get("lang") or ctx.find_root().params.get("lang"))
        desk: Desk = cls(around, language, bool(options.get("as_json")), name, ctx.command_path)
        ctx.meta[DESK] = desk
        return desk

    @cached_property
    def profile(self) -> Profile:
        """The profile. Raises `UsageError` where there is none."""
        return self.around.profiles.choose(self.profile_name)

    @cached_property
    def client(self) -> Client:
        """A client of the profile."""
        secret = secret_of(self.profile, self.around.variables.get("HENVIS_CLIENT_SECRET"))
        return self.connect(self.profile.address, self.profile.client_id, secret)

    def connect(self, address: str, client_id: str, secret: str) -> Client:
        """A client of an address."""
        around = self.around
        return Client(
            address,
            client_id,
            secret,
            language=self.language,
            patience=around.patience,
            timing=around.timing,
            transport=around.transport,
        )

    @cached_property
    def dictionaries(self) -> Dictionaries:
        """The labels of fields and codes; none where nobody is logged in, or Henvis does not answer."""
        try:
            return Dictionaries.read(self.client)
        except (HenvisError, ValueError, KeyError):
            return Dictionaries({})

    @property
    def keys(self) -> dict[str, str]:
        """The own keys of the profile, by reference."""
        return self.around.key_map(self.profile).read()

    def code_list(self, list_id: str) -> dict[str, str]:
        """The codes of a list, each with its label."""
        return {code: label[self.language] for code, label in self.client.code_list(list_id).items()}

    @cached_property
    def errors(self) -> Console:
        """Where messages go."""
        return Console(stderr=True, highlight=False)

    def text(self, text: Text, /, **parts: object) -> str:
        """A text in the language of the command."""
        return text(self.language, **parts)

    def say(self, text: Text, /, **parts: object) -> None:
        """A message."""
        self.say_text(self.text(text, **parts))

    def say_text(self, text: str) -> None:
        """A message in the language of the command."""
        self.errors.print(line(text))

    def show(self, text: str, indent: int = 0) -> None:
        """A paragraph on standard output, as wide as the screen. With `--json` there is none."""
        if not self.as_json:
            typer.echo(wrap(text, indent))

    def say_command(self, command: str) -> None:
        """A command to be copied: on one line of its own, however long it is."""
        typer.echo(f"{' ' * INDENT}{CONTROLS.sub('', command)}", err=True)

    def table(self, columns: Sequence[Text], rows: Sequence[Sequence[object]], title: Text | None = None) -> None:
        """A table on standard output. With `--json` there is none."""
        if self.as_json or not rows:
            return
        table = Table(title=self.text(title) if title else None, title_justify="left", highlight=False)
        for column in columns:
            table.add_column(self.text(column), overflow="fold")
        for row in rows[:MOST_ROWS]:
            table.add_row(*(line("" if cell is None else str(cell)) for cell in row))
        Console(file=sys.stdout).print(table)
        if len(rows) > MOST_ROWS:
            self.say(w.MORE_LINES, count=len(rows) - MOST_ROWS)

    def finish(self, result: Mapping[str, Any], code: int = OK) -> NoReturn:
        """End with an exit code; with `--json` with one object on standard output."""
        if self.as_json:
            typer.echo(CONTROLS.sub(escape, json.dumps({**result, "exit_code": code}, ensure_ascii=False, indent=1)))
        raise typer.Exit(code)

    def fail(self, error: HenvisError) -> NoReturn:
        """End with an error."""
        self.complain(error)
        self.finish({"error": error_body(error, self.language)}, error.exit_code)

    def complain(self, error: HenvisError) -> None:
        """Say what went wrong, where, and what helps."""
        self.errors.print(line(sentence_of(error, self.language), style="red"))
        if not isinstance(error, Problem):
            return
        file = self.file if key_hints.is_about_keys(error.errors) else None
        has_references = file is not None and (self.key_column is not None or has_references_in(file))
        for each in error.errors:
            self.show(self.violation(each, has_references=has_references), INDENT)
        if file is not None and not has_references:
            self.hint_at_keys(key_hints.own_key_header(file, error.errors))

    def violation(self, violation: Violation, *, has_references: bool = False) -> str:
        """One thing that is wrong with what was sent. `has_references`: the rows have some, so that an own key is one too many."""
        detail = detail_of(violation.code, violation.detail, self.language)
        if has_references and violation.code in key_hints.KEYS:
            detail = self.text(KEY_TOO_MUCH)
        codes = "" if violation.code in OWN_RULES else ", ".join(violation.allowed[:MOST_CODES])
        more = " …" if codes and len(violation.allowed) > MOST_CODES else ""
        place = self.text(w.ROW_OF, line=violation.place) if violation.place.isdecimal() else violation.place
        begin = "" if place in {"", WHOLE_FILE} else f"{place}: "
        return f"{begin}{detail} {self.text(w.ALLOWED, codes=codes + more) if codes else ''}".strip()

    def hint_at_keys(self, header: str | None) -> None:
        """Say how a file with own keys is sent. `header`: the column of the keys, where it is known."""
        self.say(w.HOW_KEYS)
        name = header or self.text(w.YOUR_COLUMN)
        self.say_command(f"{self.command} {quote(str(self.file))} --key-column {quote(name)}")

    def ask(self, text: str, *, hide: bool = False) -> str:
        """What a person types. Raises `typer.Abort` where nothing comes any more."""
        return str(typer.prompt(line(text).plain, default="", show_default=False, hide_input=hide, err=True)).strip()

    def confirm(self, text: Text, /, **parts: object) -> None:
        """Ask. Raises `UsageError` where nobody is there to answer, and ends where the answer is no."""
        if not self.around.is_interactive or self.as_json:
            raise UsageError("confirmation_needed", w.CONFIRMATION_NEEDED)
        answer = ""
        while answer not in {*w.YES, *w.NO}:
            answer = self.ask(f"{self.text(text, **parts)} {self.text(w.YES_OR_NO)}").casefold() or w.NO[0]
        if answer in w.NO:
            self.say(w.NOTHING_DONE)
            raise typer.Exit(USAGE)

    def interrupt(self, code: int) -> NoReturn:
        """End where a person broke off, and say what is safe."""
        typer.echo(err=True)
        count = len(self.around.outbox(self.profile).paths()) if self.around.profiles.read() else 0
        self.say(w.INTERRUPTED_SAFE if count else w.INTERRUPTED, count=count)
        self.finish({"error": {"code": "interrupted", "message": self.text(w.BROKEN_OFF)}, "waiting": count}, code)

    def confirm_live(self, yes: bool) -> None:
        """Ask before anything goes to the live register."""
        if self.profile.mode == LIVE and not yes:
            self.confirm(w.CONFIRM_LIVE, partner=self.profile.partner)


def line(text: str, style: str = "") -> Line:
    """A text for the terminal, without what a terminal obeys."""
    return Line(CONTROLS.sub("", text), style=style)


def wrap(text: str, indent: int) -> str:
    """A paragraph in lines as wide as the screen; those after the first stand further in."""
    return textwrap.fill(
        CONTROLS.sub("", text),
        max(shutil.get_terminal_size().columns, 20),
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + INDENT),
        break_on_hyphens=False,
    )


def number(desk: Desk, value: int) -> str:
    """A whole number as the language writes it."""
    return f"{value:,}".replace(",", "." if desk.language == "da" else ",")


def quote(text: str) -> str:
    """A word of a command, as every shell takes it."""
    return text if re.fullmatch(r"[\w./:=-]+", text) else f'"{text}"'


def escape(match: re.Match[str]) -> str:
    """A character as JSON may write it."""
    return f"\\u{ord(match[0]):04x}"


def error_body(error: HenvisError, language: str) -> dict[str, Any]:
    """An error as JSON."""
    body: dict[str, Any] = {"code": error.code, "message": sentence_of(error, language)}
    if isinstance(error, Problem):
        body |= {"status": error.status, "errors": list(error.raw.get("errors") or ())}
    return body


def handle(work: Callable[..., None], *, has_profile: bool = True) -> Callable[..., None]:
    """A command of a desk, with the options that every command has. Its errors are said in its language, with their exit code."""

    @wraps(work)
    def run(ctx: typer.Context, **options: Any) -> None:
        desk = Desk.of(ctx, {name: options.pop(name, None) for name in COMMON_OPTIONS})
        try:
            work(desk, **options)
        except HenvisError as error:
            desk.fail(error)
        except (KeyboardInterrupt, typer.Abort) as error:
            # A prompt turns Ctrl-C into an abort, as it does the end of what is typed.
            is_stopped = KeyboardInterrupt in {type(error), type(error.__context__)}
            desk.interrupt(INTERRUPTED if is_stopped else USAGE)

    _, *own = inspect.signature(work, eval_str=True).parameters.values()
    common = [each for name, each in COMMON_OPTIONS.items() if has_profile or name != "profile"]
    run.__signature__ = inspect.Signature([CONTEXT, *own, *common])  # type: ignore[attr-defined]
    return run
