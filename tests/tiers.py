"""Says of a tier how long it took, how long it is expected to take, and what it leaves out.

    python -m tests.tiers near|test|rest|gate COMMAND…

runs the command and ends as it does.
"""

from __future__ import annotations

import os
import signal
import sys
import time

from tests import durations
from tools.embedded.processes import Child

# Minutes on two quiet cores, once everything is installed.
EXPECTED = {"near": 3, "test": 8, "rest": 26, "gate": 33}
# Seconds for the database to end, and what a shell makes of Ctrl-C.
PATIENCE, INTERRUPTED = 30, 130
REST = (
    "the walks of all pages in a browser, with and without a proxy",
    "what others read with: generated clients, spreadsheets, R and a shell",
    "published figures, from the reference data",
    "programs: servers, services, clones, benchmarks and recipes",
    "ten other days of the calendar, on which light tests are asked",
    "lint of openapi.json",
)
LEFT_OUT = {
    "near": (
        "tests further from the change",
        "migrations, code lists, the settings of production, the description of the API",
        *REST,
    ),
    "test": REST,
    "rest": ("what `make test` asks",),
    "gate": (),
}


def heavy() -> str:
    """How many tests are heavy, and the longest of them by name."""
    found = sorted((-took, name) for name, took in durations.recorded().items() if "::" in name)
    longest = ", ".join(f"{name.removesuffix('::')} ({-took:.0f} s)" for took, name in found[:3])
    return f"{len(found)} heavy tests and files of tests, by name in tests/durations.txt; the longest: {longest}"


def left_out(tier: str) -> list[str]:
    """What a tier does not ask."""
    return [*LEFT_OUT[tier], *([heavy()] if tier in {"near", "test"} else [])]


def main() -> int:
    """Run, and tell."""
    tier, *command = sys.argv[1:]
    begun = time.monotonic()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with Child(command, stop_by=signal.SIGTERM, patience=PATIENCE, env=os.environ) as child:
            status = child.process.wait()
    except KeyboardInterrupt:
        return INTERRUPTED
    minutes, seconds = divmod(round(time.monotonic() - begun), 60)
    outcome = "is green" if status == 0 else "FAILED"
    print(
        f"\nmake {tier} {outcome} after {minutes} min {seconds:02} s. On two quiet cores {EXPECTED[tier]} min are expected."
    )
    if missing := left_out(tier):
        print("It left out, and `make gate` asks:", *missing, sep="\n  - ")
    return status


if __name__ == "__main__":
    sys.exit(main())
