"""What an attack came to, and the table at the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

KEY = "attack"


@dataclass(frozen=True, slots=True)
class Score:
    """`hits` of `of` things that the attack was after."""

    hits: int
    of: int

    def __str__(self) -> str:
        return f"{self.hits} of {self.of}"


@dataclass(frozen=True, slots=True)
class Scored:
    """An attack (its number in docs and its name), what it is after, and its two scores."""

    attack: str
    after: str
    weakness: str
    weakened: Score
    ours: Score

    @property
    def row(self) -> str:
        """The line of the table."""
        return "\t".join([self.attack, f"{self.weakness}: {self.weakened} {self.after}", str(self.ours)])


Report = Callable[[Scored], None]


def table(rows: list[str]) -> list[str]:
    """Rows (cells separated by tabs) as aligned lines, under a heading."""
    cells = [row.split("\t") for row in ["attack\tpower on a weakened build\tours", *sorted(rows, key=order)]]
    widths = [max(len(line[n]) for line in cells) for n in range(3)]
    return ["  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip() for line in cells]


def order(row: str) -> tuple[int, str]:
    """By the attack's number."""
    return int(row.split(" ", 1)[0]), row
