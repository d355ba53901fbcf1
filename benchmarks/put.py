"""Single PUT, durable: ours against bare WSGI with the same statements, one prepared INSERT, and what one would write instead.

The same statements twice: one after the other, as one would write them, and in as few trips to the database as ours.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from uuid import uuid4

import psutil

from benchmarks.serving import ROOT, WORKERS, Run, drive, serve, tree_cpu
from benchmarks.setting import Setting
from cases import dictionary as d
from cases.fields import TokenField
from cases.intake.submit import turn_sql
from cases.opening import NEW
from cases.windows.partner_years import WIDTH
from tests.callers import referral

REQUESTS, FEWEST = 2000, 40
ROUNDS = 3
PLAIN = "benchmarks.plain_drf:application"
CONTENDERS = {
    "henvis": "config.wsgi:application",
    "same statements": "benchmarks.floors:same_statements",
    "same trips": "benchmarks.floors:same_trips",
    "one insert": "benchmarks.floors:one_insert",
    "plain DRF": PLAIN,
}
CODED = [field.name for field in d.REFERRAL if not isinstance(field, TokenField)]


@dataclass(frozen=True)
class PutMeasured:
    """One run of one contender."""

    run: Run
    web_cpu: float
    database_cpu: float


def statements(setting: Setting) -> dict[str, object]:
    """What the floors need: our statements, and a partner, client and case of this run."""
    columns = ["id", "partner_id", "client_id", "reference", "case_id", "recorded_at", *CODED]
    rest = {"version": "1", "status": "'reported'", "reason_code": "'_Z'", "schema_version": "'1.0'"}
    places = ", ".join(["%s"] * len(columns) + list(rest.values()))
    insert = f"INSERT INTO cases_referral ({', '.join([*columns, *rest])}) VALUES ({places})"
    return {
        "coded": CODED,
        "turn": turn_sql(),
        "width": WIDTH,
        "first": f"WITH opened AS ({NEW}) {insert}",
        "insert": insert,
        "partner": str(setting.caller.partner.pk),
        "client": setting.caller.client.pk,
        "case": setting.case_id,
        "at": "2026-01-01T00:00:00Z",
    }


def requests(setting: Setting, number: int, target: str) -> list[bytes]:
    """PUTs of different referrals; the plain view creates by POST alone."""
    body = json.dumps(referral()).encode()
    head = f"Host: 127.0.0.1\r\nAuthorization: Bearer {setting.caller.token}\r\nContent-Type: application/json\r\n"
    tail = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
    if target == PLAIN:
        return [b"POST /referrals/ HTTP/1.1\r\n" + tail] * number
    return [f"PUT /api/v1/referrals/{uuid4()} HTTP/1.1\r\n".encode() + tail for _ in range(number)]


def measure(setting: Setting, target: str, environment: dict[str, str]) -> PutMeasured:
    """One run, after a warm-up of a tenth."""
    postmaster, number = psutil.Process(setting.postmaster), setting.size(REQUESTS, FEWEST)
    with serve(target, environment, setting.size(WORKERS, 1)) as server:
        drive(server.port, requests(setting, number // 10, target))
        before = server.cpu(), tree_cpu(postmaster)
        run = drive(server.port, requests(setting, number, target))
        after = server.cpu(), tree_cpu(postmaster)
    return PutMeasured(run, *(1e6 * (end - start) / number for start, end in zip(before, after, strict=True)))


def main(setting: Setting) -> None:
    """Interleaved rounds; every run is printed."""
    floor = {**os.environ, "HENVIS_FLOOR": json.dumps(statements(setting))}
    prepare_plain()
    results: dict[str, list[PutMeasured]] = {name: [] for name in CONTENDERS}
    print(f"\nSingle PUT, durable, {setting.size(REQUESTS, FEWEST)} requests a run")
    print(f"{'':18}{'req/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'web µs/req':>12}{'db µs/req':>11}")
    for _ in range(setting.size(ROUNDS, 1)):
        for name, target in CONTENDERS.items():
            one = measure(setting, target, floor)
            results[name].append(one)
            figures = one.run.rate, one.run.percentile(0.5), one.run.percentile(0.99), one.web_cpu, one.database_cpu
            print(f"{name:18}{figures[0]:9.0f}{figures[1]:9.2f}{figures[2]:9.2f}{figures[3]:12.0f}{figures[4]:11.0f}")
    for name in list(CONTENDERS)[1:]:
        print_ratio(results, name)


def prepare_plain() -> None:
    """The table of the plain view, made in a process of its own: its settings are others."""
    make = "from benchmarks.plain_drf import PlainReferral as p, models; from django.db import connection as c\n"
    make += "with c.schema_editor() as editor: editor.create_model(p)"
    subprocess.run([sys.executable, "-c", make], cwd=ROOT, check=True)


def print_ratio(results: dict[str, list[PutMeasured]], floor: str) -> None:
    """Ours against a floor, each round by itself and the median."""
    pairs = list(zip(results["henvis"], results[floor], strict=True))
    rates = [ours.run.rate / bare.run.rate for ours, bare in pairs]
    tails = [ours.run.percentile(0.99) / bare.run.percentile(0.99) for ours, bare in pairs]
    print(
        f"ratio to {floor}: {', '.join(f'{rate:.2f}' for rate in rates)}; median {sorted(rates)[len(rates) // 2]:.2f}"
    )
    print(f"p99 over that of {floor}: {', '.join(f'{tail:.2f}' for tail in tails)}")
    cost = [(bare.web_cpu + bare.database_cpu) / (ours.web_cpu + ours.database_cpu) for ours, bare in pairs]
    print(f"CPU of {floor} over ours: {', '.join(f'{each:.2f}' for each in cost)}")
