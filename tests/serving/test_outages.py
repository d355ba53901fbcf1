"""What goes wrong around the web server: a worker dies, the database is restarted, read-only, or holds every thread."""

from __future__ import annotations

import json
import os
import signal
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from threading import Event
from time import monotonic
from uuid import uuid4

import psutil
import psycopg

from tests.running import until
from tests.serving.deployment import Deployment
from tests.serving.service import THREADS, WORKERS, Answer, Service, served, started

END_ALL = "SELECT pg_terminate_backend(pid, 30000) FROM pg_stat_activity WHERE usename = 'henvis_web'"
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'henvis_web' AND wait_event_type = 'Lock'"
READ_ONLY = "ALTER DATABASE henvis SET default_transaction_read_only = {}"


def test_a_worker_that_is_killed_is_replaced_and_what_was_acknowledged_stays(service: Service) -> None:
    stop, acknowledged = Event(), list[str]()

    def write() -> None:
        while not stop.is_set():
            reference = str(uuid4())
            try:
                if service.put(reference).status == 201:
                    acknowledged.append(reference)
            except (OSError, HTTPException):  # the connection went with its worker
                continue

    with ThreadPoolExecutor(4) as pool:
        writers = [pool.submit(write) for _ in range(4)]
        try:
            for _ in range(WORKERS):
                kill_one(service)
                written = len(acknowledged)
                until(lambda: len(acknowledged) > written + 5)  # noqa: B023 - called before the next
        finally:
            stop.set()
        for writer in writers:
            writer.result()
    statuses = Counter(service.ask("GET", f"/api/v1/referrals/{each}").status for each in acknowledged)
    assert statuses == {200: len(acknowledged)}


def test_a_restart_of_the_database_is_noticed_by_no_request(deployed: Deployment, service: Service) -> None:
    """Each thread's connection has died, whatever it is asked first."""

    def fetch() -> Answer:
        return service.fetch_token()

    def sign_in() -> Answer:
        return service.ask("GET", "/account/login/", Cookie="sessionid=0123456789abcdefghijklmnopqrstuv")

    for first in (service.put, fetch, sign_in, lambda: service.ask("GET", "/readyz")):
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda _: service.put(), range(16)))  # every thread has a connection
            assert deployed.sql(END_ALL)
            statuses = Counter(pool.map(lambda _: first().status, range(16)))  # noqa: B023 - called here
        assert set(statuses) <= {200, 201}, statuses


def kill_one(service: Service) -> None:
    """Kill a worker and wait for another in its place."""
    victim = service.workers[0]
    os.kill(victim, signal.SIGKILL)
    until(lambda: victim not in service.workers and len(service.workers) == WORKERS)


@contextmanager
def read_only(deployed: Deployment) -> Iterator[None]:
    """The database takes no writes, as a standby that was not promoted, or one that ran out of ids."""
    deployed.sql(READ_ONLY.format("on"), END_ALL)
    try:
        yield
    finally:
        deployed.sql("SET default_transaction_read_only = off", READ_ONLY.format("off"), END_ALL)


def test_a_database_that_takes_no_writes_is_no_fault_of_the_caller(deployed: Deployment, service: Service) -> None:
    reference = str(uuid4())
    assert service.put(reference).status == 201
    with read_only(deployed):
        refused = service.put()
        assert (refused.status, refused.json["code"]) == (503, "unavailable")
        assert int(refused.headers["Retry-After"]) > 0
        # A read of records that cannot be written down is none.
        assert service.ask("GET", f"/api/v1/referrals/{reference}").status == 503
        assert service.ask("GET", "/api/v1/statistics").status == 200
        ready = service.ask("GET", "/readyz")
        assert (ready.status, ready.json["checks"]["database"]) == (503, "refuses_writes")
        assert service.ask("GET", "/livez").status == 200
        assert service.fetch_token().status == 503
        page = sign_in(service)
        assert (page.status, page.headers["Content-Language"]) == (503, "da")
        assert "Tjenesten er ikke klar lige nu" in page.content.decode()
        assert int(page.headers["Retry-After"]) > 0
    assert service.put().status == 201
    assert service.answers()


def sign_in(service: Service) -> Answer:
    """Send the form of the sign-in, which counts attempts in the database."""
    token = "a" * 32
    form = f"login=nobody&password=wrong&csrfmiddlewaretoken={token}".encode()
    own = {"Origin": "https://127.0.0.1", "Cookie": f"csrftoken={token}", "Accept_Language": "da"}
    return service.ask("POST", "/account/login/", form, Host="127.0.0.1", X_Forwarded_For="192.0.2.1", **own)


@contextmanager
def locked(deployed: Deployment) -> Iterator[psycopg.Connection]:
    """Somebody holds a table that every request reads."""
    with psycopg.connect(deployed.admin_url) as connection:
        connection.execute("LOCK TABLE partners_partner IN ACCESS EXCLUSIVE MODE")
        yield connection
        connection.rollback()


def test_with_every_thread_waiting_for_the_database_the_process_still_says_that_it_lives(
    deployed: Deployment, ngo_client: tuple[str, str], tmp_path: Path
) -> None:
    """They wait for half a minute here; what is asked meanwhile is answered, as all of them still wait afterwards."""
    patient = f"{deployed.web_url}&options=-c%20lock_timeout%3D25s"
    every = WORKERS * THREADS
    with (
        served(patient, ngo_client, tmp_path / "server.log") as service,
        ThreadPoolExecutor(4 * every) as pool,
    ):
        with locked(deployed):
            asked = [pool.submit(service.ask, "GET", "/api/v1/me") for _ in range(4 * every)]
            until(lambda: deployed.sql(WAITING) == [(every,)])
            for _ in range(3 * WORKERS):
                assert service.ask("GET", "/livez").json == {"status": "ok"}
            assert deployed.sql(WAITING) == [(every,)]
        assert {each.result().status for each in asked} == {200}


def test_who_waits_too_long_for_a_lock_is_told_to_come_back(deployed: Deployment, service: Service) -> None:
    with locked(deployed):
        waited = service.ask("GET", "/api/v1/me")
    assert (waited.status, waited.json["code"]) == (503, "unavailable")
    assert int(waited.headers["Retry-After"]) > 0


def test_a_statement_that_takes_too_long_is_ended(
    deployed: Deployment, ngo_client: tuple[str, str], tmp_path: Path
) -> None:
    hasty = f"{deployed.web_url}&options=-c%20statement_timeout%3D1500ms%20-c%20lock_timeout%3D20s"
    with served(hasty, ngo_client, tmp_path / "server.log") as service, locked(deployed):
        assert service.ask("GET", "/api/v1/me").status == 503


@contextmanager
def frozen(deployed: Deployment) -> Iterator[None]:
    """No process of PostgreSQL runs, as on a machine that waits for its disk. The kernel still takes what is sent."""
    assert deployed.server._server is not None
    postmaster = psutil.Process(deployed.server._server.process.pid)
    processes = [postmaster, *postmaster.children(recursive=True)]
    for each in processes:
        each.suspend()
    try:
        yield
    finally:
        for each in processes:
            each.resume()


def test_a_database_that_is_frozen_is_waited_for_no_longer_than_a_statement_may_take(
    deployed: Deployment, ngo_client: tuple[str, str], tmp_path: Path
) -> None:
    hasty = f"{deployed.web_url}&options=-c%20statement_timeout%3D1500ms&connect_timeout=2"
    with served(hasty, ngo_client, tmp_path / "server.log") as service:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda _: service.ask("GET", "/api/v1/me"), range(16)))  # every thread has a connection
        with frozen(deployed):
            # The second request of a thread finds no connection, and makes none.
            for _ in range(WORKERS * THREADS + 1):
                began = monotonic()
                waited = service.ask("GET", "/api/v1/me")
                assert (waited.status, waited.json["code"]) == (503, "unavailable")
                assert int(waited.headers["Retry-After"]) > 0
                assert monotonic() - began < 8
            assert service.ask("GET", "/livez").status == 200
        until(lambda: service.ask("GET", "/api/v1/me").status == 200)


def test_a_database_that_comes_back_wrong_ends_the_server(
    deployed: Deployment, ngo_client: tuple[str, str], tmp_path: Path
) -> None:
    """It was away at the start. A thread of a worker finds out, and what it raises would end its request alone."""
    log = tmp_path / "server.log"
    deployed.sql("ALTER ROLE henvis_web NOLOGIN")
    try:
        with started(deployed.web_url, ngo_client, log) as service:
            until(lambda: service.answers(503))
            deployed.sql("ALTER ROLE henvis_web SET log_statement = 'all'", "ALTER ROLE henvis_web LOGIN")
            until(lambda: service.answers(500) or not service.process.running)
            assert not service.process.running
    finally:
        deployed.sql("ALTER ROLE henvis_web RESET ALL", "ALTER ROLE henvis_web LOGIN")
    said = log.read_text().splitlines()
    assert any(line.startswith("The log of this PostgreSQL would keep") for line in said)
    assert {"Worker crash loop detected, exiting"} <= {json.loads(line)["event"] for line in said if line[0] == "{"}
