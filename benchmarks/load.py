"""A closed loop of few keep-alive connections that send prepared bytes and time each answer."""

from __future__ import annotations

import socket
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from itertools import chain

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
