"""What the suppressor has reached so far: how far the witnesses take every form in every view, and what is still needed.

A witness is a whole-numbered point that a view's adversary thinks possible and that differs from the truth in no shown cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from cases.statistics.protection.space import IntArray
from cases.statistics.protection.suppress.forms import Forms
from cases.statistics.protection.suppress.model import Move
from cases.statistics.protection.suppress.view import FAR, Known
from cases.statistics.protection.views import Target, View


@dataclass(frozen=True, slots=True)
class Need:
    """A target in numbers: a form (by place) must reach `low` and `high`, and its values spread by `width`, in a view.

    One that is not `strict` is let go where the view's own rows forbid it.
    """

    id: str
    view: str
    place: int
    low: int
    high: int
    width: int
    strict: bool = True

    @classmethod
    def of(cls, target: Target, place: int) -> Need:
        """The need of a target whose form has this place."""
        low = FAR if target.low is None else target.low
        return cls(target.id, target.view, place, low, -FAR if target.high is None else target.high, target.width)

    @classmethod
    def to_vary(cls, name: str, view: str, place: int) -> Need:
        """The need of every hidden cell: not to be determined."""
        return cls(name, view, place, FAR, -FAR, 1, strict=False)


class Reached:
    """The least and the greatest deviation of every form over the witnesses of each view, the truth (0) among them."""

    def __init__(self, counts: IntArray, forms: Forms, views: Mapping[str, View], known: Mapping[str, Known]) -> None:
        self.counts, self.forms, self.views, self.known = counts, forms, views, known
        self.truth = forms.values(counts)
        self.fall = {name: np.zeros(len(forms), np.int64) for name in views}
        self.rise = {name: np.zeros(len(forms), np.int64) for name in views}

    def add(self, deviation: IntArray) -> IntArray:
        """Take a deviation as a witness in every view that thinks it possible; by how much each form deviates."""
        moved, point = self.forms.values(deviation), self.counts + deviation
        allowed = {
            id(each): each.allows(deviation) for each in {id(each): each for each in self.known.values()}.values()
        }
        for name, view in self.views.items():
            if allowed[id(self.known[name])] and (point >= view.floors).all():
                self.fall[name] = np.minimum(self.fall[name], moved)
                self.rise[name] = np.maximum(self.rise[name], moved)
        return moved

    def met(self, need: Need) -> bool:
        """Whether a need is met."""
        truth = int(self.truth[need.place])
        least = truth + int(self.fall[need.view][need.place])
        most = truth + int(self.rise[need.view][need.place])
        return least <= need.low and most >= need.high and most - least >= need.width

    def choices(self, need: Need) -> list[list[Move]]:
        """What would meet a need: one choice after the other, the best first, each of the moves that no witness makes yet.

        A width is sought from a third of it below the truth on, and elsewhere where that cannot be.
        """
        truth = int(self.truth[need.place])
        low, high = min(need.low, truth), max(need.high, truth)
        missing = max(need.width - (high - low), 0)
        preferred = min(truth, need.width // 3, missing)
        falls = sorted(range(missing + 1), key=lambda fall: (abs(fall - preferred), fall))
        return [self._moves(need, truth - low + fall, high - truth + missing - fall) for fall in falls]

    def _moves(self, need: Need, fall: int, rise: int) -> list[Move]:
        down = [Move(need.place, -1, fall)] if -self.fall[need.view][need.place] < fall else []
        return down + ([Move(need.place, 1, rise)] if self.rise[need.view][need.place] < rise else [])
