"""The tree of commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from henvis_client.cli.commanding import WholeCommand
from henvis_client.cli.desk import handle
from henvis_client.cli.help_texts import both, option
from henvis_client.version import VERSION

Work = Callable[..., None]
SETTINGS = {"help_option_names": ["-h", "--help"]}
EPILOG = both(
    "Slutkoder: 0 alt i orden, 1 rækker at rette eller bekræfte, 2 forkert brug, 3 fil eller adgang afvist, 4 intet svar.",
    "Exit codes: 0 all right, 1 rows to correct or confirm, 2 wrong usage, 3 file or credentials refused, 4 no answer.",
)


def group(help_text: str) -> typer.Typer:
    """A group of commands. Nothing of what a command holds is shown where it breaks."""
    return typer.Typer(
        help=help_text,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        pretty_exceptions_show_locals=False,
        context_settings=SETTINGS,
        rich_markup_mode=None,
    )


app = typer.Typer(
    cls=WholeCommand,
    help=both("Henvis: tjek, send og følg henvisninger.", "Henvis: check, send and follow referrals."),
    epilog=EPILOG,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    pretty_exceptions_show_locals=False,
    add_completion=False,
    context_settings=SETTINGS,
    rich_markup_mode=None,
)


def command(group: typer.Typer, name: str, da: str, en: str, *, has_profile: bool = True) -> Callable[[Work], Work]:
    """A command of a group, which is given its desk. `has_profile`: it works with a network, as whoever is logged in."""

    def add(work: Work) -> Work:
        group.command(name, help=both(da, en))(handle(work, has_profile=has_profile))
        return work

    return add


def print_version(is_asked: bool) -> None:
    """Print the version and end."""
    if is_asked:
        typer.echo(VERSION)
        raise typer.Exit


@app.callback()
def all_commands(
    version: Annotated[
        bool,
        option("Versionen.", "The version.", "--version", callback=print_version, is_eager=True),
    ] = False,
    lang: Annotated[str | None, option("Sproget: da eller en.", "The language: da or en.")] = None,
) -> None:
    """What stands before the name of a command."""


outbox = group(both("Det, der venter på at blive sendt.", "What waits to be sent."))
jobs = group(both("Filer, som Henvis arbejder på.", "Files that Henvis works on."))
stats = group(both("Offentliggjorte tal.", "Published figures."))
key = group(both("Nøglen til egne rækkenøgler.", "The secret of own row keys."))
returns = group(both("Det, centret har sendt retur.", "What the centre has returned."))
counts = group(
    both(
        "Tal for tilbud: frister, filer, det indberettede.", "Counts of services: deadlines, files, what was reported."
    )
)
reports = group(both("Hvad der forventes, og om det er alt.", "What is expected, and whether that was all."))
mapping = group(both("Jeres egne kolonner og ord.", "Your own columns and words."))
for name, inner in {
    "counts": counts,
    "outbox": outbox,
    "jobs": jobs,
    "stats": stats,
    "key": key,
    "mapping": mapping,
    "reports": reports,
    "returns": returns,
}.items():
    app.add_typer(inner, name=name)
