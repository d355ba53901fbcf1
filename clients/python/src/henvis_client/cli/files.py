"""`template`, `check`, `errors`, and what commands on files share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn

import typer

from henvis_client.bodies import Batch
from henvis_client.cli import key_hints, showing
from henvis_client.cli import words as w
from henvis_client.cli.account import AddressOption
from henvis_client.cli.app import app, command
from henvis_client.cli.asking import Interview
from henvis_client.cli.desk import Desk
from henvis_client.cli.help_texts import option
from henvis_client.disk import write_safely
from henvis_client.documents import Document
from henvis_client.errors import Problem, UsageError
from henvis_client.key_columns import Keys, without_keys
from henvis_client.restoring import restore_keys

Force = Annotated[bool, option("Overskriv filen.", "Overwrite the file.", "--force")]
OutputOption = Annotated[Path | None, option("Skriv hertil.", "Write to this file.", "--output", "-o")]
FormatOption = Annotated[str, option("xlsx eller csv.", "xlsx or csv.", "--format", show_default=True)]
KeyColumn = Annotated[
    str | None,
    option(
        "Kolonnen med jeres egen nøgle. Den bliver til en reference her; nøglen selv forlader ikke maskinen.",
        "The column with your own key. It becomes a reference here; the key itself does not leave the machine.",
    ),
]
PreferOption = Annotated[
    Literal["latest"] | None,
    option(
        "latest: en række uden version retter den, der er gemt.",
        "latest: a row without a version corrects the one that is stored.",
    ),
]
BatchId = Annotated[str, typer.Argument(metavar="ID")]


def write_new(path: Path, content: bytes, force: bool) -> None:
    """Write a file that only its owner reads. Raises `UsageError` where one stands there."""
    if path.exists() and not force:
        raise UsageError("file_there", w.FILE_THERE)
    try:
        write_safely(path, [content])
    except OSError:
        raise UsageError("file_unwritable", w.FILE_UNWRITABLE) from None


def keep(desk: Desk, path: Path, content: bytes, force: bool) -> NoReturn:
    """Write what was fetched, say where, and end. Raises `UsageError` where a file stands there."""
    write_new(path, content, force)
    desk.say(w.WRITTEN_TO, path=path)
    desk.finish({"path": str(path)})


def form_of(text: str) -> str:
    """A format. Raises `UsageError`."""
    if text not in {"xlsx", "csv"}:
        raise UsageError("format", w.NO_TYPE)
    return text


@contextmanager
def to_send(desk: Desk, file: Path, key_column: str | None) -> Iterator[Document]:
    """What is sent of a file: itself, or its copy with references in the place of own keys, which are kept here."""
    desk.file, desk.key_column = file, key_column
    if key_column is None:
        yield Document.of_path(file)
        return
    keys = Keys(desk.profile.key_secret, key_column)
    with without_keys(file, keys) as copy:
        desk.around.key_map(desk.profile).add(keys.keys, key_column)
        yield Document.of_path(copy)


@command(app, "template", "Hent en tom fil at udfylde.", "Fetch an empty file to fill in.")
def template(
    desk: Desk,
    form: FormatOption = "xlsx",
    output: OutputOption = None,
    force: Force = False,
    address: AddressOption = None,
) -> None:
    """Write the template of referrals."""
    form = form_of(form)
    path = output or Path(f"{'henvisninger' if desk.language == 'da' else 'referrals'}.{form}")
    with open_client(desk, address) as client:
        content = client.template(form=form, language=desk.language)
    keep(desk, path, content, force)


@contextmanager
def open_client(desk: Desk, address: str | None) -> Iterator[Any]:
    """A client for what needs no account: of an address, or of the profile."""
    origin = address or desk.around.variables.get("HENVIS_ADDRESS")
    if origin is None and not desk.around.profiles.read():
        raise UsageError("no_address", w.NOT_LOGGED_IN_ADDRESS)
    client = desk.connect(origin, "", "") if origin else desk.connect(desk.profile.address, "", "")
    with client:
        yield client


@command(app, "check", "Tjek en fil. Intet gemmes.", "Check a file. Nothing is stored.")
def check(
    desk: Desk,
    file: Path,
    key_column: KeyColumn = None,
    prefer: PreferOption = None,
    accept_guesses: Annotated[
        bool,
        option(
            "Svar på spørgsmål med gættene.",
            "Answer questions by the guesses.",
            "--accept-guesses",
        ),
    ] = False,
    public: Annotated[
        bool,
        option("Uden konto, højst 500 rækker.", "Without an account, up to 500 rows.", "--public"),
    ] = False,
    address: AddressOption = None,
) -> None:
    """Show what would become of a file."""
    if public:
        with open_client(desk, address) as client:
            # Labels need no account either.
            desk.client, desk.file = client, file
            with showing.upload_bar(desk) as progress:
                batch = client.check_openly(file, progress=progress)
            report(desk, batch, {})
    interview = Interview(desk, file, accept_guesses)
    with to_send(desk, file, key_column) as document:
        batch = check_once(desk, document, prefer)
        while interview.settle(batch):
            batch = check_once(desk, document, prefer)
    report(desk, batch, desk.keys)


def check_once(desk: Desk, document: Document, prefer: str | None) -> Batch:
    """What would become of a file, when Henvis is done with it."""
    with showing.upload_bar(desk) as progress:
        batch = desk.client.check(document, prefer=prefer, progress=progress)
    with showing.job_bar(desk) as watch:
        return desk.client.wait(batch, on_progress=watch)


def report(desk: Desk, batch: Batch, keys: dict[str, str], **more: Any) -> None:
    """Show a batch, and end."""
    rows = showing.blocked_rows(desk, batch)
    showing.show(desk, batch, rows, keys)
    if desk.file is not None and desk.key_column is None and key_hints.has_no_references(rows):
        desk.hint_at_keys(None)
    desk.finish({**showing.batch_body(batch, rows, keys), **more}, showing.exit_code(batch))


@command(app, "errors", "Hent din fil med fundene markeret.", "Fetch your own file with the findings marked.")
def errors(
    desk: Desk, batch_id: BatchId, form: FormatOption = "xlsx", output: OutputOption = None, force: Force = False
) -> None:
    """Write the file with the findings."""
    form = form_of(form)
    path = output or Path(f"henvis-errors-{batch_id[:8]}.{form}")
    key_map = desk.around.key_map(desk.profile)
    content = errors_of(desk, batch_id, form)
    if key_map.column is not None:
        content = restore_keys(content, form, key_map.read(), key_map.column)
    keep(desk, path, content, force)


def errors_of(desk: Desk, batch_id: str, form: str) -> bytes:
    """The file with the findings. Raises `UsageError` where the delivery has none."""
    try:
        return desk.client.errors_file(batch_id, form=form)
    except Problem as problem:
        if problem.code != "not_found":
            raise
    desk.client.batch(batch_id)
    raise UsageError("no_errors_file", w.NO_ERRORS_FILE)
