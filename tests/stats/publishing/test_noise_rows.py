"""What an authority knows of a cell with noise: it lies within D of what is shown; one that is not shown is under T + D."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stats.publishing.cells import cells_of, noise_constraint
from tests.stats.publishing.telling import Groups, planned


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [(12, 7, 17), (7, 2, 12), (5, 0, 10), (None, 0, 9)],
    ids=["shown", "near none", "at T", "not shown"],
)
def test_the_interval_of_a_noisy_cell(value: int | None, low: int, high: int) -> None:
    plan = planned([Groups(("region",), {("DK01",): 12}, {})], "2023", ["region"])
    (block,) = plan.blocks
    source = replace(plan.source, audience="authority")
    row = noise_constraint(source, cells_of(block, source)[1], value)
    assert (row.low, row.high) == (low, high)
