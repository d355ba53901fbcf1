"""A launcher of the embedded PostgreSQL in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

ROOT = Path(__file__).parent.parent
LAUNCH = """
import sys, time
from pathlib import Path
from tools.embedded.postgres import EmbeddedPostgres, PostgresError
server = EmbeddedPostgres(Path(sys.argv[1]), fast=True)
try:
    server.start()
except PostgresError as error:
    sys.exit(str(error))
print(server.pid, server.url, flush=True)
time.sleep(120)
"""


@contextmanager
def launched(home: Path, script: str = LAUNCH, **options: object) -> Iterator[tuple[subprocess.Popen[str], int, str]]:
    """A launcher in a process of its own, the server's process number and the URL."""
    command = [sys.executable, "-c", script, str(home)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, **options) as launcher:  # type: ignore[call-overload]
        try:
            pid, url = launcher.stdout.readline().split()
            yield launcher, int(pid), url
        finally:
            launcher.kill()


def query(url: str, statement: str) -> list[tuple[object, ...]]:
    """Run one statement and give its rows."""
    with psycopg.connect(url) as connection:
        cursor = connection.execute(statement)
        return list(cursor.fetchall()) if cursor.description else []
