"""The web server and the worker of the intake queue, as they are served; a delivery from its POST to its end, and what it cost."""

from __future__ import annotations

import http.client
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil
from django.db import connection

from benchmarks.serving import ROOT, WORKERS, Server, serve, tree_cpu
from benchmarks.setting import Setting
from config import env
from partners.jobs.registry import OF_INTAKE
from tests.callers import Caller, issue_token, make_caller
from tools.embedded.processes import Child

NDJSON = "application/x-ndjson"
LOOK_EVERY, LONGEST = 0.05, 3600.0
AT_WORK = frozenset({"queued", "running"})
# A lenient delivery that holds some rows for a word of its sender has ended too.
ENDS = {"strict": frozenset({"done"}), "lenient": frozenset({"done", "needs_review"})}
READY = "SELECT count(*) FROM procrastinate_workers"


@dataclass
class DeliveryRun:
    """A delivery that came to its end. Seconds: by the clock; each stage as it was seen; CPU of each part.

    `sizes`: after so many rows checked, the resident bytes of the worker. `seen`: how many different counts of rows were seen.
    """

    body: dict[str, Any]
    seconds: float
    posting: float
    stages: Mapping[str, float]
    cpu: Mapping[str, float]
    sizes: list[tuple[int, int]]
    numbers_seen: int

    @property
    def all_cpu(self) -> float:
        return sum(self.cpu.values())

    @property
    def peak(self) -> int:
        """The most bytes that the worker held."""
        return max((size for _, size in self.sizes), default=0)


@dataclass
class Watching:
    """What is seen of a batch while it is worked on."""

    stages: dict[str, float] = field(default_factory=dict)
    sizes: list[tuple[int, int]] = field(default_factory=list)
    numbers: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Service:
    """A server, its worker, and the database's postmaster."""

    server: Server
    worker: psutil.Process
    postmaster: psutil.Process

    def cpu(self) -> dict[str, float]:
        """The seconds of CPU of each so far."""
        return {
            "web": self.server.cpu(),
            "worker": tree_cpu(self.worker),
            "database": tree_cpu(self.postmaster),
        }

    def deliver(self, caller: Caller, path: Path, media_type: str = NDJSON, **wish: str) -> DeliveryRun:
        """Send a file, have a job do it, and look until it is done. Ends the program where it comes to anything else.

        `wish`: `dry_run` and `handling`.
        """
        before, began = self.cpu(), time.perf_counter()
        body = self.post(caller, path, media_type, wish)
        post_end = time.perf_counter()
        watching = Watching()
        while body["state"] in AT_WORK:
            if time.perf_counter() - began > LONGEST:
                raise SystemExit("a delivery does not end")
            body = self.look(caller, body["id"], watching)
        end = time.perf_counter()
        if body["state"] not in ENDS[wish.get("handling", "strict")]:
            raise SystemExit(f"a delivery came to {body['state']}: {body['counts']} {body['findings'][:3]}")
        cpu = {name: seconds - before[name] for name, seconds in self.cpu().items()}
        sizes, numbers_seen = watching.sizes, len(watching.numbers)
        return DeliveryRun(body, end - began, post_end - began, watching.stages, cpu, sizes, numbers_seen)

    def look(self, caller: Caller, batch_id: str, watching: Watching) -> dict[str, Any]:
        """Look once, after a while: the batch as it is answered. What was seen is counted."""
        began = time.perf_counter()
        time.sleep(LOOK_EVERY)
        body = self.call(caller, "GET", f"/api/v1/batches/{batch_id}")
        stage = body["stage"] or body["state"]
        watching.stages[stage] = watching.stages.get(stage, 0.0) + time.perf_counter() - began
        watching.sizes.append((body["done"] if body["stage"] != "guarding" else 0, self.worker.memory_info().rss))
        watching.numbers.add(body["done"])
        return body

    def post(self, caller: Caller, path: Path, media_type: str, wish: Mapping[str, str]) -> dict[str, Any]:
        headers = {
            "Content-Type": media_type,
            "Content-Length": str(path.stat().st_size),
            "Idempotency-Key": str(uuid4()),
            "Prefer": f"handling={wish.get('handling', 'strict')}, respond-async, return=minimal",
        }
        with path.open("rb") as file:
            return self.call(caller, "POST", f"/api/v1/batches?dry_run={wish.get('dry_run', 'false')}", file, headers)

    def call(
        self, caller: Caller, method: str, target: str, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        """One request. Ends the program where it is not answered with success."""
        link = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=600)
        try:
            link.request(method, target, body, {"Authorization": f"Bearer {caller.token}", **(headers or {})})
            answer = link.getresponse()
            content = answer.read()
        finally:
            link.close()
        if answer.status // 100 != 2:
            raise SystemExit(f"{method} {target.partition('?')[0]} was answered {answer.status}")
        result: dict[str, Any] = json.loads(content)
        return result


@contextmanager
def service(setting: Setting) -> Iterator[Service]:
    """Serve, with a spool of its own, until the block ends."""
    with tempfile.TemporaryDirectory(prefix="henvis-bench-spool-") as spool:
        environment = {"HENVIS_SPOOL": spool}
        web = serve("config.wsgi:application", environment, setting.size(WORKERS, 1))
        with web as server, working(environment) as worker:
            yield Service(server, worker, psutil.Process(setting.postmaster))


@contextmanager
def working(environment: Mapping[str, str]) -> Iterator[psutil.Process]:
    """A worker of deliveries, with the web server's role, until the block ends."""
    command = [sys.executable, str(ROOT / "manage.py"), "work", "--queues", *OF_INTAKE]
    database = {"DATABASE_URL": env.acting_as_web(os.environ["DATABASE_URL"])}
    with Path(os.devnull).open("wb") as sink:
        child = Child(
            command, stop_by=signal.SIGTERM, patience=10, env={**os.environ, **environment, **database}, output=sink
        )
        try:
            wait_for_worker()
            yield psutil.Process(child.process.pid)
        finally:
            child.stop()


def wait_for_worker() -> None:
    """Wait until a worker says that it is there."""
    for _ in range(600):
        with connection.cursor() as cursor:
            cursor.execute(READY)
            ((number,),) = cursor.fetchall()
        if number:
            time.sleep(0.5)
            return
        time.sleep(0.05)
    raise SystemExit("the worker did not start")


def new_caller() -> Caller:
    """A partner that has stored nothing, with a token for hours."""
    caller = make_caller("NGO")
    return type(caller)(caller.partner, caller.client, caller.secret, issue_token(caller.client, minutes=600))
