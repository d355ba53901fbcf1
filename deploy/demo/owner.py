"""What works as the owner of the demo's database: it prepares the data, and then forks the worker and the publisher.

    python -m deploy.demo.owner HOME DESCRIPTOR  < what `deploy.demo.start` knows, as JSON

It writes a line to the descriptor once the demo can be served.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from functools import partial
from pathlib import Path
from typing import Any

from deploy.demo.forks import commands, forks, imports
from deploy.demo.household import DATABASE, SECRETS, say, write_private
from partners.jobs.registry import UPKEEP
from tools.embedded import day

BESIDE_SERVER = {"upkeep.log": f"work --queues {UPKEEP}", "publisher.log": "release publish-due"}


def main() -> None:
    """Prepare; work until a signal comes."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    home, descriptor = Path(sys.argv[1]), int(sys.argv[2])
    with imports():
        from deploy.demo import data  # noqa: F401
    message = json.load(sys.stdin)  # once the database is there
    with forks({"prepare": partial(prepare, home, message)}) as (preparing,):
        preparing.join()
    if preparing.exitcode:
        sys.exit(preparing.exitcode)
    os.write(descriptor, b"\n")
    os.close(descriptor)
    with forks(commands(home, BESIDE_SERVER)) as (upkeep, _):
        upkeep.join()


def prepare(home: Path, message: dict[str, Any]) -> None:
    """Prepare the data, in a fork: the solver has threads, and must not be there when the worker is forked."""
    from deploy.demo import data

    if message["is_given"]:
        data.refuse_a_real_database()
    if message["secrets"] != read_json(home / SECRETS):  # only now is the database known to be fit
        write_private(home / SECRETS, message["secrets"])
    running = {"url": os.environ["DATABASE_URL"], "port": message["port"], "clock": day.clock()}
    write_private(home / DATABASE, running)
    data.prepare(home, message["base"], message["secrets"], partial(say, began=message["began"]))


def read_json(path: Path) -> Any:
    """What a file of the home has; None where it is not there."""
    return json.loads(path.read_text()) if path.exists() else None


if __name__ == "__main__":
    main()
