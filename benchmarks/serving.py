"""One server process tree at a time, the same server for ours and for the floors, what it costs in CPU, and the load on it.

The load is a closed loop of few keep-alive connections that send prepared bytes and time each answer.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from itertools import chain
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


CONNECTIONS = 4


@dataclass(frozen=True)
class Run:
    """What one run measured."""

    requests: int
    seconds: float
    latencies: list[float]

    @property
    def rate(self) -> float:
        """Requests per second."""
        return self.requests / self.seconds

    def percentile(self, share: float) -> float:
        """The latency in milliseconds that this share of the requests stayed under."""
        in_order = sorted(self.latencies)
        return 1000 * in_order[min(len(in_order) - 1, int(share * len(in_order)))]


def drive(port: int, requests: Sequence[bytes]) -> Run:
    """Send the requests over `CONNECTIONS` connections; every answer is read to its end.

    Ends the program where a request is not answered, or not with success: how fast something fails is no speed.
    """
    shares = [requests[start::CONNECTIONS] for start in range(CONNECTIONS)]
    beginning = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as connections:
        answers = list(chain.from_iterable(connections.map(partial(one_connection, port), shares)))
    seconds = time.perf_counter() - beginning
    statuses = Counter(status for status, _ in answers)
    if len(answers) != len(requests) or any(status // 100 != HTTPStatus.OK // 100 for status in statuses):
        raise SystemExit(f"{len(requests)} requests were answered {dict(statuses)}")
    return Run(len(requests), seconds, [latency for _, latency in answers])


def one_connection(port: int, requests: Sequence[bytes]) -> list[tuple[int, float]]:
    """One connection's share: the status and the seconds of each answer."""
    answers = []
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with connection:
        for request in requests:
            start = time.perf_counter()
            connection.sendall(request)
            status = read_answer(connection)
            answers.append((status, time.perf_counter() - start))
    return answers


def read_answer(connection: socket.socket) -> int:
    """Read one answer with a Content-Length; return its status."""
    data = b""
    while (end := data.find(b"\r\n\r\n")) < 0:
        data += receive(connection)
    head = data[:end].lower()
    length = int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0]) if b"content-length:" in head else 0
    while len(data) < end + 4 + length:
        data += receive(connection)
    return int(data[9:12])


def receive(connection: socket.socket) -> bytes:
    """Some bytes; the end of the stream is an error."""
    data = connection.recv(262_144)
    if not data:
        raise SystemExit("the server closed the connection")
    return data
