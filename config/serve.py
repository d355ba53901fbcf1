"""`python -m config.serve [granian's options]`: the web server, with the options that no deployment may forget.

    python -m config.serve --port=8000 --workers=4 --blocking-threads=8

A worker that dies is replaced; where they die again and again, the server ends with status 1 within seconds. `/livez` is a file
that the worker's runtime answers with, so it does so however long each of the worker's threads waits for the database.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from config import demands, env

HERE = Path(__file__).parent
ROOT = HERE.parent
# Longer than a request may wait for the database: whoever is being answered when the server is told to end gets the answer.
ENDED_WITHIN = 35
OPTIONS = (
    "--interface=wsgi",
    "--http=1",
    "--no-ws",
    "--log-level=warning",
    f"--log-config={HERE / 'server_log.json'}",
    "--respawn-failed-workers",
    f"--workers-kill-timeout={ENDED_WITHIN}",
    "--static-path-route=/livez",
    f"--static-path-mount={HERE / 'live'}",
    "--static-path-dir-to-file=livez.json",
    "--static-path-expires=1",
)


def command(*options: str) -> list[str]:
    """The command that serves; a later option goes before an earlier one."""
    return [sys.executable, "-m", "granian", *OPTIONS, *options, "config.wsgi:application"]


def main() -> None:
    """Become the server. End with a sentence where the database is not as it must be; one that is away may come later."""
    demands.refuse_keys(os.environ)
    demands.check_served(env.require("DATABASE_URL"))
    os.chdir(ROOT)
    line = command(*sys.argv[1:])
    os.execv(line[0], line)  # noqa: S606 - no shell is meant


if __name__ == "__main__":
    main()
