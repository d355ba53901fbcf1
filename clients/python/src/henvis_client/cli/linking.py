"""`link`: linkage codes, offline. Names and keys are asked for or read from files; they never stand on the command line."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from henvis_client import linkage
from henvis_client.cli import words as w
from henvis_client.cli.account import ask
from henvis_client.cli.app import app, command
from henvis_client.cli.desk import OK, ROWS, Desk
from henvis_client.cli.files import OutputOption, write_new
from henvis_client.cli.help_texts import option
from henvis_client.documents import UNREADABLE
from henvis_client.errors import UsageError
from henvis_client.key_columns import decode, delimiter_of

PERSON = ("family_name", "given_names", "date_of_birth")
CODE = "linkage_code"


@command(
    app,
    "link",
    "Beregn koblingskoder uden net. FIL er CSV med family_name, given_names, date_of_birth; uden FIL spørges der om én person.",
    "Compute linkage codes offline. FILE is a CSV with family_name, given_names, date_of_birth; without it one person is "
    "asked for.",
    has_profile=False,
)
def link(
    desk: Desk,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]")] = None,
    key_file: Annotated[Path | None, option("Filen med nøglen.", "The file with the key.")] = None,
    new_key: Annotated[Path | None, option("Lav en nøgle her.", "Make a key here.")] = None,
    output: OutputOption = None,
) -> None:
    """Make a key, or the codes of a file, or the code of one person."""
    if new_key is not None:
        write_new(new_key, f"{linkage.new_key()}\n".encode(), force=False)
        desk.say(w.LINK_KEY_MADE, path=new_key)
        desk.finish({"path": str(new_key)})
    key = linkage.key_of_text(key_text(desk, key_file))
    if file is None:
        link_one(desk, key)
    else:
        link_file(desk, key, file, output)


def key_text(desk: Desk, key_file: Path | None) -> str:
    """The key as it is kept. Raises `UsageError`."""
    if key_file is not None:
        return read_text(key_file)
    text = desk.around.variables.get("HENVIS_LINKAGE_KEY")
    if not text:
        raise UsageError("linkage_key", w.LINK_KEY_NEEDED)
    return text


def read_text(path: Path) -> str:
    """A text file. Raises `UsageError`."""
    try:
        return decode(path.read_bytes())
    except OSError:
        raise UsageError("file_missing", UNREADABLE) from None


def link_one(desk: Desk, key: bytes) -> None:
    """The code of a person who is typed in, unseen."""
    family, names, birth = (ask(desk, text, hide=True) for text in (w.ASK_FAMILY, w.ASK_GIVEN, w.ASK_BORN))
    code = linkage.linkage_code(key, family, names, birth)
    if not desk.as_json:
        typer.echo(code)
    desk.finish({CODE: code})


def link_file(desk: Desk, key: bytes, file: Path, output: Path | None) -> None:
    """The codes of a file: its other columns, and the code in the place of the person."""
    text = read_text(file)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    columns = reader.fieldnames or []
    if not set(PERSON) <= set(columns):
        raise UsageError("link_columns", w.LINK_COLUMNS)
    rows, wrong = codes_of(key, reader)
    if wrong:
        desk.say(w.LINK_ROWS_WRONG, lines=", ".join(map(str, wrong[:20])))
    if not desk.as_json:
        write_rows([*(each for each in columns if each not in PERSON), CODE], rows, output)
    desk.finish({"rows": rows, "wrong_lines": wrong}, ROWS if wrong else OK)


def codes_of(key: bytes, reader: csv.DictReader[str]) -> tuple[list[dict[str, Any]], list[int]]:
    """The rows with their codes, and the lines of those that have none."""
    rows, wrong = [], []
    for row in reader:
        others = {name: value for name, value in row.items() if name not in PERSON}
        try:
            rows.append({**others, CODE: code_of(key, row)})
        except UsageError:
            wrong.append(reader.line_num)
    return rows, wrong


def code_of(key: bytes, row: Mapping[str, str | None]) -> str:
    """The code of a row. Raises `UsageError`."""
    family, names, birth = (row[name] or "" for name in PERSON)
    return linkage.linkage_code(key, family, names, birth)


def write_rows(columns: list[str], rows: list[dict[str, Any]], output: Path | None) -> None:
    """Write the rows as CSV."""
    lines = io.StringIO(newline="")
    writer = csv.DictWriter(lines, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    if output is None:
        sys.stdout.write(lines.getvalue())
    else:
        write_new(output, lines.getvalue().encode(), force=False)
