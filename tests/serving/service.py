"""The real web server before a PostgreSQL of its own, as a deployment runs it: its role, its settings, TLS ended in front of it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil

from benchmarks.serving import free_port
from config.serve import command
from tests.callers import referral
from tests.running import until
from tools.embedded.processes import Child

ROOT = Path(__file__).resolve().parents[2]
WORKERS, THREADS = 2, 2
ENVIRONMENT = {
    "HENVIS_SECRET_KEY": "for-the-served-tests-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG",
    "HENVIS_PEPPER": "for-the-served-tests-9876543210-zyxwvutsrqponmlkjihgfedcba",
    "HENVIS_ALLOWED_HOSTS": "127.0.0.1",
    "HENVIS_BEHIND_PROXY": "1",
    "DJANGO_SETTINGS_MODULE": "config.settings",
}


def environment(url: str, **more: str) -> dict[str, str]:
    """What a program of a deployment gets, and nothing of the tests' own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return {**kept, **ENVIRONMENT, "DATABASE_URL": url, **more}


def manage(url: str, *words: str, **more: str) -> str:
    """Run one of the commands; what it prints."""
    done = ran([sys.executable, "manage.py", *words], environment(url, **more))
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def ran(line: list[str], env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a program to its end."""
    return subprocess.run(line, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False)


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Message
    content: bytes

    @property
    def json(self) -> dict[str, Any]:
        """The body."""
        found: dict[str, Any] = json.loads(self.content)
        return found


@dataclass
class Service:
    """A running web server, the client of an NGO, and its token."""

    port: int
    process: Child
    client: tuple[str, str]
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def workers(self) -> list[int]:
        """The process numbers of the workers."""
        children = psutil.Process(self.process.process.pid).children()
        living = [each for each in children if each.status() != psutil.STATUS_ZOMBIE]
        return [each.pid for each in living if "resource_tracker" not in " ".join(each.cmdline())]

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """One request on a connection of its own, as the proxy in front sends it."""
        sent = {"X-Forwarded-Proto": "https", **self.headers, **{k.replace("_", "-"): v for k, v in headers.items()}}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", body, sent, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.headers, error.read())

    def put(self, reference: str | None = None) -> Answer:
        """Store a referral."""
        body = json.dumps(referral()).encode()
        return self.ask("PUT", f"/api/v1/referrals/{reference or uuid4()}", body, Content_Type="application/json")

    def fetch_token(self) -> Answer:
        """Fetch a token."""
        basic = b64encode(":".join(self.client).encode()).decode()
        form = urllib.parse.urlencode({"grant_type": "client_credentials"}).encode()
        return self.ask("POST", "/oauth/token", form, Authorization=f"Basic {basic}")

    def answers(self, status: int = 200) -> bool:
        """Whether it says that it is ready, or another status."""
        try:
            return self.ask("GET", "/readyz").status == status
        except OSError:
            return False


@contextmanager
def started(url: str, client: tuple[str, str], log: Path, **more: str) -> Iterator[Service]:
    """A server that may not answer yet, until the block ends."""
    port = free_port()
    options = (f"--port={port}", f"--workers={WORKERS}", f"--blocking-threads={THREADS}", "--workers-kill-timeout=2")
    with log.open("ab") as output:
        child = Child(
            command(*options),
            stop_by=signal.SIGTERM,
            patience=10,
            env=environment(url, **more),
            output=output,
            cwd=ROOT,
        )
    with child:
        yield Service(port, child, client)


@contextmanager
def served(url: str, client: tuple[str, str], log: Path, **more: str) -> Iterator[Service]:
    """Serve until the block ends."""
    with started(url, client, log, **more) as service:
        until(service.answers)
        service.headers["Authorization"] = f"Bearer {service.fetch_token().json['access_token']}"
        yield service


# No manager is needed for a signature that a command on the server enters.
AGREE = """
from partners.models import Partner
from tests.callers import agree
agree(Partner.objects.get(name="{name}", mode="LIVE"))
"""


def add_ngo(url: str) -> tuple[str, str]:
    """The id and the secret of a new NGO's client."""
    name = f"NGO {uuid4().hex[:8]}"
    told = manage(url, "add_partner", name, "--kind", "NGO")
    manage(url, "shell", "--command", AGREE.format(name=name))
    found = re.search(r"client_id: +(\S+)\s+client_secret: +(\S+)", told)
    assert found is not None, told
    return found[1], found[2]
