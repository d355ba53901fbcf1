"""What a log may hold of an exception (its class and place, never its message), and whether an outage caused it."""

from __future__ import annotations

import errno
import traceback
from pathlib import PurePath

from django.db import InterfaceError, OperationalError

from core.text import Text

# Classes and codes of SQLSTATE that are nobody's bug: no connection, a rollback for others' sake (serialization, deadlock), no
# room or connections left, an operator or a limit ended it, the disk failed; a read-only or too long transaction; a lock not had.
OUTAGES = ("08", "40001", "40003", "40P01", "53", "57", "58", "25006", "25P03", "25P04", "55P03")
# A disk that is full, over its quota, read-only or broken: of the spool, most often.
DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})

# What staff are told of what they ordered where the program failed.
BROKE = Text(
    "Programmet fejlede, og intet blev dannet. Serverens log oplyser hvor. Bestil igen, når fejlen er rettet.",
    "The program failed, and nothing was made. The server's log says where. Order again once the error is mended.",
)


def where_it_broke(error: BaseException) -> dict[str, str]:
    """The class of an exception and the innermost line of code. A message may quote a row, a path or a parameter."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{'/'.join(PurePath(frames[-1].filename).parts[-2:])}:{frames[-1].lineno}" if frames else ""
    return {"error": type(error).__name__, "where": where}


def is_outage(error: BaseException) -> bool:
    """Whether the database is away, full, read-only or too busy, or the disk is, so that a retry may work.

    A defect of the program is no outage.
    """
    if isinstance(error, OSError):
        return error.errno in DISK
    causes = (error, error.__cause__, error.__context__)
    state = next((state for each in causes if (state := getattr(each, "sqlstate", None))), None)
    return state.startswith(OUTAGES) if state else isinstance(error, OperationalError | InterfaceError)
