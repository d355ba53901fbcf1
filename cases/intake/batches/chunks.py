"""How the chunks of a delivery follow each other: the next one is read meanwhile, and the collector of cycles rests."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager


def ahead[Item](items: Iterator[Item]) -> Iterator[Item]:
    """The same items. A thread works out the next one while whoever takes them waits for the database."""
    with ThreadPoolExecutor(1, "ahead") as reader:
        following = reader.submit(next, items, None)
        while (item := following.result()) is not None:
            following = reader.submit(next, items, None)
            yield item


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Let the collector of cycles rest: it would look through all rows of a chunk again and again, and they have none."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
