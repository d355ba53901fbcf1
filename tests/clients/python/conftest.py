"""What the client is tried with: the program as it is served, a stand-in for deliveries, and a machine of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from henvis_client import Client
from henvis_client.cli.surroundings import Surroundings
from tests.callers import Caller
from tests.clients.python.files import ndjson, rows, wrong
from tests.clients.python.machine import Machine
from tests.clients.python.standin import ID, SECRET, StandIn
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
def service() -> StandIn:
    """The stand-in."""
    return StandIn()


Connect = Callable[[httpx.BaseTransport], Client]


@pytest.fixture
def connect(clock: Clock) -> Connect:
    """A client of the stand-in over a network."""
    return lambda transport: Client(ADDRESS, ID, SECRET, language="en", timing=clock.timing, transport=transport)


@pytest.fixture
def client(service: StandIn, connect: Connect) -> Client:
    """A client of the stand-in."""
    return connect(httpx.WSGITransport(app=service))


@pytest.fixture
def around(tmp_path: Path, service: StandIn, clock: Clock) -> Surroundings:
    """A machine of a person who has not logged in."""
    return Surroundings(
        tmp_path / "home",
        {"LANG": "en_GB.UTF-8"},
        is_interactive=True,
        transport=httpx.WSGITransport(app=service),
        timing=clock.timing,
        passphrase_work=CHEAP,
    )


@pytest.fixture
def machine(around: Surroundings) -> Machine:
    """A machine on which nobody has logged in."""
    return Machine(around)


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
