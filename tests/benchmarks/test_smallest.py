"""Every benchmark at its smallest size: it comes to its end, and what is driven answers with success."""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.db import connection

from benchmarks.__main__ import NAMES
from benchmarks.serving import drive
from benchmarks.setting import Setting, prepare

# What it measures is a whole demo's first start, and tests/journey makes that of its own functions.
STARTS_A_DEMO = "startup"


@pytest.fixture
def setting(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Setting:
    """The test's own database, for programs that are started too. Nothing is measured, so any process stands for its server."""
    name = connection.settings_dict["NAME"]
    monkeypatch.setenv("DATABASE_URL", re.sub(r"/[^/?]*(?=\?|$)", f"/{name}", os.environ["DATABASE_URL"], count=1))
    monkeypatch.setenv("HENVIS_ALLOWED_HOSTS", "127.0.0.1,testserver")
    return prepare(os.getpid(), smallest=True)


@pytest.mark.parametrize("name", [name for name in NAMES if name != STARTS_A_DEMO])
def test_a_benchmark_comes_to_its_end(name: str, setting: Setting, capsys: pytest.CaptureFixture[str]) -> None:
    importlib.import_module(f"benchmarks.{name}").main(setting)
    assert re.search(r"\d", capsys.readouterr().out)


def test_none_is_left_out_of_those_that_run() -> None:
    assert STARTS_A_DEMO in NAMES


@contextmanager
def answering(*statuses: int) -> Iterator[int]:
    """A server whose answers have these statuses in turn; at the end of them it hangs up. Its port."""
    left = list(statuses)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if left:
                self.send_response(left.pop(0))
                self.send_header("Content-Length", "0")
                self.end_headers()
            else:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.mark.parametrize("statuses", [(200, 204, 500), (200, 302), (200, 200)], ids=["error", "redirect", "hung up"])
def test_what_is_not_answered_with_success_is_no_speed(statuses: tuple[int, ...]) -> None:
    with answering(*statuses) as port, pytest.raises(SystemExit):
        drive(port, [b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"] * 3)
