"""Sums as an intruder reads them: what was promised of small sums, of other partners' and of one partner's own numbers holds."""

from __future__ import annotations

import math
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from cases.statistics.sums.public import ProtectedSums
from partners.kinds import Kind
from tests.cases.statistics.sums.attacker import NOBODY, Figure, Intruder, figures, printed
from tests.cases.statistics.sums.worlds import NGOS, PLACES, WAYS, Lines, World

few = settings(derandomize=True, deadline=None, max_examples=30)
T, FEWEST = 5, 3


@st.composite
def lines(draw: st.DrawFn) -> Lines:
    """A report: some lines, in each of which the parts are at most the whole."""
    found = {}
    for line in draw(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(WAYS)), unique=True, max_size=6)):
        met = draw(st.one_of(st.integers(0, 3), st.integers(4, 30)))
        found[line] = (met, draw(st.integers(0, met)), draw(st.integers(0, met)))
    return found


def worlds() -> st.SearchStrategy[World]:
    """Three organisations and what each reported."""
    return st.tuples(*[lines()] * len(NGOS)).map(lambda reports: World(dict(zip(NGOS, reports, strict=True))))


def broken_promises(world: World, release: ProtectedSums) -> Iterator[str]:
    """What an intruder finds out of the printed figures that it was promised not to."""
    what = printed(release)
    for who in (None, *world.reports):
        own = world.reports[who] if who else NOBODY
        intruder = Intruder(what, own)
        for figure in figures():
            true = world.number(figure[0], dict(figure[1]))
            others = true - (world.number(figure[0], dict(figure[1]), who) if who else 0)
            contributors = [each for each in world.reports if world.number(figure[0], dict(figure[1]), each)]
            least, most = (true, true) if what[figure] is not None else intruder.others(figure)
            if what[figure] is not None:
                least, most = others, others
            top = math.inf if most is None else most
            assert least <= others <= top
            if is_few(true, others, who is not None) and not (
                least <= (0 if others < FEWEST else others - 2) and top >= T
            ):
                yield f"{who} {figure}: {others} others in {least}–{most}"
            if (
                len(contributors) == 1
                and world.kinds.get(contributors[0], Kind.NGO) == Kind.NGO
                and who not in contributors
            ):
                room = max(FEWEST, math.ceil(true / 10))
                if least > max(0, true - room) or top < true + room:
                    yield f"{who} {figure}: one partner's {true} in {least}–{most}"
            if who is None and what[figure] is None and least == top and not is_withheld_zero(release, figure, least):
                yield f"{figure} is {least}"


def is_few(true: int, others: int, is_partner: bool) -> bool:
    """Whether the rules protect so few others of a figure."""
    return 1 <= others < (T if true < T else FEWEST if is_partner else 0)


def is_withheld_zero(release: ProtectedSums, figure: Figure, value: int) -> bool:
    """Whether a figure of a measure of which nothing is shown is no secret: nobody was met there, and that is shown."""
    return value == 0 and figure[0] in release.withheld


@given(worlds())
@few
def test_nobody_finds_out_what_was_promised_to_be_hidden(world: World) -> None:
    release = world.protect()
    assert release.passed
    for place, value in release.shown.items():
        assert value == world.number(place[0], dict(zip(place[1], place[2], strict=True)))
    assert list(broken_promises(world, release)) == []
