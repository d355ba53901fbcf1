"""Deliveries end to end: new rows, the same again, a million rows, a workbook, and a network that loses answers.

Beside them in the same run: our own statements fed with rows that are ready, binary COPY into a bare table, and what one would pick
instead. Every delivery is sent by HTTP to the server, done by the worker of the queue, and looked at until it has ended.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from benchmarks.delivery_floors import Floor, binary_copy, same_sql
from benchmarks.delivery_rows import Row, ndjson, rows
from benchmarks.delivery_service import DeliveryRun, Service, new_caller, service
from benchmarks.delivery_sizes import million, workbook
from benchmarks.delivery_trouble import trouble
from benchmarks.serving import ROOT
from benchmarks.setting import Setting

ROWS, FEWEST = 100_000, 19
OF_OTHERS, FEWEST_OF_OTHERS = 3_000, 5
ROUNDS = 2


def main(setting: Setting) -> None:
    """Every part, one after the other; every run is printed."""
    with tempfile.TemporaryDirectory(prefix="henvis-bench-rows-") as folder, service(setting) as system:
        system.deliver(new_caller(), write(Path(folder) / "first.ndjson", rows(FEWEST)))  # what is made once
        for number in range(setting.size(ROUNDS, 1)):
            new_and_again(setting, system, Path(folder), seed=number + 1)
        million(setting, system, Path(folder))
        workbook(setting, system, Path(folder))
        trouble(setting, system)


def new_and_again(setting: Setting, system: Service, folder: Path, *, seed: int) -> None:
    """One round: new rows, the same again, and what the same rows cost otherwise."""
    rows_sent = list(rows(setting.size(ROWS, FEWEST), seed))
    path, caller, other = write(folder / "rows.ndjson", rows_sent), new_caller(), new_caller()
    new = system.deliver(caller, path)
    again = system.deliver(caller, path)
    statements = same_sql(setting, other, rows_sent)
    copy = binary_copy(setting, other)
    print(f"\nDeliveries: {len(rows_sent):,} rows of NDJSON, {path.stat().st_size / 1e6:.0f} MB, by POST and a job")
    tell("new", new, len(rows_sent))
    tell("the same again", again, len(rows_sent))
    tell_floor("the same SQL, rows ready", statements, len(rows_sent), new)
    tell_floor("binary COPY, bare table", copy, len(rows_sent), new)
    print(f"  again over new: {new.seconds / again.seconds:.2f} times faster, by CPU {new.all_cpu / again.all_cpu:.2f}")
    others(setting, folder, rows_sent[: setting.size(OF_OTHERS, FEWEST_OF_OTHERS)], new, len(rows_sent))


def write(path: Path, rows_sent: Iterable[Row]) -> Path:
    with path.open("wb") as file:
        file.writelines(ndjson(rows_sent))
    return path


def tell(name: str, run: DeliveryRun, number: int) -> None:
    cpu = ", ".join(f"{part} {1e6 * seconds / number:.0f}" for part, seconds in run.cpu.items())
    stages = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in run.stages.items())
    print(f"{name:28}{number / run.seconds:9,.0f} rows/s {run.seconds:7.1f} s; CPU µs/row: {cpu}")
    print(f"{'':28}seconds: POST {run.posting:.1f}, {stages}; worker at most {run.peak / 1e6:.0f} MB")


def tell_floor(name: str, floor: Floor, number: int, new: DeliveryRun) -> None:
    """One floor, and ours as a share of it: by rows a second, and by all CPU."""
    share, of_cpu = floor.seconds / new.seconds, floor.database_cpu / new.all_cpu
    rate = f"{number / floor.seconds:9,.0f} rows/s {floor.seconds:7.1f} s; "
    print(
        f"{name:28}{rate}database CPU {1e6 * floor.database_cpu / number:.0f} µs/row; new is {share:.2f} of it, CPU {of_cpu:.2f}"
    )


def others(setting: Setting, folder: Path, rows_sent: list[Row], new: DeliveryRun, number: int) -> None:
    """What one would pick instead, with fewer of the rows."""
    command = [sys.executable, "-m", "benchmarks.delivery_others", str(write(folder / "few.ndjson", rows_sent))]
    answer = subprocess.run(
        [*command, str(setting.postmaster)], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    for name, (count, seconds, own, database) in json.loads(answer.splitlines()[-1]).items():
        times, of_cpu = (count / seconds) / (number / new.seconds), (new.all_cpu / number) / ((own + database) / count)
        cpu = f"CPU µs/row: own {1e6 * own / count:.0f}, database {1e6 * database / count:.0f}"
        print(f"{name:28}{count / seconds:9,.0f} rows/s; {cpu}; {times:.3f} of new, CPU {of_cpu:.3f}")
