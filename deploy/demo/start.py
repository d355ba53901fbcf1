"""`make demo`: sandbox data served on this machine's loopback, from nothing, and the same again at the next start.

    python -m deploy.demo.start [--until-parent-ends]

Everything is kept below ``HENVIS_HOME``: the database, the secrets made at the first start, and ``demo.json`` with the
credentials of a few partners. Whatever ends this program ends the servers too.
"""

from __future__ import annotations

import base64
import http.client
import json
import os
import secrets
import shlex
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config import demands, env
from deploy.demo import household
from deploy.demo.household import PEOPLE, guide
from tools.embedded.postgres import EmbeddedPostgres, PostgresError
from tools.embedded.processes import Child, fresh_log, lock

HOST = "127.0.0.1"
READY_WITHIN = 60
WORKERS, THREADS = 2, 4
# Seconds: how long the programs have to end, and what a second demo waits for those of one that was killed.
PATIENCE, FOLLOW = 12, 15
ROOT = Path(__file__).parent.parent.parent
BEGAN, PARENT = time.monotonic(), os.getppid()


@dataclass(frozen=True)
class ServedDemo:
    """A demo that is served: its home and address, and the programs without which it is none."""

    home: Path
    base: str
    database: EmbeddedPostgres | None
    server: Child
    owner: Child

    def check(self) -> None:
        """Raise `SystemExit` where a program has ended, and `KeyboardInterrupt` where the parent has."""
        if "--until-parent-ends" in sys.argv and os.getppid() != PARENT:
            raise KeyboardInterrupt
        if not self.server.running:
            raise SystemExit("The HTTP server has ended; server.log may say why.")
        if self.database is not None and not self.database.running:
            raise SystemExit("PostgreSQL has ended; postgres.log may say why.")
        if not self.owner.running:
            raise SystemExit("The worker has ended; upkeep.log may say why.")


def main() -> int:
    """Start all, say what to open, wait for Ctrl-C, stop all; 0 unless something failed."""
    _take_signals(signal.default_int_handler)
    home, port = env.path("HENVIS_HOME", Path(".henvis")), env.number("PORT", 8000, least=1, most=65535)
    with ExitStack() as stack:
        try:
            running = _start(stack, home, port)
            _until_complete(running)
            _wait(running)
        except KeyboardInterrupt:
            say("stopping")
            return 0
        except PostgresError as error:
            raise SystemExit(str(error)) from None
        finally:
            _take_signals(signal.SIG_IGN)  # a second Ctrl-C must not interrupt an orderly end
    return 0


def say(what: str) -> None:
    """One line of progress."""
    household.say(what, BEGAN)


def _start(stack: ExitStack, home: Path, port: int) -> ServedDemo:
    """Start all. It is served when this returns; the worker may still build.

    The programs import everything while the database starts, and wait until they are told.
    """
    serving = _enter(home, port)
    stack.callback(os.close, serving)
    message = {"secrets": settle(home), "base": f"http://{HOST}:{port}", "port": port, "began": BEGAN}
    database = _database(stack, home)
    server = stack.enter_context(serve(home, port, serving, _web_url(database)))
    outlet, inlet = os.pipe()
    stack.callback(os.close, outlet)
    try:
        owner = stack.enter_context(_own(home, serving, inlet))
    finally:
        os.close(inlet)
    if database:
        demands.check(database.start(), fresh_start(home))
    tell(owner, json.dumps({**message, "is_given": database is None}))
    if not os.read(outlet, 1):  # it has said why
        raise SystemExit(owner.process.wait() or 1)
    say("starting the server")
    tell(server, "\n")
    _until_ready(server, port, home / "server.log")
    say(f"ready: {message['base']}/")
    return ServedDemo(home, str(message["base"]), database, server, owner)


def _enter(home: Path, port: int) -> int:
    """Refuse a home or a port that is in use; hold the home for as long as the server lives."""
    # 0711 for root: the database's user must pass through; what is in it is 0600 or 0700 itself.
    home.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
    try:
        serving = lock(home / "demo.lock", wait=FOLLOW)  # of a demo that was just killed, the servers follow
    except BlockingIOError:
        raise SystemExit(f"A demo already runs in {home}. Stop it, or choose another HENVIS_HOME and PORT.") from None
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise SystemExit(
                f"Port {port} cannot be had: {error.strerror}. Choose another: PORT=8001 make demo"
            ) from None
    return serving


def settle(home: Path) -> dict[str, Any]:
    """Complete the environment that the settings read; what is set already stays. Returns the home's secrets; writes nothing."""
    content = _complete_secrets(
        json.loads((home / household.SECRETS).read_text()) if (home / household.SECRETS).exists() else {}
    )
    os.environ.setdefault("HENVIS_SECRET_KEY", content["secret_key"])
    os.environ.setdefault("HENVIS_PEPPER", content["pepper"])
    os.environ.setdefault("HENVIS_ALLOWED_HOSTS", f"{HOST},localhost")
    os.environ.setdefault("HENVIS_KEYS", str(home / "keys"))
    os.environ.setdefault("HENVIS_SPOOL", str(home / "spool"))
    for name, article in (("CASEWORK", "6(1)(e), 9(2)(g)"), ("STATISTICS", "6(1)(e), 9(2)(j)")):
        os.environ.setdefault(f"HENVIS_LEGAL_BASIS_{name}", f"Eksempel: GDPR {article} | Example: GDPR {article}")
    os.environ.setdefault("HENVIS_OPERATOR", "Center mod Menneskehandel (prøvedata)")
    # Mails of the demo stand in the worker's log.
    os.environ.setdefault("HENVIS_CONTACT", "kontakt@example.dk")
    os.environ.setdefault("HENVIS_MAIL", "console")
    os.environ.setdefault("HENVIS_MAIL_FROM", "Henvis <henvis@demo.invalid>")
    os.environ["HENVIS_INSECURE_LOOPBACK"] = "1"
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    return content


def _complete_secrets(content: dict[str, Any]) -> dict[str, Any]:
    """The secrets of a home, with new ones at a first start and for people who have come to the demo since."""
    words = {name: secrets.token_urlsafe(48) for name in ("secret_key", "pepper", "admin_password")}
    factors = {name: base64.b32encode(secrets.token_bytes(20)).decode() for name in PEOPLE}
    return {**words, **content, "factors": {**factors, **content.get("factors", {})}}


def _database(stack: ExitStack, home: Path) -> EmbeddedPostgres | None:
    """The database of the demo, not yet started; None where one was given, which is looked at."""
    if url := env.text("DATABASE_URL"):
        say("using the database of DATABASE_URL")
        demands.check(url)
        return None
    say("starting PostgreSQL" if (home / "postgres").exists() else "making a PostgreSQL cluster")
    database = EmbeddedPostgres(home)
    stack.callback(database.stop)
    database.locate()
    os.environ["DATABASE_URL"] = database.url
    return database


def _web_url(database: EmbeddedPostgres | None) -> str:
    """The address of the database for the web server's role."""
    return database.web_url if database else env.acting_as_web(env.require("DATABASE_URL"))


def fresh_start(home: Path) -> str:
    """How to remove a home that another version made: its database, pepper, keys and credentials belong together."""
    elsewhere = home / "postgres.elsewhere"
    paths = [str(home), *([elsewhere.read_text().strip()] if elsewhere.exists() else [])]
    return (
        f"It belongs to the demo in {home}, and everything in it is invented. To start afresh, remove that demo: "
        f"rm -rf {shlex.join(paths)}"
    )


def serve(home: Path, port: int, serving: int, url: str, *also: str) -> Child:
    """Start the HTTP server on the loopback with the database of `url`; it holds the descriptor `serving` while it lives.

    It serves once it is told a line. `also`: what `deploy.demo.web` takes.
    """
    options = (f"--host={HOST}", f"--port={port}", f"--workers={WORKERS}", f"--blocking-threads={THREADS}")
    return Child(
        [sys.executable, "-m", "deploy.demo.web", home, *also, *options, "--workers-kill-timeout=5"],
        stop_by=signal.SIGTERM,
        patience=PATIENCE,
        env=_environment_of_web(home, url),
        stdin=subprocess.PIPE,
        output=fresh_log(home / "server.log"),
        cwd=ROOT,
        pass_fds=[serving],
    )


def _own(home: Path, serving: int, inlet: int) -> Child:
    """Start what works as the owner; it writes to the descriptor `inlet` once there is something to serve."""
    return Child(
        [sys.executable, "-m", "deploy.demo.owner", home, str(inlet)],
        stop_by=signal.SIGTERM,
        patience=PATIENCE,
        env={**os.environ, "HENVIS_HOME": str(home)},
        stdin=subprocess.PIPE,
        cwd=ROOT,
        pass_fds=[serving, inlet],
    )


def tell(child: Child, what: str) -> None:
    """Write to a program that waits for it, once."""
    assert child.process.stdin is not None
    with suppress(BrokenPipeError), child.process.stdin as pipe:  # it may have ended, as will be seen
        pipe.write(what.encode())


def _environment_of_web(home: Path, url: str) -> dict[str, str]:
    """The environment without what is the owner's."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("GRANIAN_", "HENVIS_KEYS")) and name != "HENVIS_MAIL"
    }
    return {**environment, "HENVIS_HOME": str(home), "DATABASE_URL": url}


def _until_ready(server: Child, port: int, log: Path) -> None:
    end = time.monotonic() + READY_WITHIN
    while server.running and time.monotonic() < end:
        connection = http.client.HTTPConnection(HOST, port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            if connection.getresponse().status == http.HTTPStatus.OK:
                return
        except (OSError, http.client.HTTPException):
            pass
        finally:
            connection.close()
        time.sleep(0.05)
    raise SystemExit(f"The server does not answer; the end of {log}:\n{log.read_text()[-3000:]}")


def _until_complete(running: ServedDemo) -> None:
    """Tell what is done until the demo is complete or will not be, and then what to open and to paste."""
    last = None
    while (step := household.read_step(running.home / household.LINE)) is not None:
        if step != last:
            say(step)
        if step == household.FAILED:
            break
        last = step
        running.check()
        time.sleep(0.2)
    else:
        say("complete")
    partners = json.loads((running.home / household.CREDENTIALS).read_text())["partners"]
    print(guide(running.base, running.home, partners), flush=True)


def _wait(running: ServedDemo) -> None:
    """Return never: a signal, or the end of the parent or of a server, ends the wait."""
    while True:
        running.check()
        time.sleep(0.2)


def _take_signals(handler: Any) -> None:
    """One way to end for Ctrl-C, `kill` and a closed terminal; the last unless started under `nohup`."""
    signal.signal(signal.SIGINT, handler)
    signal.signal(signal.SIGTERM, handler)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, handler)


if __name__ == "__main__":
    sys.exit(main())
