"""The web server of the demo, and beside it the workers with its role: forks of a program that imports everything once.

    python -m deploy.demo.web HOME [alone] GRANIAN_OPTION…  < a line, once there is something to serve

It imports while the data are prepared. Its environment has nothing that is the owner's.
"""

from __future__ import annotations

import multiprocessing
import sys
from pathlib import Path

import django

from config import serve
from deploy.demo.forks import commands, forks, imports
from partners.jobs.registry import INTAKE, LARGE, REHEARSAL

ALONE = "alone"
WORKERS = {"intake.log": f"work --queues {INTAKE} {LARGE}", "rehearsal.log": f"work --queues {REHEARSAL}"}


def main() -> None:
    """Serve until a signal comes."""
    home, *options = sys.argv[1:]
    with imports():
        django.setup()
        from granian.cli import cli

        from config import urls  # noqa: F401 (what the first request would import)
        from deploy.demo import tasks  # noqa: F401 (its words, for staff)
    if not sys.stdin.readline():
        return  # who would have said so is gone
    from config import wsgi  # noqa: F401 (it looks at the database, which is prepared now)

    # Granian's own forks have it all too. By another method each of them would import it again.
    multiprocessing.set_start_method("fork")
    workers = WORKERS if ALONE not in options else {}
    with forks(commands(Path(home), workers)):
        sys.argv = serve.command(*(each for each in options if each != ALONE))[2:]
        cli()


if __name__ == "__main__":
    main()
