"""The program as the demo serves it, on a port of its own and the tests' database, and raw requests to it."""

from __future__ import annotations

import http.client
import os
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings

from benchmarks.serving import free_port
from config import env
from deploy.demo import start as demo
from deploy.demo.web import ALONE
from tests.running import until
from tools.embedded.processes import fresh_log

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Reply:
    """What came back on the wire. `closed`: the server ended the connection."""

    status: int
    headers: dict[str, str]
    body: bytes
    closed: bool = False
    interim: tuple[int, ...] = ()


def listens(port: int) -> bool:
    """Whether somebody takes connections on a port."""
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


@contextmanager
def serving(home: Path, patch: pytest.MonkeyPatch, **environment: str) -> Iterator[int]:
    """The program on the tests' database, with more of the environment; its port."""
    parts = urlsplit(env.require("DATABASE_URL"))
    url = urlunsplit(parts._replace(path=f"/{settings.DATABASES['default']['NAME']}"))
    for name, value in {"HENVIS_ALLOWED_HOSTS": HOST, **environment}.items():
        patch.setenv(name, value)
    port, held, log = free_port(), os.open(os.devnull, os.O_RDONLY), fresh_log(home / "server.log")
    patch.setattr(demo, "fresh_log", lambda _: log)
    with demo.serve(home, port, held, env.acting_as_web(url), ALONE) as server:
        demo.tell(server, "\n")
        os.close(held)
        log.close()
        until(lambda: not server.running or alive(port))
        assert server.running, (home / "server.log").read_text()
        yield port


def alive(port: int) -> bool:
    """Whether the program answers."""
    try:
        return send(port, [b"GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"]).status == 200
    except (OSError, http.client.HTTPException):
        return False


def send(port: int, parts: Sequence[bytes], *, wait_for_continue: bool = False) -> Reply:
    """Bytes as they are, part by part, after the first one an interim answer where it is waited for; the answer as it is."""
    interim: list[int] = []
    with socket.create_connection((HOST, port), timeout=20) as wire:
        for part in parts:
            with suppress(BrokenPipeError, ConnectionResetError):  # answered and ended already
                wire.sendall(part)
            if wait_for_continue and not interim:
                interim.append(int(wire.recv(1024).split(b" ", 2)[1]))
        response = http.client.HTTPResponse(wire)
        response.begin()
        body = response.read()
        headers = {name.lower(): value for name, value in response.getheaders()}
        closed = response.will_close
    return Reply(response.status, headers, body, closed, tuple(interim))


def head(method: str, path: str, *lines: str) -> bytes:
    """The head of a request."""
    return "\r\n".join([f"{method} {path} HTTP/1.1", f"Host: {HOST}", *lines, "", ""]).encode()


def chunk(content: bytes) -> bytes:
    """One chunk."""
    return b"%x\r\n%s\r\n" % (len(content), content)


LAST = b"0\r\n\r\n"
CHUNKED = "Transfer-Encoding: chunked"
