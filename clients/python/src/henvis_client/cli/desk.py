"""What every command has at hand: the profile, the client, the language, and the way to say things.

Results go to standard output, as tables or with `--json` as one object; messages and progress go to standard error.
"""

from __future__ import annotations

import inspect
import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text as Line

from henvis_client.cli import words as w
from henvis_client.cli.help_texts import both
from henvis_client.cli.surroundings import Surroundings
from henvis_client.client import Client
from henvis_client.errors import HenvisError, Problem, UsageError
from henvis_client.profiles import LIVE, Profile, secret_of
from henvis_client.texts import Text

OK, ROWS, USAGE, REFUSED, NETWORK = range(5)
# What a terminal obeys instead of showing it, but for the end of a line and a tab: an answer may have anything in it.
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# Of what is wrong, so many rows are shown; `henvis errors` has them all.
MOST_ROWS = 50

ProfileOption = Annotated[
    str | None,
    typer.Option(help=both("Profilen, fx test eller live.", "The profile, such as test or live."), show_default=False),
]
LangOption = Annotated[str | None, typer.Option(help=both("Sproget: da eller en.", "The language: da or en."))]
JsonOption = Annotated[
    bool, typer.Option("--json", help=both("Resultatet som JSON.", "The result as JSON."), show_default=False)
]


@dataclass
class Desk:
    """A command at work."""

    around: Surroundings
    language: str
    as_json: bool
    profile_name: str | None = None

    @classmethod
    def of(cls, ctx: typer.Context, options: Mapping[str, Any]) -> Desk:
        """The desk of a command."""
        around = ctx.find_root().obj or Surroundings.of_system()
        name = options.get("profile") or around.variables.get("HENVIS_PROFILE")
        language = around.language(options.get("lang") or ctx.find_root().params.get("lang"))
        return cls(around, language, bool(options.get("as_json")), name)

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
    def errors(self) -> Console:
        """Where messages go."""
        return Console(stderr=True, highlight=False)

    def text(self, text: Text, /, **parts: object) -> str:
        """A text in the language of the command."""
        return text(self.language, **parts)

    def say(self, text: Text, /, **parts: object) -> None:
        """A message."""
        self.errors.print(line(self.text(text, **parts)))

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
        """Say what went wrong, and where."""
        self.errors.print(line(error.sentence(self.language), style="red"))
        if isinstance(error, Problem):
            rows = [(each.place, each.detail, ", ".join(each.allowed[:8])) for each in error.errors]
            self.table((w.WHERE, w.WHAT, w.ALLOWED), rows)

    def confirm(self, text: Text, /, **parts: object) -> None:
        """Ask. Raises `UsageError` where nobody is there to answer, and ends where the answer is no."""
        if not self.around.is_interactive or self.as_json:
            raise UsageError("confirmation_needed", w.CONFIRMATION_NEEDED)
        if not typer.confirm(line(self.text(text, **parts)).plain, err=True):
            self.say(w.NOTHING_DONE)
            raise typer.Exit(USAGE)

    def confirm_live(self, yes: bool) -> None:
        """Ask before anything goes to the live register."""
        if self.profile.mode == LIVE and not yes:
            self.confirm(w.CONFIRM_LIVE, partner=self.profile.partner)


def line(text: str, style: str = "") -> Line:
    """A text for the terminal, without what a terminal obeys."""
    return Line(CONTROLS.sub("", text), style=style)


def escape(match: re.Match[str]) -> str:
    """A character as JSON may write it."""
    return f"\\u{ord(match[0]):04x}"


def error_body(error: HenvisError, language: str) -> dict[str, Any]:
    """An error as JSON."""
    body: dict[str, Any] = {"code": error.code, "message": error.sentence(language)}
    if isinstance(error, Problem):
        body |= {"status": error.status, "errors": list(error.raw.get("errors") or ())}
    return body


def handle(work: Callable[..., None]) -> Callable[..., None]:
    """A command whose errors are said in its language and end with their exit code."""

    @wraps(work)
    def run(*args: Any, **options: Any) -> None:
        try:
            work(*args, **options)
        except HenvisError as error:
            Desk.of(options["ctx"], options).fail(error)

    run.__signature__ = inspect.signature(work, eval_str=True)  # type: ignore[attr-defined]
    return run
