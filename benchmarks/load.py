"""A closed loop of few keep-alive connections that send prepared bytes and time each answer."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

CONNECTIONS = 4


@dataclass(frozen=True)
class Run:
    """What one run measured."""

    requests: int
    seconds: float
    latencies: list[float]
    statuses: dict[int, int]

    @property
    def rate(self) -> float:
        """Requests per second."""
        return self.requests / self.seconds

    def percentile(self, share: float) -> float:
        """The latency in milliseconds that this share of the requests stayed under."""
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def drive(port: int, requests: Sequence[bytes]) -> Run:
    """Send the requests over `CONNECTIONS` connections; every answer is read to its end."""
    shares = [requests[start::CONNECTIONS] for start in range(CONNECTIONS)]
    latencies: list[list[float]] = [[] for _ in shares]
    statuses: list[list[int]] = [[] for _ in shares]
    threads = [
        threading.Thread(target=one_connection, args=(port, share, latencies[i], statuses[i]))
        for i, share in enumerate(shares)
    ]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - started
    counted: dict[int, int] = {}
    for status in (status for each in statuses for status in each):
        counted[status] = counted.get(status, 0) + 1
    return Run(len(requests), seconds, [latency for each in latencies for latency in each], counted)


def one_connection(port: int, requests: Sequence[bytes], latencies: list[float], statuses: list[int]) -> None:
    """One connection's share."""
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with connection:
        for request in requests:
            started = time.perf_counter()
            connection.sendall(request)
            statuses.append(read_answer(connection))
            latencies.append(time.perf_counter() - started)


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
