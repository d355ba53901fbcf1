"""One server process tree at a time, the same server for ours and for the floors, and what it costs in CPU."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from config import env
from tools.embedded.processes import Child

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    process: psutil.Process

    def cpu(self) -> float:
        """Seconds of CPU that the server and its workers have used."""
        return tree_cpu(self.process)


def tree_cpu(process: psutil.Process) -> float:
    """Seconds of CPU of a process and its descendants; those that ended count through their parent."""
    total = 0.0
    for each in (process, *process.children(recursive=True)):
        try:
            times = each.cpu_times()
            total += times.user + times.system
        except psutil.NoSuchProcess:
            continue
    end = process.cpu_times()
    return total + end.children_user + end.children_system


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(target: str, environment: dict[str, str], workers: int = WORKERS) -> Iterator[Server]:
    """Serve a WSGI application by granian until the block ends; ours with the web server's role."""
    port = free_port()
    ours = {"DATABASE_URL": env.acting_as_web(os.environ["DATABASE_URL"])} if target.startswith("config.") else {}
    command = [str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--host", "127.0.0.1"]
    command += [
        "--port",
        str(port),
        "--workers",
        str(workers),
        "--blocking-threads",
        "2",
        "--no-ws",
        "--log-level",
        "error",
        target,
    ]
    with Path(os.devnull).open("wb") as sink:
        child = Child(
            command,
            stop_by=signal.SIGTERM,
            patience=10,
            env={**os.environ, **environment, **ours, "PYTHONPATH": str(ROOT)},
            output=sink,
        )
        try:
            wait_for(port)
            yield Server(port, psutil.Process(child.process.pid))
        finally:
            child.stop()


def wait_for(port: int) -> None:
    """Wait until somebody listens."""
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            time.sleep(0.5)
            return
    raise SystemExit("the server did not start")
