"""What the client is tried with: the program as it is served, and a machine of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from henvis_client import Client
from henvis_client.cli.surroundings import Surroundings
from tests.callers import Caller
from tests.clients.python.files import ndjson, rows, wrong
from tests.clients.python.machine import Machine
from tests.clients.python.register import Register
from tests.clients.python.transports import ADDRESS, Clock, InProcess

# A passphrase of a test is nobody's.
CHEAP = 1 << 4


@pytest.fixture
def clock() -> Clock:
    """A clock that does not wait."""
    return Clock()


@pytest.fixture
def served(ngo: Caller, clock: Clock) -> Iterator[Client]:
    """A client of an NGO, at the program as it is served."""
    with Client(
        ADDRESS, ngo.client.client_id, ngo.secret, language="en", timing=clock.timing, transport=InProcess()
    ) as client:
        yield client


@pytest.fixture
def service(db: None, settings: Any, tmp_path: Path) -> Register:
    """The program as it is served, with a spool of its own."""
    settings.HENVIS_SPOOL = tmp_path / "spool"
    return Register()


Connect = Callable[[httpx.BaseTransport], Client]


@pytest.fixture
def connect(clock: Clock, service: Register) -> Connect:
    """A client of the organisation over a network."""
    return lambda transport: Client(
        ADDRESS, service.id, service.secret, language="en", timing=clock.timing, transport=transport
    )


@pytest.fixture
def client(service: Register, connect: Connect) -> Client:
    """A client of the organisation."""
    return connect(service)


@pytest.fixture
def around(tmp_path: Path, service: Register, clock: Clock) -> Surroundings:
    """A machine of a person who has not logged in."""
    return Surroundings(
        tmp_path / "home",
        {"LANG": "en_GB.UTF-8"},
        is_interactive=True,
        transport=service,
        timing=clock.timing,
        passphrase_work=CHEAP,
    )


@pytest.fixture
def machine(around: Surroundings, service: Register) -> Machine:
    """A machine on which nobody has logged in."""
    return Machine(around, service)


@pytest.fixture
def tester(machine: Machine) -> Machine:
    """A machine with the test client."""
    assert machine.log_in().code == 0
    return machine


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A file in order."""
    return ndjson(tmp_path / "good.ndjson", rows(3))


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A file of three rows, the second of which is wrong."""
    content = rows(3)
    return ndjson(tmp_path / "bad.ndjson", [content[0], wrong(content[1]), content[2]])
