"""The atomic cells of a block."""

from __future__ import annotations

from stats.protection.space import Space


def test_a_space_without_dimensions_has_one_cell_the_total() -> None:
    space = Space(())
    assert space.size == 1
    assert space.members(space.cell({})).tolist() == [0]
