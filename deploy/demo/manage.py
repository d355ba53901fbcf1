"""`python -m deploy.demo.manage COMMAND …`: a command of `manage.py` on the demo that runs, with the environment of its home."""

from __future__ import annotations

import json
import os
from pathlib import Path

import manage
from config import env
from deploy.demo import household
from deploy.demo import start as demo
from tools.embedded import day


def main() -> None:
    """Run the command, or say how to start a demo."""
    home = env.path("HENVIS_HOME", Path(".henvis"))
    path = home / household.DATABASE
    if not path.exists():
        raise SystemExit(f"No demo has run in {home}. Start one: make demo")
    running = json.loads(path.read_text())
    if "port" not in running:
        raise SystemExit(f"An earlier version ran the demo in {home}. Start it again: make demo")
    day.follow(running.get("clock", {}))
    demo.settle(home)
    os.environ.update(DATABASE_URL=running["url"], PORT=str(running["port"]))
    manage.main()


if __name__ == "__main__":
    main()
