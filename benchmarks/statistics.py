"""Reading statistics: ours against bare views that return the same bytes.

The floors run one prepared SELECT, as a Django view within the same layers and as a bare WSGI application; or, bare, the
three statements that ours runs: who is calling, which release answers, and the log row of an exact query, durable before a
figure leaves. The same with 1,000 and with 100,000 persons in the year shows that reading does not depend on them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from math import nan

from benchmarks.put import PutMeasured
from benchmarks.releases import empty
from benchmarks.serving import WORKERS, drive, serve, tree_cpu
from benchmarks.setting import Setting

REQUESTS, FEWEST = 3000, 40
ROUNDS = 3
SIZES, SIZES_LEAST = (1_000, 100_000), (20,)
OURS = "henvis"
FLOORS = {"view, one select": "benchmarks.bare_django:application", "WSGI, one select": "benchmarks.floors:one_select"}
CONTENDERS = {OURS: "config.wsgi:application", **FLOORS}
PATH = "/api/v1/statistics/persons?by=gender,exploitation&year=2023"


def get(path: str = PATH, **headers: str) -> bytes:
    """The GET as bytes; `_` in a header's name stands for a hyphen."""
    lines = [f"{name.replace('_', '-')}: {value}\r\n" for name, value in {"Host": "127.0.0.1", **headers}.items()]
    return f"GET {path} HTTP/1.1\r\n{''.join(lines)}\r\n".encode()


def measure(setting: Setting, target: str, request: bytes) -> PutMeasured:
    """One run, after a warm-up of a tenth."""
    import psutil

    postmaster, number = psutil.Process(setting.postmaster), setting.size(REQUESTS, FEWEST)
    with serve(target, dict(os.environ), setting.size(WORKERS, 1)) as server:
        drive(server.port, [request] * (number // 10))
        before = server.cpu(), tree_cpu(postmaster)
        run = drive(server.port, [request] * number)
        after = server.cpu(), tree_cpu(postmaster)
    return PutMeasured(run, *(1e6 * (end - start) / number for start, end in zip(before, after, strict=True)))


def keep_answer(answer: bytes) -> None:
    """Store the bytes of our answer where the floor reads them."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_answer")
        cursor.execute("CREATE TABLE bench_answer (id int PRIMARY KEY, body bytea NOT NULL)")
        cursor.execute("INSERT INTO bench_answer VALUES (1, %s)", [answer])


def main(setting: Setting) -> None:
    """Interleaved rounds for each size; every run is printed."""
    from partners.audit import COMMAND
    from sandbox.load import load
    from stats.counting import build as release

    request = get(Authorization=f"Bearer {setting.caller.token}", Henvis_Purpose="quality-control")
    contenders = {**CONTENDERS, "WSGI, same statements": "benchmarks.floors:same_reads"}
    for size in setting.size(SIZES, SIZES_LEAST):
        empty()
        load(seed=size, persons=size, years=(2023,), force=True)
        release.build(by=COMMAND, period="2023")
        response = setting.caller.get(PATH, Henvis_Purpose="quality-control")
        assert response.status_code == 200, response.content
        compare(setting, f"Statistics GET, {size:,} persons", request, response.content, contenders)


def compare(setting: Setting, title: str, request: bytes, answer: bytes, contenders: Mapping[str, str]) -> None:
    """Ours and the floors in turn, which give the answer as well, and the ratios."""
    keep_answer(answer)
    print(f"\n{title}, {len(answer):,} bytes, {setting.size(REQUESTS, FEWEST)} requests a run")
    print(f"{'':24}{'req/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'web µs/req':>12}{'db µs/req':>11}{'load':>7}")
    results: dict[str, list[PutMeasured]] = {name: [] for name in contenders}
    for _ in range(setting.size(ROUNDS, 1)):
        for name, target in contenders.items():
            one = measure(setting, target, request)
            times = f"{one.run.percentile(0.5):9.2f}{one.run.percentile(0.99):9.2f}"
            costs = f"{one.web_cpu:12.0f}{one.database_cpu:11.0f}"
            print(f"{name:24}{one.run.rate:9.0f}{times}{costs}{os.getloadavg()[0]:7.1f}", flush=True)
            results[name].append(one)
    for name in contenders:
        if name != OURS:
            pairs = list(zip(results[OURS], results[name], strict=True))
            print_ratio(f"ratio to {name}", [ours.run.rate / floor.run.rate for ours, floor in pairs])
            print_ratio(
                "  by seconds of CPU, whoever else runs", [cpu(floor) / (cpu(ours) or nan) for ours, floor in pairs]
            )


def cpu(one: PutMeasured) -> float:
    """What a request costs, web server and database together; 0 where few took less than a tick of the system's clock."""
    return one.web_cpu + one.database_cpu


def print_ratio(name: str, ratios: Sequence[float]) -> None:
    """Each round by itself and the median."""
    print(f"{name}: {', '.join(f'{r:.2f}' for r in ratios)}; median {sorted(ratios)[len(ratios) // 2]:.2f}")
