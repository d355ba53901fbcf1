"""Mistakes that change nothing that anybody could notice, each with the reason. They are not tried."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tests.mutation.operators import Mutation


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A mistake by its file, the text of its line, and what it changes; with the reason why that changes nothing."""

    path: str
    text: str
    change: str
    reason: str

    def matches(self, mutation: Mutation) -> bool:
        """Whether it is this mistake."""
        return (self.path, self.text, self.change) == (mutation.path, mutation.text, mutation.change)


EQUIVALENT = (
    Equivalent(
        "cases/statistics/protection/suppress/needs.py",
        "down = [Move(need.place, -1, fall)] if -self.fall[need.view][need.place] < fall else []",
        "< → <=",
        "A witness that is there already is looked for again. It costs time, and no cell is hidden for it.",
    ),
)


def noticeable(mutations: Iterable[Mutation]) -> list[Mutation]:
    """The mistakes that somebody could notice."""
    return [mutation for mutation in mutations if not any(each.matches(mutation) for each in EQUIVALENT)]
