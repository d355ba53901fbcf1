"""Single PUT, durable: ours against a bare view with the same statements, and against one prepared INSERT."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from uuid import uuid4

import psutil

from benchmarks.load import Run, drive
from benchmarks.serving import WORKERS, serve, tree_cpu
from benchmarks.setting import Setting
from cases import dictionary as d
from cases.fields import TokenField
from cases.intake.submit import REFERRALS
from cases.opening import OPEN
from tests.callers import referral

REQUESTS, FEWEST = 2000, 40
ROUNDS = 3
CODED = [field.name for field in d.REFERRAL if not isinstance(field, TokenField)]


@dataclass(frozen=True)
class Measured:
    """One run of one contender."""

    run: Run
    web_cpu: float
    database_cpu: float


def statements(setting: Setting) -> dict[str, object]:
    """What the floors need: our statements, and a partner, client and case of this run."""
    columns = ["id", "partner_id", "client_id", "reference", "case_id", "recorded_at", *CODED]
    rest = {"version": "1", "status": "'reported'", "reason_code": "'_Z'", "schema_version": "'1.0'"}
    places = ", ".join(["%s"] * len(columns) + list(rest.values()))
    return {
        "coded": CODED,
        "current": REFERRALS._of_key,
        "open": OPEN,
        "insert": f"INSERT INTO cases_referral ({', '.join([*columns, *rest])}) VALUES ({places})",
        "partner": str(setting.caller.partner.pk),
        "client": setting.caller.client.pk,
        "case": setting.case_id,
        "at": "2026-01-01T00:00:00Z",
    }


def requests(setting: Setting, number: int) -> list[bytes]:
    """PUTs of different referrals."""
    body = json.dumps(referral()).encode()
    head = f"Host: 127.0.0.1\r\nAuthorization: Bearer {setting.caller.token}\r\nContent-Type: application/json\r\n"
    tail = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
    return [f"PUT /api/v1/referrals/{uuid4()} HTTP/1.1\r\n".encode() + tail for _ in range(number)]


def measure(setting: Setting, target: str, environment: dict[str, str]) -> Measured:
    """One run, after a warm-up of a tenth."""
    postmaster, number = psutil.Process(setting.postmaster), setting.size(REQUESTS, FEWEST)
    with serve(target, environment, setting.size(WORKERS, 1)) as server:
        drive(server.port, requests(setting, number // 10))
        before = server.cpu(), tree_cpu(postmaster)
        run = drive(server.port, requests(setting, number))
        after = server.cpu(), tree_cpu(postmaster)
    return Measured(run, *(1e6 * (end - start) / number for start, end in zip(before, after, strict=True)))


def main(setting: Setting) -> None:
    """Interleaved rounds; every run is printed."""
    floor = {**os.environ, "HENVIS_FLOOR": json.dumps(statements(setting))}
    contenders = {
        "henvis": "config.wsgi:application",
        "same statements": "benchmarks.floors:same_statements",
        "one insert": "benchmarks.floors:one_insert",
    }
    found: dict[str, list[Measured]] = {name: [] for name in contenders}
    print(f"\nSingle PUT, durable, {setting.size(REQUESTS, FEWEST)} requests a run")
    print(f"{'':18}{'req/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'web µs/req':>12}{'db µs/req':>11}")
    for _ in range(setting.size(ROUNDS, 1)):
        for name, target in contenders.items():
            one = measure(setting, target, floor)
            found[name].append(one)
            figures = one.run.rate, one.run.percentile(0.5), one.run.percentile(0.99), one.web_cpu, one.database_cpu
            print(f"{name:18}{figures[0]:9.0f}{figures[1]:9.2f}{figures[2]:9.2f}{figures[3]:12.0f}{figures[4]:11.0f}")
    for name in ("same statements", "one insert"):
        print_ratio(found, name)


def print_ratio(found: dict[str, list[Measured]], floor: str) -> None:
    """Ours against a floor, each round by itself and the median."""
    pairs = list(zip(found["henvis"], found[floor], strict=True))
    rates = [ours.run.rate / bare.run.rate for ours, bare in pairs]
    tails = [ours.run.percentile(0.99) / bare.run.percentile(0.99) for ours, bare in pairs]
    print(
        f"ratio to {floor}: {', '.join(f'{rate:.2f}' for rate in rates)}; median {sorted(rates)[len(rates) // 2]:.2f}"
    )
    print(f"p99 over that of {floor}: {', '.join(f'{tail:.2f}' for tail in tails)}")
