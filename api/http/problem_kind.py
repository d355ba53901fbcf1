"""What a kind of problem is."""

from __future__ import annotations

from dataclasses import dataclass

from core.text import Text


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of problem. `about` is what its page says: why it happens and what to do."""

    code: str
    status: int
    title: Text
    about: Text
