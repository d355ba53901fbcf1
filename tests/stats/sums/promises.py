"""What was promised of sums, as an intruder finds it kept or broken."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from partners.kinds import Kind
from stats.sums.public import ProtectedSums
from tests.stats.sums.attacker import Intruder, figures, printed, ranges
from tests.stats.sums.worlds import Lines, World

T, FEWEST = 5, 3


@dataclass(frozen=True)
class Reader:
    """Who reads: everybody, or one partner (`who`); `opened`: and knows besides all that public bodies reported."""

    who: UUID | None = None
    opened: bool = False

    def knows(self, world: World) -> list[UUID]:
        """The partners whose reports it has."""
        return [each for each in world.reports if each == self.who or (self.opened and is_public(world, each))]

    def own(self, world: World) -> Lines:
        """These reports, added up."""
        added: dict[tuple[str, str], tuple[int, int, int]] = {}
        for who in self.knows(world):
            for line, numbers in world.reports[who].items():
                one, two, three = added.get(line, (0, 0, 0))
                added[line] = (one + numbers[0], two + numbers[1], three + numbers[2])
        return added


def is_public(world: World, who: UUID) -> bool:
    """Whether what a partner reports is the public's."""
    return world.kinds.get(who, Kind.NGO) not in (Kind.NGO, Kind.UNION, Kind.OTHER)


def readers(world: World) -> list[Reader]:
    """Everybody, and each partner but the centre, which reads exact figures; with what public bodies reported, and without it."""
    partners = [who for who in world.reports if world.kinds.get(who) != Kind.CENTRE]
    circles = (False, True) if any(is_public(world, who) for who in world.reports) else (False,)
    return [Reader(who, opened) for who in (None, *partners) for opened in circles]


def broken_promises(world: World, release: ProtectedSums) -> list[str]:
    """What somebody finds out of the printed figures that it was promised that nobody does."""
    return [line for reader in readers(world) for line in broken_for(world, release, reader)]


def broken_for(world: World, release: ProtectedSums, reader: Reader) -> Iterator[str]:
    """What one intruder finds out. To whom knows what public bodies reported, a figure is what the others make of it."""
    what = printed(release)
    intruder = Intruder(ranges(release), reader.own(world))
    looked_at = [who for who in world.reports if not (reader.opened and is_public(world, who))]
    for figure in figures():
        measure, codes = figure[0], dict(figure[1])
        by_partner = {who: world.number(measure, codes, who) for who in world.reports}
        true = sum(by_partner[who] for who in looked_at)
        others = world.number(measure, codes) - sum(by_partner[who] for who in reader.knows(world))
        least, most = (others, others) if what[figure] is not None else intruder.others(figure)
        top = math.inf if most is None else most
        assert least <= others <= top, "an intruder is certain of what is not true"
        if is_few(true, others, is_partner=reader.who is not None) and not leaves_open(others, least, top):
            yield f"few: {figure}: {others} in {least}–{top}"
        those = [who for who in looked_at if by_partner[who]]
        if is_one_private_party(world, those) and reader.who not in those and is_close(true, least, top):
            yield f"alone: {figure}: {true} in {least}–{top}"
        # A measure of which nothing is shown is nought where its whole is shown to be.
        if (
            reader == Reader()
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


def is_one_private_party(world: World, those: list[UUID]) -> bool:
    """Whether those who reported a figure are one private party."""
    together = len(those) == 1 or any(set(those) <= group for group in world.umbrellas)
    return bool(those) and together and not any(is_public(world, each) for each in those)


def is_close(true: int, least: int, top: float) -> bool:
    """Whether somebody is nearer to a figure than a tenth of it, or than three, on either side."""
    room = max(FEWEST, math.ceil(true / 10))
    return least > max(0, true - room) or top < true + room
