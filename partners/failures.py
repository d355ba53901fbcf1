"""What may be said of an exception in a log: its class and place, never its message."""

from __future__ import annotations

import traceback
from pathlib import PurePath


def where_it_broke(error: BaseException) -> dict[str, str]:
    """The class of an exception and the innermost line of code. A message may quote a row, a path or a parameter."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{'/'.join(PurePath(frames[-1].filename).parts[-2:])}:{frames[-1].lineno}" if frames else ""
    return {"error": type(error).__name__, "where": where}
