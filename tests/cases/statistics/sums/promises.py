"""What was promised of sums, as an intruder finds it kept or broken."""

from __future__ import annotations

import math
from collections.abc import Iterator
from uuid import UUID

from cases.statistics.sums.public import ProtectedSums
from partners.kinds import Kind
from tests.cases.statistics.sums.attacker import NOBODY, Figure, Intruder, figures, printed, ranges
from tests.cases.statistics.sums.worlds import World

T, FEWEST = 5, 3


def broken_promises(world: World, release: ProtectedSums) -> list[str]:
    """What somebody finds out of the printed figures that it was promised that nobody does: everybody, and each partner."""
    return [line for who in (None, *world.reports) for line in broken_for(world, release, who)]


def broken_for(world: World, release: ProtectedSums, who: UUID | None) -> Iterator[str]:
    """What one intruder finds out; None is everybody."""
    what = printed(release)
    intruder = Intruder(ranges(release), world.reports[who] if who else NOBODY)
    for figure in figures():
        true = world.number(figure[0], dict(figure[1]))
        others = true - (world.number(figure[0], dict(figure[1]), who) if who else 0)
        least, most = (others, others) if what[figure] is not None else intruder.others(figure)
        top = math.inf if most is None else most
        assert least <= others <= top, "an intruder is certain of what is not true"
        if is_few(true, others, is_partner=who is not None) and not leaves_open(others, least, top):
            yield f"few: {figure}: {others} in {least}–{top}"
        if is_of_one_private_partner(world, figure, who) and is_close(true, least, top):
            yield f"alone: {figure}: {true} in {least}–{top}"
        # A measure of which nothing is shown is nought where its whole is shown to be.
        if (
            who is None
            and what[figure] is None
            and least == top
            and not (top == 0 and figure[0] in release.silent_measures)
        ):
            yield f"determined: {figure}: {true}"


def is_few(true: int, others: int, *, is_partner: bool) -> bool:
    """Whether the rules protect so few others of a figure."""
    return 1 <= others < (T if true < T else FEWEST if is_partner else 0)


def leaves_open(others: int, least: int, top: float) -> bool:
    """Whether few others may be as many as the threshold, and none or two fewer."""
    return least <= (0 if others < FEWEST else others - 2) and top >= T


def is_of_one_private_partner(world: World, figure: Figure, who: UUID | None) -> bool:
    """Whether one private party reported all of a figure, and it is not the intruder."""
    those = [each for each in world.reports if world.number(figure[0], dict(figure[1]), each)]
    together = [group for group in world.umbrellas if set(those) <= group]
    private = all(world.kinds.get(each, Kind.NGO) == Kind.NGO for each in those)
    return bool(those) and private and (len(those) == 1 or bool(together)) and who not in those


def is_close(true: int, least: int, top: float) -> bool:
    """Whether somebody is nearer to a figure than a tenth of it, or than three, on either side."""
    room = max(FEWEST, math.ceil(true / 10))
    return least > max(0, true - room) or top < true + room
