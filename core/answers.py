"""Rendered answers, kept in this process while there is room.

An answer is a function of immutable cells, the query, the form and the language, and its key names all of them, so it is never
outdated: at worst it is forgotten. That somebody asked is logged before this is looked at.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sized
from threading import Lock

from django.conf import settings

Key = tuple[str, ...]


def tag_of(key: Key) -> str:
    """The entity tag of the answer of a key: a function of the key, and of the version of what renders it."""
    text = repr((settings.HENVIS_VERSION, *key))
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


class Answers[Answer: Sized]:
    """At most `room` bytes of answers; the one that was not asked for the longest goes first."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.size = 0
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """The answer of a key, made where it is not kept."""
        answer = self.find(key)
        if answer is None:
            answer = make()
            self.keep(key, answer)
        return answer

    def find(self, key: Hashable) -> Answer | None:
        """The answer of a key, if it is kept."""
        with self._lock:
            answer = self._answers.get(key)
            if answer is not None:
                self._answers.move_to_end(key)
            return answer

    def keep(self, key: Hashable, answer: Answer) -> None:
        """Keep an answer. One that would fill a quarter of the room is not kept."""
        if len(answer) > self.room // 4:
            return
        with self._lock:
            before = self._answers.pop(key, None)
            self.size += len(answer) - (len(before) if before is not None else 0)
            self._answers[key] = answer
            while self.size > self.room:
                _, oldest = self._answers.popitem(last=False)
                self.size -= len(oldest)


ANSWERS: Answers[bytes] = Answers(32 * 1024 * 1024)
