"""A process in which everything is imported: for each mistake it forks, puts that into the fork, and asks the tests there.

To start pytest and Django takes seconds; most mistakes are noticed within a tenth of one. A mistake in the body of a function
is put in as code. What is said outside of functions took effect when it was imported: it needs a process of its own.

`python -m tests.mutation.warm TESTS…` reads orders, a line of JSON each, and answers each with what pytest ends with.
"""

from __future__ import annotations

import contextlib
import gc
import inspect
import json
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType
from typing import TypedDict

import pytest

SILENT = ("--collect-only", "-qq", "--no-header", "--no-summary")
NOWHERE = 100  # nothing that pytest ends with


class Order(TypedDict):
    """Ask pytest, where the file at `path`, if any, says `text` instead of `true`. What pytest says is added to `log`."""

    argv: list[str]
    log: str
    path: str
    true: str
    text: str


def main(tests: list[str]) -> None:
    """Import what the tests import, and serve until nobody orders any more."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    print(int(pytest.main([*SILENT, *tests])), file=answers, flush=True)
    for line in sys.stdin:
        print(carried_out(json.loads(line)), file=answers, flush=True)
    shutil.rmtree(os.environ["HENVIS_KEYS"], ignore_errors=True)


def carried_out(order: Order) -> int:
    """What pytest ends with in a fork."""
    child = fork(order)
    _, status = os.waitpid(child, 0)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(status)


def fork(order: Order) -> int:
    """The number of a process that asks the tests. It leads a group, so what the tests start ends with it."""
    if child := os.fork():
        with contextlib.suppress(PermissionError, ProcessLookupError):
            os.setpgid(child, child)
        return child
    status = int(pytest.ExitCode.INTERNAL_ERROR)
    try:
        os.setpgid(0, 0)
        for stream in (1, 2):
            os.dup2(os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND), stream)
        fresh_keys()
        known = not order["path"] or put(order["path"], order["true"], order["text"])
        status = int(pytest.main(order["argv"])) if known else NOWHERE
        sys.stdout.flush()
    finally:
        os._exit(status)


def fresh_keys() -> None:
    """An empty folder of keys: it is named once for the process, and whoever ran last has removed it."""
    folder = Path(os.environ["HENVIS_KEYS"])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()


def put(path: str, true: str, text: str) -> bool:
    """Give a function its code of another text, and say whether it was found."""
    if not (changed := changed_function(path, true, text)):
        return False
    old, new = changed
    gc.unfreeze()  # what was collected is listed again
    found = [each for each in gc.get_objects() if isinstance(each, FunctionType) and each.__code__ == old]
    ours = [each for each in found if each.__code__.co_filename.endswith(path)]
    for each in ours:
        each.__code__ = new
    return bool(ours)


def changed_function(path: str, true: str, text: str) -> tuple[CodeType, CodeType] | None:
    """The code of the one function in which two texts of a module differ, in either; none where they differ elsewhere."""
    old, new = (compile(each, path, "exec", dont_inherit=True) for each in (true, text))
    changed = [pair for pair in zip(functions(old), functions(new), strict=True) if pair[0] != pair[1]]
    fits = len(changed) == 1 and shell(old) == shell(new) and changed[0][0].co_freevars == changed[0][1].co_freevars
    return changed[0] if fits else None


def functions(code: CodeType) -> Iterator[CodeType]:
    """The functions of a module and of its classes."""
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from [each] if is_function(each) else functions(each)


def is_function(code: CodeType) -> bool:
    """Whether it is a function, and no class."""
    return bool(code.co_flags & inspect.CO_OPTIMIZED)


def shell(code: CodeType) -> tuple[object, ...]:
    """A module or a class without what its functions do."""
    consts = [shell(each) if not is_function(each) else "" for each in code.co_consts if isinstance(each, CodeType)]
    return (
        code.co_code,
        code.co_names,
        consts,
        [repr(each) for each in code.co_consts if not isinstance(each, CodeType)],
    )


if __name__ == "__main__":
    main(sys.argv[1:])
