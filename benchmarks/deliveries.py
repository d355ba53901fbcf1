"""Deliveries end to end: new rows, the same again, a million rows, a workbook, and a network that loses answers.

Beside them in the same run: our own statements fed with rows that are ready, binary COPY into a bare table, and what one would pick
instead. Every delivery is sent by HTTP to the server, done by the worker of the queue, and looked at until it has ended.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import batched
from pathlib import Path

import httpx

from benchmarks.delivery_rows import Floor, Row, binary_copy, ndjson, rows, same_sql, short
from benchmarks.delivery_service import NDJSON, DeliveryRun, Service, new_caller, service
from benchmarks.files import write_xlsx
from benchmarks.serving import ROOT
from benchmarks.setting import Setting
from cases.intake.readers.formats import MEDIA_TYPES, XLSX
from cases.intake.templates.columns import COLUMNS, words
from cases.models import Referral
from henvis_client import Client, Patience
from henvis_client.documents import Document
from henvis_client.outbox import Outbox
from henvis_client.timing import Timing
from henvis_client.vault import Vault
from tests.clients.python.transports import Losing

MILLION, FEWEST_OF_MILLION = 1_000_000, 40
IN_WORKBOOK, FEWEST_IN_WORKBOOK = 50_000, 19
TENTHS = 10


def million(setting: Setting, system: Service, folder: Path) -> None:
    """A million rows in one lenient job: what the worker holds as it goes on."""
    number, path = setting.size(MILLION, FEWEST_OF_MILLION), folder / "million.ndjson"
    with path.open("wb") as file:
        file.writelines(ndjson(map(short, rows(number, 99))))
    run = system.deliver(new_caller(), path, handling="lenient")
    path.unlink()
    counts = run.body["counts"]
    print(f"\nA lenient job of {number:,} new rows: {number / run.seconds:,.0f} rows/s, {run.seconds:.0f} s")
    print(f"  {counts['created']:,} were stored; {counts['held']:,} wait for a word: so many rows are alike by chance")
    print(f"  the worker held at most {run.peak / 1e6:.0f} MB; MB by tenths of the rows: {growth(run, number)}")


def growth(run: DeliveryRun, number: int) -> str:
    """The most that the worker held in each tenth of the rows that were checked, and while they were stored."""
    tenths: dict[int, int] = {}
    for rows_done, size in run.sizes:
        tenth = min(rows_done * TENTHS // number, TENTHS)
        tenths[tenth] = max(size, tenths.get(tenth, 0))
    return ", ".join(f"{size / 1e6:.0f}" for _, size in sorted(tenths.items()))


def workbook(setting: Setting, system: Service, folder: Path) -> None:
    """A workbook in Danish words, checked and not stored."""
    number = setting.size(IN_WORKBOOK, FEWEST_IN_WORKBOOK)
    lines = [[column.label.da for column in COLUMNS], *(in_words(row) for row in rows(number, 7))]
    path = write_xlsx(folder, lines)
    run = system.deliver(new_caller(), path, MEDIA_TYPES[XLSX], dry_run="true")
    stages = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in run.stages.items())
    print(f"\nA workbook of {number:,} rows, checked: {run.seconds:.1f} s (POST {run.posting:.1f}, {stages})")
    cpu = ", ".join(f"{part} {seconds:.1f}" for part, seconds in run.cpu.items())
    print(f"  CPU s: {cpu}; {run.numbers_seen} different counts of rows were seen meanwhile")


def in_words(row: Row) -> list[str]:
    """A row as a person fills it in."""
    return [words(column, row.get(column.name), "da") for column in COLUMNS]


LOSSY_ROWS, FEWEST_LOSSY = 10_000, 20
IN_FILE, FEWEST_IN_FILE = 100, 2
LOST = 20
KEY = bytes(range(32))


def trouble(setting: Setting, system: Service) -> None:
    """Files in the outbox, sent until none waits. Ends the program where a row is missing or stands twice."""
    rows_sent = list(rows(setting.size(LOSSY_ROWS, FEWEST_LOSSY), 11))
    caller = new_caller()
    timing = Timing(time.monotonic, lambda: datetime.now(UTC), lambda _: None, lambda: 0.5)
    with tempfile.TemporaryDirectory(prefix="henvis-bench-outbox-") as folder, httpx.HTTPTransport() as inner:
        network = Losing(inner, LOST)
        outbox = Outbox(Path(folder), Vault(KEY), wall=timing.wall)
        for part in batched(rows_sent, setting.size(IN_FILE, FEWEST_IN_FILE)):
            outbox.put(Document.of_bytes(b"".join(ndjson(part)), NDJSON), name="rows.ndjson", lenient=True)
        address = f"http://127.0.0.1:{system.server.port}"
        began, runs = time.perf_counter(), 0
        who, patience = (caller.client.client_id, caller.secret), Patience(attempts=2)
        with Client(address, *who, timing=timing, transport=network, patience=patience) as client:
            while outbox.paths():
                runs += 1
                list(outbox.send(client))
    seconds = time.perf_counter() - began
    references_stored = [
        str(each) for each in Referral.objects.filter(partner=caller.partner).values_list("reference", flat=True)
    ]
    if sorted(references_stored) != sorted(str(row["reference"]) for row in rows_sent):
        raise SystemExit(f"{len(references_stored)} versions are stored of {len(rows_sent)} rows that were sent")
    answers_lost = (
        f"{network.answers_lost} answers and {network.requests_lost} requests were lost, {runs} runs of the outbox"
    )
    print(
        f"\nA network that loses {LOST} % of answers: {len(rows_sent):,} rows, each stored once; {answers_lost}, {seconds:.1f} s"
    )


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
