"""Mistakes that change nothing that anybody could notice, each with the reason. They are chosen, but not tried."""

from __future__ import annotations

from dataclasses import dataclass

from tests.mutation.operators import Mutation


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A mistake by its file, the text of its line, what it changes, and how many alike are before it; with the reason."""

    path: str
    text: str
    change: str
    reason: str
    nth: int = 0

    def matches(self, mutation: Mutation) -> bool:
        """Whether it is this mistake."""
        return (self.path, self.text, self.change, self.nth) == (
            mutation.path,
            mutation.text,
            mutation.change,
            mutation.nth,
        )


EQUIVALENT: tuple[Equivalent, ...] = ()


def is_noticeable(mutation: Mutation) -> bool:
    """Whether somebody could notice a mistake."""
    return not any(each.matches(mutation) for each in EQUIVALENT)
