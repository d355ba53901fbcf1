"""The files of a demo's home: what a start leaves for the next one, and for commands beside it."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

from core.text import Text

# Where a demo that runs keeps the address of its database and its port; the secrets; the credentials of partners; and how
# far it is built, which is there until it is complete (`HENVIS_LINE`).
DATABASE, SECRETS, CREDENTIALS, LINE = "database.json", "secrets.json", "demo.json", "line.json"
# Said at last, in place of a step, where the demo will not be complete.
FAILED = "the building has stopped; upkeep.log may say why"


def write_private(path: Path, content: dict[str, Any]) -> None:
    """Write JSON that only its owner may read; whole or not at all."""
    new_path = path.with_suffix(".new")
    new_path.unlink(missing_ok=True)
    with os.fdopen(os.open(new_path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=2)
        file.write("\n")
    new_path.replace(path)


def write_progress(path: Path, words: Text, step: str) -> None:
    """Say how far a demo is: to readers, on every page (`pages.base.frame`), and what is done now to whoever started it."""
    write_private(path, {**words._asdict(), "step": step})


def read_step(path: Path) -> str | None:
    """What is done now. None: the demo is complete."""
    try:
        return str(json.loads(path.read_text(encoding="utf-8"))["step"])
    except FileNotFoundError:
        return None


def say(what: str, began: float) -> None:
    """One line of progress, with the seconds since the start."""
    print(f"[{time.monotonic() - began:5.1f} s] {what}", flush=True)
