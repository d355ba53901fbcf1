"""Reading what is published, without a token: ours against bare views that return the same bytes by one prepared SELECT.

The same for a year of 64 persons and one of a million shows that reading does not depend on them. The tables are written as a
build would have stored them, figures made up: no figure of a million persons has to be protected to be read.
"""

from __future__ import annotations

from itertools import product

from benchmarks.releases import empty
from benchmarks.setting import Setting
from benchmarks.statistics import CONTENDERS, PATH, compare, get

SIZES = (64, 1_000_000)
AXES = ("gender", "exploitation")
THRESHOLD = 5


def main(setting: Setting) -> None:
    from stats.models import PUBLIC
    from tests.callers import Browser
    from tests.stats.published import publish

    for size in setting.size(SIZES, SIZES[:1]):
        empty()
        publish(PUBLIC, "2023", {",".join(axes): cells(axes, size) for axes in ((), *zip(AXES), AXES)})
        response = Browser().get(PATH)
        assert response.status_code == 200, response.content
        assert response.json()["value"][0] == size
        compare(setting, f"Public statistics GET, {size:,} persons", get(), response.content, CONTENDERS)


def cells(axes: tuple[str, ...], persons: int) -> dict[str, int | None]:
    """The cells of a table that add up to these persons, each half as many as the one before; the small ones are hidden."""
    from cases.dimensions import PRINCIPAL
    from stats.counting.cube import SEPARATOR

    codes = [
        SEPARATOR.join(cell) for cell in product(*([code.code for code in PRINCIPAL.axes[axis].codes] for axis in axes))
    ]
    counts: list[int] = []
    for _ in codes[1:]:
        counts.append((persons - sum(counts)) // 2)
    counts.append(persons - sum(counts))
    return {cell: None if 0 < n < THRESHOLD else n for cell, n in zip(codes, counts, strict=True)}
