"""`python -m deploy.embedded.day 2027-03-28T02:30 COMMAND…`: run a command as if it were then in Copenhagen.

libfaketime moves the clock of all that the command starts, PostgreSQL included, by one distance: they agree, and time goes on.
A time that the night leaves out is the hour after it, and of one that comes twice it is the first.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
PLACES = ("/usr/lib/*/faketime", "/usr/lib*/faketime", "/usr/local/lib/faketime", "/usr/local/lib/*/faketime")
MOVING = {
    # Who waits must not wait for months.
    "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    # One distance for all is known from the start. What is shared would outlive who is killed.
    "FAKETIME_DISABLE_SHM": "1",
    "FAKETIME_CACHE_DURATION": str(2**31 - 1),
    # Files are moved too. What was compiled from them would be taken for stale, and written again.
    "PYTHONDONTWRITEBYTECODE": "1",
}
NAMES = ("LD_PRELOAD", "FAKETIME", *MOVING)


def moved() -> dict[str, str]:
    """What moves the clock of this program, for the environment of one that inherits nothing else; nothing where nothing does."""
    return {name: os.environ[name] for name in NAMES if name in os.environ} if "FAKETIME" in os.environ else {}


def moving(moment: datetime) -> dict[str, str]:
    """The variables that move a program's clock to a moment."""
    seconds = round(moment.replace(tzinfo=moment.tzinfo or COPENHAGEN).timestamp() - time.time())
    preloaded = [str(library()), *filter(None, [os.environ.get("LD_PRELOAD")])]
    return {**MOVING, "LD_PRELOAD": ":".join(preloaded), "FAKETIME": f"{seconds:+d}"}


def library() -> Path:
    """Where libfaketime is. Without it no clock is moved, and that is said."""
    for place in PLACES:
        for found in Path("/").glob(f"{place[1:]}/libfaketime.so.1"):
            return found
    raise SystemExit("Another day needs libfaketime, and it is not here. On Debian and Ubuntu: apt-get install libfaketime")


def main() -> None:
    """Become the command."""
    wished, *command = sys.argv[1:]
    try:
        moment = datetime.fromisoformat(wished)
    except ValueError:
        raise SystemExit(f"{wished} is no moment. Write it so: 2027-03-28T02:30") from None
    if os.environ.get("DATABASE_URL"):
        raise SystemExit("The server of DATABASE_URL has a clock of its own, which nobody moves here. Unset it.")
    if "FAKETIME" in os.environ:
        raise SystemExit("The clock is moved already.")
    os.execvpe(command[0], command, {**os.environ, **moving(moment)})


if __name__ == "__main__":
    main()
