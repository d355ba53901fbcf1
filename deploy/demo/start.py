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
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from config import demands, env
from config.serve import command
from deploy.demo.people import ADMIN, FOR, MEMBERS, PEOPLE
from deploy.embedded import day
from deploy.embedded.postgres import EmbeddedPostgres, PostgresError
from deploy.embedded.processes import Child, fresh_log, lock
from partners.jobs.registry import INTAKE, LARGE, REHEARSAL
from partners.kinds import Mode, Scope

HOST = "127.0.0.1"
READY_WITHIN = 60
WORKERS, THREADS = 2, 4
# Where a demo that runs keeps the address of its database and its port, for commands beside it.
DATABASE, SECRETS = "database.json", "secrets.json"
# What runs beside the server, by the name of its log: the words of `manage.py`, and whether it has the web server's role.
BESIDE_SERVER = {
    "upkeep.log": ("work --queues upkeep", False),
    "intake.log": (f"work --queues {INTAKE} {LARGE}", True),
    "rehearsal.log": (f"work --queues {REHEARSAL}", True),
    "publisher.log": ("release publish-due", False),
}
BEGAN = time.monotonic()


def main() -> int:
    """Start all, say what to open, wait for Ctrl-C, stop all; 0 unless something failed."""
    _take_signals(signal.default_int_handler)
    home, port = env.path("HENVIS_HOME", Path(".henvis")), env.number("PORT", 8000, least=1, most=65535)
    with ExitStack() as stack:
        try:
            database, server = _start(stack, home, port)
            _wait(database, server)
        except KeyboardInterrupt:
            say("stopping")
            return 0
        except PostgresError as error:
            raise SystemExit(str(error)) from None
        finally:
            _take_signals(signal.SIG_IGN)  # a second Ctrl-C must not interrupt an orderly end
    return 0


def say(what: str) -> None:
    """One line of progress, with the seconds since the start."""
    print(f"[{time.monotonic() - BEGAN:5.1f} s] {what}", flush=True)


def _start(stack: ExitStack, home: Path, port: int) -> tuple[EmbeddedPostgres | None, Child]:
    serving = _enter(home, port)
    stack.callback(os.close, serving)
    secrets_of_home = settle(home)
    database = _database(stack, home)

    from deploy.demo import data as demo_data  # only now are the settings complete

    if database is None:
        demo_data.refuse_a_real_database()
    keep(home, secrets_of_home)  # only now is the database known to be fit
    write_private(home / DATABASE, {"url": os.environ["DATABASE_URL"], "port": port, "moved": day.moved()})
    partners = demo_data.prepare(home, say)
    say("starting the server")
    url = database.web_url if database else env.acting_as_web(env.require("DATABASE_URL"))
    server = stack.enter_context(serve(home, port, serving, url))
    for log, (words, as_web) in BESIDE_SERVER.items():
        stack.enter_context(_command(home / log, serving, words, url if as_web else None))
    base = f"http://{HOST}:{port}"
    write_private(home / "demo.json", {"base_url": base, "partners": partners})
    _until_ready(server, port, home / "server.log")
    say("ready")
    print(guide(base, home, partners), flush=True)
    return database, server


def _enter(home: Path, port: int) -> int:
    """Refuse a home or a port that is in use; hold the home for as long as the server lives."""
    # 0711 for root: the database's user must pass through; what is in it is 0600 or 0700 itself.
    home.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
    try:
        serving = lock(home / "demo.lock", wait=10)  # a demo that was just killed takes its servers a moment to follow
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
    content = _complete_secrets(json.loads((home / SECRETS).read_text()) if (home / SECRETS).exists() else {})
    os.environ.setdefault("HENVIS_SECRET_KEY", content["secret_key"])
    os.environ.setdefault("HENVIS_PEPPER", content["pepper"])
    os.environ.setdefault("HENVIS_ALLOWED_HOSTS", f"{HOST},localhost")
    os.environ.setdefault("HENVIS_KEYS", str(home / "keys"))
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


def keep(home: Path, content: dict[str, Any]) -> None:
    """Write the secrets of a home where they are new or have become more."""
    path = home / SECRETS
    if not path.exists() or json.loads(path.read_text()) != content:
        write_private(path, content)


def _database(stack: ExitStack, home: Path) -> EmbeddedPostgres | None:
    if url := env.text("DATABASE_URL"):
        say("using the database of DATABASE_URL")
        demands.check(url)
        return None
    say("starting PostgreSQL" if (home / "postgres").exists() else "making a PostgreSQL cluster")
    database = stack.enter_context(EmbeddedPostgres(home))
    os.environ["DATABASE_URL"] = database.url
    demands.check(database.url, fresh_start(home))
    return database


def fresh_start(home: Path) -> str:
    """How to remove a home that another version made: its database, pepper, keys and credentials belong together."""
    elsewhere = home / "postgres.elsewhere"
    paths = [str(home), *([elsewhere.read_text().strip()] if elsewhere.exists() else [])]
    return (
        f"It belongs to the demo in {home}, and everything in it is invented. To start afresh, remove that demo: "
        f"rm -rf {shlex.join(paths)}"
    )


def serve(home: Path, port: int, serving: int, url: str) -> Child:
    """Start the HTTP server on the loopback with the database of `url`; it holds the descriptor `serving` while it lives."""
    options = (f"--host={HOST}", f"--port={port}", f"--workers={WORKERS}", f"--blocking-threads={THREADS}")
    return Child(
        command(*options, "--workers-kill-timeout=5"),
        stop_by=signal.SIGTERM,
        patience=10,
        env=_environment_of_web(url),
        output=fresh_log(home / "server.log"),
        cwd=Path(__file__).parent.parent.parent,
        pass_fds=[serving],
    )


def _command(log: Path, serving: int, words: str, web_url: str | None) -> Child:
    """Start what works beside the server: with the web server's address of the database and without keys, or as the owner."""
    return Child(
        [sys.executable, "manage.py", *words.split()],
        stop_by=signal.SIGTERM,
        patience=10,
        env=dict(os.environ) if web_url is None else _environment_of_web(web_url),
        output=fresh_log(log),
        cwd=Path(__file__).parent.parent.parent,
        pass_fds=[serving],
    )


def _environment_of_web(url: str) -> dict[str, str]:
    """The environment without what is the owner's."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("GRANIAN_", "HENVIS_KEYS")) and name != "HENVIS_MAIL"
    }
    return {**environment, "DATABASE_URL": url}


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


def _wait(database: EmbeddedPostgres | None, server: Child) -> None:
    """Return never: a signal, or the end of the parent or of a server, ends the wait."""
    parent = os.getppid()
    until_parent_ends = "--until-parent-ends" in sys.argv
    while not (until_parent_ends and os.getppid() != parent):
        if not server.running:
            raise SystemExit("The HTTP server has ended; server.log may say why.")
        if database is not None and not database.running:
            raise SystemExit("PostgreSQL has ended; postgres.log may say why.")
        time.sleep(0.2)
    raise KeyboardInterrupt


def _take_signals(handler: Any) -> None:
    """One way to end for Ctrl-C, `kill` and a closed terminal; the last unless started under `nohup`."""
    signal.signal(signal.SIGINT, handler)
    signal.signal(signal.SIGTERM, handler)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, handler)


def write_private(path: Path, content: dict[str, Any]) -> None:
    """Write JSON that only its owner may read; whole or not at all."""
    new_path = path.with_suffix(".new")
    new_path.unlink(missing_ok=True)
    with os.fdopen(os.open(new_path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=2)
        file.write("\n")
    new_path.replace(path)


def guide(base: str, home: Path, partners: list[dict[str, Any]]) -> str:
    """What to open, and lines to paste; the first fetches a token."""
    partner, test = partners[0], next(each for each in partners if each["mode"] == Mode.TEST)
    where = "" if home == Path(".henvis").absolute() else f"HENVIS_HOME={home} "
    of_partner = dict.fromkeys(MEMBERS, f" {partner['name']}")
    people = "\n".join(f"    {name:22}{why}{of_partner.get(name, '')}" for name, why in zip(PEOPLE, FOR, strict=True))
    authority = next(each for each in partners if Scope.STATISTICS_AUTHORITY in each["scopes"])
    return f"""
  {base}/             the figures, as everybody reads them
  {base}/docs/        five minutes to a first referral, and the reference
  {base}/account/     sign in; the last three then open {base}/send/, all others {base}/admin/
{people}
    password and code of one:  {where}.venv/bin/python -m deploy.demo.credentials {ADMIN}
  {home / "demo.json"}   credentials of {len(partners)} partners, by `mode` LIVE or TEST

# To write with, {test["name"]} in test mode: whatever it sends is never counted.
TOKEN=$(curl -s -u '{test["client_id"]}:{test["client_secret"]}' -d grant_type=client_credentials \\
  {base}/oauth/token | sed 's/.*"access_token": *"\\([^"]*\\)".*/\\1/')
curl -s -H "Authorization: Bearer $TOKEN" {base}/api/v1/me
curl -s -H "Authorization: Bearer $TOKEN" '{base}/api/v1/referrals?limit=2'

# Statistics need no token. Of 2021 two genders are hidden, the small one and another one, or it could be computed (status N and Q):
curl -s '{base}/api/v1/statistics/persons?by=gender&year=2021&format=csv'
curl -s '{base}/api/v1/statistics/persons?by=gender,exploitation.form&period=2019-2023&format=csv'
curl -s '{base}/api/v1/releases/2021.p1/certificate' > certificate.json
.venv/bin/python manage.py release verify-public certificate.json

# Authorities read quarters, with noise; {authority["name"]}, live:
TOKEN=$(curl -s -u '{authority["client_id"]}:{authority["client_secret"]}' -d grant_type=client_credentials \\
  {base}/oauth/token | sed 's/.*"access_token": *"\\([^"]*\\)".*/\\1/')
curl -s -H "Authorization: Bearer $TOKEN" '{base}/api/v1/statistics/persons?by=gender&period=2023-Q4&format=csv'

Ctrl-C ends it."""


if __name__ == "__main__":
    sys.exit(main())
