"""A network that loses answers: the client's outbox delivers every row once."""

from __future__ import annotations

import tempfile
import time
from datetime import UTC, datetime
from itertools import batched
from pathlib import Path

import httpx

from benchmarks.delivery_rows import ndjson, rows
from benchmarks.delivery_service import NDJSON, Service, new_caller
from benchmarks.setting import Setting
from cases.models import Referral
from henvis_client import Client, Patience
from henvis_client.documents import Document
from henvis_client.outbox import Outbox
from henvis_client.timing import Timing
from henvis_client.vault import Vault
from tests.clients.python.transports import Losing

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
