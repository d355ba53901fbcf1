"""`counts`: forms of counts, which is expected, sending a file of one, and reading back what was reported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from henvis_client.cli import count_words as w
from henvis_client.cli.account import AddressOption, Yes
from henvis_client.cli.app import command, counts
from henvis_client.cli.desk import INDENT, Desk, quote
from henvis_client.cli.files import Force, FormatOption, OutputOption, PreferOption, form_of, keep, open_client
from henvis_client.cli.moments import moment
from henvis_client.cli.whoami import label
from henvis_client.cli.words import MOMENT
from henvis_client.errors import NetworkError, Problem, ServiceProblem, UsageError
from henvis_client.texts import Text

Form = Annotated[str, typer.Argument(metavar="FORM")]
Period = Annotated[str, typer.Argument(metavar="PERIOD")]


@contextmanager
def naming(text: Text) -> Iterator[None]:
    """What is not there is named. Raises `UsageError`."""
    try:
        yield
    except Problem as problem:
        if problem.code != "not_found":
            raise
        raise UsageError("not_found", text) from None


@command(counts, "forms", "De skemaer, der findes.", "The forms that there are.")
def list_forms(desk: Desk, address: AddressOption = None) -> None:
    """List the forms."""
    with open_client(desk, address) as client:
        forms = client.count_forms()
    desk.table(w.FORM_COLUMNS, [(each["id"], each["label"], label(desk, w.PERIODS, each["period"])) for each in forms])
    desk.finish({"forms": forms})


@command(counts, "list", "Hvad der forventes, og hvad der er modtaget.", "What is expected, and what has come.")
def list_counts(desk: Desk) -> None:
    """List the periods that are expected, the oldest first."""
    items = desk.client.expected_counts()
    if not items:
        desk.say(w.NONE_EXPECTED)
    desk.table(w.EXPECTED_COLUMNS, [cells(desk, each) for each in items])
    desk.finish({"counts": items})


def cells(desk: Desk, item: Mapping[str, Any]) -> list[object]:
    """A line of the table. The deadline is the midnight at the end of the day that is shown."""
    last_day = datetime.fromisoformat(item["due_at"]) - timedelta(seconds=1)
    return [item["form"], item["period"], label(desk, w.STATES, item["state"]), last_day.date()]


@command(counts, "template", "Hent en tom fil at udfylde.", "Fetch an empty file to fill in.")
def template(
    desk: Desk,
    form: Form,
    period: Period,
    kind: FormatOption = "xlsx",
    output: OutputOption = None,
    force: Force = False,
    address: AddressOption = None,
) -> None:
    """Write the template of a form and period."""
    path = output or Path(f"{form.lower()}-{period}.{form_of(kind)}")
    with naming(w.NO_FORM), open_client(desk, address) as client:
        content = client.count_template(form.upper(), period, kind=form_of(kind), language=desk.language)
    keep(desk, path, content, force)


@command(counts, "check", "Tjek en fil. Intet gemmes.", "Check a file. Nothing is stored.")
def check(desk: Desk, form: Form, file: Path, prefer: PreferOption = None) -> None:
    """Show what would become of a file."""
    deliver(desk, form.upper(), file, prefer, True)


@command(counts, "send", "Send en fil: alt gemmes, eller intet.", "Send a file: all is stored, or nothing.")
def send(desk: Desk, form: Form, file: Path, prefer: PreferOption = None, yes: Yes = False) -> None:
    """Send a file. Again, nothing changes, so that it needs no outbox."""
    desk.confirm_live(yes)
    deliver(desk, form.upper(), file, prefer, False)


def deliver(desk: Desk, form: str, file: Path, prefer: str | None, is_check: bool) -> None:
    """Send or check a file, and show what became of each period."""
    try:
        with naming(w.NO_FORM):
            result = desk.client.send_counts(form, file, prefer=prefer, dry_run=is_check)
    except (NetworkError, ServiceProblem):
        desk.say(w.SEND_AGAIN)
        raise
    except Problem as problem:
        if problem.code == "validation_failed":
            desk.say(w.TO_CORRECT)
            desk.say_command(f"henvis counts errors {form} {quote(str(file))}")
        raise
    desk.say(w.CHECKED if is_check else w.STORED)
    desk.table(w.SENT_COLUMNS, [outcome(desk, each, w.WOULD if is_check else w.DONE) for each in result["periods"]])
    show_warnings(desk, result["periods"])
    desk.finish({"file": result})


def outcome(desk: Desk, period: Mapping[str, Any], words: Mapping[str, Text]) -> list[object]:
    """A line of what became of a file."""
    return [period["period"], label(desk, words, period["outcome"]), period["version"], period["lines"]]


def show_warnings(desk: Desk, periods: list[dict[str, Any]]) -> None:
    """What is asked of each period."""
    warnings = [(each["period"], warning["detail"]) for each in periods for warning in each["warnings"]]
    if warnings:
        desk.show(f"{desk.text(w.ASKED)}:")
    for period, detail in warnings:
        desk.show(f"{period}: {detail}", INDENT)


@command(counts, "errors", "Hent din fil med fejlene i.", "Fetch your own file with what is wrong in it.")
def errors(
    desk: Desk,
    form: Form,
    file: Path,
    kind: FormatOption = "xlsx",
    prefer: PreferOption = None,
    output: OutputOption = None,
    force: Force = False,
) -> None:
    """Write the file with what is wrong in each row."""
    path = output or Path(f"henvis-errors-{file.stem}.{form_of(kind)}")
    with naming(w.NOTHING_WRONG):
        content = desk.client.counts_errors_file(form.upper(), file, kind=form_of(kind), prefer=prefer)
    keep(desk, path, content, force)


@command(counts, "show", "Det, I har indberettet for en periode.", "What you have reported of a period.")
def show(desk: Desk, form: Form, period: Period) -> None:
    """Read a report back as it stands, table by table."""
    with naming(w.NO_REPORT):
        report = desk.client.count_report(form.upper(), period)
    if not desk.as_json:
        show_report(desk, report)
    desk.finish({"report": report})


def show_report(desk: Desk, report: Mapping[str, Any]) -> None:
    """A report in words: of each table its lines, that there was nothing, or that it is not known."""
    shape = next(each for each in desk.client.count_forms() if each["id"] == report["form"])
    at = moment(report["recorded_at"], desk.text(MOMENT))
    parts = {"form": shape["label"], "period": report["period"], "version": report["version"], "moment": at}
    desk.show(desk.text(w.REPORT, **parts))
    for table in shape["tables"]:
        lines = report["content"].get(table["name"])
        if lines:
            show_lines(desk, table, lines)
        else:
            desk.show(desk.text(w.NOT_KNOWN if lines is None else w.NOTHING, table=table["label"]))


def show_lines(desk: Desk, table: Mapping[str, Any], lines: list[dict[str, Any]]) -> None:
    """The lines of a table, with labels. A number that is not known is an empty cell."""
    columns = [*table["dimensions"], *table["measures"]]
    labels = {each["name"]: desk.code_list(each["codelist"]) for each in table["dimensions"]}
    rows = [[cell(labels.get(each["name"], {}), line.get(each["name"])) for each in columns] for line in lines]
    headers = [Text(each["label"], each["label"]) for each in columns]
    desk.table(headers, rows, Text(table["label"], table["label"]))


def cell(labels: Mapping[str, str], value: object) -> object:
    """A code by its label, or a number."""
    return labels.get(str(value), value)
