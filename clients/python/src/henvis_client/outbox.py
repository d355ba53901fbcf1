"""The outbox: what was to be sent is kept, encrypted, until Henvis has answered, and is stored exactly once.

A file is written whole, with its Idempotency-Key, before the first attempt. It is removed only after an answer: that it is stored,
or that it never will be. Where a process dies in between, the next one sends the same bytes under the same key, and Henvis answers
as it did before. One process sends at a time. Entries go in the order in which they came, since a later file may correct an earlier
one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import uuid4

from henvis_client.bodies import Batch
from henvis_client.client import Client
from henvis_client.disk import PART, hold_lock, make_folder, remove
from henvis_client.documents import Document
from henvis_client.errors import CredentialProblem, HenvisError, NetworkError, Problem
from henvis_client.vault import Vault

SUFFIX, RECEIPT = ".henvis", ".receipt"
DAY = "%Y-%m-%d"
RECEIPTS_KEPT = 100
ABANDONED = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is known of an entry beside its bytes. `name` is that of the file, for the people of this machine alone."""

    name: str
    media_type: str
    size: int
    digest: str
    key: str
    queued_at: str
    lenient: bool = False
    prefer: str | None = None
    background: bool = False

    @property
    def identity(self) -> str:
        """What is sent, and how: whatever is the same in it is the same entry."""
        return repr((self.media_type, self.size, self.digest, self.lenient, self.prefer, self.background))


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that waits. `id` is its name in commands."""

    id: str
    day: str
    path: Path
    parcel: Parcel


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an entry came to: a batch, or the code of the problem for which it was refused."""

    id: str
    name: str
    at: str
    batch_id: str | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """What sending an entry came to. Without `batch` and with an error that `is_kept`, it waits on."""

    entry: Entry
    batch: Batch | None = None
    error: HenvisError | None = None

    @property
    def is_kept(self) -> bool:
        """Whether the entry is still in the outbox."""
        return self.batch is None and not is_answer(self.error)


def is_answer(error: HenvisError | None) -> bool:
    """Whether an error is an answer that will not change."""
    return isinstance(error, Problem) and error.is_final


Watch = Callable[[Entry], Callable[[int, int], None] | None]


class Outbox:
    """The outbox of one profile, in a folder that only its owner enters."""

    def __init__(self, folder: Path, vault: Vault, *, wall: Callable[[], datetime]) -> None:
        self.folder, self.vault, self.wall = make_folder(folder), vault, wall

    def put(
        self,
        document: Document,
        *,
        name: str,
        lenient: bool = False,
        prefer: str | None = None,
        background: bool = False,
    ) -> Entry:
        """Keep a file, to be sent. The same bytes that wait already to be sent in the same way are that entry again."""
        digest = self.vault.digest(chain([document.media_type.encode()], document.pieces()))
        key, now = str(uuid4()), self.wall().isoformat()
        parcel = Parcel(name, document.media_type, document.size, digest, key, now, lenient, prefer, background)
        with hold_lock(self.folder / "put.lock"):
            return self.same(parcel) or self.write(parcel, document)

    def id_of(self, parcel: Parcel) -> str:
        """The id of an entry, which tells what is the same without a look into the files of others."""
        return self.vault.digest([parcel.identity.encode()])[:8]

    def same(self, parcel: Parcel) -> Entry | None:
        """The entry that waits with the same bytes, to be sent in the same way."""
        paths = [path for path in self.paths() if path.stem.endswith(f"-{self.id_of(parcel)}")]
        return next((entry for entry in self.read(paths) if entry.parcel.identity == parcel.identity), None)

    def write(self, parcel: Parcel, document: Document) -> Entry:
        """Write an entry behind all that wait: a number tells their order, since clocks are set back."""
        entry_id = self.id_of(parcel)
        day = make_folder(self.folder / self.wall().strftime(DAY))
        path = day / f"{following(self.paths()):08d}-{entry_id}{SUFFIX}"
        self.vault.write(path, asdict(parcel), document.pieces())
        return Entry(entry_id, day.name, path, parcel)

    def paths(self) -> list[Path]:
        """The files that wait, the oldest first."""
        return sorted(self.folder.glob(f"????-??-??/*{SUFFIX}"), key=number_of)

    def entries(self) -> list[Entry]:
        """What waits, the oldest first. Raises `UsageError` where an entry cannot be opened."""
        return self.read(self.paths())

    def read(self, paths: Sequence[Path]) -> list[Entry]:
        """The entries of files, but for those that have gone. Raises `UsageError` where one cannot be opened."""
        entries = []
        for path in paths:
            # Another process may have sent it meanwhile.
            try:
                header = self.vault.header(path)
            except FileNotFoundError:
                continue
            entries.append(Entry(path.stem.rpartition("-")[2], path.parent.name, path, Parcel(**header)))
        return entries

    def send(self, client: Client, *, watch: Watch | None = None) -> Iterator[Delivery]:
        """Send what waits, one after the other.

        After a refusal, and after an error of the service, the next one is sent. Where the network or the credentials do not
        do, the others wait: nothing later overtakes them.
        """
        with hold_lock(self.folder / "lock"):
            self.sweep()
            for entry in self.entries():
                delivery = self.deliver(client, entry, watch(entry) if watch else None)
                yield delivery
                if isinstance(delivery.error, NetworkError | CredentialProblem):
                    return

    def deliver(self, client: Client, entry: Entry, progress: Callable[[int, int], None] | None) -> Delivery:
        """Send one entry. The receipt is written before the entry goes."""
        parcel = entry.parcel
        document = Document(parcel.media_type, parcel.size, lambda: self.vault.pieces(entry.path))
        try:
            batch = client.send(
                document,
                key=parcel.key,
                lenient=parcel.lenient,
                prefer=parcel.prefer,
                background=parcel.background,
                progress=progress,
            )
        except HenvisError as error:
            if is_answer(error):
                self.finish(entry, problem=error.code)
            return Delivery(entry, error=error)
        self.finish(entry, batch_id=batch.id)
        return Delivery(entry, batch)

    def finish(self, entry: Entry, *, batch_id: str | None = None, problem: str | None = None) -> None:
        """Write the receipt of an entry and remove the entry."""
        receipt = Receipt(entry.id, entry.parcel.name, self.wall().isoformat(), batch_id, problem)
        folder = make_folder(self.folder / "sent")
        earlier = sorted(folder.glob(f"*{RECEIPT}"), key=number_of)
        self.vault.write(folder / f"{following(earlier):08d}-{entry.id}{RECEIPT}", asdict(receipt))
        remove(entry.path)
        for old in earlier[: 1 - RECEIPTS_KEPT]:
            remove(old)

    def receipts(self) -> list[Receipt]:
        """What was sent, the latest first."""
        paths = sorted((self.folder / "sent").glob(f"*{RECEIPT}"), key=number_of, reverse=True)
        return [Receipt(**self.vault.header(path)) for path in paths]

    def clear(self, entry_id: str | None = None) -> int:
        """Discard what waits, or one entry, without sending it. Also what cannot be opened any more. Returns how many went."""
        with hold_lock(self.folder / "lock"):
            paths = [path for path in self.paths() if entry_id is None or path.stem.endswith(f"-{entry_id}")]
            for path in paths:
                remove(path)
        return len(paths)

    def sweep(self) -> None:
        """Remove what processes left that died while they wrote, and days that are empty."""
        before = (self.wall() - ABANDONED).timestamp()
        for part in self.folder.rglob(f"*{PART}"):
            if part.stat().st_mtime < before:
                part.unlink(missing_ok=True)


def number_of(path: Path) -> int:
    """The number of an entry or a receipt."""
    return int(path.name.partition("-")[0])


def following(paths: Sequence[Path]) -> int:
    """The number after all others."""
    return max(map(number_of, paths), default=0) + 1


def entry_body(entry: Entry) -> Mapping[str, Any]:
    """An entry as JSON, without its key."""
    parcel = entry.parcel
    return {
        "id": entry.id,
        "day": entry.day,
        "name": parcel.name,
        "bytes": parcel.size,
        "queued_at": parcel.queued_at,
        "handling": "lenient" if parcel.lenient else "strict",
        "prefer": parcel.prefer,
    }
