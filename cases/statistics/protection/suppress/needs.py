"""What is needed, and how far the witnesses reach: the feasibility interval that is proved so far of every form in every view.

A witness is a whole-numbered point that a view's intruder thinks possible and that differs from the truth in no shown cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from cases.statistics.protection.space import IntArray
from cases.statistics.protection.suppress.forms import Forms
from cases.statistics.protection.suppress.programs import Move
from cases.statistics.protection.suppress.restrictions import FAR, Restrictions
from cases.statistics.protection.views import Target, View


@dataclass(frozen=True, slots=True)
class Need:
    """A target in numbers: in a view, a form (by place) must reach down to `low` and up to `high`, and span `width`.

    A need that is not `strict` is given up where the view's own constraints forbid it.
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
        """The need of a hidden cell that it is not determined: it has at least two values."""
        return cls(name, view, place, FAR, -FAR, 1, strict=False)


class Reach:
    """The least and the greatest deviation of every form over the witnesses of each view.

    The truth is a witness in every view: its deviation is 0. `fall` and `rise` are arrays over places, by view.
    """

    def __init__(
        self, counts: IntArray, forms: Forms, views: Mapping[str, View], knowledge: Mapping[str, Restrictions]
    ) -> None:
        self.counts, self.forms, self.views, self.restrictions = counts, forms, views, knowledge
        self.truth = forms.values(counts)
        self.fall = {name: np.zeros(len(forms), np.int64) for name in views}
        self.rise = {name: np.zeros(len(forms), np.int64) for name in views}

    def add(self, deviation: IntArray) -> IntArray:
        """Take a deviation as a witness in every view that allows it. Returns by how much each form deviates."""
        movement, point = self.forms.values(deviation), self.counts + deviation
        choices_allowed = {
            id(each): each.allows(deviation)
            for each in {id(each): each for each in self.restrictions.values()}.values()
        }
        for name, view in self.views.items():
            if choices_allowed[id(self.restrictions[name])] and (point >= view.floors).all():
                self.fall[name] = np.minimum(self.fall[name], movement)
                self.rise[name] = np.maximum(self.rise[name], movement)
        return movement

    def is_met(self, need: Need) -> bool:
        """Whether the witnesses so far meet a need."""
        truth = int(self.truth[need.place])
        least = truth + int(self.fall[need.view][need.place])
        most = truth + int(self.rise[need.view][need.place])
        return least <= need.low and most >= need.high and most - least >= need.width

    def choices(self, need: Need) -> list[list[Move]]:
        """The ways to meet a need, the best first. Each is the moves that no witness makes yet.

        Where a width is needed, the best way begins a third of it below the truth.
        """
        truth = int(self.truth[need.place])
        low, high = min(need.low, truth), max(need.high, truth)
        missing = max(need.width - (high - low), 0)
        preference = min(truth, need.width // 3, missing)
        falls = sorted(range(missing + 1), key=lambda fall: (abs(fall - preference), fall))
        return [self._moves(need, truth - low + fall, high - truth + missing - fall) for fall in falls]

    def _moves(self, need: Need, fall: int, rise: int) -> list[Move]:
        down = [Move(need.place, -1, fall)] if -self.fall[need.view][need.place] < fall else []
        return down + ([Move(need.place, 1, rise)] if self.rise[need.view][need.place] < rise else [])
