"""Reading statistics: ours against bare views that return the same bytes.

The floors run one prepared SELECT, as a Django view within the same layers and as a bare WSGI application; or, bare, the
three statements that ours runs: who is calling, which release answers, and the log row of an exact query, durable before a
figure leaves. The same with 1,000 and with 100,000 persons in the year shows that reading does not depend on them.
"""

from __future__ import annotations

import os

from benchmarks.load import drive
from benchmarks.put import Measured
from benchmarks.releases import empty
from benchmarks.serving import serve, tree_cpu
from benchmarks.setting import Setting

REQUESTS = 3000
ROUNDS = 3
SIZES = (1_000, 100_000)
CONTENDERS = {
    "henvis": "config.wsgi:application",
    "view, one select": "benchmarks.bare_django:application",
    "WSGI, same statements": "benchmarks.floors:same_reads",
    "WSGI, one select": "benchmarks.floors:one_select",
}
PATH = "/api/v1/statistics/persons?by=gender,exploitation&year=2023"


def request(setting: Setting) -> bytes:
    """The GET as bytes."""
    head = f"Host: 127.0.0.1\r\nAuthorization: Bearer {setting.caller.token}\r\nHenvis-Purpose: quality-control\r\n"
    return f"GET {PATH} HTTP/1.1\r\n{head}\r\n".encode()


def measure(setting: Setting, target: str) -> Measured:
    """One run, after a warm-up of a tenth."""
    import psutil

    postmaster = psutil.Process(setting.server.pid)
    with serve(target, dict(os.environ)) as server:
        drive(server.port, [request(setting)] * (REQUESTS // 10))
        before = server.cpu(), tree_cpu(postmaster)
        run = drive(server.port, [request(setting)] * REQUESTS)
        after = server.cpu(), tree_cpu(postmaster)
    if set(run.statuses) != {200}:
        raise SystemExit(f"{target} answered {run.statuses}")
    return Measured(run, *(1e6 * (end - start) / REQUESTS for start, end in zip(before, after, strict=True)))


def keep_answer(setting: Setting) -> int:
    """Store the bytes of our answer where the floor reads them; return their number."""
    from django.db import connection

    response = setting.caller.get(PATH, Henvis_Purpose="quality-control")
    assert response.status_code == 200, response.content
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_answer")
        cursor.execute("CREATE TABLE bench_answer (id int PRIMARY KEY, body bytea NOT NULL)")
        cursor.execute("INSERT INTO bench_answer VALUES (1, %s)", [response.content])
    return len(response.content)


def main(setting: Setting) -> None:
    """Interleaved rounds for each size; every run is printed."""
    from cases import sandbox
    from cases.statistics import release
    from partners.audit import COMMAND

    for size in SIZES:
        empty()
        sandbox.load(seed=size, persons=size, years=(2023,), force=True)
        release.build(by=COMMAND, period="2023")
        print(f"\nStatistics GET, {REQUESTS} requests a run, {size:,} persons, {keep_answer(setting):,} bytes")
        print(f"{'':24}{'req/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'web µs/req':>12}{'db µs/req':>11}")
        rounds(setting)


def rounds(setting: Setting) -> None:
    """Ours and the floors in turn, and the ratios."""
    found: dict[str, list[float]] = {name: [] for name in CONTENDERS}
    for _ in range(ROUNDS):
        for name, target in CONTENDERS.items():
            one = measure(setting, target)
            figures = one.run.rate, one.run.percentile(0.5), one.run.percentile(0.99), one.web_cpu, one.database_cpu
            print(f"{name:24}{figures[0]:9.0f}{figures[1]:9.2f}{figures[2]:9.2f}{figures[3]:12.0f}{figures[4]:11.0f}")
            found[name].append(one.run.rate)
    for name, rates in found.items():
        if name != "henvis":
            ratios = [ours / floor for ours, floor in zip(found["henvis"], rates, strict=True)]
            print(f"ratio to {name}: {', '.join(f'{r:.2f}' for r in ratios)}; median {sorted(ratios)[1]:.2f}")
