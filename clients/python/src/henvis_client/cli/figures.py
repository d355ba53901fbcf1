"""`stats`: published figures, without an account where they are public; and an organisation's own."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

from henvis_client.cli import words as w
from henvis_client.cli.account import AddressOption
from henvis_client.cli.app import command, stats
from henvis_client.cli.desk import Desk
from henvis_client.cli.files import Force, OutputOption, keep, open_client
from henvis_client.cli.help_texts import option
from henvis_client.errors import UsageError

By = Annotated[str | None, option("Akserne, med komma imellem.", "The axes, with commas.")]
PeriodOption = Annotated[str | None, option("2023, 2019..2023, 2023-Q1.", "2023, 2019..2023, 2023-Q1.")]
Where = Annotated[list[str] | None, option("Kun denne kode.", "Only this code.", metavar="DIMENSION=CODE")]


@command(stats, "get", "Hent en tabel.", "Fetch a table.")
def get_table(
    desk: Desk,
    dataset: str,
    by: By = None,
    period: PeriodOption = None,
    measure: Annotated[str | None, option("Målene, med komma imellem.", "The measures.")] = None,
    where: Where = None,
    purpose: Annotated[
        str | None,
        option("Formålet med nøjagtige tal; logges.", "The purpose of exact figures; it is logged."),
    ] = None,
    form: Annotated[
        str,
        option(
            "csv, csv-da, xlsx, list eller json-stat.",
            "csv, csv-da, xlsx, list or json-stat.",
            "--format",
            show_default=True,
        ),
    ] = "csv",
    output: OutputOption = None,
    force: Force = False,
    address: AddressOption = None,
) -> None:
    """Write a table to a file or to standard output."""
    query = query_of({"by": by, "period": period, "measure": measure, "lang": desk.language}, where)
    client = desk.client if purpose else None
    with open_client(desk, address) as open_one:
        source = client or open_one
        if desk.as_json:
            desk.finish({"table": source.statistics(dataset, purpose=purpose, **query)})
        content = source.statistics_file(dataset, form=form, purpose=purpose, **query)
    deliver(desk, content, output, force)


@command(stats, "own", "Tæl egne henvisninger.", "Count your own referrals.")
def get_own_figures(
    desk: Desk,
    by: By = None,
    period: PeriodOption = None,
    where: Where = None,
    zeros: Annotated[
        bool,
        option("Også rækker, hvor der er nul.", "Rows of zero too.", "--zeros/--no-zeros"),
    ] = True,
    output: OutputOption = None,
    force: Force = False,
) -> None:
    """Write the own referrals, counted exactly at this moment, as CSV to a file or to standard output."""
    query = query_of({"by": by, "period": period, "zeros": "include" if zeros else "exclude"}, where)
    if desk.as_json:
        desk.finish({"figures": desk.client.own_figures(**query)})
    deliver(desk, desk.client.own_figures_file(**query), output, force)


def query_of(options: Mapping[str, str | None], where: Sequence[str] | None) -> dict[str, str]:
    """The parameters of a table: what was chosen, and the filters. Raises `UsageError`."""
    return {name: value for name, value in options.items() if value} | dict(filter_of(each) for each in where or ())


def deliver(desk: Desk, content: bytes, output: Path | None, force: bool) -> None:
    """Write a table to where it was asked for."""
    if output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
        desk.finish({})
    keep(desk, output, content, force)


def filter_of(text: str) -> tuple[str, str]:
    """A dimension and a code, as they are typed. Raises `UsageError`."""
    name, _, code = text.partition("=")
    if not name or not code:
        raise UsageError("filter", w.BAD_FILTER)
    return name, code
