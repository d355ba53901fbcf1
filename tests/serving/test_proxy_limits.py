"""The site of nginx in deploy/: it is one that nginx takes, and it bounds what one address brings."""

from __future__ import annotations

import json
import os
import shutil
import signal
import ssl
import subprocess
from collections.abc import Iterator
from http.client import HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.browser.stage import NAME, answers, command, free_port
from tests.running import until
from tools.embedded.processes import Child

pytestmark = pytest.mark.skipif(
    shutil.which("nginx") is None, reason="SKIPPED: no nginx on this machine, so what the proxy bounds was not tried"
)
CHECK, BATCHES = "/api/v1/public/check", "/api/v1/batches"
# More than each address takes at once; as many more would have to come in ten seconds for none to be refused.
TIMES = {CHECK: 14, BATCHES: 64}


class Busy(BaseHTTPRequestHandler):
    """A program that answers everything with an outage of its own, and its own words."""

    def do_POST(self) -> None:
        """Answer."""
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(503)
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"own")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """nginx with the site, before a program."""
    home, front = tmp_path_factory.mktemp("nginx"), free_port()
    with ThreadingHTTPServer(("127.0.0.1", 0), Busy) as program:
        Thread(target=program.serve_forever, daemon=True).start()
        words = command(home, front, program.server_address[1])
        subprocess.run([*words, "-t"], check=True, capture_output=True)
        with Child(words, stop_by=signal.SIGTERM, patience=5, env=dict(os.environ), output=subprocess.DEVNULL):
            until(lambda: answers(front))
            yield front
        program.shutdown()


@pytest.mark.parametrize("path", [CHECK, BATCHES])
def test_too_many_requests_of_an_address_are_told_to_wait(port: int, path: str) -> None:
    replies = [reply(port, path) for _ in range(TIMES[path])]
    own = [body for _, _, body in replies if body == b"own"]
    [(wait, kind), *_] = {(wait, kind) for wait, kind, body in replies if body != b"own"}
    assert (int(wait or 0) > 0, kind) == (True, "application/problem+json")
    problem = json.loads(next(body for _, _, body in replies if body != b"own"))
    assert (problem["status"], problem["code"]) == (503, "unavailable")
    assert len(own) >= 11
    assert reply(port, "/api/v1/me")[2] == b"own"


@pytest.mark.parametrize("path", ["/send/file/", "/send/test/file/"])
def test_files_of_people_are_let_through_and_no_other_large_form(port: int, path: str) -> None:
    large = b"x" * (2 * 1024 * 1024)
    assert reply(port, path, large)[2] == b"own"
    assert reply(port, f"{path}columns/", large)[2] != b"own"


def reply(port: int, path: str, sent: bytes = b"{}") -> tuple[str | None, str | None, bytes]:
    """What is answered: when to come again, the media type and the body."""
    connection = HTTPSConnection("127.0.0.1", port, context=ssl._create_unverified_context(), timeout=20)
    connection.request("POST", path, sent, {"Host": NAME})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.getheader("Retry-After"), response.getheader("Content-Type"), body
