"""Rendered answers, kept in this process while there is room.

An answer is a function of immutable cells, the query, the form and the language, and its key names all of them, so it is never
outdated: at worst it is forgotten. That somebody asked is logged before this is looked at.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from django.conf import settings

Key = tuple[str, ...]


def tag_of(key: Key) -> str:
    """The entity tag of the answer of a key: a function of the key, and of the version of what renders it."""
    text = repr((settings.HENVIS_VERSION, *key))
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


class Answers:
    """At most `room` bytes of answers; the one that was not asked for the longest goes first."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.size = 0
        self._answers: OrderedDict[Key, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key, make: Callable[[], bytes]) -> bytes:
        """The answer of a key, made where it is not kept. One that would fill a quarter of the room is not kept."""
        with self._lock:
            if (answer := self._answers.get(key)) is not None:
                self._answers.move_to_end(key)
                return answer
        content = make()
        if len(content) <= self.room // 4:
            self._keep(key, content)
        return content

    def _keep(self, key: Key, answer: bytes) -> None:
        with self._lock:
            self.size += len(answer) - len(self._answers.pop(key, b""))
            self._answers[key] = answer
            while self.size > self.room:
                _, oldest = self._answers.popitem(last=False)
                self.size -= len(oldest)


ANSWERS = Answers(32 * 1024 * 1024)
